"""What the backends of both databases share: objects and queries as terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.encoding import force_str
from modelsearch.backends.base import EmptySearchResults
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery
from wagtail.search.models import IndexEntry

from content.search_text.words import Word, index_terms, prefix_terms, query_words, typed_terms

# How much more a word counts in a title than in the text.
TITLE_WEIGHT = 8.0
# Entries in one statement.
BATCH = 100


class Texts:
    """What is to be indexed of one object, read once, as terms: ``title``, ``body`` and
    ``autocomplete``."""

    def __init__(self, obj: Any) -> None:
        self._title: list[str] = []
        self._body: list[str] = []
        self._autocomplete: list[str] = []
        for field in obj.get_search_fields():
            self._read(obj, field)
        self.title = index_terms("\n".join(self._title))
        self.body = index_terms("\n".join(self._body))
        self.autocomplete = prefix_terms("\n".join(self._autocomplete))

    def _read(self, obj: Any, field: Any) -> None:
        if isinstance(field, RelatedFields):
            related = field.get_value(obj)
            if related is None:
                return
            for each in related.all() if hasattr(related, "all") else [related]:
                for inner in field.fields:
                    self._read(each, inner)
        elif isinstance(field, SearchField):
            of_title = field.field_name == "title"
            (self._title if of_title else self._body).extend(flat(field.get_value(obj)))
        elif isinstance(field, AutocompleteField):
            self._autocomplete.extend(flat(field.get_value(obj)))


def flat(value: Any) -> Iterable[str]:
    """Yield the texts in the value of a search field: text, a list or mapping of texts, or
    anything that can be written as text. Nothing for ``None``."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from flat(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from flat(each)
    elif value is not None:
        yield force_str(value)


def _words_of(query: Any, operator: str | None = None) -> SearchQuery | None:
    """Return a query made of single terms, ``None`` when it holds no word.

    Words of a phrase must all be there; their order is not looked at, since a text is indexed
    under several forms of a word.
    """
    if isinstance(query, str):
        query = PlainText(query, operator=operator or "and")
    if isinstance(query, PlainText | Phrase | Fuzzy):
        every = getattr(query, "operator", "and").lower() == "and"
        return _tree(query_words(query.query_string), every)
    if isinstance(query, Boost):
        return _words_of(query.subquery)
    if isinstance(query, Not):
        inner = _words_of(query.subquery)
        return None if inner is None else Not(inner)
    if isinstance(query, And | Or):
        inside = [found for part in query.subqueries if (found := _words_of(part)) is not None]
        return type(query)(inside) if inside else None
    return query if isinstance(query, SearchQuery) else None


def _tree(words: Sequence[Word], every: bool) -> SearchQuery | None:
    if not words:
        return None
    each = [
        Or([And([PlainText(term) for term in choice]) for choice in word.choices]) for word in words
    ]
    return And(each) if every else Or(each)


class TermsBackend:
    """What the backends of both databases do with a query before they look for it."""

    def _search(self, query_compiler_class: Any, query: Any, queryset: Any, **options: Any) -> Any:
        base: Any = super()
        operator = options.get("operator")
        if query_compiler_class is self.autocomplete_query_compiler_class:  # type: ignore[attr-defined]
            text = query if isinstance(query, str) else getattr(query, "query_string", "")
            typed = typed_terms(text)
            asked = PlainText(" ".join(typed), operator=operator or "and") if typed else None
        else:
            asked = _words_of(query, operator)
        if asked is None:
            return EmptySearchResults()
        # One index holds all fields of an object, already in the form of words.
        return base._search(query_compiler_class, asked, queryset, **options | {"fields": None})


def expression(words: Sequence[Word], every: bool, signs: tuple[str, str], quote: str) -> str:
    """Return words in the language of a database, ``signs`` being its “and” and “or”."""
    both, either = signs

    def choice(terms: tuple[str, ...]) -> str:
        return "(" + f" {both} ".join(f"{quote}{term}{quote}" for term in terms) + ")"

    each = ["(" + f" {either} ".join(map(choice, word.choices)) + ")" for word in words]
    return f" {both if every else either} ".join(each)


class TermsIndex:
    """What the indexes of both databases do otherwise than modelsearch's."""

    def columns(self, texts: Texts) -> dict[str, Any]:
        """Return the columns of an entry for the texts of an object."""
        raise NotImplementedError

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        """Enter objects of one type into the index, or write their entries again."""
        found = {force_str(obj.pk): self.columns(Texts(obj)) for obj in objs}
        if not found or not model.get_search_fields():
            return
        type_id = ContentType.objects.get_for_model(model).pk
        entries = [
            IndexEntry(content_type_id=type_id, object_id=key, **columns)
            for key, columns in found.items()
        ]
        IndexEntry.objects.bulk_create(
            entries,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=list(next(iter(found.values()))),
        )

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Nothing to do: see ``search.backend``."""
