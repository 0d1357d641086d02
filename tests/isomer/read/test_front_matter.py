"""Front matter: where it begins and ends, and what it says (format reference, 1.2 and 8.1)."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from isomer.read.front_matter import FrontMatter, read_front_matter, split_document, why_missing
from isomer.read.yaml_mapping import load_mapping

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "read"

JSON_LIKE = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
        st.dates(min_value=datetime.date(1000, 1, 1)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text("abcdefgh_", min_size=1, max_size=6), inner, max_size=4),
    ),
    max_leaves=12,
)
MAPPING = st.dictionaries(st.text("abcdefgh_", min_size=2, max_size=8), JSON_LIKE, max_size=5)


def read(text: str) -> FrontMatter:
    found = read_front_matter(text, "page.md")
    assert found is not None
    return found


def read_fixture(name: str) -> FrontMatter:
    return read((FIXTURES / name).read_text(encoding="utf-8"))


def block(yaml_text: str) -> FrontMatter:
    return read(f"---\n{yaml_text}\n---\nBody.\n")


def is_json_like(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_json_like(item) for key, item in value.items())
    if isinstance(value, list):
        return all(is_json_like(item) for item in value)
    return value is None or isinstance(value, str | int | float | datetime.date)


# Where front matter begins and ends


def test_hyphens_inside_values_do_not_cut() -> None:
    found = read_fixture("hyphens-in-values.md")
    assert found.data["title"] == "Lab hours --- summer"
    assert found.data["file_url"] == "/files/plan---final.pdf"
    assert (found.body, found.body_line) == ("Open from nine.\n", 6)


def test_three_dots_close() -> None:
    assert read_fixture("closed-with-dots.md").body == "The body begins here.\n"


def test_the_closing_line_may_end_the_file() -> None:
    found = read_fixture("nothing-after-fence.md")
    assert (found.data, found.body) == ({"title": "Only a title"}, "")


def test_a_rule_in_the_body_stays_in_the_body() -> None:
    assert read_fixture("rule-in-body.md").body == "First half.\n\n---\n\nSecond half.\n"


def test_fences_may_be_followed_by_blanks() -> None:
    assert read("--- \t\ntitle: x\n---  \nBody").body == "Body"


@pytest.mark.parametrize("yaml_text", ["", "# only a remark\n", "\n\n", "~\n"])
def test_an_empty_block_is_front_matter_without_data(yaml_text: str) -> None:
    found = read(f"---\n{yaml_text}---\nBody")
    assert (found.data, found.body, found.messages) == ({}, "Body", ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("Hello", "does not begin"),
        ("----\ntitle: x\n----\n", "does not begin"),
        (" ---\ntitle: x\n---\n", "does not begin"),
        ("--- title: x\n---\n", "does not begin"),
        ("---", "no line of three hyphens closes it"),
        ("---\ntitle: x\n ---\n", "no line of three hyphens closes it"),
        ("---\ntitle: x\n----\n", "no line of three hyphens closes it"),
    ],
)
def test_text_without_front_matter(text: str, reason: str) -> None:
    assert read_front_matter(text, "page.md") is None
    assert reason in why_missing(text)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("never-closed.md", "closes it"), ("blank-first-line.md", "it begins on line 2")],
)
def test_the_reason_says_how_to_mend_it(name: str, reason: str) -> None:
    text = (FIXTURES / name).read_text(encoding="utf-8")
    assert read_front_matter(text, name) is None
    assert reason in why_missing(text)


# What it says


def test_a_tab_after_a_value_is_accepted_as_ruby_does() -> None:
    assert read_fixture("tab-after-value.md").data == {"title": "Tab after a value", "order": 3}


def test_typed_values_follow_yaml_1_1() -> None:
    assert read_fixture("typed-values.md").data == {
        "title": 2024,
        "published": False,
        "date": datetime.date(2024, 2, 29),
        "opened": datetime.datetime(2024, 2, 29, 8, 30),
        "almost_a_date": "2024-2-9",
        "image": None,
        "description": "",
        "price": 12.5,
        "tags": ["one", "two"],
        "contact": [{"name": "Front desk", "phone": 1800}],
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(("1_000", 1000), ("007", 7), ("1.10", 1.1), ("0x1F", 31), ("12:30", 45000)),
        *(("1:02:03", 3723), ("190:20:30", 685230), ("1,000", 1000), ("1,00", 100)),
        *(("1,234.5", 1234.5), ("08", "08"), ("1e3", "1e3"), ("0o17", "0o17"), ("y", "y")),
        *(("'1,000'", "1,000"), ("1, 2", "1, 2"), ("1,,2", "1,,2")),
    ],
)
def test_numbers_are_those_of_ruby(written: str, value: object) -> None:
    assert load_mapping(f"title: {written}").data == {"title": value}


def test_values_folded_over_several_lines() -> None:
    assert read_fixture("folded-values.md").data == {
        "title": "A title that goes on over two lines",
        "description": "First paragraph, still the first.\n\nSecond paragraph.",
    }


def test_references_and_merges() -> None:
    assert read_fixture("shared-values.md").data == {
        "desk": {"city": "Singapore", "floor": 2},
        "branch": {"city": "Singapore", "floor": 5},
    }


def test_the_first_of_several_merges_wins() -> None:
    found = block("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}")
    assert found.data["c"] == {"x": 1, "y": 2}


def test_keys_are_text_as_written() -> None:
    found = block("yes: a\n2020: b\nnull: c\n2020-01-01: d")
    assert found.data == {"yes": "a", "2020": "b", "null": "c", "2020-01-01": "d"}


# What is wrong with it


def test_invalid_yaml_gives_no_data_but_keeps_the_body() -> None:
    found = read_fixture("colon-in-value.md")
    assert (found.data, found.body, found.body_line) == ({}, "Bring a friend.\n", 5)
    (message,) = found.messages
    assert (message.rule, message.path) == ("front-matter-invalid", "page.md")
    assert message.place == "line 2, column 16"
    assert "colon followed by a space" in message.text


@pytest.mark.parametrize(
    ("yaml_text", "place", "words"),
    [
        ('a: 1\nb: "never closed\nc: 2', "line 3, column 4", "never closed"),
        ("a: [1, 2\nb: 3", "line 2, column 4", "square brackets"),
        ("a: {b: 1", "line 2, column 4", "curly brackets"),
        ("a: 'it's'", "line 2, column 8", "quotation mark"),
        ("a: @home", "line 2, column 4", "cannot begin with the character @"),
        ("a: `code`", "line 2, column 4", "cannot begin with the character `"),
        ("a:\n\tb: 1", "line 3, column 1", "tab"),
        ("a: *bold", "line 2, column 4", "asterisk"),
        ("a: & b", "line 2, column 5", "ampersand"),
        ("a: - b", "line 2, column 4", "hyphen"),
        ('a: "C:\\docs"', "line 2, column 7", "backslash"),
        ("a: 1\nsome words\nb: 2", "line 3, column 1", "neither a key"),
        ("a: x\n- y", "line 3, column 1", "key was expected"),
        ("a: |text", "line 2, column 5", "next line"),
        ("a: 1\n--- b", "line 3, column 1", "second block"),
        ("é: ok\nb: \x07", "line 3, column 4", "control character"),
        ("a: \ud800", "line 2, column 4", "control character"),
        ("[a]: b", "line 2, column 1", "not plain words"),
        ("only words", "line 2, column 1", "text without keys"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(yaml_text: str, place: str, words: str) -> None:
    found = block(yaml_text)
    assert (found.data, found.body) == ({}, "Body.\n")
    (message,) = found.messages
    assert (message.rule, message.place) == ("front-matter-invalid", place)
    assert words in message.text
    assert "Error" not in message.text
    assert message.text.endswith(".")


def test_a_list_is_not_front_matter() -> None:
    found = read_fixture("list-as-front-matter.md")
    assert (found.data, found.body) == ({}, "Still here.\n")
    assert "a list" in found.messages[0].text


def test_of_a_repeated_key_the_last_wins() -> None:
    found = read_fixture("repeated-key.md")
    assert found.data == {"title": "Second name", "permalink": "/names/"}
    (message,) = found.messages
    assert (message.rule, message.place) == ("front-matter-key-repeated", "line 4")
    assert "“title” stands on line 2 and again on line 4" in message.text


def test_repeated_keys_are_found_at_every_depth_and_once() -> None:
    found = block("a: &a\n  - {k: 1, k: 2}\nb: *a")
    assert found.data == {"a": [{"k": 2}], "b": [{"k": 2}]}
    assert [message.place for message in found.messages] == ["line 3"]


def test_an_impossible_date_stays_text() -> None:
    found = read_fixture("impossible-date.md")
    assert found.data == {"title": "Calendar", "date": "2023-02-31"}
    (message,) = found.messages
    assert (message.rule, message.place) == ("front-matter-value-invalid", "line 3")
    assert "“2023-02-31” is not a date that exists" in message.text


@pytest.mark.parametrize(
    "value",
    [
        "2020-13-45",
        "2020-01-01 25:00:00",
        "2020-01-01T00:00:00+99:99",
        "0000-01-01",
        "9" * 5000,
        "1" + ":59" * 40_000,
        ".inf",
        "-.inf",
        ".nan",
        "1.0e+999",
        "0x_",
    ],
)
def test_impossible_dates_and_numbers_stay_text(value: str) -> None:
    found = block(f"title: kept\nvalue: {value}")
    assert found.data == {"title": "kept", "value": value}
    (message,) = found.messages
    assert (message.rule, message.place) == ("front-matter-value-invalid", "line 3")
    assert len(message.text) < 120


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("!!python/object/apply:os.system [ls]", ["ls"]),
        ("!!python/name:os.system x", "x"),
        ("!!binary aGk=", "aGk="),
        ("!!set {x, y}", {"x": None, "y": None}),
        ("!!omap [{x: 1}]", [{"x": 1}]),
        ("!!int ''", ""),
        ("!!timestamp soon", "soon"),
        ("!!bool maybe", "maybe"),
        ("!ruby/object:Gem {name: x}", {"name": "x"}),
        ("{{ page.name }}", "{{ page.name }}"),
        ('"a\\0b\\ec"', "abc"),
    ],
)
def test_values_of_other_kinds_become_plain_data(value: str, expected: Any) -> None:
    found = block(f"title: kept\nvalue: {value}")
    assert found.data == {"title": "kept", "value": expected}
    assert [message.rule for message in found.messages] == ["front-matter-value-invalid"]


# Hostile input

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 10)
)


@pytest.mark.parametrize(
    "yaml_text",
    [
        BOMB,
        "a: &a [*a]",
        "a: &a {b: *a}",
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 3000)),
        "a: &a x\n" + "b: [*a]\n" * 20_000,
        "a: " + "[" * 100_000,
        "a: " + "[" * 50_000 + "]" * 50_000,
        "a: " + "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "a: [" + "x, " * 100_000 + "]",
        "a: " + "x" * 1_000_000,
    ],
)
def test_hostile_yaml_is_refused_with_a_message(yaml_text: str) -> None:
    found = block(yaml_text)
    assert (found.data, found.body) == ({}, "Body.\n")
    assert [message.rule for message in found.messages] == ["front-matter-invalid"]


def test_ordinary_references_are_not_taken_for_a_bomb() -> None:
    found = block("a: &a {x: 1, y: [1, 2]}\n" + "".join(f"b{n}: *a\n" for n in range(200)))
    assert found.messages == ()
    assert found.data["b199"] == {"x": 1, "y": [1, 2]}


def test_thousands_of_findings_are_cut_short() -> None:
    messages = block("k: 1\n" * 10_000).messages
    assert len(messages) == 21
    assert "not listed" in messages[-1].text


# Properties


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_exception_and_always_the_same(text: str) -> None:
    found = read_front_matter(text, "page.md")
    assert found == read_front_matter(text, "page.md")
    assert found is not None or why_missing(text)


@given(st.text("ab:-?[]{}&*!|>'\"%@`#,.\t\n 0129x_~=<\u2028\u0085é", max_size=60))
def test_any_yaml_gives_json_like_data_or_a_message(yaml_text: str) -> None:
    found = read(f"---\n{yaml_text}\n---\nBody.\n")
    assert is_json_like(found.data)
    assert found.body.endswith("Body.\n")
    assert all(message.text.endswith(".") for message in found.messages)


@given(MAPPING, st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_valid_front_matter_is_read_back_and_no_body_is_lost(
    data: dict[str, Any], body: str
) -> None:
    written = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    text = f"---\n{written}---\n{body}"
    found = read(text)
    assert found.messages == ()
    assert found.data == data
    assert found.body == body
    assert found.body_line == written.count("\n") + 3


@given(st.text("-.ab: \n\t", max_size=80))
def test_front_matter_and_body_are_the_whole_text(text: str) -> None:
    split = split_document(text)
    assert split is None or split.front + split.body == text


def test_a_duplicate_key_message_never_stands_for_merged_keys() -> None:
    assert block("a: &a {x: 1}\nb: {<<: *a, x: 2}").messages == ()
