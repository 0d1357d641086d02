"""Which elements old pages hid, also where markup is no tree any more."""

from __future__ import annotations

import pytest

from content.markup.hidden import Hiding, hiding
from content.markup.html_tree import only_text


@pytest.mark.parametrize(
    ("attributes", "how"),
    [
        ({}, Hiding.NOT),
        ({"hidden": ""}, Hiding.NO_BOX),
        ({"hidden": "until-found"}, Hiding.NO_BOX),
        ({"hidden": "", "style": "display: block"}, Hiding.NOT),
        ({"style": "Display:NONE"}, Hiding.NO_BOX),
        ({"style": "display:none !important; display:block"}, Hiding.NO_BOX),
        ({"style": "display:none; display:inline"}, Hiding.NOT),
        ({"style": "/* display:none */"}, Hiding.NOT),
        ({"style": "visibility : hidden"}, Hiding.NOT_SEEN),
        ({"style": "color: red;visibility:visible"}, Hiding.NOT),
        ({"style": "background: none; overflow: hidden"}, Hiding.NOT),
    ],
)
def test_what_hides_an_element(attributes: dict[str, str], how: Hiding) -> None:
    assert hiding("p", attributes) is how


def test_a_box_to_tick_and_its_text_stay() -> None:
    assert hiding("input", {"type": "Checkbox", "style": "display:none"}) is Hiding.NOT


def test_what_was_hidden_is_not_among_the_words_of_markup_without_end() -> None:
    html = (
        "<p>a<div style='display:none'>b<div>c</div><!-- </div> -->d < e</div>f"
        '<br hidden>g<img style="visibility:hidden" alt="x">h<P HIDDEN>i<script></p></script></p>j'
    )
    assert only_text(html).replace("</p><p>", " ") == "<p>a fgh j</p>"
