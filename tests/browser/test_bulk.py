"""Pages are ticked, and dragged by keyboard, in the explorer's menu order."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from home.models import HomePage
from tests.browser.conftest import until
from tests.factories import edit, fresh, make_page, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ticking_and_dragging_in_the_menu_order(enter, demo) -> None:
    section = make_section(HomePage.objects.get(depth=2), "Ordered")
    one, two, three = (make_page(section, title) for title in ("One", "Two", "Three"))
    for page in (one, three):
        edit(page, publish=False, title=f"{page.title} now")
    person = enter("publisher")
    listing = f"{demo}/admin/pages/{section.pk}/?ordering=ord"
    person.goto(listing)
    until(person, "document.readyState === 'complete'")
    handle = person.locator(f"#page_{one.pk} [data-w-orderable-target=handle]")
    handle.focus()
    person.keyboard.press("ArrowDown")
    person.keyboard.press("Enter")
    person.locator(".messages .success").filter(has_text="One now").wait_for()
    order = Page.objects.child_of(section).order_by("path").values_list("pk", flat=True)
    assert list(order) == [two.pk, one.pk, three.pk]
    for page in (one, three):
        person.locator(f"[data-object-id='{page.pk}']").check()
    bar = person.locator(".bulk-actions-choices")
    assert bar.is_visible()
    assert "2 pages selected" in bar.inner_text()
    bar.get_by_role("link", name="Publish selected pages", exact=True).click()
    person.get_by_role("button", name="Yes, publish").click()
    person.locator(".messages .success").filter(has_text="2 pages have been published").wait_for()
    assert person.url.endswith("ordering=ord")
    assert [fresh(page).title for page in (one, three)] == ["One now", "Three now"]
    # On a telephone the bar stands where it is seen, not below the last row.
    person.set_viewport_size({"width": 360, "height": 300})
    person.goto(listing)
    person.locator(f"[data-object-id='{two.pk}']").check()
    bar.get_by_text("1 page selected").wait_for()
    box = "document.querySelector('.bulk-actions-choices').getBoundingClientRect()"
    until(person, f"{box}.bottom <= innerHeight")
