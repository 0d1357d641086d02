"""The report of a run: short on the terminal, whole in a file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from isomer.messages import RULES, Level, Message
from isomer.models import ImportRun
from isomer.plan.model import Plan
from isomer.report import make_report, report_lines, write_report
from isomer.report.files import report_html
from tests.isomer.importing import command_output, run_import, write_documents
from tests.isomer.read.test_git import git, needs_git

BASE = Path(__file__).resolve().parents[2]
HOME = "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n"


@pytest.mark.django_db
def test_a_run_leaves_a_page_and_data(tmp_path):
    source = write_documents(
        tmp_path / "source",
        home__md=HOME,
        a__md="---\ntitle: A <script>x</script>\npermalink: /a/\n---\n[There](/gone/)\n",
    )
    text = command_output(str(source), "--report", str(tmp_path / "reports"))
    [page] = (tmp_path / "reports").glob("*.html")
    assert f"The whole report: {page}" in text
    html = page.read_text()
    assert "/gone/" in html
    assert "<script" not in html
    assert "http" not in html.replace("http://localhost", "")
    data = json.loads(page.with_suffix(".json").read_text())
    assert data["counts"]["Pages"] == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "left alone": 0,
    }
    assert data["megabytes"] > 0
    assert [page["address"] for page in data["pages"]] == ["/", "/a/"]
    found = {rule["code"]: rule for rule in data["rules"]}
    assert found["link-target-missing"]["who"] == "editor"
    assert found["link-target-missing"]["messages"][0]["path"] == "a.md"


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere no process hands its figure on.")
def test_the_memory_of_a_run_is_not_that_of_what_started_it():
    inner = "from isomer.report.data import peak_memory; print(peak_memory())"
    setup = "import django; django.setup(); "
    outer = (
        "import subprocess, sys; held = bytearray(400_000_000); "
        f"print(subprocess.check_output([sys.executable, '-c', {setup + inner!r}], text=True))"
    )
    printed = subprocess.check_output([sys.executable, "-c", outer], cwd=BASE, text=True)
    assert 10_000_000 < int(printed) < 300_000_000


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_does_not_undo_the_import(tmp_path, capsys):
    source = write_documents(tmp_path / "source", home__md=HOME)
    (tmp_path / "file").write_text("")
    text = command_output(str(source), "--report", str(tmp_path / "file"))
    assert "1 page: 1 created" in text
    assert "can't be written" in capsys.readouterr().err


def test_long_lists_are_folded_on_the_terminal_and_whole_in_the_file(tmp_path, settings):
    messages = [Message("placeholder", f"{n}.md", f"Text {n}") for n in range(40)]
    report = make_report(Plan(messages=messages), "/x/my site", "localhost")
    lines = [line for line, _ in report_lines(report, "report.html")]
    assert "  … and 28 more in report.html" in lines
    assert len(report.rules[0].messages) == 40


def test_errors_come_first():
    messages = [Message("encoding-repaired", "a.md", "x"), Message("permalink-clash", "b.md", "y")]
    report = make_report(Plan(messages=messages), "x", "localhost")
    assert [rule.code for rule in report.rules] == ["permalink-clash", "encoding-repaired"]


def test_every_rule_says_who_acts():
    for rule in RULES.values():
        assert rule.who in {"officer", "editor", "nobody"}
        assert (rule.who == "nobody") == (rule.level is Level.INFO)


@pytest.mark.django_db
def test_the_report_of_a_name_that_is_no_file_name(tmp_path):
    done = run_import(write_documents(tmp_path / "source", home__md=HOME))
    report = make_report(done.plan, "/", "localhost")
    assert write_report(report, tmp_path, done.outcome.run.started_at).name.endswith("import.html")


@pytest.mark.django_db
def test_what_editors_will_want_to_add_is_listed(tmp_path):
    source = write_documents(
        tmp_path / "source",
        home__md=HOME,
        a__md="---\ntitle: A\npermalink: /a/\n---\n![](/images/m.png)\n\n![M](/images/m.png)\n",
    )
    (source / "images").mkdir()
    Image.new("RGB", (3, 3)).save(source / "images" / "m.png")
    run = run_import(source).outcome.run
    [message] = run.messages.filter(rule="alt-text-missing")
    assert (message.source_path, message.text) == ("a.md", "1 of 2 on this page")
    assert run.messages.filter(rule="description-missing").count() == 2


@pytest.mark.django_db
def test_an_item_that_leads_elsewhere_needs_no_description(tmp_path):
    """Nobody sees such an item: visitors are led on, and it is in no sitemap."""
    posts = tmp_path / "news" / "links" / "_posts"
    posts.mkdir(parents=True)
    described = HOME.replace("title: Home\n", "title: Home\ndescription: The home page.\n")
    (tmp_path / "index.md").write_text(described, encoding="utf-8")
    for name in ("2024-01-02-link-elsewhere.md", "2024-01-03-post-here.md"):
        target = "external: https://www.example.com/x\n" if "link" in name else ""
        text = f"---\ntitle: Item\n{target}---\n"
        (posts / name).write_text(text, encoding="utf-8")
    run = run_import(tmp_path).outcome.run
    [message] = run.messages.filter(rule="description-missing")
    assert message.source_path.endswith("here.md")


def test_texts_that_come_back_are_listed_once_with_their_documents():
    messages = [Message("markup-kept-as-html", f"{number % 4}.md", "table") for number in range(7)]
    messages.append(Message("markup-kept-as-html", "9.md", "div.grid"))
    report = make_report(Plan(messages=messages), "x", "localhost")
    [rule] = report.rules
    assert [(one.text, one.count, one.places) for one in rule.patterns] == [
        ("table", 7, ["0.md", "1.md", "2.md", "3.md"]),
        ("div.grid", 1, ["9.md"]),
    ]
    lines = [line for line, _ in report_lines(report, "report.html")]
    assert "  - table: 7 times in 4 places, first 0.md" in lines
    html = report_html(report, timezone.now())
    assert all(f"<code>{number}.md</code>" in html for number in (0, 1, 2, 3, 9))


def test_texts_that_differ_stay_with_their_documents():
    messages = [Message("placeholder", f"{number}.md", f"Text {number}") for number in range(9)]
    [rule] = make_report(Plan(messages=messages), "x", "localhost").rules
    assert (rule.patterns, len(rule.messages)) == ([], 9)


def test_a_text_that_means_something_for_its_document_only_stays_with_it():
    messages = [Message("alt-text-missing", f"{n}.md", "1 of 1 on this page") for n in range(9)]
    [rule] = make_report(Plan(messages=messages), "x", "localhost").rules
    assert (rule.patterns, len(rule.messages)) == ([], 9)


def test_the_same_said_twice_of_one_place_is_said_once():
    messages = [Message("placeholder", "a.md", "Text", "title")] * 3
    [rule] = make_report(Plan(messages=messages), "x", "localhost").rules
    assert rule.messages == [{"path": "a.md", "place": "title", "text": "Text", "count": 3}]


def test_the_summary_counts_things_and_not_messages():
    messages = [
        Message("link-target-missing", "a.md", "2 of 3 links: /b/, /c/", count=2),
        Message("footer-page-missing", "_data/footer.yml", "/privacy/"),
        Message("alt-text-missing", "a.md", "4 of 5 on this page", count=4),
    ]
    report = make_report(Plan(messages=messages), "x", "localhost")
    assert {topic.topic: topic.count for topic in report.topics} == {
        "Links that lead nowhere": 3,
        "Missing pictures and files": 0,
        "Documents left out": 0,
        "Pictures without alternative text": 4,
        "Films and frames without a title": 0,
        "Hosts of embedded content to decide on": 0,
        "Pages without a description": 0,
    }
    html = report_html(report, timezone.now())
    for rule in report.rules:
        assert f'href="#{rule.code}"' in html
        assert f'id="{rule.code}"' in html


@needs_git
@pytest.mark.django_db
def test_a_run_says_which_commit_it_read(tmp_path):
    home = write_documents(tmp_path / "source", index__md=HOME)
    git(home, "init", "-q")
    git(home, "add", "-A")
    git(home, "commit", "-qm", "First")
    head = git(home, "rev-parse", "HEAD")
    options = ("--report", str(tmp_path / "reports"))
    command_output(str(home), *options)
    assert ImportRun.objects.first().commit == head
    write_documents(home, new__md="---\ntitle: New\npermalink: /new/\n---\n")
    command_output(str(home), *options)
    assert ImportRun.objects.first().commit == f"{head} + changes"
    pages = sorted((tmp_path / "reports").glob("*.html"))
    assert f"commit {head} + changes" in pages[-1].read_text()


@pytest.mark.django_db
def test_a_run_in_which_nothing_changed_lists_no_page(tmp_path):
    source = write_documents(tmp_path / "source", home__md=HOME)
    options = ("--report", str(tmp_path / "reports"))
    assert "Pages\n" in command_output(str(source), *options)
    again = command_output(str(source), *options)
    assert "Pages\n" not in again
    assert "1 page: 0 created, 0 updated, 1 unchanged, 0 left alone." in again
