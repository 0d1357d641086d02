"""The report of a run: short on the terminal, whole in a file."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from isomer.messages import RULES, Level, Message
from isomer.plan.model import Plan
from isomer.report import make_report, report_lines, write_report
from tests.isomer.importing import command_output, run_import, write_documents

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
    assert data["counts"]["Pages: ContentPage"] == {"created": 1}
    assert data["megabytes"] > 0
    assert [page["address"] for page in data["pages"]] == ["/", "/a/"]
    found = {rule["code"]: rule for rule in data["rules"]}
    assert found["link-target-missing"]["who"] == "editor"
    assert found["link-target-missing"]["messages"][0]["path"] == "a.md"


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_does_not_undo_the_import(tmp_path, capsys):
    source = write_documents(tmp_path / "source", home__md=HOME)
    (tmp_path / "file").write_text("")
    text = command_output(str(source), "--report", str(tmp_path / "file"))
    assert "1 page: 1 created" in text
    assert "can't be written" in capsys.readouterr().err


def test_long_lists_are_folded_on_the_terminal_and_whole_in_the_file(tmp_path, settings):
    messages = [Message("placeholder", f"{number}.md", "Text") for number in range(40)]
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
    assert (message.source_path, message.text) == ("a.md", "1 of 2")
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
