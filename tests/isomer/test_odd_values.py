"""Values that files can hold and that no database, calendar or parser takes."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Page, Site

from content.markup.embed_addresses import player_address
from content.markup.links import readable_name
from isomer.apply.memory import Memory
from isomer.models import ImportedObject
from isomer.read.git import _moment
from isomer.runs.run import SiteNameError, host_and_port
from tests.isomer.importing import rules_of, run_import
from tests.isomer.media import HOME
from tests.isomer.read.sources import write

LONG_NUMBER = "9" * 5000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_data/navigation.json", '{"links": [{"title": "A\\ud800\\u0000", "url": "/a/"}]}'),
        ("_data/homepage.json", '{"sections": ' + "[" * 600 + "]" * 600 + "}"),
        ("_data/footer.json", '{"copyright_agency": "x\\u0000y"}'),
        ("_redirects", f"/old /a/ {LONG_NUMBER}\n/q%00r /a/\n/s /a/%00\n/{';' * 240} /a/\n"),
        ("netlify.toml", f"a = {LONG_NUMBER}\n"),
        (
            "pages/b.md",
            f"![](https://x.example/a%00b.png)\n\n<iframe src='https://{'a.' * 180}e/'>",
        ),
        ("pages/c.md", f"<iframe src='https://youtu.be/abcdefghijk?start={LONG_NUMBER}'></iframe>"),
    ],
)
def test_an_import_passes_over_what_nothing_takes(name: str, text: str, tmp_path: Path) -> None:
    page = "---\ntitle: A\npermalink: /a/\n---\nText\n"
    done = run_import(write(tmp_path, {"index.md": HOME, "pages/a.md": page, name: text}))
    assert done.outcome.run.state == "done"
    assert "plan-failed" not in rules_of(done.outcome.run)


def test_a_film_that_begins_after_thousands_of_digits_begins_at_once() -> None:
    address = player_address(f"https://www.youtube.com/watch?v=abcdefghijk&t={LONG_NUMBER}")
    assert address == "https://www.youtube-nocookie.com/embed/abcdefghijk"


def test_the_name_of_a_picture_holds_no_control_character() -> None:
    assert readable_name("https://x.example/a%00b%1B.png") == "a b"


@pytest.mark.parametrize("seconds", [b"253402300799", b"-62135596800", b"9" * 30, b"x"])
def test_a_commit_at_the_end_of_time_has_no_date(seconds: bytes) -> None:
    assert _moment(seconds) is None


def test_a_commit_has_a_date_in_every_zone() -> None:
    moment = _moment(b"1700000000")
    assert moment is not None
    assert moment.tzinfo is UTC
    assert moment.astimezone(ZoneInfo("Pacific/Kiritimati")).year == 2023


@pytest.mark.parametrize(
    "name",
    [
        "my site",
        "foo?x",
        "foo#x",
        "a" * 300,
        f"{'a.' * 140}b",
        "a..b",
        "host:0",
        "a/b",
        "u@h",
        "é!",
    ],
)
def test_what_is_no_host_name_is_refused(name: str) -> None:
    with pytest.raises(SiteNameError):
        host_and_port(name)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("www.example.org", ("www.example.org", None)),
        ("Localhost:8000", ("localhost", 8000)),
        ("my_host", ("my_host", None)),
        ("127.0.0.1:80", ("127.0.0.1", 80)),
        ("", ("", None)),
    ],
)
def test_host_names(name: str, read: tuple[str, int | None]) -> None:
    assert host_and_port(name) == read


@pytest.mark.django_db
def test_thousands_of_documents_may_lie_in_another_folder_than_before(site: Site) -> None:
    for folder in ("old", "new"):
        memory = Memory(lambda content: {})
        for number in range(1200):
            memory.add(
                ImportedObject.Kind.PAGE,
                f"{folder}/{number}.md",
                Page,
                site.root_page_id,
                {},
                adopts=f"old/{number}.md" if folder == "new" else "",
            )
        memory.write(site)
    paths = ImportedObject.objects.values_list("source_path", flat=True)
    assert {path.partition("/")[0] for path in paths} == {"new"}
    assert len(paths) == 1200
