"""What must hold for any repository: it imports, twice, and everything in it is served.

The words of a source are found here by other means than the importer's own, so that a
slip in one is not repeated in the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup
from bs4.element import Comment
from django.test import Client
from wagtail.models import Page, Revision

from content.models import PageAddress
from isomer.models import ImportedObject, ImportRun
from isomer.plan.model import Action
from isomer.runs.run import Import
from isomer.verify.run import verify_run
from tests.isomer.importing import run_import
from tests.isomer.read.sources import write

Files = dict[str, str | bytes]

_FENCE = re.compile(r"^---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
# What Markdown and the old generator say to themselves and not to readers.
_UNSAID = [
    re.compile(r"<!--.*?-->", re.DOTALL),
    # With a video go the words for browsers that can't play it.
    re.compile(r"<(style|script|video|audio)\b.*?</\1>", re.DOTALL | re.IGNORECASE),
    re.compile(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL),
    re.compile(r"\{:[^}\n]*\}|\{%.*?%\}|\{\{.*?\}\}"),
    re.compile(r"^\[\^\w+\]:.*$|^\*\[\w+\]:.*$|^```\w+$", re.MULTILINE),
    re.compile(r"\[\^\w+\]"),
    re.compile(r"!\[[^\]]*\]\((?:[^()]|\([^()]*\))*\)"),
    re.compile(r"(?<=\])\((?:[^()]|\([^()]*\))*\)"),
    re.compile(r"<(?!https?:|[\w.]+@)[^<>]*>"),
    re.compile(r"^[ ]*\d+\.(?= )", re.MULTILINE),
    re.compile("[\u200b\u200c\u2060\ufeff\u00ad]"),
]


@dataclass
class Survivor:
    """An imported repository: the import, and what visitors see at each address."""

    done: Import
    files: Files
    root: Path
    pages: dict[str, Page] = field(default_factory=dict)
    served: dict[str, BeautifulSoup] = field(default_factory=dict)

    def main(self, path: str) -> str:
        """Return the text of the main part of the page that a source path became."""
        return " ".join(self.served[path].find("main").get_text(" ").split())

    def page(self, path: str) -> Page:
        return self.pages[path]

    def rules(self, path: str | None = None) -> set[str]:
        rows = self.done.outcome.run.messages.all()
        return {row.rule for row in rows if path is None or row.source_path == path}


def survive(tmp_path: Path, files: Files, again: bool = True) -> Survivor:
    """Import files as a repository and check all that must hold for any of them."""
    root = write(tmp_path / "repository", files)
    survivor = Survivor(run_import(root), files, root)
    _remember_pages(survivor)
    check_served(survivor)
    check_words(survivor)
    check_media(survivor)
    check_messages(survivor)
    if again:
        check_again(survivor)
    check_certificates()
    return survivor


def _remember_pages(survivor: Survivor) -> None:
    for row in ImportedObject.objects.filter(kind=ImportedObject.Kind.PAGE):
        page = Page.objects.filter(pk=row.object_id).first()
        assert page is not None, row.source_path
        survivor.pages[row.source_path] = page.specific


def check_served(survivor: Survivor) -> None:
    """Every live page answers at its address, at most one redirect away, as do its other forms."""
    client = Client(HTTP_HOST="localhost")
    for path, page in survivor.pages.items():
        if not page.live:
            continue
        url = page.url
        response = client.get(url)
        if page.specific_class.__name__ == "ResourceLinkPage":
            assert response.status_code in (200, 301, 302), (path, url, response.status_code)
            continue
        assert response.status_code == 200, (path, url, response.status_code)
        survivor.served[path] = BeautifulSoup(response.content, "html5lib")
        written = getattr(page, "address", "")
        if written:
            answer = client.get(quote(written))
            assert answer.status_code == 200, (path, written)
            other = written.rstrip("/") if written.endswith("/") else f"{written}/"
            if other:
                moved = client.get(quote(other), follow=True)
                assert moved.status_code == 200, (path, other)
                assert len(moved.redirect_chain) <= 1, (path, moved.redirect_chain)


def check_words(survivor: Survivor) -> None:
    """Every word of a body stands on its page, in order."""
    for path, page in survivor.pages.items():
        source = survivor.files.get(path)
        if source is None or path not in survivor.served or page.depth == 2:
            continue
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
        front, body = split(text.replace("\r\n", "\n"))
        if re.search(r"^layout: *(contact|resources|homepage|datagov)", front, re.MULTILINE):
            continue
        shown = words(survivor.main(path))
        missing = lost(body_words(body), shown)
        assert not missing, (path, missing, shown)


def split(text: str) -> tuple[str, str]:
    match = _FENCE.match(text)
    return (match.group(), text[match.end() :]) if match else ("", text)


def body_words(body: str) -> list[str]:
    """Return the words that a reader of a body meets, whatever it is written in."""
    if body.lstrip().startswith("<") and not re.search(r"^(#|[-*] |\d+\. )", body, re.MULTILINE):
        soup = BeautifulSoup(body, "html5lib")
        for unseen in soup.find_all(["style", "script", "option", "title", "video", "audio"]):
            unseen.decompose()
        for comment in soup.find_all(string=lambda one: isinstance(one, Comment)):
            comment.extract()
        return words(soup.get_text(" "))
    for pattern in _UNSAID:
        body = pattern.sub(" " if pattern is not _UNSAID[-1] else "", body)
    return words(BeautifulSoup(body, "html.parser").get_text(""))


def words(text: str) -> list[str]:
    cleaned = _UNSAID[-1].sub("", text).replace("\u00e2\u20ac\u2122", "’")
    return re.findall(r"[^\W_]+", re.sub(r"['’‘]", "", cleaned))


def lost(wanted: list[str], shown: list[str]) -> list[str]:
    """Return the words of ``wanted`` that are not among ``shown``, read in order."""
    position, missing = 0, []
    for word in wanted:
        try:
            position = shown.index(word, position) + 1
        except ValueError:
            missing.append(word)
    return missing


def check_certificates() -> None:
    """What is served is compared with the source once more, by code of another hand."""
    found = verify_run()
    assert {one.source_path: (one.note, one.unexplained) for one in found.failed} == {}


def check_media(survivor: Survivor) -> None:
    """Every picture and file answers at its old path, or a message says why not."""
    client = Client(HTTP_HOST="localhost")
    named = {
        row.source_path
        for row in survivor.done.outcome.run.messages.filter(
            rule__in=["media-path-not-possible", "media-pointer", "place-not-read"]
        )
    }
    pages = {getattr(page, "address", "").rstrip("/") for page in survivor.pages.values()}
    for name in survivor.files:
        is_media = name.startswith(("images/", "files/")) and not name.endswith(".keep")
        if is_media and not name.endswith(".md") and name not in named and f"/{name}" not in pages:
            response = client.get("/" + quote(name), follow=True)
            assert response.status_code == 200, (name, response.redirect_chain)


def check_messages(survivor: Survivor) -> None:
    for row in survivor.done.outcome.run.messages.all():
        assert row.text.strip() or row.source_path, row.rule
        assert "Traceback" not in row.text
        assert "$" not in row.source_path


def state() -> Any:
    return (
        list(Page.objects.order_by("pk").values()),
        Revision.objects.count(),
        list(PageAddress.objects.order_by("pk").values()),
        list(ImportedObject.objects.order_by("pk").values("pk", "content_hash", "imported_at")),
    )


def check_again(survivor: Survivor) -> None:
    """The same source again writes nothing."""
    before = state()
    first = sorted(survivor.done.outcome.run.messages.values_list("rule", "source_path", "text"))
    again = run_import(survivor.root)
    changed = [p.key for p in again.plan.pages if p.action in (Action.CREATE, Action.UPDATE)]
    assert changed == []
    assert [one.name for one in again.plan.settings if one.action is not Action.KEEP] == []
    assert state() == before
    assert ImportRun.objects.count() == 2
    second = sorted(again.outcome.run.messages.values_list("rule", "source_path", "text"))
    once = {"address-moved-aside", "home-missing", "permalink-clash"}
    assert [row for row in second if row not in first] == []
    assert [row for row in first if row not in second and row[0] not in once] == []
