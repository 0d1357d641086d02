"""What a verification found, in lines for a terminal and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from isomer.models import Certificate
from isomer.verify.files import Fate
from isomer.verify.run import Verification
from isomer.verify.tokens import RULES

State = Certificate.State
# Of one page, in the terminal; all are stored.
DIFFERENCES_SHOWN = 5
LONGEST = 300


def report_lines(found: Verification) -> Iterator[tuple[str, str]]:
    """Yield ``(line, state)`` for a terminal; the state is ``""`` where none colours the line."""
    states = Counter(one.state for one in found.certificates)
    width = max(len(State(state).label) for state in State.values)
    yield f"Run {found.run.pk}, {found.run}", ""
    yield "", ""
    for state in State:
        if states[state]:
            yield f"  {state.label:<{width}}  {states[state]:>6}", state
    yield f"  {'Documents':<{width}}  {len(found.certificates):>6}", ""
    counts: Counter[str] = Counter()
    for one in found.certificates:
        counts.update(one.counts)
    if counts:
        yield "", ""
        compared = ", ".join(f"{_plural(kind)} {number}" for kind, number in counts.items())
        yield f"Compared: {compared}.", ""
        yield f"The judge of what the source says: {found.judge}.", ""
    yield from _whole(found)
    yield from _explained(found.certificates)
    yield from _hidden(found.certificates)
    for state in (State.EDITED, State.FAILED):
        for one in found.certificates:
            if one.state == state:
                yield from _lines_of(one)


def _plural(kind: str) -> str:
    return "list entries" if kind == "list entry" else f"{kind}s"


def _whole(found: Verification) -> Iterator[tuple[str, str]]:
    """Yield how many files became what, and each that is missing."""
    if found.whole is None:
        return
    fates = Counter(one["fate"] for one in found.whole.places)
    told = ", ".join(f"{fate.value} {fates[fate]}" for fate in Fate if fates[fate])
    yield "", ""
    yield f"Files and addresses of the source: {told}.", ""
    for one in found.missing:
        where = " at ".join(part for part in (one["path"], one["address"]) if part)
        yield f"  Missing: {where}. {one['text']}", State.FAILED


def _explained(certificates: Sequence[Certificate]) -> Iterator[tuple[str, str]]:
    counts: Counter[str] = Counter()
    for certificate in certificates:
        for one in certificate.differences:
            if one["rule"]:
                counts[one["rule"]] += one["count"]
    if not counts:
        return
    yield "", ""
    yield "Explained by rules:", ""
    for rule, number in counts.most_common():
        yield f"  {number:>6}  {RULES[rule].sentence}", State.EXPLAINED


def _hidden(certificates: Sequence[Certificate]) -> Iterator[tuple[str, str]]:
    hidden = [one for one in certificates if one.state == State.NOT_PUBLIC]
    if hidden:
        yield "", ""
        yield "Not public, so not compared:", ""
    for one in hidden:
        yield f"  {one.source_path}: {one.note}", State.NOT_PUBLIC


def _lines_of(one: Certificate) -> Iterator[tuple[str, str]]:
    yield "", ""
    yield f"{one.source_path} at {one.address or 'its place in the tree'}", one.state
    if one.state == State.EDITED:
        yield "  It was changed in the admin since the import; check that the change is meant.", ""
    if one.note:
        yield f"  {one.note}", ""
    for difference in one.unexplained[:DIFFERENCES_SHOWN]:
        line = f", line {difference['line']}" if difference["line"] else ""
        after = f" after “{difference['before']}”" if difference["before"] else ""
        yield f"  {difference['kind']}{after}{line}", ""
        if difference["was"]:
            yield f"    was: {difference['was'][:LONGEST]}", ""
        if difference["now"]:
            yield f"    is:  {difference['now'][:LONGEST]}", ""
    more = len(one.unexplained) - DIFFERENCES_SHOWN
    if more > 0:
        yield f"  and {more} more; all of them are stored with the certificate.", ""


def report_data(found: Verification) -> dict[str, Any]:
    """Return a verification as data for JSON."""
    return {
        "run": found.run.pk,
        "source": found.run.source,
        "commit": found.run.commit,
        "judge": found.judge,
        "states": dict(Counter(one.state for one in found.certificates)),
        "places": found.whole.places if found.whole is not None else [],
        "pages": [
            {
                "source": one.source_path,
                "page": one.page_id,
                "address": one.address,
                "state": one.state,
                "note": one.note,
                "counts": one.counts,
                "differences": one.differences,
                "checked": one.checked_at.isoformat(),
            }
            for one in found.certificates
        ],
    }
