"""The words of ``content.search_text.words`` in SQLite's full text search (FTS5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, FloatField, Func, QuerySet, Value
from modelsearch.backends.database.sqlite import sqlite
from modelsearch.backends.database.sqlite.query import MatchExpression, SearchQueryExpression
from wagtail.search.models import SQLiteFTSIndexEntry

from content.search_text.words import Word
from search.backend.terms import TITLE_WEIGHT, TermsBackend, TermsIndex, Texts, expression


class Rank(Func):
    """BM25 with the weights of the columns, which Wagtail made in the order ``autocomplete,
    body, title``. The best is the lowest."""

    output_field = FloatField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **options: Any) -> Any:
        return f"bm25({SQLiteFTSIndexEntry._meta.db_table}, 1.0, 1.0, {TITLE_WEIGHT})", ()


class Index(TermsIndex, sqlite.SQLiteIndex):
    def columns(self, texts: Texts) -> dict[str, Any]:
        return {"title": texts.title, "body": texts.body, "autocomplete": texts.autocomplete}


class _OneRank:
    def _build_rank_expression(self, vectors: Any, config: Any) -> Rank:
        return Rank()


class Compiler(_OneRank, sqlite.SQLiteSearchQueryCompiler):
    pass


class AutocompleteCompiler(_OneRank, sqlite.SQLiteAutocompleteQueryCompiler):
    pass


class Backend(TermsBackend, sqlite.SQLiteSearchBackend):
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index


def _entries(columns: list[str], asked: str) -> QuerySet[Any, dict[str, Any]]:
    words = SearchQueryExpression(Value(asked))
    entries: QuerySet[Any] = SQLiteFTSIndexEntry.objects.filter(MatchExpression(columns, words))
    found: QuerySet[Any, dict[str, Any]] = (
        entries.annotate(
            type_id=F("index_entry__content_type_id"),
            object_id=F("index_entry__object_id"),
            score=-Rank(),
        )
        .order_by("-score", "type_id", "object_id")
        .values("type_id", "object_id", "score")
    )
    return found


def matches(words: Sequence[Word], every: bool) -> QuerySet[Any, dict[str, Any]]:
    """See :func:`search.backend.matches`."""
    return _entries(["title", "body"], expression(words, every, ("AND", "OR"), '"'))


def beginnings(terms: Sequence[str]) -> QuerySet[Any, dict[str, Any]]:
    """See :func:`search.backend.beginnings`."""
    return _entries(["autocomplete"], " AND ".join(f'"{term}"' for term in terms) + " *")
