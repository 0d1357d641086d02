"""What other programs put into the clipboard, as blocks."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from content.models import SiteImage
from tests import pictures
from tests.editors.people import client_of

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).resolve().parents[3] / "shared" / "inputs" / "paste"
WORD_ENTRY = (
    "<p class=MsoListParagraph style='mso-list:l{list} level{level} lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>{mark}<span>&nbsp;&nbsp; </span></span><![endif]>{words}</p>"
)


def sent(client: Client, html: str) -> Any:
    return client.post(
        reverse("editors_paste"), {"html": SimpleUploadedFile("pasted.html", html.encode())}
    )


def plain(blocks: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Return blocks in a form to compare: texts as lines of ``type: words``, depth as dots."""
    found: list[tuple[str, Any]] = []
    for block in blocks:
        value = block["value"]
        if block["type"] == "text":
            lines = json.loads(value)["blocks"]
            value = [f"{'.' * one['depth']}{one['type']}: {one['text']}" for one in lines]
        found.append((block["type"], value))
    return found


@pytest.fixture
def client(home: Page) -> Client:
    return client_of("editor")


def pasted(client: Client, html: str) -> tuple[list[tuple[str, Any]], list[str]]:
    answer = sent(client, html)
    assert answer.status_code == 200
    return plain(answer.json()["blocks"]), answer.json()["notes"]


def only_text(client: Client, html: str) -> list[str]:
    blocks, _ = pasted(client, html)
    assert [kind for kind, _ in blocks] == ["text"]
    lines: list[str] = blocks[0][1]
    return lines


@pytest.mark.shared
def test_a_word_text_becomes_text_table_and_picture_blocks_in_order(client: Client) -> None:
    blocks, notes = pasted(client, (SHARED / "word.html").read_text(encoding="utf-8"))
    assert [kind for kind, _ in blocks] == ["text", "table", "picture", "text"]
    assert blocks[0][1] == [
        "header-two: Annual report",
        "header-two: What we did",
        "unstyled: Red bold and italic and underlined and a link.",
        "unstyled: Centred highlight",
        "unordered-list-item: First bullet",
        "unordered-list-item: Second bullet",
        "ordered-list-item: One",
        "ordered-list-item: Two",
        ".unordered-list-item: Nested",
    ]
    assert "<td><b>Drug</b></td><td><b>Phase</b></td>" in blocks[1][1]["table"]
    assert blocks[2][1]["alt"] == "pic"
    assert blocks[2][1]["image"] is None
    assert notes == [
        "The picture “pic” could not come along. Choose or upload it in its Picture block."
    ]


@pytest.mark.shared
def test_a_table_keeps_its_merged_cells(client: Client) -> None:
    [(kind, value)], _ = pasted(client, (SHARED / "table-paste.html").read_text(encoding="utf-8"))
    assert kind == "table"
    assert '<tr><td colspan="2"><b>Alpha</b></td><td>3</td></tr>' in value["table"]


def test_levels_and_numbers_of_word_lists(client: Client) -> None:
    marks = [
        (1, "1.", "One"), (2, "a)", "Inner a"), (2, "b)", "Inner b"), (3, "i.", "Deep"),
        (1, "2.", "Two"), (2, "o", "A bullet"), (1, "3.", "Three"),
    ]  # fmt: skip
    html = "".join(
        WORD_ENTRY.format(list=0, level=level, mark=mark, words=words)
        for level, mark, words in marks
    )
    blocks, notes = pasted(client, html)
    shown = json.dumps(blocks)
    for _, mark, words in marks:
        assert words in shown
        assert f"{mark}\\u00a0" not in shown
    assert [kind for kind, _ in blocks] == ["numbered_list"]
    assert notes == []


def test_plain_numbers_stay_a_list_in_the_text(client: Client) -> None:
    html = "<p class=MsoNormal>Before</p>" + "".join(
        WORD_ENTRY.format(list=1, level=level, mark=mark, words=words)
        for level, mark, words in [(1, "1.", "One"), (1, "2.", "Two"), (2, "·", "In it")]
    )
    assert only_text(client, f"{html}<p class=MsoNormal>After</p>") == [
        "unstyled: Before",
        "ordered-list-item: One",
        "ordered-list-item: Two",
        ".unordered-list-item: In it",
        "unstyled: After",
    ]


def test_headings_keep_their_level(client: Client) -> None:
    html = "".join(f"<h{n}><b>H{n}</b></h{n}>" for n in range(1, 7)) + (
        "<p class=MsoTitle>Title</p><p class=MsoHeading7>Seven</p>"
        '<p role="heading" aria-level="3">Online</p>'
    )
    assert only_text(client, html) == [
        "header-two: H1", "header-two: H2", "header-three: H3", "header-four: H4",
        "header-five: H5", "header-six: H6", "header-two: Title", "header-six: Seven",
        "header-three: Online",
    ]  # fmt: skip


GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1a">'
    '<h1 dir="ltr"><span style="font-weight:400">Plan</span></h1>'
    '<p dir="ltr"><span style="font-weight:700">Bold</span><span style="font-weight:400"> plain '
    '</span><span style="font-style:italic">slanted</span><span> and </span>'
    '<a href="https://www.google.com/url?q=https://example.org/a%3Fb%3D1&amp;sa=D&amp;source=docs">'
    '<span style="text-decoration:underline">there</span></a></p>'
    '<ul><li dir="ltr" aria-level="1"><p><span>One</span></p></li>'
    '<ul><li dir="ltr" aria-level="2"><p><span>Below</span></p></li></ul></ul>'
    '<div dir="ltr" align="left"><table><colgroup><col></colgroup><tbody>'
    '<tr><td colspan="2" rowspan="1"><p><span style="font-weight:700">A</span></p></td></tr>'
    "<tr><td><p><span>b</span></p></td><td><p><span>c</span></p></td></tr></tbody></table></div>"
    '<p><span><span style="border:none"><img src="https://lh7.googleusercontent.com/x" alt="Map">'
    '</span></span></p></b><br class="Apple-interchange-newline">'
)


def test_google_docs(client: Client) -> None:
    answer = sent(client, GOOGLE).json()
    blocks = plain(answer["blocks"])
    assert [kind for kind, _ in blocks] == ["text", "table", "picture"]
    assert blocks[0][1] == [
        "header-two: Plan",
        "unstyled: Bold plain slanted and there",
        "unordered-list-item: One",
        ".unordered-list-item: Below",
    ]
    content = json.loads(answer["blocks"][0]["value"])
    marks = [(one["style"], one["offset"], one["length"]) for one in
             content["blocks"][1]["inlineStyleRanges"]]  # fmt: skip
    assert marks == [("BOLD", 0, 4), ("ITALIC", 11, 7)]
    [link] = content["entityMap"].values()
    assert link["data"]["url"] == "https://example.org/a?b=1"
    assert '<td colspan="2"><b>A</b></td>' in blocks[1][1]["table"]
    assert "“Map” could not come along" in answer["notes"][0]


def test_word_in_the_browser_tells_levels_in_attributes(client: Client) -> None:
    def entry(name: str, level: int, words: str) -> str:
        return (
            f'<div class="ListContainerWrapper"><{name}><li data-aria-level="{level}">'
            f'<p class="Paragraph"><span class="TextRun">{words}</span></p></li></{name}></div>'
        )

    html = entry("ul", 1, "One") + entry("ul", 2, "Below") + entry("ul", 1, "Two")
    assert only_text(client, html) == [
        "unordered-list-item: One", ".unordered-list-item: Below", "unordered-list-item: Two",
    ]  # fmt: skip


def test_cells_of_spreadsheets(client: Client) -> None:
    excel = (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><table><col width=64>"
        "<!--StartFragment--><tr><td colspan=2 style='mso-ignore:colspan'>Over</td><td>x</td></tr>"
        "<tr><td rowspan=2 style='font-weight:700'>A</td><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr><tr style='display:none'><td>h</td></tr><!--EndFragment-->"
        "</table></body></html>"
    )
    [(kind, value)], _ = pasted(client, excel)
    assert kind == "table"
    assert "<tr><td>Over</td><td></td><td>x</td></tr>" in value["table"]
    assert '<td rowspan="2"><b>A</b></td>' in value["table"]
    assert ">h<" not in value["table"]
    sheets = (
        '<google-sheets-html-origin><style type="text/css">td {x:y}</style><table dir="ltr"><tbody>'
        '<tr><td data-sheets-value="1">a</td><td>b</td></tr></tbody></table>'
    )
    [(kind, value)], _ = pasted(client, sheets)
    assert kind == "table"
    assert "<td>a</td><td>b</td>" in value["table"]


def test_what_can_not_come_along_is_named(client: Client) -> None:
    html = (
        "<p>Sum <!--[if gte msEquation 12]><m:oMath>x</m:oMath><![endif]--><![if !msEquation]>"
        "<img src='file:///C:/clip.png'><![endif]> here<a class=msocomanchor href='#_msocom_1'>[A1]"
        "</a></p><p>See <a href='file:///C:/plan.docx'>the plan</a> <del cite='mailto:a'>gone</del>"
        "<ins cite='mailto:a'>new</ins></p><iframe src='https://example.org/'></iframe>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'>Why?</div></div>"
        "<p>Fields <input value=a><script>alert(1)</script></p>"
    )
    blocks, notes = pasted(client, html)
    assert blocks == [
        ("text", ["unstyled: Sum here", "unstyled: See the plan new", "unstyled: Fields"])
    ]
    named = " ".join(notes)
    for words in ("equation", "comment", "file on your computer (“the plan”)", "frame",
                  "deleted text", "field of a form"):  # fmt: skip
        assert words in named


def test_a_picture_that_comes_along_is_in_the_library(client: Client) -> None:
    data = b64encode(pictures.picture("PNG")).decode()
    html = f'<p>Before</p><img alt="A map" src="data:image/png;base64,{data}"><p>After</p>'
    blocks, notes = pasted(client, html)
    assert [kind for kind, _ in blocks] == ["text", "picture", "text"]
    image = SiteImage.objects.get()
    assert image.title == "A map"
    assert image.uploaded_by_user is not None
    assert blocks[1][1]["image"]["id"] == image.pk
    assert notes == []
    pasted(client, html)
    assert SiteImage.objects.count() == 1


def test_a_broken_or_dangerous_picture_is_named_instead(client: Client) -> None:
    html = (
        '<img alt="Bad" src="data:image/png;base64,AAAA"><img alt="Odd" src="data:image/svg+xml,'
        "%3Csvg onload='alert(1)'%3E\"><p>Words</p>"
    )
    blocks, notes = pasted(client, html)
    assert len(notes) == 2
    assert not SiteImage.objects.exists()
    assert "alert" not in json.dumps(blocks)


def test_links_that_run_something_are_none(client: Client) -> None:
    lines = json.dumps(
        sent(client, '<p><a href="javascript:alert(1)">a</a> <b onclick="x()">b</b></p>').json()
    )
    assert "javascript" not in lines
    assert "onclick" not in lines


def test_only_people_who_write_pages_may_ask_and_only_so_much(client: Client) -> None:
    assert "login" in sent(client_of("visitor"), "<p>a</p>")["Location"]
    reader = User.objects.create_user("reader")
    reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
    looking = Client(HTTP_HOST="localhost")
    looking.force_login(reader)
    # Wagtail leads those who may be in the admin, but not here, to its first page.
    assert "blocks" not in sent(looking, "<p>a</p>").content.decode()
    assert client.get(reverse("editors_paste")).status_code == 405
    assert client.post(reverse("editors_paste")).status_code == 400
    assert sent(client, "<p>" + "a" * (2 * 1024 * 1024 + 1)).status_code == 413
    deep = sent(client, "<div>" * 5000 + "Words")
    assert deep.status_code == 200
    assert "Words" in json.dumps(deep.json()["blocks"])
