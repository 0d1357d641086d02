"""Looks at every imported page as visitors get it, and says what it found."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from content.markup.html_tree import TooDeepError
from content.markup.sanitise import sanitise
from isomer.models import Certificate, ComparedText, ImportedObject, ImportRun
from isomer.source import DocumentKind, SourceDocument, SourceSite
from isomer.verify.addresses import Names, path_key
from isomer.verify.compare import Difference, compare
from isomer.verify.expected import Shape, Source
from isomer.verify.jekyll import Site as JekyllSite
from isomer.verify.library import StoredFiles
from isomer.verify.marked_sides import marked, markup_of
from isomer.verify.place import line_of
from isomer.verify.served import (
    NoMainPartError,
    ServedAddresses,
    ServedWalker,
    read_served,
)
from isomer.verify.sides import line_up, side_by_side
from isomer.verify.signs import named, unfilled_marks
from isomer.verify.things import things
from isomer.verify.tokens import Reading, Token, TokenKind

State = Certificate.State
Progress = Callable[[str], None]
_NEXT_PAGE = re.compile(r'<a\b[^>]*\bhref="\?(?:[^"]*&amp;)?page=(\d+)"[^>]*\brel="next"')
# Of a listing; each holds a dozen items.
MOST_PAGES = 1000


class NotServedError(Exception):
    """A page does not answer as it should. The text says how it does."""


@dataclass
class Verifier:
    """Compares the pages of one site with the source of a run.

    ``source`` is what the run read; ``edited_now`` tells the keys of pages that people changed
    since, and is asked only where a page differs. Nothing is written: what is found comes as
    certificates that are not saved yet.
    """

    run: ImportRun
    site: Site
    source: Source
    edited_now: Callable[[], frozenset[str]] = frozenset
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        host = self.site.hostname
        if self.site.port not in (80, 443):
            host = f"{host}:{self.site.port}"
        self.client = Client(raise_request_exception=False, HTTP_HOST=host)
        self.source.hosts = frozenset({self.site.hostname})
        self.source.hidden = {
            path for path, one in self.pages.items() if one is None or self.why_hidden(one)
        }

    @classmethod
    def of(
        cls,
        run: ImportRun,
        site: Site,
        source: SourceSite,
        edited_now: Callable[[], frozenset[str]] = frozenset,
        jekyll: JekyllSite | None = None,
    ) -> Verifier:
        """Return the verifier of a run. Posts of days after the run's lie in the future, unless
        they were published since."""
        content = Source(source, day_of(run), jekyll=jekyll, fetched=_fetched(site))
        return cls(run, site, content, edited_now)

    @cached_property
    def edited(self) -> frozenset[str]:
        """The keys of pages that people changed since the import."""
        return self.edited_now()

    @cached_property
    def objects(self) -> dict[str, ImportedObject]:
        """What the import made, by key: a source path, or the name of a folder."""
        kinds = (ImportedObject.Kind.PAGE, ImportedObject.Kind.SECTION)
        rows = ImportedObject.objects.filter(
            site__root_page=self.site.root_page_id, kind__in=kinds
        ).defer("content", "references")
        return {row.source_path: row for row in rows}

    @cached_property
    def pages(self) -> dict[str, Page | None]:
        """The page of each imported document by its path; ``None`` for one that was deleted."""
        known = {
            document.path: row
            for document in self.source.site.documents
            if (row := self.objects.get(self.key(document))) is not None
        }
        ids = [row.object_id for row in known.values()]
        pages = {page.pk: page for page in Page.objects.filter(pk__in=ids).specific(defer=True)}
        return {path: pages.get(row.object_id) for path, row in known.items()}

    @cached_property
    def stored(self) -> StoredFiles:
        """The pictures and files that the site serves."""
        return StoredFiles(self.source.files, self.site)

    def key(self, document: SourceDocument) -> str:
        """Return the key under which an import remembers a document's page."""
        if document is self.source.home:
            return "home"
        if document.kind is DocumentKind.ROOM:
            return f"room {document.room}"
        if document.kind is DocumentKind.CATEGORY:
            return f"room {document.room}/{document.category}"
        return document.path

    def certificates(self, only: str = "", progress: Progress = print) -> Iterator[Certificate]:
        """Yield the certificate of each document, or of the one at an address or path."""
        documents = [
            one
            for one in self.source.site.wanted
            if not only
            or only == one.path
            or path_key(only) == path_key(self.source.addresses[one.path] or "-")
        ]
        for number, document in enumerate(documents, 1):
            progress(f"Verifying {number} of {len(documents)}: {document.path}")
            yield self.certificate(document)

    def certificate(self, document: SourceDocument) -> Certificate:
        """Compare one document with its page."""
        page = self.pages.get(document.path)
        found = Certificate(
            run=self.run,
            imported=self.objects.get(self.key(document)),
            page=page,
            source_path=document.path,
            address=self.source.addresses[document.path],
            checked_at=timezone.now(),
        )
        found.note, found.state = self._public(document, page)
        if found.note or page is None:
            return found
        expected = self.source.read(document)
        found.counts = expected.counts
        found.source_hash = expected.digest
        try:
            served = self.served(document, page)
        except NotServedError as error:
            found.state, found.note = self._failed(document), str(error)
            return found
        found.served_hash = served.digest
        differences = [named(one, expected) for one in compare(expected.tokens, served.tokens)]
        if self.source.jekyll is None:
            differences += unfilled_marks(document, self.source.site.root, served)
        # Not saved here, either; the certificate holds it as ``compared_text``.
        compared(found, expected, served)
        found.differences = [
            *_told(differences, document),
            *_explained(expected, differences),
        ]
        if any(not one.rule for one in differences):
            found.state = self._failed(document)
        elif found.differences:
            found.state = State.EXPLAINED
        return found

    def _failed(self, document: SourceDocument) -> str:
        return State.EDITED if self.key(document) in self.edited else State.FAILED

    def _public(self, document: SourceDocument, page: Page | None) -> tuple[str, str]:
        """Return why a page can't be compared, ``""`` if it can, and the state to begin with."""
        if document.path not in self.pages:
            return "The document was not imported. Import the source again.", State.FAILED
        if page is None:
            return "The page was deleted in the admin.", State.NOT_PUBLIC
        expects = self.source.is_public(document)
        hidden = self.why_hidden(page)
        if hidden:
            # A page that was published once was hidden by a person.
            if expects and page.first_published_at is None:
                return "The page was never published, though the source is.", State.FAILED
            return hidden, State.NOT_PUBLIC
        if not expects:
            edited = self.key(document) in self.edited or page.go_live_at is not None
            if edited:
                return "", State.PASSED
            return "The page is public, though its document is not.", State.FAILED
        return "", State.PASSED

    def why_hidden(self, page: Page) -> str:
        """Return why visitors do not see a page, ``""`` if they do."""
        if not page.live:
            waits = page.go_live_at is not None
            return "It waits for its day." if waits else "It is a draft."
        if page.path.startswith(self._private):
            return "It is private."
        return ""

    @cached_property
    def _private(self) -> tuple[str, ...]:
        """The places in the tree below which everything is private."""
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    def served(self, document: SourceDocument, page: Page) -> Reading:
        """Return what visitors get at a document's old address.

        Raises:
            NotServedError: if they do not get the page.
        """
        url = page.specific_deferred.get_url() or ""
        own = urlsplit(url).path
        old = self.source.addresses[document.path]
        if old and path_key(old) != path_key(own) and not self._may_move(document):
            raise NotServedError(f"The page answers at {own or 'no address'}, not at {old}.")
        addresses = self.addresses(document, page)
        if self.source.shape(document) is Shape.REDIRECT:
            return self._redirect(own, addresses)
        pages = list(self._pages(own, self.source.shape(document) is Shape.LISTING))
        try:
            first = read_served(pages[0], addresses)
            for html in pages[1:]:
                # The heading is the same on each.
                more = read_served(html, addresses)
                first.tokens.extend(more.tokens[_length_of_title(first.tokens, more.tokens) :])
                first.markup += more.markup
        except NoMainPartError:
            raise NotServedError("The page has no main part.") from None
        except TooDeepError:
            raise NotServedError("The page nests too deeply to be read.") from None
        return first

    def addresses(self, document: SourceDocument, page: Page) -> ServedAddresses:
        """Return what names the addresses on a page."""
        base = self.source.addresses[document.path] or page.specific_deferred.get_url() or "/"
        names = Names(self.source.pages, self.stored, self.source.own_hosts, base)
        return ServedAddresses(names, self.stored)

    def _may_move(self, document: SourceDocument) -> bool:
        """Tell whether the site could not give a page its old address."""
        return document.path in self._moved

    @cached_property
    def _moved(self) -> frozenset[str]:
        rules = ("permalink-clash", "permalink-invalid")
        found = self.run.messages.filter(rule__in=rules).values_list("source_path", flat=True)
        return frozenset(found)

    def _redirect(self, url: str, addresses: ServedAddresses) -> Reading:
        response = self.get(url)
        if response.status_code not in (301, 302, 308):
            raise NotServedError(f"{url} answers {response.status_code} and leads nowhere.")
        walker = ServedWalker(addresses)
        target = addresses.link(response["Location"])
        walker.add(Token(TokenKind.LINK, "", target))
        return walker.finish()

    def _pages(self, url: str, is_listing: bool) -> Iterator[str]:
        for number in range(1, MOST_PAGES):
            response = self.get(f"{url}?page={number}" if number > 1 else url)
            if response.status_code != 200:
                raise NotServedError(f"{url} answers {response.status_code}.")
            html = response.content.decode(response.charset)
            yield html
            following = _NEXT_PAGE.search(html)
            if not is_listing or following is None or int(following[1]) != number + 1:
                return

    def get(self, url: str) -> Any:
        """Return the answer that visitors get at an address of the site."""
        return self.client.get(url, secure=bool(settings.SECURE_SSL_REDIRECT))


def day_of(run: ImportRun) -> datetime.date:
    """Return the day on which a run read its source."""
    return timezone.localtime(run.started_at).date()


def compared(certificate: Certificate, expected: Reading, served: Reading) -> ComparedText:
    """Return the two sides of a certificate for people, differences named and marked.

    Marks may only stand in safe markup. Without any, it is made safe when somebody looks at it.
    """
    tokens, pairs = line_up(expected.tokens, served.tokens)
    found = things(pairs)
    source = expected.markup or markup_of(tokens)
    if found:
        source = sanitise(source).html
    return ComparedText(
        certificate=certificate,
        rows=side_by_side(pairs),
        things=[one.as_data() for one in found],
        source_markup=marked(source, tokens, found, is_source=True),
        served_markup=marked(served.markup, served.tokens, found, is_source=False),
    )


def _length_of_title(first: list[Token], more: list[Token]) -> int:
    """Return how many tokens two pages of a listing have in common at the beginning: the title."""
    level = next((n for n, one in enumerate(more) if one.kind is TokenKind.HEADING), 0)
    rest = more[level + 1 :]
    return level + 1 + next((n for n, one in enumerate(rest) if not one.heading), len(rest))


def _told(differences: Iterable[Difference], document: SourceDocument) -> list[dict[str, Any]]:
    """Return the differences that nothing explains, each with its line."""
    found: list[dict[str, Any]] = []
    for one in differences:
        if not one.rule:
            line = line_of(one.words_before, one.words, document)
            told = asdict(one) | {"line": line, "count": 1}
            del told["words"], told["words_before"]
            found.append(told)
    return found


def _explained(expected: Reading, differences: Iterable[Difference]) -> list[dict[str, Any]]:
    """Return what rules explain, once for each rule, with an example and how often."""
    examples: dict[str, tuple[str, str]] = {}
    counts: Counter[str] = Counter()
    for one in expected.explained:
        counts[one.rule] += 1
        examples.setdefault(one.rule, (one.text, ""))
    for other in differences:
        if other.rule:
            counts[other.rule] += 1
            examples.setdefault(other.rule, (other.was, other.now))
    return [
        {
            "kind": "explained",
            "was": examples[rule][0],
            "now": examples[rule][1],
            "before": "",
            "rule": rule,
            "line": 0,
            "count": number,
        }
        for rule, number in sorted(counts.items())
    ]


def _fetched(site: Site) -> dict[str, str]:
    """Return the digests of pictures that imports brought from other sites, by their addresses."""
    rows = ImportedObject.objects.filter(
        site__root_page=site.root_page_id,
        kind=ImportedObject.Kind.PICTURE,
        content__has_key="fetched",
    )
    return {
        content["fetched"]: content["digest"] for content in rows.values_list("content", flat=True)
    }
