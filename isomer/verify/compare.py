"""Two sequences of tokens, and what of the first the second lacks or has beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from isomer.verify.tokens import ON_PAGE, Token, TokenKind, shown

# Beyond this many tokens that differ, words found everywhere are lined up only between others.
# Each of them is tried against each, which took longer than all the rest of an import.
MANY = 1_000
# How many words around a difference are told.
AROUND = 4
SHOWN = 40
_LEADS_TO = " → "


@dataclass(frozen=True)
class Difference:
    """One loss, addition or change. ``rule`` explains it; ``""`` if nothing does.

    ``was`` and ``now`` are in words for people, and ``before`` is what stands in front of it.
    By ``words_before`` and ``words``, the source's own, its place can be found.
    """

    kind: str
    was: str
    now: str
    before: str = ""
    rule: str = ""
    words_before: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def compare(expected: Sequence[Token], served: Sequence[Token]) -> list[Difference]:
    """Return every difference between what a page must show and what it shows, in order.

    Words that the page may do without could be lined up with equal words beside them, so the
    page is also compared as if it did without all of them.
    """
    found = _compared(expected, served)
    needed = [token for token in expected if not token.optional]
    if len(needed) == len(expected) or all(one.rule for one in found):
        return found
    absent = [
        Difference("may be absent", token.shown, "", rule=token.optional)
        for token in expected
        if token.optional
    ]
    without = [*_compared(needed, served), *absent]
    return min(found, without, key=lambda one: sum(not difference.rule for difference in one))


def _compared(expected: Sequence[Token], served: Sequence[Token]) -> list[Difference]:
    keys = [token.key for token in expected], [token.key for token in served]
    found: list[Difference] = []
    for name, begin, end, first, last in steps(*keys):
        if name == "equal":
            found.extend(_changed_stretches(expected, begin, served[first:last]))
        else:
            found.extend(_gap(expected, begin, end, served[first:last]))
    return found


def steps(
    expected: Sequence[object], served: Sequence[object]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the steps of an alignment: a name of :mod:`difflib`, begin and end on the first side,
    begin and end on the second. What is equal at both ends is found first, since it is
    nearly always everything."""
    shorter = min(len(expected), len(served))
    head = next((n for n in range(shorter) if expected[n] != served[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if expected[-1 - n] != served[-1 - n]), rest)
    a, b = expected[head : len(expected) - tail], served[head : len(served) - tail]
    if head:
        yield "equal", 0, head, 0, head
    for name, i1, i2, j1, j2 in _steps_between(a, b):
        yield name, head + i1, head + i2, head + j1, head + j2
    if tail:
        yield "equal", len(expected) - tail, len(expected), len(served) - tail, len(served)


def _steps_between(
    a: Sequence[object], b: Sequence[object]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the steps of what differs at both ends."""
    is_long = len(a) + len(b) > MANY
    for step in SequenceMatcher(None, a, b, autojunk=is_long).get_opcodes():
        name, i1, i2, j1, j2 = step
        if is_long and name == "replace" and i2 - i1 + j2 - j1 <= MANY:
            for inner, k1, k2, l1, l2 in _steps_between(a[i1:i2], b[j1:j2]):
                yield inner, i1 + k1, i1 + k2, j1 + l1, j1 + l2
        else:
            yield step


def _gap(
    expected: Sequence[Token], begin: int, end: int, added: Sequence[Token]
) -> Iterator[Difference]:
    """Yield what stands on one side only; what may be absent is told by its rule."""
    lost = expected[begin:end]
    for token in (*lost, *added):
        if token.optional:
            yield Difference("may be absent", token.shown, "", rule=token.optional)
    lost = [token for token in lost if not token.optional]
    added = [token for token in added if not token.optional]
    if lost or added:
        kind = "lost" if not added else "added" if not lost else "changed"
        words = tuple(token.text for token in lost if token.kind is TokenKind.WORD)
        yield Difference(
            kind,
            shown(lost[:SHOWN]),
            shown(added[:SHOWN]),
            _before(expected, begin),
            words_before=_words_before(expected, begin),
            words=words,
        )


def _changed_stretches(
    expected: Sequence[Token], begin: int, served: Sequence[Token]
) -> Iterator[Difference]:
    """Yield what differs between tokens that stand for one another; a link is told once, not word
    by word."""
    run: list[Difference] = []
    for number, now in enumerate(served):
        link: Difference | None = None
        for one in changes(expected, begin + number, now):
            if one.kind == "link":
                link = one
            else:
                yield one
        if run and (link is None or _link_of(link) != _link_of(run[-1])):
            yield _one_link(run)
            run = []
        if link is not None:
            run.append(link)
    if run:
        yield _one_link(run)


def _link_of(word: Difference) -> tuple[str, str, str]:
    """Return where the link on a word leads on both sides, and what explains it."""
    return word.was.rpartition(_LEADS_TO)[2], word.now.rpartition(_LEADS_TO)[2], word.rule


def _one_link(run: Sequence[Difference]) -> Difference:
    """Return the words of one link as one difference."""
    was, now, _rule = _link_of(run[0])
    return replace(
        run[0],
        was=" ".join(one.was.rpartition(_LEADS_TO)[0] for one in run) + _LEADS_TO + was,
        now=" ".join(one.now.rpartition(_LEADS_TO)[0] for one in run) + _LEADS_TO + now,
        words=tuple(word for one in run for word in one.words),
    )


def changes(expected: Sequence[Token], at: int, now: Token) -> Iterator[Difference]:
    """Yield what differs between the token at a place and the one it was lined up with."""
    was = expected[at]
    is_inside = bool(was.heading) == bool(now.heading)
    if was.text == now.text and was.links == now.links and is_inside:
        return
    around = {
        "before": _before(expected, at),
        "words_before": _words_before(expected, at),
        "words": (was.text,) if was.kind is TokenKind.WORD else (),
    }
    if was.kind is TokenKind.HEADING and was.text != now.text:
        level = f"level {was.text}", f"level {now.text}"
        yield Difference("heading", *level, rule=now.level_rule, **around)  # type: ignore[arg-type]
    if was.kind is TokenKind.PICTURE and was.text != now.text:
        yield Difference("picture", f"“{was.text}”", f"“{now.text}”", **around)  # type: ignore[arg-type]
    if not is_inside:
        rule = "title-of-card" if now.card is not None and now.heading else ""
        inside = ("in a heading", "in no heading")
        yield Difference(
            "heading",
            f"{was.text} {inside[not was.heading]}",
            f"{now.text} {inside[not now.heading]}",
            rule=rule,
            **around,  # type: ignore[arg-type]
        )
    if was.links != now.links:
        yield Difference(
            "link",
            f"{was.shown}{_LEADS_TO}{_targets(was)}",
            f"{now.shown}{_LEADS_TO}{_targets(now)}",
            rule=_rule_of_link(was, now) or _rule_of_place(was, now, expected),
            **around,  # type: ignore[arg-type]
        )


def _rule_of_link(was: Token, now: Token) -> str:
    """Return the rule by which a card's link stands on other words, ``""`` if it does not."""
    if not now.card:
        return ""
    targets = {target for _, target in (*was.links, *now.links) if target}
    return "link-of-card" if targets == {now.card} else ""


def _rule_of_place(was: Token, now: Token, expected: Sequence[Token]) -> str:
    """Return the rule by which a link leads to the beginning of a text instead of into it, ``""``
    if it leads elsewhere: after the place, or before the heading above it."""
    if [size for size, _ in was.links] != [size for size, _ in now.links]:
        return ""
    pairs = [(a, b) for (_, a), (_, b) in zip(was.links, now.links, strict=True) if a != b]
    if not all(a.startswith(ON_PAGE) and b.startswith(ON_PAGE) for a, b in pairs):
        return ""
    words = [(at, token.text) for at, token in enumerate(expected) if token.kind is TokenKind.WORD]
    return "place-before-text" if all(_is_before(b, a, words, expected) for a, b in pairs) else ""


def _is_before(
    earlier: str, later: str, words: Sequence[tuple[int, str]], tokens: Sequence[Token]
) -> bool:
    begins = _positions(earlier, words)
    for end in _positions(later, words):
        start = max((place for place in begins if place <= end), default=None)
        if start is not None and all(
            one.kind is not TokenKind.HEADING for one in tokens[start:end]
        ):
            return True
    return False


def _positions(place: str, words: Sequence[tuple[int, str]]) -> list[int]:
    """Return where in a page the words of a place stand."""
    wanted = place.removeprefix(ON_PAGE).split(" ")
    texts = [text for _, text in words]
    return [
        words[at][0]
        for at in range(len(texts) - len(wanted) + 1)
        if texts[at : at + len(wanted)] == wanted
    ]


def _targets(token: Token) -> str:
    return ", ".join(target or "nowhere" for _, target in token.links) or "nowhere"


def _before(tokens: Sequence[Token], at: int) -> str:
    return shown(tokens[max(0, at - AROUND) : at])


def _words_before(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    near = tokens[max(0, at - AROUND) : at]
    return tuple(token.text for token in near if token.kind is TokenKind.WORD)
