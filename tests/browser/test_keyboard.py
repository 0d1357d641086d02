"""The public site by keyboard alone, and without JavaScript: all is reached, shown and left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import until
from tests.browser.test_states import WATCH_SHIFTS

pytestmark = pytest.mark.browser

OUTLINE = 3
ROLE = "/about-us/our-role/"
# What can have the focus, by page: one of each kind.
FOCUSABLE = {
    "/": [
        ".skip-link", ".masthead summary", ".notification__close", ".header__home",
        ".header__row .action", ".menu__link", ".menu__more summary", ".hero .button",
        ".highlight--link", ".infopic .button", ".cell__link", ".card__title a", ".slides",
        ".logos a", ".footer__columns a", ".footer__row a",
    ],
    ROLE: [".breadcrumb a", ".side__link", ".prose a", ".neighbours__link"],
    "/faq/": [".accordion__all", ".accordion__title"],
    "/news/": [".choices .button", ".card__title a"],
    "/search/?q=trial": ["#search-words", ".search-field .button", ".result a"],
    "/contact-us/": [".location__map a", ".contact__row a"],
    "blocks": [".table-scroll", "[data-plays]", ".embed__link a", ".button--quiet"],
    "overview": [".directory__filter input", ".network a"],
    "private": [".form input[type=password]", ".form .button"],
}  # fmt: skip


@pytest.fixture
def demo(sample) -> str:
    address: str = sample.address
    return address


@pytest.fixture
def paths(sample) -> dict[str, str]:
    """The paths behind the names above."""
    named = {state.name: state.path for state in sample.states}
    return {
        "blocks": named["every block of a body"],
        "overview": named["network overview"],
        "private": named["private page"],
    }


@pytest.fixture
def phone(context, demo) -> Page:
    page: Page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 640})
    return page


def is_focused(place: Locator) -> bool:
    found: bool = place.evaluate("(one) => one === document.activeElement")
    return found


def tabbed(page: Page, limit: int = 400) -> Iterator[str]:
    """Press Tab until the focus comes round, and yield what had it, in order."""
    first = None
    for _ in range(limit):
        page.keyboard.press("Tab")
        now = page.evaluate(
            "(() => { const one = document.activeElement; if (one === document.body) return '';"
            " return [...document.querySelectorAll('*')].indexOf(one) + ' ' + one.className; })()"
        )
        if not now or now == first:
            return
        first = first or now
        yield now


def test_focus_is_seen_on_everything(context, demo, paths):
    page = context.new_page()
    faint = []
    for name, places in FOCUSABLE.items():
        page.goto(demo + paths.get(name, name))
        # The outline for the keyboard shows once a key was used.
        page.keyboard.press("Tab")
        for place in places:
            one = page.locator(place).first
            one.focus()
            style = one.evaluate(
                "(one) => { const style = getComputedStyle(one);"
                " return [one.matches(':focus-visible'), style.outlineStyle,"
                " parseFloat(style.outlineWidth), style.outlineColor]; }"
            )
            if style != [True, "solid", OUTLINE, "rgb(27, 36, 48)"]:
                faint.append((name, place, style))
    assert faint == []


@pytest.mark.parametrize("path", ["/", ROLE, "/faq/", "/news/", "/contact-us/"])
def test_tab_goes_through_the_page_in_its_order(context, demo, path):
    page = context.new_page()
    page.goto(demo + path)
    order = [int(entry.split()[0]) for entry in tabbed(page)]
    assert len(order) > 20
    assert order == sorted(order)
    assert len(order) == len(set(order))


def test_the_skip_link_leads_past_the_frame(context, demo):
    page = context.new_page()
    page.goto(demo + ROLE)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    assert is_focused(link)
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert is_focused(page.locator("main"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(
    ("button", "panel"), [("Menu", "#menu"), ("In this section", "#in-this-section")]
)
def test_panels_open_and_give_the_focus_back(phone, demo, button, panel):
    phone.goto(demo + ROLE)
    opener = phone.get_by_role("button", name=button, exact=True)
    opener.focus()
    phone.keyboard.press("Enter")
    phone.locator(panel).wait_for(state="visible")
    phone.keyboard.press("Tab")
    assert phone.evaluate(f"document.activeElement.closest('{panel}') !== null")
    phone.keyboard.press("Escape")
    phone.locator(panel).wait_for(state="hidden")
    assert is_focused(opener)
    phone.keyboard.press("Enter")
    phone.locator(panel).get_by_role("button", name="Close").press("Enter")
    phone.locator(panel).wait_for(state="hidden")
    assert is_focused(opener)


def test_a_list_of_the_menu_closes_with_escape(context, demo):
    page = context.new_page()
    page.goto(demo + ROLE)
    arrow = page.locator(".menu__more summary").first
    arrow.focus()
    page.keyboard.press("Enter")
    link = page.locator(".menu__panel a").first
    link.wait_for(state="visible")
    page.keyboard.press("Tab")
    assert is_focused(link)
    page.keyboard.press("Escape")
    link.wait_for(state="hidden")
    assert is_focused(arrow)


def test_a_group_of_the_side_navigation_opens(context, demo):
    page = context.new_page()
    page.goto(demo + ROLE)
    group = page.locator(".side__group summary").first
    group.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.side__group') !== null")


def test_questions_open_one_by_one_and_all(context, demo):
    page = context.new_page()
    page.goto(f"{demo}/faq/")
    page.locator(".accordion__title").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".accordion__entry").first.evaluate("(one) => one.open")
    every = page.get_by_role("button", name="Open all").first
    every.focus()
    page.keyboard.press("Space")
    entries = page.locator(".accordion").first.locator(".accordion__entry")
    assert entries.evaluate_all("(all) => all.every((one) => one.open)")


def test_the_notification_closes_and_never_shows_again(context, demo):
    context.add_init_script(WATCH_SHIFTS)
    page = context.new_page()
    page.goto(demo)
    page.get_by_role("button", name="Close the announcement").press("Enter")
    # The focus stays near instead of falling back to the top of the page.
    assert page.evaluate("document.activeElement.closest('.header') !== null")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator(".notification").count() == 0
    assert page.evaluate("window.shifts") == 0


def test_the_filter_speaks(context, demo, paths):
    page = context.new_page()
    page.goto(demo + paths["overview"])
    page.get_by_label("Filter").press_sequentially("paros")
    page.get_by_role("status").get_by_text("1 of 12 shown").wait_for()
    page.keyboard.press("Tab")
    assert "Pan-Asian Resuscitation" in page.evaluate("document.activeElement.textContent")


def test_a_wide_table_moves_by_keyboard(phone, demo, paths):
    phone.goto(demo + paths["blocks"])
    table = phone.get_by_role("region", name="Twelve months", exact=False)
    table.focus()
    phone.keyboard.press("ArrowRight")
    until(
        phone, "[...document.querySelectorAll('.table-scroll')].some((one) => one.scrollLeft > 0)"
    )


def test_a_film_is_started_and_takes_the_focus(context, demo, paths):
    page = context.new_page()
    page.route("https://**", lambda route: route.fulfill(body="<title>Film</title>"))
    page.goto(demo + paths["blocks"])
    page.locator("[data-plays]").first.press("Enter")
    page.locator("iframe[src]").wait_for()
    assert is_focused(page.locator("iframe[src]"))


def test_everything_can_be_read_without_javascript(browser, demo, paths):
    opened = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = opened.new_page()
    page.goto(demo + paths["blocks"])
    # The panel opens, and a question unfolds; a film is a link.
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu summary").first.click()
    assert page.locator("#menu .menu__panel a").first.is_visible()
    page.keyboard.press("Escape")
    page.locator(".accordion__title").last.click()
    assert page.get_by_text("Yes, at any time.").is_visible()
    assert page.get_by_role("link", name="Open on www.youtube.com").first.is_visible()
    assert page.locator("[data-plays]").first.is_hidden()
    page.goto(demo + paths["overview"])
    assert page.locator(".directory__row:visible").count() == 12
    page.goto(demo)
    assert page.get_by_role("region", name="Announcement").is_visible()
    opened.close()
