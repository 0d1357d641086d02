"""Damages served pages one way at a time, to see whether the checker notices each one."""

from __future__ import annotations

import copy
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from isomer.verify.certify import State, Verifier
from isomer.verify.compare import compare
from isomer.verify.expected import Shape
from isomer.verify.served import ServedAddresses, main_part, read_served
from isomer.verify.tokens import Token

INTERFACE = "data-interface"
# Blocks whose headings have a level of their own, whatever the source's.
OWN_LEVELS = ".card-grid, :has(> .capabilities__list)"
SENTENCE = "Nobody at the source ever wrote this sentence."
DRAWS = 200

Damage = Callable[[Tag, random.Random], bool]


@dataclass(frozen=True)
class Whole:
    """A page that shows what it must: its main part, and what its document asks for."""

    path: str
    html: str
    expected: Sequence[Token]
    addresses: ServedAddresses

    def is_noticed(self, html: str) -> bool:
        """Tell whether the checker finds anything in damaged markup that no rule explains."""
        served = read_served(f"<main>{html}</main>", self.addresses)
        return any(not one.rule for one in compare(self.expected, served.tokens))


@dataclass(frozen=True)
class Outcome:
    """What came of trials: how many by kind, and the damage that nobody noticed."""

    trials: Counter[str]
    missed: list[str]


def whole_pages(verifier: Verifier) -> list[Whole]:
    """Return the public pages of a site, each of which the checker accepts as it is."""
    found: list[Whole] = []
    for document in verifier.source.site.documents:
        certificate = verifier.certificate(document)
        shape = verifier.source.shape(document)
        if certificate.state == State.NOT_PUBLIC or shape is Shape.REDIRECT:
            continue
        assert certificate.state in (State.PASSED, State.EXPLAINED), certificate.unexplained
        html = verifier.client.get(certificate.page.specific.get_url()).content.decode()
        if 'page=2"' in html:
            # Only the first of several pages of a listing.
            continue
        addresses = verifier.addresses(document, certificate.page)
        expected = verifier.source.read(document).tokens
        found.append(Whole(document.path, main_part(html), expected, addresses))
    return found


def damage_pages(pages: Sequence[Whole], number: int, seed: str) -> Outcome:
    """Damage pages a number of times, each kind of damage in turn."""
    chance = random.Random(seed)
    outcome = Outcome(Counter(), [])
    while outcome.trials.total() < number:
        kind = KINDS[outcome.trials.total() % len(KINDS)]
        kind, page, html = _drawn(pages, kind, chance)
        outcome.trials[kind] += 1
        if not page.is_noticed(html):
            outcome.missed.append(f"{kind} on {page.path}: {_first_change(page.html, html)}")
    return outcome


def _drawn(pages: Sequence[Whole], kind: str, chance: random.Random) -> tuple[str, Whole, str]:
    """Return the kind of damage, a page and its damaged markup.

    What leaves the page equal is drawn again; a word is dropped where a site has nothing, such
    as a table, to be damaged in this way.
    """
    marks = MARKS.get(kind, ())
    candidates = [page for page in pages if not marks or any(mark in page.html for mark in marks)]
    for _ in range(DRAWS if candidates else 0):
        page = chance.choice(candidates)
        tree = _tree(page.html)
        before = seen(tree)
        if DAMAGES[kind](tree, chance) and seen(tree) != before:
            return kind, page, tree.decode_contents()
    return _drawn(pages, "drop word", chance)


def _tree(html: str) -> Tag:
    tree = BeautifulSoup(f"<!doctype html><body>{html}", "html5lib").body
    assert tree is not None
    return tree


def _first_change(before: str, after: str) -> str:
    one, other = str(_tree(before)), str(_tree(after))
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return f"{one[max(0, at - 60) : at + 60]!r} became {other[max(0, at - 60) : at + 60]!r}"


def _shown(tree: Tag) -> Iterator[Any]:
    """Yield the nodes that are not the interface's."""
    for node in tree.children:
        if isinstance(node, PreformattedString):
            continue
        if isinstance(node, Tag):
            if not node.has_attr(INTERFACE):
                yield node
                yield from _shown(node)
        elif isinstance(node, NavigableString):
            yield node


def seen(tree: Tag) -> list[str]:
    """Return what a reader can tell apart on a page, in order."""
    found: list[str] = []
    for node in _shown(tree):
        if isinstance(node, Tag):
            names = ("href", "src", "data-src", "alt", "start", "value", "type", "colspan")
            said = [f"{name}={node[name]}" for name in names if node.has_attr(name)]
            if said or re.fullmatch(r"h[1-6]|li|t[rdh]|ol|ul", node.name):
                found.append(" ".join([node.name, *said]))
        else:
            found.extend(node.split())
    return found


def _texts(tree: Tag) -> list[NavigableString]:
    return [node for node in _shown(tree) if isinstance(node, NavigableString) and node.strip()]


def _tags(tree: Tag, *names: str) -> list[Tag]:
    return [node for node in _shown(tree) if isinstance(node, Tag) and node.name in names]


def _in_words(tree: Tag, chance: random.Random, least: int) -> tuple[Any, list[str], int]:
    """Draw a text of at least so many words; return it, in pieces, and the place of one word."""
    texts = [text for text in _texts(tree) if len(text.split()) >= least]
    if not texts:
        return None, [], 0
    text = chance.choice(texts)
    pieces = re.split(r"(\s+)", str(text))
    places = [n for n, piece in enumerate(pieces) if piece and not piece.isspace()]
    return text, pieces, chance.choice(places[: len(places) - least + 1])


def drop_word(tree: Tag, chance: random.Random) -> bool:
    text, pieces, at = _in_words(tree, chance, 1)
    if text is not None:
        text.replace_with("".join([*pieces[:at], *pieces[at + 1 :]]))
    return text is not None


def change_word(tree: Tag, chance: random.Random) -> bool:
    text, pieces, at = _in_words(tree, chance, 1)
    if text is not None:
        letter = chance.randrange(len(pieces[at]))
        other = chance.choice([c for c in "abcxyz0189" if c != pieces[at][letter]])
        pieces[at] = pieces[at][:letter] + other + pieces[at][letter + 1 :]
        text.replace_with("".join(pieces))
    return text is not None


def swap_words(tree: Tag, chance: random.Random) -> bool:
    text, pieces, at = _in_words(tree, chance, 2)
    if text is not None:
        pieces[at], pieces[at + 2] = pieces[at + 2], pieces[at]
        text.replace_with("".join(pieces))
    return text is not None


def join_words(tree: Tag, chance: random.Random) -> bool:
    text, pieces, at = _in_words(tree, chance, 2)
    if text is not None:
        del pieces[at + 1]
        text.replace_with("".join(pieces))
    return text is not None


def add_sentence(tree: Tag, chance: random.Random) -> bool:
    texts = _texts(tree)
    if not texts:
        return False
    text = chance.choice(texts)
    text.replace_with(f"{text} {SENTENCE}" if chance.random() < 0.5 else f"{SENTENCE} {text}")
    return True


def swap_paragraphs(tree: Tag, chance: random.Random) -> bool:
    blocks = _tags(tree, "p", "li", "h2", "h3", "h4", "td")
    if len(blocks) < 2:
        return False
    one, other = chance.sample(blocks, 2)
    if one in other.parents or other in one.parents:
        return False
    one_place, other_place = NavigableString(""), NavigableString("")
    one.replace_with(one_place)
    other.replace_with(other_place)
    one_place.replace_with(other)
    other_place.replace_with(one)
    return True


def repeat_paragraph(tree: Tag, chance: random.Random) -> bool:
    blocks = _tags(tree, "p", "li")
    if not blocks:
        return False
    block = chance.choice(blocks)
    block.insert_after(copy.copy(block))
    return True


def drop_paragraph(tree: Tag, chance: random.Random) -> bool:
    return _drop(tree, chance, "p", "li", "h2", "h3", "h4", "summary", "details")


def change_link(tree: Tag, chance: random.Random) -> bool:
    links = [link for link in _tags(tree, "a") if link.get("href")]
    if not links:
        return False
    link = chance.choice(links)
    written = str(link["href"])
    link["href"] = chance.choice(
        [
            "/somewhere-else/",
            "https://elsewhere.example/",
            written.rstrip("/") + "x",
            "mailto:nobody@elsewhere.example",
        ]
    )
    return True


def unlink(tree: Tag, chance: random.Random) -> bool:
    links = [link for link in _tags(tree, "a") if link.get("href")]
    if links:
        chance.choice(links).unwrap()
    return bool(links)


def remove_row(tree: Tag, chance: random.Random) -> bool:
    return _drop(tree, chance, "tr")


def remove_cell(tree: Tag, chance: random.Random) -> bool:
    return _drop(tree, chance, "td", "th")


def renumber(tree: Tag, chance: random.Random) -> bool:
    lists = _tags(tree, "ol")
    if not lists:
        return False
    found = chance.choice(lists)
    if chance.random() < 0.5:
        found["start"] = str(int(str(found.get("start") or 1)) + chance.choice([1, 2, 7]))
    elif chance.random() < 0.5:
        found["type"] = "a" if found.get("type") != "a" else "i"
    else:
        found.name = "ul"
    return True


def remove_picture(tree: Tag, chance: random.Random) -> bool:
    return _drop(tree, chance, "img")


def change_picture(tree: Tag, chance: random.Random) -> bool:
    pictures = _tags(tree, "img")
    if not pictures:
        return False
    picture = chance.choice(pictures)
    if chance.random() < 0.5:
        picture["src"] = "/-/media/images/another.png"
    else:
        picture["alt"] = f"{picture.get('alt') or ''} other".strip()
    return True


def change_heading(tree: Tag, chance: random.Random) -> bool:
    own = [id(tag) for box in tree.select(OWN_LEVELS) for tag in box.find_all(True)]
    found = [tag for tag in _tags(tree, "h2", "h3", "h4", "h5") if id(tag) not in own]
    if not found:
        return False
    heading = chance.choice(found)
    heading.name = chance.choice([n for n in ("h2", "h3", "h4", "p") if n != heading.name])
    return True


def damage_embed(tree: Tag, chance: random.Random) -> bool:
    frames = _tags(tree, "iframe", "video", "audio")
    if not frames:
        return False
    frame = chance.choice(frames)
    key = "data-src" if frame.has_attr("data-src") else "src"
    if chance.random() < 0.5 or not frame.has_attr(key):
        frame.extract()
    else:
        frame[key] = "https://elsewhere.example/film"
    return True


def _drop(tree: Tag, chance: random.Random, *names: str) -> bool:
    found = _tags(tree, *names)
    if found:
        chance.choice(found).extract()
    return bool(found)


DAMAGES: dict[str, Damage] = {
    one.__name__.replace("_", " "): one
    for one in (
        drop_word, swap_paragraphs, change_link, remove_row, renumber, add_sentence,
        change_word, swap_words, join_words, repeat_paragraph, drop_paragraph, unlink,
        remove_cell, remove_picture, change_picture, change_heading, damage_embed,
    )
}  # fmt: skip
KINDS = list(DAMAGES)
# What the markup of a page must hold for some kinds.
MARKS = {
    "remove row": ("<tr",), "remove cell": ("<td", "<th"), "renumber": ("<ol",),
    "remove picture": ("<img",), "change picture": ("<img",),
    "damage embed": ("<iframe", "<video", "<audio"),
}  # fmt: skip
