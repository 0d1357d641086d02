"""What imported files are called: the words of the first link that says what they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.library.file_titles import title_from_name, title_from_words
from content.models import SiteDocument
from tests.isomer.importing import run_import

MEANINGLESS = [
    "", " ", "here", "Click here", "click here »", "Download", "Download (PDF, 2.3 MB)", "PDF",
    "https://example.org/a.pdf", "www.example.org", "consent-form.pdf", "/files/a.pdf", "1", "…",
    "Read more", "View the document here", "[PDF]", "a",
]  # fmt: skip
MEANINGFUL = {
    "Consent form": "Consent form",
    " Guide\n to  trials (PDF) ": "Guide to trials (PDF)",
    "Download the annual report": "Download the annual report",
    "同意书": "同意书",
    "NHM": "NHM",
    "Form 12B for sponsors »": "Form 12B for sponsors",
}


@pytest.mark.parametrize("words", MEANINGLESS)
def test_words_that_say_nothing(words: str) -> None:
    assert title_from_words(words) == ""


@pytest.mark.parametrize("words", MEANINGFUL)
def test_words_that_say_what_a_file_is(words: str) -> None:
    assert title_from_words(words) == MEANINGFUL[words]


def test_names_of_files() -> None:
    assert title_from_name("/files/Annual%20report_2019-final.v2.pdf") == (
        "Annual report 2019 final.v2"
    )
    assert title_from_name("x" * 300 + ".pdf") == "x" * 255
    assert title_from_name("what?.pdf") == "what"
    assert title_from_name(".pdf") != ""


def source(folder: Path, body: str = "") -> Path:
    files = {
        "index.md": "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n",
        "pages/a.md": "---\ntitle: A\npermalink: /a/\n---\n"
        "[here](/files/form-1.pdf), [Consent **form** for adults](/files/form-1.pdf),"
        " [Another name](/files/form-1.pdf), [Download](/files/no_words.pdf)\n\n" + body,
        "pages/b.md": "---\ntitle: B\npermalink: /b/\nvariant: tiptap\n---\n"
        '<table><tr><td><a href="/files/cell.pdf">Rates of 2026</a></td></tr></table>',
        "files/form-1.pdf": "%PDF-1.4 one",
        "files/no_words.pdf": "%PDF-1.4 two",
        "files/cell.pdf": "%PDF-1.4 three",
        "files/later_one.pdf": "%PDF-1.4 four",
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def titles() -> list[str]:
    return sorted(SiteDocument.objects.values_list("title", flat=True))


@pytest.mark.django_db
def test_imported_files_have_readable_titles(tmp_path: Path) -> None:
    run_import(source(tmp_path))
    expected = ["Consent form for adults", "Rates of 2026", "later one", "no words"]
    assert titles() == expected
    with CaptureQueriesContext(connection) as captured:
        run_import(tmp_path)
    assert titles() == expected
    writing = ("INSERT", "UPDATE", "DELETE")
    statements = [one["sql"] for one in captured.captured_queries]
    assert [
        one for one in statements if "content_sitedocument" in one and one.startswith(writing)
    ] == []


@pytest.mark.django_db
def test_a_title_that_somebody_gave_stays(tmp_path: Path) -> None:
    run_import(source(tmp_path))
    SiteDocument.objects.filter(title="no words").update(title="Ours")
    SiteDocument.objects.filter(title="Rates of 2026").update(title="Rates")
    run_import(source(tmp_path, "[The late report](/files/later_one.pdf)\n"))
    assert titles() == ["Consent form for adults", "Ours", "Rates", "The late report"]
    SiteDocument.objects.filter(title="The late report").update(title="Mine")
    run_import(source(tmp_path, "[Other words](/files/later_one.pdf)\n"))
    assert "Mine" in titles()
