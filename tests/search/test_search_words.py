"""One form of words for the index and for queries."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.search_text.words import (
    TERM_LENGTH,
    TEXT_LENGTH,
    index_terms,
    initials_of,
    marked_spans,
    prefix_terms,
    query_words,
    typed_terms,
)


def finds(query: str, text: str) -> bool:
    """Tell whether a text holds all words of a query, as a database would."""
    terms = set(index_terms(text).split())
    words = query_words(query)
    return bool(words) and all(
        any(terms.issuperset(choice) for choice in word.choices) for word in words
    )


ALIKE = [
    ("covid-19", "COVID 19"),
    ("phase-2", "a Phase 2 trial"),
    ("phase ii", "a Phase 2 trial"),
    ("phase iib", "Phase 2b"),
    ("first in human", "First-in-human studies"),
    ("email", "Send an e-mail"),
    ("trial", "clinical trials"),
    ("TRIALS", "a trial"),
    ("feasible", "the feasibility of feasible things"),
    ("cafe", "Café"),
    ("straße", "STRASSE"),
    ("obrien", "Dr O’Brien"),
    ("o'brien", "Dr OBrien"),
    ("institute", "the Institute’s role"),
    ("institute's", "the institute"),
    ("AHCC", "The (AHCC) group"),
    ("ahcc", "The AHCC's group"),
    ("R&D", "R & D of today"),
    ("临床试验", "我们进行临床试验。"),
    ("试验", "临床试验中心"),
    ("ｃｏｖｉｄ", "covid"),
    ("மொழி", "தமிழ் மொழி"),
    ("penyakit jantung", "Penyakit jantung koronari"),
    ("cooperate", "co\u00adoper\u200bate"),
    ("anti-PD1", "anti-PD-1 antibodies"),
]


@pytest.mark.parametrize(("query", "text"), ALIKE)
def test_words_that_mean_the_same_meet(query, text):
    assert finds(query, text)


BOTH_WAYS = [
    ("covid-19", "covid19", "covid 19"),
    ("e-mail", "email", "e-mail"),
    ("phase 3", "Phase III", "phase-3"),
]


@pytest.mark.parametrize("same", BOTH_WAYS)
def test_spellings_find_each_other(same):
    for query in same:
        for text in same:
            assert finds(query, text), (query, text)


UNLIKE = [
    ("试验", "试着验证"),
    ("phase 2", "phase 3"),
    ("cat", "category"),
    ("мир", "мар"),
    ("தமிழ்", "தமிழா"),
]


@pytest.mark.parametrize(("query", "text"), UNLIKE)
def test_words_that_differ_do_not_meet(query, text):
    assert not finds(query, text)


def test_roman_numbers_count_only_where_something_is_counted():
    assert "1" not in index_terms("What I mean").split()
    assert {"2", "3"} <= set(index_terms("Phases II and III").split())


def test_abbreviation_in_capitals_is_also_kept_whole():
    assert index_terms("AIDS").split() == ["aid", "aids"]
    assert index_terms("aids").split() == ["aid"]


def test_stop_words_count_only_alone():
    assert [word.text for word in query_words("what is a trial")] == ["trial"]
    assert [word.text for word in query_words("who we are")] == ["who", "we", "are"]


def test_name_has_initials():
    assert initials_of("Frequently asked questions") == ["faq"]
    assert initials_of("Terms of use and more") == ["touam", "tum"]
    assert initials_of("About us") == []


def test_unfinished_word_begins_a_term():
    for typed, title in [("hepatoc", "Hepatocellular"), ("临床", "临床试验"), ("caf", "Café")]:
        terms = typed_terms(typed)
        assert any(term.startswith(terms[-1]) for term in prefix_terms(title).split())


def test_marks_fall_on_whole_words_as_written():
    text = "Our Trials’ results: trial, 临床试验中心"
    terms = frozenset(term for word in query_words("trial 试验") for term in word.terms)
    assert [text[start:end] for start, end in marked_spans(text, terms)] == [
        "Trials", "trial", "试验",
    ]  # fmt: skip


@given(st.text(max_size=300))
@example("\ud800a")
@example("\x00")
@example("½ ① ﬁ \u0301")
def test_terms_are_plain_whatever_the_text(text):
    for terms in (index_terms(text).split(), prefix_terms(text).split(), typed_terms(text)):
        assert all(re.fullmatch(rf"[a-z0-9]{{1,{TERM_LENGTH}}}", term) for term in terms)
    for word in query_words(text):
        assert word.choices
        assert all(choice and all(choice) for choice in word.choices)


@given(st.text(max_size=60))
def test_text_is_found_by_itself(text):
    assert finds(text, text) or not query_words(text)


def test_length_is_bounded_and_long_texts_are_quick():
    start = time.perf_counter()
    endless = "".join(f"word{number} " for number in range(30_000))
    assert len(index_terms(endless)) <= TEXT_LENGTH
    index_terms("a" * 10_000 + "-" * 10_000 + "'" * 100_000 + "a-" * 10_000)
    assert time.perf_counter() - start < 30
