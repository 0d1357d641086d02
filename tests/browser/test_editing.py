"""What editors meet in page forms: samples of blocks, the directory, links, advice, previews."""

from __future__ import annotations

import pytest
from django.urls import reverse

from home.models import HomePage
from networks.models import OverviewPage
from tests.blocks import by_definition, chosen_blocks, reachable_blocks
from tests.browser.conftest import until
from tests.browser.test_editor import publish, reveal
from tests.browser.test_policy import settled, watched
from tests.browser.test_public import violations
from tests.factories import fresh, make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG_NAME = "Singapore Network for the Study of Very Rare Diseases of the Heart and of the Lung"


def test_samples_of_blocks_are_accessible_and_keep_the_policy(context, editor, demo):
    known = reachable_blocks()
    samples = by_definition(chosen_blocks(known), known)
    assert len(samples) >= 40
    stopped, found = watched(context), {}
    for name, block in samples.items():
        address = reverse("wagtailadmin_block_preview")
        editor.goto(f"{demo}{address}?id={block.definition_prefix}")
        if wrong := violations(editor):
            found[name] = wrong
    assert found == {}
    assert not stopped, "\n".join(stopped)


def test_the_directory_is_edited_line_by_line(editor, demo):
    overview = OverviewPage.objects.get()
    editor.goto(f"{demo}/admin/pages/{overview.pk}/edit/")
    lines = editor.locator("[data-contentpath='entries'] [data-streamfield-child]")
    lines.first.wait_for(state="attached")
    count = lines.count()
    # In place: a closed line shows all of its words.
    field = editor.locator("input[name$='entries-0-value-link_text']")
    reveal(editor, field)
    field.fill(LONG_NAME)
    toggle = lines.first.locator("[data-panel-toggle]").first
    toggle.click()
    caption = lines.first.locator("[data-panel-heading-text]").first
    assert LONG_NAME in caption.inner_text()
    # On a telephone, too.
    editor.set_viewport_size({"width": 360, "height": 800})
    cut = "(one) => one.parentElement.scrollWidth > one.parentElement.clientWidth"
    assert not caption.evaluate(cut)
    editor.set_viewport_size({"width": 1440, "height": 900})
    # Another one, then the first to the second place.
    lines.first.get_by_role("button", name="Move down").first.click()
    editor.locator("[data-contentpath='entries'] [data-streamfield-list-add]").last.click()
    assert lines.count() == count + 1
    last = editor.locator(f"input[name$='entries-{count}-value-link_text']")
    reveal(editor, last)
    last.fill("One more network")
    publish(editor)
    stored = fresh(overview).body.raw_data
    entries = next(one for one in stored if one["type"] == "network_directory")["value"]["entries"]
    names = [entry["value"]["link_text"] for entry in entries]
    assert len(names) == count + 1
    assert names[1] == LONG_NAME
    assert "One more network" in names


def test_a_folded_link_opens_on_an_error_and_keeps_an_e_mail_address(editor, demo):
    value = {"image": None, "alt": "", "caption": "A caption"}
    page = make_page(HomePage.objects.get(depth=2), "Links", body=[("picture", value)])
    editor.goto(f"{demo}/admin/pages/{page.pk}/edit/")
    email = editor.locator("input[name='body-0-value-link-email']")
    email.wait_for(state="attached")
    assert not email.is_visible()
    reveal(editor, email)
    email.fill("enquiries@example.org")
    phone = editor.locator("input[name='body-0-value-link-phone']")
    phone.fill("+65 6000 0000")
    editor.get_by_role("button", name="Save draft").click()
    message = editor.get_by_text("Keep the one you want").first
    message.wait_for()
    assert phone.is_visible()
    phone.fill("")
    publish(editor)
    link = fresh(page).body.raw_data[0]["value"]["link"]
    assert link["address"] == "mailto:enquiries@example.org"


def test_advice_leads_to_its_block(context, editor, demo):
    long_text = "<p>A paragraph.</p>" * 60
    body = [("text", long_text), ("text", "<h2>First</h2><h5>Too deep</h5>")]
    page = make_page(HomePage.objects.get(depth=2), "Deep", body=body)
    stopped = watched(context)
    settled(editor, f"{demo}/admin/pages/{page.pk}/edit/")
    advice = editor.get_by_role("link", name="Choose heading 3")
    advice.click()
    block = editor.locator(f"#block-{page.body.raw_data[1]['id']}-section")
    editor.wait_for_timeout(500)
    box, height = block.bounding_box(), editor.viewport_size["height"]
    assert box is not None
    assert 0 <= box["y"] < height
    assert not stopped, "\n".join(stopped)


def test_every_preview_mode_in_the_panel(context, editor, demo):
    page = HomePage.objects.get(depth=2)
    stopped = watched(context)
    settled(editor, f"{demo}/admin/pages/{page.pk}/edit/")
    editor.get_by_role("button", name="Toggle preview").click()
    frame = editor.frame_locator("[data-side-panel='preview'] iframe[src]").first
    frame.locator("h1").first.wait_for(state="attached")
    choice = editor.locator("#id_preview_mode")
    frames = "document.querySelectorAll(\"[data-side-panel='preview'] iframe\").length"
    for mode, shown in (
        ("search-result", ".result__title"),
        ("social-card", ".shared__title"),
        ("print", "html.paper h1"),
    ):
        # While the panel loads the next frame behind the present one it hears no other choice.
        until(editor, f"{frames} === 1")
        choice.select_option(mode)
        frame.locator(shown).first.wait_for(state="attached")
    editor.wait_for_load_state("networkidle")
    assert not stopped, "\n".join(stopped)
    assert page.pk


@pytest.mark.parametrize("mode", ["search-result", "social-card"])
def test_samples_of_other_sites_are_accessible(editor, demo, mode):
    page = HomePage.objects.get(depth=2)
    editor.goto(f"{demo}/admin/pages/{page.pk}/view_draft/?mode={mode}")
    editor.goto(f"{demo}/admin/pages/{page.pk}/edit/")
    address = f"{demo}/admin/pages/{page.pk}/edit/preview/?mode={mode}"
    editor.wait_for_load_state("networkidle")
    editor.get_by_role("button", name="Toggle preview").click()
    editor.frame_locator("[data-side-panel='preview'] iframe[src]").first.locator("h1").wait_for(
        state="attached"
    )
    editor.goto(address)
    assert violations(editor) == []
