"""A plan on disk: what was planned, of what, for which state of the site.

A run that is bound to such a file does exactly what it says, or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORM = 1
# More names than this say no more.
NAMED = 10


class PlanFileError(Exception):
    """The plan can't be applied. The text says why and what to do."""


@dataclass(frozen=True)
class PlanFile:
    """What a run has to agree with.

    ``digest`` is the hash of the plan (SHA-256, hexadecimal) and ``steps`` that of each step
    by name; ``state`` is :func:`isomer.present.state.site_state`. ``mapping`` names the table
    that was used. The rest are the options of the run that was planned, ``made`` when it was
    (ISO 8601).
    """

    digest: str
    source: str
    commit: str
    hostname: str
    mapping: str
    recreate_deleted: bool
    skip_unused: bool
    made: str
    steps: Mapping[str, str]
    state: Mapping[str, tuple[str, str]]
    form: int = FORM
    replace_site: bool = False
    fetch_pictures: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return the plan as JSON-like data."""
        return asdict(self)


def read_plan_file(file: Path) -> PlanFile:
    """Read the file that a dry run wrote (the JSON one).

    Raises:
        PlanFileError: if it can't be read, or is none.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PlanFileError(f"The plan {file} can't be read: {error.strerror}.") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PlanFileError(
            f"{file} is not a plan. Name the .json file that --dry-run wrote."
        ) from error
    binding = data.get("binding") if isinstance(data, dict) else None
    if not isinstance(binding, dict) or binding.get("form") != FORM:
        raise PlanFileError(
            f"{file} is not a plan that this version can apply. Make a new one with --dry-run."
        )
    try:
        return PlanFile(**binding)
    except TypeError as error:
        raise PlanFileError(f"{file} is damaged. Make a new plan with --dry-run.") from error


def refusal(planned: PlanFile, digest: str, steps: Mapping[str, str], changed: list[str]) -> str:
    """Return why a plan can't be applied any more, ``""`` if it can.

    ``digest`` and ``steps`` are those of the plan made now, ``changed`` what became another at
    the site (:func:`isomer.present.state.differences`).
    """
    parts = []
    if changed:
        parts.append(f"At the site, {_named(changed)}.")
    if digest != planned.digest:
        names = [
            name
            for name in sorted({*steps, *planned.steps})
            if steps.get(name) != planned.steps.get(name)
        ]
        parts.append(f"The run would now differ in: {_named(names or ['the order of steps'])}.")
    if not parts:
        return ""
    return (
        "The plan does not hold any more, so nothing was imported. "
        + " ".join(parts)
        + " Make a new plan with --dry-run, look at it, and apply that one."
    )


def _named(names: list[str]) -> str:
    shown = "; ".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown}; and {len(names) - NAMED} more"
