"""The words by which texts are found: one form for the index and for queries alike.

Databases cut and stem text in ways of their own, each in another (SQLite's FTS5 and
PostgreSQL's parsers differ over hyphens, accents, Chinese, Tamil). Here a text becomes
*terms* of ``a-z0-9`` only, which every database takes as they are:

* case, accents and the width of letters don't count, nor do characters of no width;
* English words lose their endings (Snowball's English rules); a word in capitals, such as
  an abbreviation, is also kept whole;
* words with a hyphen, an apostrophe or ``&`` count in parts and joined; letters before
  digits, such as ``COVID19``, likewise;
* ``Phase II`` is also ``Phase 2``, as are stages, levels, parts and the like;
* scripts without blanks between words (Chinese, Japanese, Thai …) count as single
  characters and as pairs of neighbours.

The format reference has no rule for this: the old sites left searching to a service.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import snowballstemmer

# No index holds more of one text. A word beyond the first limit stands in tables of measurements
# or is no word; the second keeps a page below what PostgreSQL takes for one (1 MB).
TERM_LENGTH = 240
# Much longer than any word, and than a sentence in a script without blanks.
LONGEST_WORD = 1000
PART_LENGTH = 100_000
TEXT_LENGTH = 400_000
# Longer chains of parts are lists rather than words, and nobody writes them joined.
JOINED_PARTS = 4
# What a query may hold; more words than that find nothing more.
QUERY_WORDS = 16

STOP_WORDS = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "can", "could", "did", "do", "does",
    "for", "from", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "me",
    "my", "no", "not", "of", "on", "or", "our", "shall", "should", "so", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "to", "was", "we", "were", "what",
    "when", "where", "which", "who", "whom", "whose", "why", "will", "with", "would", "you",
    "your",
])  # fmt: skip
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"} | {
    f"{roman}{letter}": f"{digit}{letter}"
    for roman, digit in (("i", "1"), ("ii", "2"), ("iii", "3"), ("iv", "4"))
    for letter in "ab"
}
# What is counted with Roman numbers.
_COUNTED = frozenset([
    "appendix", "chapter", "class", "category", "grade", "level", "part", "phase", "phases",
    "schedule", "stage", "stages", "step", "tier", "type",
])  # fmt: skip
# The count goes on: “Phase II and III”.
_GOES_ON = frozenset({"and", "or", "to"})


def _ranges(characters: list[int]) -> str:
    """Return the inside of a character class of a regular expression, given sorted numbers."""
    found: list[list[int]] = []
    for number in characters:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)


# Marks belong to words (Tamil, Hindi, Thai vowels), and Python's \w leaves them out.
_MARKS = _ranges(
    [number for number in range(0x300, 0x10000) if unicodedata.category(chr(number))[0] == "M"]
)
# A soft hyphen, joiners, and other characters of no width.
_NO_WIDTH = "\u00ad\u200b-\u200d\u2060\ufeff"
# One sign belongs to one class only, so nothing is gained by going back ("++").
_LETTERS = f"(?:[^\\W_]++|[{_MARKS}{_NO_WIDTH}]++)"
_APOSTROPHES = "'’ʼ‘`´"
_JOINTS = f"{_APOSTROPHES}\\-‐‑–&"
_WORD = re.compile(f"[^\\W_]{_LETTERS}*+(?:[{_JOINTS}]{_LETTERS}++)*+")
_POSSESSIVE = re.compile(f"[{_APOSTROPHES}][sS]$")
_JOINT = re.compile(f"[{_JOINTS}]")
_DROPPED = re.compile(f"[{_NO_WIDTH}\u0300-\u036f]")
_PIECE = re.compile(f"(?:[^\\W_]|[{_MARKS}])+")
# Han with the signs among it, kana, Hangul, Thai, Lao, Burmese, Khmer.
_WITHOUT_BLANKS = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"
)
_LETTERS_DIGITS = re.compile(r"([a-z]{2,})([0-9]+)")
_DIGITS_LETTER = re.compile(r"([0-9]+)[a-z]")
_ENGLISH = re.compile(r"[a-z]{3,}")
_FOREIGN = re.compile(r"[^a-z0-9]")

_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True)
class Word:
    """A word of a query. ``choices`` are the ways in which a text may hold it: each a tuple of
    terms that must all be there. ``text`` is the word as it was written."""

    text: str
    choices: tuple[tuple[str, ...], ...]

    @property
    def terms(self) -> frozenset[str]:
        """Every term of every choice."""
        return frozenset(term for choice in self.choices for term in choice)


@dataclass(frozen=True)
class _Forms:
    """What one written word is: its ``parts`` (the ways of each in a query), the terms under
    which the ``joined`` word stands, all terms that a text with it is indexed under, and whether
    it ``counts`` what comes next, as “Phase” does."""

    folded: tuple[str, ...]
    parts: tuple[tuple[tuple[str, ...], ...], ...]
    joined: tuple[str, ...]
    indexed: tuple[str, ...]
    counts: bool


def _fold(text: str) -> str:
    """Return a text without case, accents, widths and characters of no width."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", wide))
    return unicodedata.normalize("NFC", plain)


def _encode(text: str) -> str:
    """Return a text in ``a-z0-9`` only. Each other character becomes six of these, so that the
    beginning of a word stays the beginning of its term."""
    return _FOREIGN.sub(lambda match: f"u{ord(match[0]):05x}", text)[:TERM_LENGTH]


def _stem(word: str) -> str:
    return _stemmer.stemWord(word) if _ENGLISH.fullmatch(word) else word


def _pieces(part: str) -> Iterator[tuple[str, bool]]:
    """Yield ``(folded piece, whether its script has no blanks)`` of a part of a word."""
    for piece in _PIECE.findall(_fold(part)):
        place = 0
        for run in _WITHOUT_BLANKS.finditer(piece):
            if run.start() > place:
                yield piece[place : run.start()], False
            yield run[0], True
            place = run.end()
        if place < len(piece):
            yield piece[place:], False


def _pairs(run: str) -> list[str]:
    return [_encode(run[place : place + 2]) for place in range(len(run) - 1)]


def _of_piece(piece: str, capitals: bool) -> tuple[tuple[tuple[str, ...], ...], list[str]]:
    """Return the ways of a piece in a query, and the terms of a text that holds it."""
    whole, stem = _encode(piece), _encode(_stem(piece))
    ways: list[tuple[str, ...]] = [(stem,)]
    indexed = [stem]
    if whole != stem:
        ways.append((whole,))
        if capitals:
            indexed.append(whole)
    if match := _LETTERS_DIGITS.fullmatch(piece):
        both = (_encode(_stem(match[1])), _encode(match[2]))
        ways.append(both)
        indexed.extend(both)
    elif match := _DIGITS_LETTER.fullmatch(piece):
        indexed.append(_encode(match[1]))
    return tuple(ways), indexed


@lru_cache(maxsize=1 << 16)
def _forms(written: str) -> _Forms:
    """Return the forms of one written word; texts repeat theirs, so they are remembered."""
    written = _POSSESSIVE.sub("", written)
    parts = [part for part in _JOINT.split(written) if part]
    folded: list[str] = []
    ways: list[tuple[tuple[str, ...], ...]] = []
    indexed: list[str] = []
    for part in parts:
        capitals = len(part) > 1 and part.isupper()
        for piece, without_blanks in _pieces(part):
            folded.append(piece)
            if without_blanks:
                pairs = _pairs(piece)
                ways.append((tuple(pairs or [_encode(piece)]),))
                indexed.extend([*map(_encode, piece), *pairs])
                continue
            of_query, of_text = _of_piece(piece, capitals)
            ways.append(of_query)
            indexed.extend(of_text)
    joined: tuple[str, ...] = ()
    if 1 < len(parts) <= JOINED_PARTS and not any(map(_WITHOUT_BLANKS.search, folded)):
        joined = (_encode(_stem("".join(folded))),)
    terms = tuple(dict.fromkeys([*indexed, *joined]))
    return _Forms(tuple(folded), tuple(ways), joined, terms, not _COUNTED.isdisjoint(folded))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end of each word; what is longer than any word comes in parts."""
    begin = 0
    while begin < len(text):
        # Looking for words takes memory for each letter of one, so this goes by parts.
        end = min(begin + PART_LENGTH, len(text))
        if end < len(text):
            end = max(text.rfind(" ", begin, end), text.rfind("\n", begin, end)) + 1 or end
        for match in _WORD.finditer(text, begin, end):
            span = match.span()
            if span[1] - span[0] <= LONGEST_WORD:
                yield span
                continue
            for start in range(*span, LONGEST_WORD):
                yield start, min(start + LONGEST_WORD, span[1])
        begin = end


def _written_words(text: str) -> Iterator[tuple[int, int, _Forms, str]]:
    """Yield ``(start, end, forms, number)`` for each word of a text; ``number`` is the digit
    that a Roman number stands for where something is counted, else ``""``."""
    counting = False
    for start, end in _spans(text):
        forms = _forms(text[start:end])
        number = ""
        if counting or forms.counts:
            for piece in forms.folded:
                if piece in _COUNTED:
                    counting = True
                elif counting and piece in _ROMAN:
                    number = _ROMAN[piece]
                elif not (counting and (piece in _GOES_ON or piece.isdigit())):
                    counting = False
        yield start, end, forms, number


@lru_cache(maxsize=16)  # a page is often saved a few times in a row
def index_terms(text: str) -> str:
    """Return the terms of a text, with blanks between them, in its own order.

    Of a text that is longer than an index takes, the rest counts only with words that
    have not been there, and beyond ``TEXT_LENGTH`` terms are left out.
    """
    found: list[str] = []
    for _, _, forms, number in _written_words(text):
        found += forms.indexed
        if number:
            found.append(number)
    terms = " ".join(found)
    if len(terms) <= TEXT_LENGTH:
        return terms
    return " ".join(dict.fromkeys(found))[:TEXT_LENGTH].rpartition(" ")[0]


def prefix_terms(text: str) -> str:
    """Return the terms of a text by whose beginnings it is found while somebody types."""
    found: list[str] = []
    for start, end in _spans(text[:TEXT_LENGTH]):
        forms = _forms(text[start:end])
        for piece in forms.folded:
            if _WITHOUT_BLANKS.fullmatch(piece):
                found.extend([*map(_encode, piece), *_pairs(piece)])
            else:
                found.append(_encode(piece))
        if forms.joined:
            found.append(_encode("".join(forms.folded)))
    return " ".join(found)[:TEXT_LENGTH]


def typed_terms(text: str) -> list[str]:
    """Return the terms of what somebody has typed so far; the last is the beginning of one."""
    found: list[str] = []
    for start, end in _spans(text):
        for piece in _forms(text[start:end]).folded:
            run = _WITHOUT_BLANKS.fullmatch(piece) is not None and len(piece) > 1
            found.extend(_pairs(piece) if run else [_encode(piece)])
    return found[:QUERY_WORDS]


def query_words(text: str) -> list[Word]:
    """Return the words that a query asks for, each once.

    Stop words don't count unless there is nothing else. Characters that are in no word
    (quotation marks, operators, control characters) mean nothing, so that no query is wrong.
    """
    words: dict[tuple[tuple[str, ...], ...], Word] = {}
    stop_words: dict[tuple[tuple[str, ...], ...], Word] = {}
    for start, end, forms, number in _written_words(text):
        if not forms.parts:
            continue
        word = Word(text[start:end], _choices(forms, number))
        stops = len(forms.folded) == 1 and forms.folded[0] in STOP_WORDS and not number
        (stop_words if stops else words).setdefault(word.choices, word)
    return list((words or stop_words).values())[:QUERY_WORDS]


def _choices(forms: _Forms, number: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways in which a text may hold a word."""
    if len(forms.parts) == 1:
        choices = list(forms.parts[0])
        if number:
            choices.append((number,))
        return tuple(choices)
    # Every text with a part is indexed under its longest form.
    split = [max(part, key=len) for part in forms.parts]
    choices = [tuple(dict.fromkeys(term for part in split for term in part))]
    if forms.joined:
        choices.append(forms.joined)
    return tuple(choices)


def marked_spans(text: str, terms: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` of each word of a text that stands under one of the terms; of
    scripts without blanks the characters that were asked for."""
    for start, end, forms, number in _written_words(text):
        if terms.isdisjoint(forms.indexed) and not (number and number in terms):
            continue
        if _WITHOUT_BLANKS.search(text, start, end):
            yield from _marked_characters(text, start, end, terms)
        else:
            yield start, end


def _marked_characters(
    text: str, start: int, end: int, terms: frozenset[str]
) -> Iterator[tuple[int, int]]:
    marked = [False] * (end - start)
    for place in range(start, end):
        for length in (1, 2):
            if place + length <= end and _encode(_fold(text[place : place + length])) in terms:
                marked[place - start : place - start + length] = [True] * length
    place = 0
    for is_marked, run in groupby(marked):
        length = len(list(run))
        if is_marked:
            yield start + place, start + place + length
        place += length


def initials_of(text: str) -> list[str]:
    """Return the abbreviations that readers make of a name: the initials of its words, with and
    without stop words. None of names of fewer than three words or more than eight."""
    words = [folded for _, folded in folded_words(text)]
    found = (words, [word for word in words if word not in STOP_WORDS])
    short = ("".join(word[0] for word in each) for each in found if 3 <= len(each) <= 8)
    return list(dict.fromkeys(short))


def folded_words(text: str) -> list[tuple[str, str]]:
    """Return ``(word as written, folded)`` for each single word of a text."""
    found = []
    for match in _WORD.finditer(text):
        folded = _forms(match[0]).folded
        if len(folded) == 1:
            found.append((_POSSESSIVE.sub("", match[0]), folded[0]))
    return found
