"""Dates as people write them (format reference, 1.4 and 8.1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isomer.read import read_source
from isomer.read.dates import read_date, read_post_name, zone_named
from tests.isomer.read.sources import PAGE, found, write

EAST = timezone(timedelta(hours=8))
POST = "n/c/_posts/2020-01-02-post-a.md"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2020, 6, 9), date(2020, 6, 9)),
        ("2020-06-9", date(2020, 6, 9)),
        (" 2020/6/09 ", date(2020, 6, 9)),
        ("9 June 2020", date(2020, 6, 9)),
        ("Jun 9, 2020", date(2020, 6, 9)),
        ("09/06/2020", date(2020, 6, 9)),
        (20200609, date(2020, 6, 9)),
        (datetime(2020, 6, 9, 10), datetime(2020, 6, 9, 10, tzinfo=EAST)),
        (datetime(2020, 6, 9, 10, tzinfo=UTC), datetime(2020, 6, 9, 10, tzinfo=UTC)),
        ("2020-06-9 10:30", datetime(2020, 6, 9, 10, 30, tzinfo=EAST)),
        ("2020-06-9T1:02:03.5Z", datetime(2020, 6, 9, 1, 2, 3, tzinfo=UTC)),
        ("2020-06-9 10:30 -0330", datetime(2020, 6, 9, 14, 0, tzinfo=UTC)),
        ("2020-06-9 10:30 +8", datetime(2020, 6, 9, 10, 30, tzinfo=EAST)),
        # What Ruby reads, too.
        ("2020-06-09 10:00 PM", datetime(2020, 6, 9, 22, tzinfo=EAST)),
        ("2020/06/09 12:05 a.m.", datetime(2020, 6, 9, 0, 5, tzinfo=EAST)),
        ("2020-06-09 13:00 PM", datetime(2020, 6, 9, 13, tzinfo=EAST)),
        ("12:30 PM 9 June 2020", datetime(2020, 6, 9, 12, 30, tzinfo=EAST)),
        ("Tue, 09 Jun 2020 10:00:00 GMT", datetime(2020, 6, 9, 10, tzinfo=UTC)),
        ("20200609T101112", datetime(2020, 6, 9, 10, 11, 12, tzinfo=EAST)),
        ("2020-06-09 24:00", datetime(2020, 6, 10, tzinfo=EAST)),
        ("2020-06-09 +0800", date(2020, 6, 9)),
        ("2020-06-09 SGT", date(2020, 6, 9)),
        ("June 9th, 2020", date(2020, 6, 9)),
        ("9-Jun-2020", date(2020, 6, 9)),
        ("2020 June 9", date(2020, 6, 9)),
        ("June 2020", date(2020, 6, 1)),
        ("9 june 20", date(2020, 6, 9)),
        ("20-06-09", date(2020, 6, 9)),
        ("2020-02-30", date(2020, 3, 1)),
    ],
)
def test_values(value: Any, expected: Any) -> None:
    assert read_date(value, EAST) == expected
    if isinstance(expected, datetime):
        assert read_date(value, EAST).tzinfo is not None


@pytest.mark.parametrize(
    "value",
    [
        *("soon", "2020-02-32", "2020-06-09 25:00", "2020-13-09", True, 5, 1.5, []),
        *(date(1, 1, 1), date(9999, 12, 31)),
    ],
)
def test_values_that_are_no_date(value: Any) -> None:
    assert read_date(value, EAST) is None


@pytest.mark.parametrize("name", ["", None, 5, "../etc", "Nowhere/Else", "Asia", "a\0b"])
def test_zones_that_do_not_exist(name: Any) -> None:
    assert zone_named(name) is UTC


def test_a_zone_of_the_settings(tmp_path: Path) -> None:
    assert zone_named("Asia/Singapore") == ZoneInfo("Asia/Singapore")
    page = "---\ndate: 2024-05-06 23:30:00\n---\n"
    write(tmp_path, {"_config.yml": "timezone: Asia/Singapore", "index.md": page})
    document = read_source(tmp_path).documents[0]
    assert document.date.utcoffset() == timedelta(hours=8)
    assert document.day == date(2024, 5, 6)


@pytest.mark.parametrize(
    ("name", "day", "rest", "token", "slug"),
    [
        ("2020-1-2-a.md", date(2020, 1, 2), "a", "", "a"),
        ("2020-01-02-post-A b.md", date(2020, 1, 2), "post-A b", "post", "post-A-b"),
        ("20-1-2-link-a.b.html", date(2020, 1, 2), "link-a.b", "link", "link-a.b"),
        ("70-1-2-filed.md", date(1970, 1, 2), "filed", "", "filed"),
        ("2020-01-02-end...md", date(2020, 1, 2), "end", "", "end"),
    ],
)
def test_names_of_posts(name: str, day: date, rest: str, token: str, slug: str) -> None:
    post = read_post_name(name)
    assert post is not None
    assert (post.day, post.rest, post.type_token, post.slug) == (day, rest, token, slug)


@pytest.mark.parametrize("name", ["a.md", "2020-01-02.md", "2020-1-2a.md", "2020-00-01-a.md"])
def test_names_that_are_no_posts(name: str) -> None:
    assert read_post_name(name) is None


@given(st.text(max_size=30))
def test_any_text_as_a_date_or_a_name(text: str) -> None:
    read_date(text, UTC)
    read_post_name(text)


@pytest.mark.parametrize(
    ("line", "expected", "rules"),
    [
        ("date: 2021-03-04", date(2021, 3, 4), []),
        ("date: 2021-03-4", date(2021, 3, 4), []),
        ("date:", date(2020, 1, 2), []),
        ('date: ""', date(2020, 1, 2), []),
        ("date: next week", date(2020, 1, 2), ["date-invalid"]),
        ("date: 2021-02-30", date(2021, 3, 2), ["front-matter-value-invalid"]),
        ("title: x", date(2020, 1, 2), []),
    ],
)
def test_the_front_matter_wins_over_the_file_name(
    tmp_path: Path, line: str, expected: date, rules: list[str]
) -> None:
    site = read_source(write(tmp_path, {"index.md": PAGE, POST: f"---\n{line}\n---\n"}))
    assert site.documents[1].date == expected
    assert found(site) == [(rule, POST) for rule in rules]


def test_a_page_may_have_a_date_too(tmp_path: Path) -> None:
    site = read_source(write(tmp_path, {"index.md": "---\ndate: 2021-03-04\n---\n"}))
    assert site.documents[0].date == date(2021, 3, 4)
