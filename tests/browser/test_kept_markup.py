"""Kept markup of an old site, on the narrowest screen and on a wide one."""

from __future__ import annotations

import pytest

from home.models import HomePage
from tests.browser.test_public import check
from tests.factories import make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CELLS = "".join(f"<td>A word in cell {number}</td>" for number in range(9))
MARKUP = f"""
<div><div><h4>Heading</h4><div>One line</div><div>Another</div></div></div>
<details><summary>A question</summary><div><p>The answer</p></div></details>
<div><table><tr>{CELLS}</tr></table></div>
<pre>{"a-line-that-is-longer-than-a-telephone " * 4}</pre>
<p>{"AWordWithoutAnyBlank" * 8}</p>
<img src="/images/none.png">
<iframe data-src="https://www.example.org/film" title="A film"></iframe>
<a href="https://www.example.org/film">A film</a>
"""


@pytest.mark.parametrize("width", [320, 1440])
def test_kept_markup_fits_and_is_accessible(context, demo, width):
    home = HomePage.objects.get(depth=2)
    body = [{"type": "imported_html", "value": {"html": MARKUP, "pattern": "a test"}}]
    make_page(home, "Kept markup", body=body)
    check(context, demo, ["/kept-markup/"], width)
    page = context.new_page()
    page.goto(f"{demo}/kept-markup/")
    page.get_by_text("A question").click()
    assert page.get_by_text("The answer").is_visible()
    assert page.locator("main h4[aria-level='2']").is_visible()
    assert not page.locator("main iframe").is_visible()
