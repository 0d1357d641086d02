"""The pictures of the editors' guide show the admin of today."""

from __future__ import annotations

import pytest

from editors.guide import noted_pictures
from tests.browser.test_public import violations
from tools.guide_pictures import SCENES, admin_of_the_demo, show, words_of

pytestmark = pytest.mark.browser


def test_no_picture_is_out_of_date_and_the_guide_is_accessible(browser):
    assert set(SCENES) == set(noted_pictures())
    changed = {}
    with admin_of_the_demo(browser) as (page, admin, ids):
        for name, scene in SCENES.items():
            words = words_of(show(page, admin, ids, scene))
            if words != noted_pictures()[name]["words"]:
                changed[name] = words
        page.goto(f"{admin}guide/")
        assert violations(page) == []
        page.goto(f"{admin}guide/first-change/")
        assert violations(page) == []
    assert changed == {}, "Run `make guide-pictures` and look at them."
