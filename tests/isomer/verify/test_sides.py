"""Source and page side by side: nothing is left out, and every difference has its name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isomer.models import ComparedText
from isomer.verify.run import verify_run
from isomer.verify.sides import LONGEST_ROW, Mark, line_up, side_by_side
from isomer.verify.tokens import Token, TokenKind, shown
from tests.isomer.importing import run_import, write_documents

KINDS = [TokenKind.WORD] * 6 + [
    TokenKind.HEADING,
    TokenKind.ITEM,
    TokenKind.ROW,
    TokenKind.CELL,
    TokenKind.PICTURE,
]
TOKENS = st.lists(
    st.builds(Token, st.sampled_from(KINDS), st.sampled_from(["a", "b", "c.", "2"])), max_size=80
)


def words(text: str) -> list[Token]:
    return [Token(TokenKind.WORD, word) for word in text.split()]


def side(rows: list[dict], name: str) -> str:
    return " ".join(piece[0] for row in rows for piece in row[name])


def rows_of(left, right) -> list[dict]:
    return side_by_side(line_up(left, right)[1])


def marks(rows: list[dict]) -> list[tuple[str, str]]:
    pieces = [piece for row in rows for name in ("left", "right") for piece in row[name]]
    return [(text, mark) for text, mark, _target in pieces if mark]


@given(TOKENS, TOKENS)
def test_each_side_has_all_its_text_in_order(left, right):
    rows = rows_of(left, right)
    assert side(rows, "left") == shown(left)
    assert side(rows, "right") == shown(right)
    assert bool(marks(rows)) is (left != right)


@given(TOKENS)
def test_equal_sides_have_no_marks_and_rows_do_not_grow(tokens):
    rows = rows_of(tokens, tokens)
    assert not marks(rows)
    assert all(len(side([row], "left").split()) <= 3 * LONGEST_ROW for row in rows)


def test_what_differs_is_lost_added_or_changed():
    left = words("One two three four")
    right = [*words("One"), *words("three new"), replace(words("four")[0], links=((4, "x"),))]
    assert set(marks(rows_of(left, right))) == {
        ("two", Mark.LOST),
        ("new", Mark.ADDED),
        ("four", Mark.CHANGED),
    }


def test_what_a_rule_explains_is_no_difference():
    left = [*words("One"), Token(TokenKind.WORD, "gone", optional="field-not-shown"), *words("two")]
    assert marks(rows_of(left, words("One two"))) == [("gone", Mark.EXPLAINED)]


def test_a_row_begins_with_each_heading_entry_and_picture():
    heading = [Token(TokenKind.HEADING, "2"), Token(TokenKind.WORD, "Title", heading=2)]
    tokens = [*heading, *words("Text here."), Token(TokenKind.ITEM, "•"), *words("entry"),
              Token(TokenKind.PICTURE, "alt", "p")]  # fmt: skip
    rows = rows_of(tokens, tokens)
    assert [side([row], "left") for row in rows] == [
        "[heading: 2] Title", "Text here.", "• entry", "[picture: alt, p]",
    ]  # fmt: skip


@pytest.mark.django_db
def test_only_the_last_verification_keeps_texts(tmp_path):
    documents = {"home__md": "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n",
                 "first__md": "---\ntitle: First\npermalink: /first/\n---\nWords.\n"}  # fmt: skip
    write_documents(tmp_path, **documents)
    for _ in range(2):
        run_import(tmp_path)
        verify_run()
        verify_run()
    assert ComparedText.objects.count() == 2
    verify_run(only="/first/")
    assert ComparedText.objects.count() == 2
