"""Finding pages and documents, with a fixed number of queries."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.models import Page

from content.models import SectionPage
from content.search_text.words import STOP_WORDS, Word, folded_words, index_terms, query_words
from navigation.tree import Node, SiteTree
from search.backend import matches
from search.visible import Visible, found_models, keys_of

QUERY_LENGTH = 200
# Nobody pages further, and no query may cost without end.
MOST_HITS = 1000
PAGES, NEWS, DOCUMENTS = "pages", "news", "documents"
KINDS = {PAGES: "Pages", NEWS: "News and articles", DOCUMENTS: "Documents"}
# What a title adds that holds all words, and one that holds nothing else.
HOLDS_ALL = 1.0
HOLDS_NOTHING_ELSE = 0.5
# What a file loses: it is the answer when nothing else is, since pages say what it is for.
DOCUMENT = 1.0
# What an item loses that has no text of its own and only leads to a file or another page.
ONLY_LEADS_ON = 0.75


@dataclass(frozen=True)
class Hit:
    """A page or document that holds the words. ``section`` is the id of the section's page,
    ``None`` outside of all sections."""

    id: int
    title: str
    kind: str
    score: float
    section: int | None = None


@dataclass(frozen=True)
class Choice:
    """A link of a filter: what it is called, its value in the address, how many it leaves."""

    value: str
    name: str
    count: int


@dataclass
class Found:
    """What was found for a query, before paging.

    ``every`` is false when nothing holds all words and these hold some. ``hits`` are those
    that the chosen filters leave; the numbers of a filter's choices heed the other filter.
    """

    text: str
    words: Sequence[Word]
    every: bool = True
    kind: str = ""
    section: str = ""
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    kinds: list[Choice] = field(default_factory=list)
    sections: list[Choice] = field(default_factory=list)

    @property
    def terms(self) -> frozenset[str]:
        return frozenset(term for word in self.words for term in word.terms)


def clean_query(text: str) -> str:
    """Return a query as it is shown again: one line of at most ``QUERY_LENGTH`` characters,
    without control characters and halves of characters."""
    kept = (
        " " if unicodedata.category(letter) == "Cc" else letter
        for letter in text[: 4 * QUERY_LENGTH]
        if unicodedata.category(letter) != "Cs"
    )
    return " ".join("".join(kept).split())[:QUERY_LENGTH].strip()


def find(text: str, visible: Visible, tree: SiteTree, kind: str = "", section: str = "") -> Found:
    """Return what visitors of a site find for a cleaned query.

    ``kind`` and ``section`` are what the address holds; values that name nothing don't
    filter.
    """
    words = query_words(text)
    found = Found(text, words)
    if not words:
        return found
    hits = _hits(words, True, visible, tree)
    if not hits and len(words) > 1:
        found.every = False
        hits = _hits(words, False, visible, tree)
    found.total = len(hits)
    _filter(found, hits, tree, kind, section)
    return found


def _hits(words: Sequence[Word], every: bool, visible: Visible, tree: SiteTree) -> list[Hit]:
    """Return everything that holds all of the words, or any, the best first."""
    models = found_models()
    document_type, section_type = (
        ContentType.objects.get_for_model(model).pk for model in (get_document_model(), SectionPage)
    )
    sections = {node.id: node for node in tree.nodes.values() if node.is_section and node.url}
    first_pages = {node.url: node.id for node in tree.nodes.values() if not node.is_section}
    entries = matches(words, every).filter(
        Q(type_id__in=list(models), object_id__in=keys_of(visible.pages))
        | Q(type_id=document_type, object_id__in=keys_of(visible.documents))
        | Q(type_id=section_type, object_id__in=list(map(str, sections)))
    )
    rows = [(row["type_id"], int(row["object_id"]), row["score"]) for row in entries[:MOST_HITS]]
    best = max((score for _, _, score in rows), default=0.0) or 1.0
    pages: dict[int, float] = {}
    files: dict[int, float] = {}
    called: dict[int, str] = {}
    for type_id, key, score in rows:
        if type_id == document_type:
            files[key] = score / best
        elif type_id == section_type:
            # Whoever asks for a section by its name is led to its first page, as in the menu.
            page_id = first_pages.get(sections[key].url)
            if page_id is not None:
                pages.setdefault(page_id, score / best)
                called[page_id] = sections[key].title
        else:
            pages[key] = max(score / best, pages.get(key, 0.0))
    hits = [
        *_pages(words, visible, pages, called, tree),
        *_documents(words, visible, files, _led_to(models, pages)),
    ]
    return sorted(hits, key=lambda hit: -hit.score)


def _pages(
    words: Sequence[Word],
    visible: Visible,
    shares: Mapping[int, float],
    called: Mapping[int, str],
    tree: SiteTree,
) -> Iterator[Hit]:
    models = found_models()
    places = {node.path: node.id for node in sections_of(tree)}
    rows = visible.pages.filter(pk__in=list(shares)) if shares else visible.pages.none()
    for key, title, path, type_id in rows.values_list("pk", "title", "path", "content_type"):
        model = models[type_id]
        score = shares[key] + max(
            title_score(words, title), title_score(words, called.get(key, ""))
        )
        score -= ONLY_LEADS_ON if model.document_field else 0.0
        place = places.get(path[: tree_step(tree)])
        yield Hit(key, title, model.search_kind, score, place)


def _documents(
    words: Sequence[Word], visible: Visible, shares: Mapping[int, float], led_to: set[int]
) -> Iterator[Hit]:
    # An item that leads to a file stands for it.
    keys = [key for key in shares if key not in led_to]
    rows = visible.documents.filter(pk__in=keys) if keys else visible.documents.none()
    for key, title in rows.values_list("pk", "title"):
        yield Hit(key, title, DOCUMENTS, shares[key] + title_score(words, title) - DOCUMENT)


def _led_to(models: Mapping[int, Any], pages: Mapping[int, float]) -> set[int]:
    """Return the documents that pages among the results lead to."""
    found: set[int] = set()
    for model in models.values():
        if model.document_field and pages:
            of_pages = model.objects.filter(pk__in=list(pages))
            found.update(of_pages.values_list(f"{model.document_field}_id", flat=True))
    return found


def tree_step(tree: SiteTree) -> int:
    """Return the length of the path of a section, the child of a site's root."""
    return len(tree.root.path) + int(Page.steplen)


def sections_of(tree: SiteTree) -> list[Node]:
    """Return the parts of a site: what stands below its root and holds pages."""
    return [node for node in tree.root.children if node.url and (node.is_section or node.children)]


def _filter(found: Found, hits: list[Hit], tree: SiteTree, kind: str, section: str) -> None:
    """Fill in the filters and what they leave."""
    nodes = {str(node.id): node for node in sections_of(tree)}
    found.kind = kind if kind in KINDS else ""
    found.section = section if section in nodes else ""
    of_kind = [hit for hit in hits if not found.kind or hit.kind == found.kind]
    of_section = [hit for hit in hits if not found.section or str(hit.section) == found.section]
    left = set(of_section)
    found.hits = [hit for hit in of_kind if hit in left]
    kinds = Counter(hit.kind for hit in of_section)
    places = Counter(str(hit.section) for hit in of_kind)
    found.kinds = [
        Choice(value, name, kinds[value])
        for value, name in KINDS.items()
        if kinds[value] or value == found.kind
    ]
    found.sections = [
        Choice(value, node.menu_title, places[value])
        for value, node in nodes.items()
        if places[value] or value == found.section
    ]


def title_score(words: Sequence[Word], title: str) -> float:
    """Return how well a title answers the words, between 0 and 1.5."""
    terms = frozenset(index_terms(title).split())
    held = [word for word in words if any(terms.issuperset(choice) for choice in word.choices)]
    score = HOLDS_ALL * len(held) / len(words)
    if len(held) == len(words):
        own = [folded for _, folded in folded_words(title) if folded not in STOP_WORDS]
        score += HOLDS_NOTHING_ELSE * min(1.0, len(words) / max(1, len(own)))
    return score
