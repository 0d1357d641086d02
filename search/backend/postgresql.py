"""The words of ``content.search_text.words`` in PostgreSQL's text search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import (
    CombinedSearchVector,
    SearchQuery,
    SearchRank,
    SearchVector,
)
from django.db.models import F, QuerySet, TextField, Value
from modelsearch.backends.database.postgres import postgres
from wagtail.search.models import IndexEntry

from content.search_text.words import Word
from search.backend.terms import TITLE_WEIGHT, TermsBackend, TermsIndex, Texts, expression

# Splits at blanks and changes nothing in terms of a-z0-9.
CONFIG = "simple"
# Of the labels D, C, B, A. The column of titles is labelled A, everything else D.
WEIGHTS = [1 / TITLE_WEIGHT, 1 / TITLE_WEIGHT, 1 / TITLE_WEIGHT, 1.0]
# Divide by 1 + the logarithm of the length: a long text holds more of everything.
LENGTH_COUNTS = 1


def _vector(terms: str, label: str) -> SearchVector:
    value = Value(terms, output_field=TextField())
    return SearchVector(value, weight=label, config=CONFIG)


class Index(TermsIndex, postgres.PostgresIndex):
    def columns(self, texts: Texts) -> dict[str, Any]:
        return {
            "title": _vector(texts.title, "A"),
            "body": _vector(texts.body, "D"),
            "autocomplete": _vector(texts.autocomplete, "D"),
            # Only "fuzzy" searches read these; spelling is helped with otherwise.
            "title_text": "",
            "body_text": "",
        }


def _rank(vectors: Sequence[Any], asked: Any) -> SearchRank:
    return SearchRank(_joined(vectors), asked, weights=WEIGHTS, normalization=Value(LENGTH_COUNTS))


def _joined(vectors: Sequence[Any]) -> Any:
    """Return all vectors as one; PostgreSQL has an index on the title and text of an entry."""
    whole = vectors[0]
    for vector in vectors[1:]:
        whole = CombinedSearchVector(whole, "||", vector, CONFIG)
    return whole


class _OneRank:
    def _build_rank_expression(self: Any, vectors: Sequence[tuple[Any, Any]], config: Any) -> Any:
        asked = self.build_tsquery(self.query, config=config)
        return _rank([vector for vector, _ in vectors], asked)


class Compiler(_OneRank, postgres.PostgresSearchQueryCompiler):
    pass


class AutocompleteCompiler(_OneRank, postgres.PostgresAutocompleteQueryCompiler):
    pass


class Backend(TermsBackend, postgres.PostgresSearchBackend):
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params | {"SEARCH_CONFIG": CONFIG})


def _entries(columns: list[str], asked: str) -> QuerySet[Any, dict[str, Any]]:
    words = SearchQuery(asked, search_type="raw", config=CONFIG)
    vectors = [F(column) for column in columns]
    entries: QuerySet[Any] = IndexEntry.objects.annotate(
        looked_at=_joined(vectors), type_id=F("content_type_id"), score=_rank(vectors, words)
    )
    found: QuerySet[Any, dict[str, Any]] = (
        entries.filter(looked_at=words)
        .order_by("-score", "type_id", "object_id")
        .values("type_id", "object_id", "score")
    )
    return found


def matches(words: Sequence[Word], every: bool) -> QuerySet[Any, dict[str, Any]]:
    """See :func:`search.backend.matches`."""
    return _entries(["title", "body"], expression(words, every, ("&", "|"), ""))


def beginnings(terms: Sequence[str]) -> QuerySet[Any, dict[str, Any]]:
    """See :func:`search.backend.beginnings`."""
    return _entries(["autocomplete"], " & ".join(terms) + ":*")
