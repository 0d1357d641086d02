"""Nothing typed is lost, in a real browser, when sessions end and servers go away."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.urls import reverse
from wagtail.models import Site

from content.models import ContentPage
from navigation.models import Menu, SiteIdentity
from tests.browser.conftest import administrator, done, until
from tests.factories import edit, fresh, make_home, make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = "Words that must not be lost"
COPIES = "Object.keys(localStorage).filter(key => key.startsWith('typed:'))"
HAS_COPY = f"{COPIES}.some(key => localStorage.getItem(key).includes('{TYPED}'))"
NOTICE = ".typed-notice"


@pytest.fixture
def small(tree_root, live_server) -> str:
    """A site of two pages, and its address."""
    site = Site.objects.get()
    site.root_page = make_home("Home", slug="start")
    site.save()
    make_page(site.root_page, "Our role")
    return str(live_server.url)


@pytest.fixture
def browsing(context, small):
    return administrator(context, small)


def page_path() -> str:
    return reverse("wagtailadmin_pages:edit", args=[ContentPage.objects.get().pk])


def identity_path() -> str:
    return reverse(
        "wagtailsettings:edit", args=["navigation", "siteidentity", Site.objects.get().pk]
    )


def menu_path() -> str:
    menu = Menu.objects.create(name="Main")
    return reverse("wagtailsnippets_navigation_menu:edit", args=[menu.pk])


def draft_title() -> str:
    return ContentPage.objects.get().get_latest_revision_as_object().title


def sign_in_again(context, site: str, name: str = "editor") -> None:
    """Sign in in another tab, as the notice says."""
    tab = context.new_page()
    tab.goto(f"{site}/admin/login/")
    tab.get_by_label("Username").fill(name)
    tab.get_by_label("Password").fill("a good password")
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_url(f"{site}/admin/")
    tab.close()


def say_is(page, words: str) -> None:
    page.locator(NOTICE, has_text=words).wait_for()


def test_a_page_is_saved_after_the_session_was_over(browsing, small, context):
    browsing.goto(f"{small}{page_path()}")
    Session.objects.all().delete()
    browsing.locator("[name=title]").fill(TYPED)
    say_is(browsing, "You are signed out. Sign in in another tab, then save here.")
    assert browsing.evaluate(HAS_COPY)
    assert draft_title() == "Our role"
    sign_in_again(context, small)
    # The form saves itself at once, and has nothing more to say.
    until(browsing, f"!({HAS_COPY})")
    assert draft_title() == TYPED


@pytest.mark.parametrize("lost", ["session", "cookies", "token"])
def test_a_form_without_autosave_asks_before_it_is_sent(lost, browsing, small, context):
    browsing.goto(f"{small}{identity_path()}")
    browsing.locator("[name=name]").fill(TYPED)
    save = browsing.locator("footer button[type=submit]").first
    if lost == "token":
        # Another sign-in rotates the token; the form gets the new one.
        context.clear_cookies()
        sign_in_again(context, small)
    else:
        if lost == "session":
            Session.objects.all().delete()
        else:
            context.clear_cookies()
        save.click()
        say_is(browsing, "You are signed out. Sign in in another tab, then save here.")
        assert browsing.locator("[name=name]").input_value() == TYPED
        sign_in_again(context, small)
        say_is(browsing, "You are signed in again")
    save.click()
    browsing.get_by_text("Site identity updated").wait_for()
    assert SiteIdentity.objects.get().name == TYPED
    until(browsing, f"!({HAS_COPY})")


def test_words_are_offered_again_after_logging_in(browsing, small, context):
    browsing.goto(f"{small}{identity_path()}")
    browsing.locator("[name=name]").fill(TYPED)
    context.clear_cookies()
    browsing.locator("footer button[type=submit]").first.click()
    say_is(browsing, "You are signed out")
    browsing.close()
    sign_in_again(context, small)
    page = context.new_page()
    page.goto(f"{small}{identity_path()}")
    say_is(page, "you typed something here that was not saved")
    page.get_by_role("button", name="Put it back").click()
    page.get_by_text("Nothing is saved yet. This is what you typed").wait_for()
    assert page.locator("[name=name]").input_value() == TYPED
    assert SiteIdentity.objects.get().name != TYPED
    page.locator("footer button[type=submit]").first.click()
    page.get_by_text("Site identity updated").wait_for()
    assert SiteIdentity.objects.get().name == TYPED
    until(page, f"{COPIES}.length === 0")
    page.goto(f"{small}{identity_path()}")
    assert page.locator(NOTICE).is_hidden()


def test_words_are_offered_to_nobody_else(browsing, small, context):
    get_user_model().objects.create_superuser("other", "other@example.org", "a good password")
    browsing.goto(f"{small}{identity_path()}")
    browsing.locator("[name=name]").fill(TYPED)
    context.clear_cookies()
    browsing.locator("footer button[type=submit]").first.click()
    say_is(browsing, "You are signed out")
    sign_in_again(context, small, "other")
    say_is(browsing, "Somebody else is signed in now")
    browsing.locator("footer button[type=submit]").first.click()
    say_is(browsing, "Somebody else is signed in now")
    assert SiteIdentity.objects.get().name != TYPED
    page = context.new_page()
    page.goto(f"{small}{identity_path()}")
    page.wait_for_load_state("networkidle")
    assert page.locator(NOTICE).is_hidden()
    assert page.evaluate(HAS_COPY)


@pytest.mark.parametrize("path_of", [page_path, menu_path, identity_path])
def test_a_server_that_went_away_is_named_and_waited_for(path_of, browsing, small, context):
    path = path_of()
    browsing.goto(f"{small}{path}")
    context.route("**/admin/**", lambda route: route.abort())
    browsing.locator("[name=title], [name=name]").first.fill(TYPED)
    if path == identity_path():
        browsing.locator("footer button[type=submit]").first.click()
    say_is(browsing, "The website does not answer")
    until(browsing, HAS_COPY)
    context.unroute_all()
    if path == identity_path():
        say_is(browsing, "The website answers again")
    else:
        until(browsing, f"!({HAS_COPY})")


def test_a_busy_database_is_named_and_the_form_saves_itself_later(browsing, small):
    browsing.goto(f"{small}{page_path()}")
    locked = OperationalError("database is locked")
    with patch.object(ContentPage, "save_revision", side_effect=locked):
        browsing.locator("[name=title]").fill(TYPED)
        say_is(browsing, "The website is being written to, so nothing is saved yet.")
        assert browsing.evaluate(HAS_COPY)
    assert draft_title() == "Our role"
    until(browsing, f"!({HAS_COPY})")
    assert draft_title() == TYPED


def test_a_tab_that_was_closed_leaves_its_words(browsing, small, context):
    browsing.goto(f"{small}{page_path()}")
    context.route("**/admin/**", lambda route: route.abort())
    browsing.locator("[name=title]").fill(TYPED)
    until(browsing, HAS_COPY)
    browsing.close()
    context.unroute_all()
    page = context.new_page()
    page.goto(f"{small}{page_path()}")
    say_is(page, "you typed something here that was not saved")
    page.get_by_role("button", name="Put it back").click()
    page.get_by_text("This is what you typed").wait_for()
    assert page.locator("[name=title]").input_value() == TYPED
    until(page, f"{COPIES}.length === 0")
    assert draft_title() == TYPED


def test_thrown_away_words_are_gone(browsing, small, context):
    browsing.goto(f"{small}{identity_path()}")
    browsing.locator("[name=name]").fill(TYPED)
    until(browsing, HAS_COPY)
    browsing.close()
    page = context.new_page()
    page.goto(f"{small}{identity_path()}")
    page.get_by_role("button", name="Throw it away").click()
    assert page.locator(NOTICE).is_hidden()
    assert page.evaluate(f"{COPIES}.length") == 0


def test_a_page_that_somebody_saved_meanwhile_is_not_written_over(browsing, small, context):
    browsing.goto(f"{small}{page_path()}")
    edit(ContentPage.objects.get(), title="Of an import")
    browsing.locator("[name=title]").fill(TYPED)
    say_is(browsing, "A newer version was saved meanwhile")
    # Wagtail looks for other versions, too, and asks before it sends the form.
    until(browsing, "!!document.querySelector('[data-w-session-intercept-value=conflict]')")
    browsing.locator("footer button[type=submit]").first.click()
    browsing.locator("[data-edit-form] [data-w-dialog-target=confirm]:visible").click()
    browsing.get_by_text("An import saved a newer version").wait_for()
    assert browsing.locator("[name=title]").input_value() == TYPED
    assert draft_title() == "Of an import"
    with context.expect_page() as opened:
        browsing.get_by_role("link", name="See what changed meanwhile").click()
    opened.value.get_by_text("Of an import").first.wait_for()
    browsing.get_by_role("button", name="Save what I typed in its place").click()
    browsing.get_by_text("has been updated").wait_for()
    assert draft_title() == TYPED
    assert fresh(ContentPage.objects.get()).title == "Of an import"


def test_typing_and_publishing_at_once_is_no_clash_with_oneself(browsing, small):
    browsing.goto(f"{small}{page_path()}")
    title = browsing.locator("[name=title]")
    with browsing.expect_response(lambda answer: answer.request.method == "POST"):
        title.fill("First words")
    title.fill(TYPED)
    toggle = browsing.locator("footer [data-w-dropdown-target='toggle']").last
    toggle.click()
    browsing.get_by_role("button", name="Publish", exact=True).click()
    done(browsing, "published")
    assert ContentPage.objects.get().title == TYPED
    until(browsing, f"{COPIES}.length === 0")


# Will publish as soon as Wagtail says that it saves, while it waits for the end of typing. Every
# change of the page is looked at, so that none is missed on a slow machine.
PUBLISH_WHEN_IT_SAVES = """() => {
    const buttons = [...document.querySelectorAll('footer button')];
    const publish = buttons.find((button) => button.textContent.trim() === 'Publish');
    const observer = new MutationObserver(() => {
        if (!document.body.innerText.includes('Saving…')) return;
        observer.disconnect();
        publish.click();
    });
    const all = {subtree: true, childList: true, characterData: true, attributes: true};
    observer.observe(document.body, all);
}"""


def test_publishing_does_not_wait_for_the_form_to_save_itself(browsing, small):
    browsing.goto(f"{small}{page_path()}")
    sent = []
    browsing.on("request", lambda one: sent.append((one.method, one.url.endswith("/edit/"))))
    browsing.locator("footer [data-w-dropdown-target='toggle']").last.click()
    browsing.get_by_role("button", name="Publish", exact=True).wait_for()
    browsing.evaluate(PUBLISH_WHEN_IT_SAVES)
    browsing.locator("[name=title]").fill(TYPED)
    done(browsing, "published")
    assert ContentPage.objects.get().title == TYPED
    assert sent.count(("POST", True)) == 1


def test_a_form_that_saves_itself_never_acts_for_a_button(browsing, small):
    browsing.goto(f"{small}{page_path()}")
    # What Wagtail adds to the form when "Approve and publish" is pressed.
    browsing.evaluate(
        """() => ["action-workflow-action", "workflow-action-name"].forEach((name) => {
            const input = Object.assign(document.createElement("input"), {type: "hidden", name});
            document.querySelector("[data-edit-form]").append(input);
        })"""
    )
    with browsing.expect_request(lambda one: one.method == "POST" and "/edit/" in one.url) as sent:
        browsing.locator("[name=title]").fill(TYPED)
    assert TYPED in sent.value.post_data
    assert "workflow-action" not in sent.value.post_data
    # The button could not act, so no later save acts for it either.
    Session.objects.all().delete()
    browsing.get_by_role("button", name="Save draft").click()
    say_is(browsing, "You are signed out.")
    until(browsing, "!document.querySelector('[name=workflow-action-name]')")
