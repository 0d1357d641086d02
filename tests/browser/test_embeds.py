"""Embeds: nothing is asked of another site before the visitor asks for it, then it stands there."""

from __future__ import annotations

from typing import Any

import pytest

from content.models import EmbedHost
from home.models import HomePage
from tests.browser.test_public import check
from tests.factories import make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORM = "https://form.gov.sg/5f"


def embed(address: str, title: str) -> dict[str, Any]:
    source = {"page": None, "document": None, "address": address}
    return {"type": "embed", "value": {"source": source, "title": title, "height": 420}}


@pytest.mark.parametrize("width", [360, 1440])
def test_an_embed_waits_for_the_visitor(context, demo, width):
    EmbedHost.objects.get_or_create(host="form.gov.sg", defaults={"decision": "allowed"})
    body = [embed(FORM, "Tell us what you think"), embed("https://checks.example.org/", "")]
    make_page(HomePage.objects.get(depth=2), "Forms", body=body)
    check(context, demo, ["/forms/"], width)
    asked: list[str] = []
    page = context.new_page()
    page.route("https://form.gov.sg/**", lambda route: route.fulfill(body="<p>The form</p>"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{demo}/forms/")
    assert [url for url in asked if not url.startswith(demo)] == []
    assert page.locator("main iframe").evaluate_all("all => all.some(one => one.src)") is False
    # The second host is one that nobody allowed.
    [button] = page.locator("main button").all()
    button.click()
    page.frame_locator("iframe[src]").get_by_text("The form").wait_for()
    assert FORM in asked
    assert page.locator("iframe[src]").bounding_box()["height"] == 420
    assert page.get_by_role("link", name="Open on form.gov.sg").is_visible()
