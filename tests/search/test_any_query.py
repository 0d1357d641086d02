"""No query is an error, whatever it holds."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from search.find import clean_query
from tests.search.sites import page_saying

ODD = [
    '"', "'", "''", '"a', "a\"b", "\x00", "\x00\x00a", "a" * 10_000, "a " * 5_000, "AND", "OR",
    "NOT", "a AND b OR NOT c", "NEAR(a b)", "a*", "*", "^a", "a:b", "title:a", "(", ")", "{a}",
    "a & b | !c", "a <-> b", "\\", "%", "%s", "%(a)s", "{{ a }}", "-", "--", "-19", "+", "…",
    "中", "中文" * 200, "தமிழ்", "\u0301", "\u200b", "½", "1e5", "0x1", "' OR 1=1 --", "a\nb\tc",
    "🙂", "\U0010ffff", "the", "who are you",
]  # fmt: skip
SEARCH_TEXT = st.one_of(st.text(max_size=300), st.sampled_from(ODD), st.text("\"'*^()&|:-! aZ1中"))


@pytest.fixture
def searched(home: Page) -> Client:
    page_saying(home, "Study of COVID-19", "Trials who are you 中文 title a b c 19 1e5")
    return Client()


@pytest.mark.parametrize("text", ODD)
def test_odd_query_is_answered(searched: Client, text: str):
    for path in ("/search/", "/-/suggestions/"):
        assert searched.get(path, {"q": text}).status_code == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    text=SEARCH_TEXT,
    page=st.one_of(st.text(max_size=20), st.integers().map(str), st.just("9" * 5_000)),
    kind=st.one_of(st.text(max_size=20), st.sampled_from(["pages", "news", "documents"])),
    section=st.one_of(st.text(max_size=20), st.integers().map(str)),
)
@example(text="study", page="last", kind="pages", section="\x00")
@example(text="study", page="-1", kind="\x00", section="9" * 5_000)
def test_any_query_is_answered(searched: Client, text, page, kind, section):
    data = {"q": text, "page": page, "type": kind, "section": section}
    asked = {name: value.encode("utf-8", "replace").decode() for name, value in data.items()}
    assert searched.get("/search/", asked).status_code == 200
    assert searched.get("/-/suggestions/", {"q": asked["q"]}).status_code == 200


@given(st.text(max_size=1_000))
@example("\ud800")
def test_cleaned_query_can_be_shown_and_stays_as_it_is(text):
    cleaned = clean_query(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert clean_query(cleaned) == cleaned
