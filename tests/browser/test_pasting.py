"""An editor pastes from Word, Google Docs and a spreadsheet."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page as WagtailPage

from content.models import ContentPage
from tests.browser.conftest import until
from tests.browser.test_editor import publish
from tests.editors.test_pasting import GOOGLE, SHARED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLE = (
    '<table><thead><tr><th scope="col"></th><th scope="col"></th></tr></thead>'
    "<tbody><tr><td></td><td></td></tr></tbody></table>"
)
PASTE = """([selector, number, html, text]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", text);
    const place = document.querySelectorAll(selector)[number];
    place.focus();
    place.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
    );
}"""
WORDS = ".Draftail-Editor__wrapper [contenteditable=true]"


def page_with(*body: Any) -> ContentPage:
    home = WagtailPage.objects.get(depth=2)
    return home.add_child(
        instance=ContentPage(title="Pasted here", slug="pasted-here", body=list(body))
    )


def opened(editor, demo: str, page: ContentPage) -> None:
    editor.goto(f"{demo}{reverse('wagtailadmin_pages:edit', args=[page.pk])}")
    editor.locator("[data-streamfield-child]").first.wait_for()


def paste(editor, html: str, selector: str = WORDS, number: int = 0) -> None:
    editor.locator(selector).nth(number).wait_for()
    editor.evaluate(PASTE, [selector, number, html, "plain words"])


def wait_for_blocks(editor, count: int) -> None:
    shown = "[...document.querySelectorAll('[data-streamfield-child]')]"
    until(editor, f"{shown}.filter((one) => one.offsetParent).length === {count}")


def wait_for_words(editor, words: str) -> None:
    """Wait until the form has words: a text editor hands them over a moment after it shows them."""
    inputs = "[...document.querySelectorAll('input[name^=body-][name$=-value]')]"
    until(editor, f"{inputs}.some((one) => one.value.includes('{words}'))")


def stored(page: ContentPage) -> list[tuple[str, str]]:
    latest = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [(one.block_type, str(one.get_prep_value()["value"])) for one in latest.body]


@pytest.mark.shared
def test_a_word_text_becomes_blocks_in_order(editor, demo):
    page = page_with(("text", ""))
    opened(editor, demo, page)
    paste(editor, (SHARED / "word.html").read_text(encoding="utf-8"))
    wait_for_blocks(editor, 4)
    wait_for_words(editor, "Annual report")
    note = editor.get_by_role("status").filter(has_text="could not come along")
    assert "The picture “pic”" in note.inner_text()
    note.get_by_role("button", name="Close this note").click()
    assert note.count() == 0
    publish(editor)
    found = stored(page)
    assert [kind for kind, _ in found] == ["text", "table", "picture", "text"]
    text = found[0][1]
    for part in (
        ">Annual report</h2>", ">What we did</h2>", "<b>Red bold</b>", "<i>italic</i>",
        "<u>underlined</u>", ">Second bullet</li></ul><ol>", "Nested</li></ul>",
    ):  # fmt: skip
        assert part in text
    assert "·" not in text


def test_google_docs_in_the_middle_of_a_text(editor, demo):
    page = page_with(("text", "<p>Before and after</p>"))
    opened(editor, demo, page)
    words = editor.locator(WORDS).first
    words.click()
    editor.keyboard.press("Home")
    for _ in "Before":
        editor.keyboard.press("ArrowRight")
    paste(editor, GOOGLE)
    wait_for_blocks(editor, 4)
    wait_for_words(editor, "BeforePlan")
    publish(editor)
    found = stored(page)
    assert [kind for kind, _ in found] == ["text", "table", "picture", "text"]
    assert "BeforePlan" in found[0][1]
    assert '<a href="https://example.org/a?b=1">there</a>' in found[0][1]
    assert "and after" in found[3][1]


def test_a_few_words_go_into_the_sentence(editor, demo):
    page = page_with(("text", "<p>Ask the office</p>"))
    opened(editor, demo, page)
    editor.locator(WORDS).first.click()
    editor.keyboard.press("End")
    paste(editor, "<p class=MsoNormal><b>&nbsp;today</b></p>")
    wait_for_words(editor, "today")
    publish(editor)
    [(kind, text)] = stored(page)
    assert kind == "text"
    assert "Ask the office" in text
    assert "<b>" in text


def test_a_table_takes_the_place_of_an_empty_text(editor, demo):
    page = page_with(("text", ""))
    opened(editor, demo, page)
    paste(editor, "<table><tr><td>a</td><td>b</td></tr></table><iframe src='/x'></iframe>")
    editor.get_by_role("grid", name="Cells of the table").wait_for()
    wait_for_blocks(editor, 1)
    assert editor.get_by_role("status").filter(has_text="Left out: film").is_visible()
    publish(editor)
    assert [kind for kind, _ in stored(page)] == ["table"]


def test_without_the_server_the_words_are_not_lost(editor, demo):
    page = page_with(("text", ""))
    opened(editor, demo, page)
    editor.route(f"**{reverse('editors_paste')}", lambda route: route.abort())
    paste(editor, "<p>Anything</p>")
    until(editor, f"document.querySelector('{WORDS}').innerText.includes('plain words')")
    assert editor.get_by_role("status").filter(has_text="did not answer").is_visible()


@pytest.mark.shared
def test_a_table_pasted_into_cells_keeps_its_merged_cells(editor, demo):
    page = page_with(("table", {"caption": "", "table": TABLE}))
    opened(editor, demo, page)
    html = (SHARED / "table-paste.html").read_text(encoding="utf-8")
    paste(editor, html, "[role=grid] td")
    publish(editor)
    [(_, value)] = stored(page)
    assert (
        "<tr><td>Trial</td><td>Phase</td><td>Sites</td></tr>"
        '<tr><td colspan="2"><b>Alpha</b></td><td>3</td></tr>'
        "<tr><td>Beta</td><td>II</td><td>4</td></tr>"
    ) in value


def test_merged_cells_replace_merged_cells(editor, demo):
    table = (
        '<table><tbody><tr><td>a</td><td colspan="2">bc</td></tr>'
        "<tr><td>d</td><td>e</td><td>f</td></tr><tr><td>g</td><td>h</td><td>i</td></tr>"
        "</tbody></table>"
    )
    page = page_with(("table", {"caption": "", "table": table}))
    opened(editor, demo, page)
    html = (
        "<table><tr><td rowspan=2 colspan=2><span style='font-weight:700'>Large</span></td>"
        "<td>1</td></tr><tr><td>2</td></tr></table><p>Words beside it</p>"
    )
    paste(editor, html, "[role=grid] td")
    assert editor.get_by_text("text around the table was left out").is_visible()
    publish(editor)
    [(_, value)] = stored(page)
    assert (
        '<tr><td colspan="2" rowspan="2"><b>Large</b></td><td>1</td></tr><tr><td>2</td></tr>'
        "<tr><td>g</td><td>h</td><td>i</td></tr>"
    ) in value
