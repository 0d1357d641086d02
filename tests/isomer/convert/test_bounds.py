"""Markup that no person wrote ends in text and a message, in bounded time."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from content.markup.html_tree import MAXIMUM_DEPTH, TooDeepError, only_text, parse
from isomer.convert import convert_inline
from tests.isomer.convert.helpers import convert, rules, shown, visible_words

# Of the processor, so that other work on the machine does not count.
SECONDS = 5


def in_time(body: str, written_in: str = "html", seconds: float = SECONDS):
    # What earlier tests left in memory is not this conversion's to look through for rubbish.
    gc.collect()
    gc.freeze()
    try:
        start = time.process_time()
        converted = convert(body, written_in)
        taken = time.process_time() - start
    finally:
        gc.unfreeze()
    assert taken < seconds
    return converted


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 3000 + "word",
        "<div>" * 20_000 + "word",
        "<div></x>" * 3000 + "word",
        "<b>" * 5000 + "word",
        "<p><font size=2><i>" * 5000 + "word",
        "".join(f"<p><font size={size}>x" for size in range(3000)) + " word",
        "".join(f"<p><font size={size}>x" for size in range(100)) + "<p>x" * 20_000 + " word",
        "<a " + " ".join(f"a{number}" for number in range(15_000)) + ">word</a>",
        "<a " + "/".join(f"a{number}" for number in range(15_000)) + ">word</a>",
    ],
    ids=lambda body: body[:20],
)
def test_hopeless_nesting_becomes_text(body):
    converted = in_time(body)
    assert rules(converted) == ["markup-kept-as-html"]
    assert "word" in visible_words(shown(converted))


@pytest.mark.parametrize(
    "body",
    [
        "<a href=/x/>word" * 5000,
        "<table><tr>" + "<td>word<td>b" * 61 + "</table>",
        "<dl>" + "<dt>word<dd>b" * 500 + "</dl>",
        "<ul>" + "<li>word" * 500 + "</ul>",
        "<p>word" * 500,
    ],
    ids=lambda body: body[:20],
)
def test_omitted_end_tags_are_ordinary(body):
    converted = in_time(body)
    assert "too deeply" not in " ".join(message.text for message in converted.messages)
    assert visible_words(shown(converted)) == visible_words(body)


PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
import django
django.setup()
from isomer.report.data import peak_memory
from tests.isomer.convert.helpers import convert, shown, visible_words
before = resource.getrusage(resource.RUSAGE_SELF)
converted = convert(eval(sys.argv[1], {}), sys.argv[2])
after = resource.getrusage(resource.RUSAGE_SELF)
seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(seconds, peak_memory() // 1_000_000, "word" in shown(converted))
"""
MEGABYTES = 300


@pytest.mark.parametrize("written_in", ["html", "markdown"])
@pytest.mark.parametrize(
    "body",
    [
        "'<div>' * 100_000 + 'word'",
        "'<ul><li>' * 50_000 + 'word'",
        "'<ul>' + '<li>word</li>' * 100_000 + '</ul>'",
        "'<ol>' + '<li value=7>word</li>' * 10_000 + '</ol>'",
        "'- word\\n' * 100_000",
        "'word ' * 200_000",
        "'word' * 250_000",
        "'*a **b ' * 50_000 + 'word'",
        "'[' * 300_000 + 'word'",
        "'<pre>' + 'word\\n' * 200_000 + '<a href=/x/>y</a></pre>'",
        "'<b>' + '<div>word</div>' * 10_000 + '</b>'",
        "'|' * 50_000 + 'word'",
        "('|' * 3000 + '\\n\\n') * 500 + 'word'",
        "'<table><tr><td>a</td><td>' + 'word ' * 960_000 + '</td></tr></table>'",
        "'<table><tr><td>a</td><td>' + 'wo<b>r</b>d ' * 12_000 + 'word</td></tr></table>'",
        "'word' + '&amp;' * 900_000",
        "\"it's \" * 50_000 + 'word'",
        "'<ul>' + '<div>' * 50 + '<li>word</li>' * 2000 + '</div>' * 50 + '</ul>'",
    ],
)
def test_time_and_memory_are_bounded(body, written_in):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, body, written_in],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "scri.settings.test"},
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    seconds, megabytes, whole = done.stdout.split()
    assert float(seconds) < SECONDS
    assert int(megabytes) < MEGABYTES
    assert whole == "True"


def test_depth_is_that_of_the_tree():
    parse("<div>" * MAXIMUM_DEPTH)
    with pytest.raises(TooDeepError):
        parse("<div>" * (MAXIMUM_DEPTH + 1))


def test_only_text_keeps_words_apart():
    html = "<h1>One</h1>two<script>if (a < b) {}</script> th<b>ree</b><td>4</td><!-- -->a < b\n\nc"
    assert only_text(html) == "<p>One</p><p>two three</p><p>4</p><p>a &lt; b</p><p>c</p>"


@pytest.mark.parametrize("unit", ["[", "![", "[a](", "[a][", "<a ", "*a", "`a` ", "*a* ", '"',
    "\n|", "\n***", "=\n", "\n*[a]: x", "a\n\n", "a  \n", "&a;", "<i>", "> ", "1. ", "\n1. a",
    "<p>x</p>*a", "<!--", "\\["])  # fmt: skip
def test_markdown_of_any_kind_ends_in_time(unit):
    body = (unit * 100_000)[:100_000]
    converted = in_time(body, "markdown")
    assert (
        converted.stream
        or rules(converted) == ["markup-left-out"]
        or not body.strip("\n|*=<!-> &a;")
        # Definitions of abbreviations alone show nothing.
        or unit.startswith("\n*[")
    )


def test_a_paragraph_of_thousands_of_marks_keeps_them():
    converted = convert("# Head\n\n" + "*a* b " * 4000 + "\n\nThen *this*.", "markdown")
    assert rules(converted) == []
    html = converted.stream[0]["value"].html
    assert html.count("<i>a</i>") == 4000
    assert "<i>this</i>" in html


def test_a_body_of_thousands_of_paragraphs_keeps_them():
    converted = convert("*a*\n\n" * 9000, "markdown")
    assert rules(converted) == []
    assert sum(block["value"].html.count("<i>a</i>") for block in converted.stream) == 9000


def test_a_table_of_thousands_of_rows_is_a_table():
    rows = "\n".join(
        f"| **[file {n}](/files/{n}.pdf)** it's | *{n}*<br>\"so\" | 'q' | it's |"
        for n in range(2000)
    )
    # An ordinary table, if a long one: its time only has to grow with its length.
    converted = in_time(
        f"| a | b | c | d |\n|---|---|---|---|\n{rows}", "markdown", seconds=4 * SECONDS
    )
    assert rules(converted) == []
    [block] = converted.stream
    html = block["value"]["table"].html
    assert (html.count("<tr>"), html.count("<a "), html.count("it’s")) == (2001, 2000, 4000)


def test_a_long_table_is_not_too_many_marks():
    rows = "\n".join(f"| [file {n}](/files/{n}.pdf) | *{n}* | it's |" for n in range(400))
    converted = convert(f"| a | b | c |\n|---|---|---|\n{rows}", "markdown")
    assert rules(converted) == []
    assert converted.stream[0]["value"]["table"].html.count("<a ") == 400


def test_a_notification_nested_too_deeply_keeps_its_words():
    text, messages = convert_inline("<div>" * 3000 + "word", "index.md", ["bold"], "notification")
    assert "word" in text.html
    assert [message.rule for message in messages] == ["markup-reduced"]
