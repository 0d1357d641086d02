"""Wagtail's search in the database, with one form of words for every database.

``WAGTAILSEARCH_BACKENDS`` names this module, so that everything which is indexed or asked goes
through ``content.search_text.words``: the public search, the searches of the admin, saving a
page, an import, ``update_index``. The databases only store and compare terms: neither
stems or drops words of its own (on PostgreSQL ``SEARCH_CONFIG`` is ``simple``).

What is overridden of modelsearch 1.3, each watched by a test:

* ``ObjectIndexer``: reads each field once instead of three times and normalises it once;
* ``_refresh_title_norms``: does nothing. It reads the whole table at every save, and the
  rank below does not use what it writes;
* ``_search`` of the backends and the rank of their compilers: a query becomes words
  first, a title counts more than a text, and one rank is computed for the whole query.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from content.search_text.words import Word


def _database() -> ModuleType:
    """Return the module for the database in use. Each can only be imported on its own database.

    Raises:
        NotImplementedError: on a database other than SQLite and PostgreSQL.
    """
    if connection.vendor == "postgresql":
        from search.backend import postgresql

        return postgresql
    if connection.vendor == "sqlite":
        from search.backend import sqlite

        return sqlite
    raise NotImplementedError("Search needs SQLite or PostgreSQL. Change DATABASE_URL.")


def SearchBackend(params: dict[str, Any]) -> Any:
    """Return the backend for the database in use."""
    return _database().Backend(params)


def matches(words: Sequence[Word], every: bool = True) -> QuerySet[Any, dict[str, Any]]:
    """Return the entries of the index that hold words: all of them, or any.

    Rows are dictionaries ``{"type_id", "object_id", "score"}``, the best first. The
    caller narrows them down to what a visitor may see; no permission is looked at here.
    ``words`` must not be empty.
    """
    found: QuerySet[Any, dict[str, Any]] = _database().matches(words, every)
    return found


def beginnings(terms: Sequence[str]) -> QuerySet[Any, dict[str, Any]]:
    """Return the entries whose titles hold terms, the last being the beginning of one.

    Rows are as those of :func:`matches`; ``terms`` must not be empty.
    """
    found: QuerySet[Any, dict[str, Any]] = _database().beginnings(terms)
    return found
