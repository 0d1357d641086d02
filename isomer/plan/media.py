"""Which pictures and files a run brings, who mentions them, and what becomes of changed ones.

No database. One picture holds the same bytes once, however many paths lead to it; so does one file
for download, but under one name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import PurePosixPath
from typing import Any

from content.addresses.paths import ADDRESS_LENGTH, normalise_path
from content.library.media_kinds import Inspected, Known, MediaProblem, inspect
from isomer.bounded import made_smaller_within_limits
from isomer.messages import Message
from isomer.plan.model import Action, PlannedMedia, PresentObject, group_of
from isomer.source import SourceAsset

Progress = Callable[[str], None]
UNUSED_SHOWN = 10


@dataclass
class _Item:
    """A file of the source, what it is, and what is planned for it."""

    asset: SourceAsset
    what: Inspected
    action: Action = Action.CREATE
    object_id: int | None = None
    used: bool = False
    notes: tuple[Message, ...] = ()

    @property
    def group(self) -> tuple[bool, str]:
        return group_of(self.asset.path, self.what.is_picture, self.what.digest)


class MediaPlan:
    """The register of a source's pictures and files.

    Whatever mentions one (a page, a setting, a menu) asks here by the path as it
    is written, and the file counts as used. ``present`` are the files of earlier
    imports by public path. With ``skip_unused``, files that nothing mentions are
    left out; with ``recreate_deleted``, files that a person deleted come back.
    """

    def __init__(
        self,
        assets: Mapping[str, SourceAsset],
        present: Mapping[str, PresentObject],
        skip_unused: bool = False,
        recreate_deleted: bool = False,
        progress: Progress = lambda text: None,
    ) -> None:
        self.present = present
        self.skip_unused = skip_unused
        self.recreate_deleted = recreate_deleted
        self.messages: list[Message] = []
        # The pictures of other sites that something shows.
        self.fetched: set[str] = set()
        self._items: dict[str, _Item] = {}
        self._paths = {normalise_path(path): path for path in present}
        self._problems: dict[str, str] = {}
        for number, path in enumerate(sorted(assets), 1):
            progress(f"Looking at file {number} of {len(assets)}: {path}")
            self._add(assets[path])
        self._choose_actions()

    def find(self, written: str) -> str | None:
        """Return the public path of the file at a path as written, ``None`` if there is none.

        Percent-escapes, HTML entities, a leading ``../`` and a trailing slash make
        no difference (format reference, 7).
        """
        for form in (written, unescape(written)):
            path = self._paths.get(normalise_path(form.replace("../", "/")))
            if path is not None:
                return path
        return None

    @cached_property
    def _without_case(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for normalised, path in self._paths.items():
            found.setdefault(normalised.lower(), []).append(path)
        return found

    def picture_at(self, written: str) -> str | None:
        """Return the public path of the picture at a path as written, and count it as used.

        ``None`` if there is no file, or one that can't be shown: :meth:`problem_of` says which.
        Where none has that path, the only one is taken whose path differs in case alone.
        """
        path = self.use(written)
        if path is None:
            same = self._without_case.get(normalise_path(written.replace("../", "/")).lower(), [])
            path = self.use(same[0]) if len(same) == 1 else None
        return path if path is not None and self._is_picture(path) else None

    def fetched_at(self, address: str) -> str:
        """Return the public path of a picture of another site that is in the library, ``""`` if
        it is not."""
        path = self._fetched.get(address, "") if address else ""
        if not path or self.object_at(path) is None:
            return ""
        self.fetched.add(path)
        return path

    @cached_property
    def _fetched(self) -> dict[str, str]:
        known = {str(one.content.get("fetched", "")): path for path, one in self.present.items()}
        new = {item.asset.fetched_from: path for path, item in self._items.items()}
        return known | new

    def document_at(self, written: str) -> str | None:
        """Return the public path of the document at a path as written, and count it as used.

        ``None`` if there is no file, or it is a picture.
        """
        path = self.use(written)
        return None if path is None or self._is_picture(path) else path

    def use(self, written: str) -> str | None:
        """Count the file at a path as used, whatever it is, and return its public path."""
        path = self.find(written)
        if path in self._items:
            self._items[path].used = True
        return path

    def problem_of(self, written: str) -> str:
        """Say why the file at a path is no picture, ``""`` if there is no such file."""
        path = normalise_path(written.replace("../", "/"))
        if path in self._problems:
            return self._problems[path]
        found = self.find(written)
        if found is None or found not in self._items:
            return ""
        return self._items[found].what.problem or "it is not a picture"

    def object_at(self, path: str) -> int | None:
        """Return the id of the object that a public path leads to after the run.

        ``0`` where the run makes the object, ``None`` where there is none.
        """
        if path in self._items:
            item = self._items[path]
            return 0 if item.action is Action.CREATE else item.object_id
        known = self.present.get(path)
        return known.object_id if known is not None and known.exists else None

    def mentioned(self) -> frozenset[str]:
        """Return the public paths of the files that something has asked for."""
        return frozenset(path for path, item in self._items.items() if item.used)

    def finish(self) -> list[PlannedMedia]:
        """Return what to do, when everything that mentions files has asked.

        Messages are in ``messages`` then.
        """
        planned: list[PlannedMedia] = []
        unused: list[str] = []
        for path, item in self._items.items():
            if not item.used and not self._was_used(path):
                unused.append(path)
                if self.skip_unused and item.action is Action.CREATE:
                    continue
            self.messages += item.notes
            planned.append(self._planned(path, item))
        self._report_unused(unused)
        return planned

    def _add(self, asset: SourceAsset) -> None:
        normalised = normalise_path(asset.path)
        if len(normalised) > ADDRESS_LENGTH:
            text = f"the path has {len(normalised)} characters, {ADDRESS_LENGTH} are possible"
            self._leave_out(asset, "media-path-not-possible", text)
            return
        if "\0" in normalised:
            self._leave_out(asset, "media-path-not-possible", "the path holds a null character")
            return
        taken = self._paths.get(normalised)
        if taken in self._items:
            text = f"{taken} is the same address once percent signs are decoded"
            self._leave_out(asset, "media-path-not-possible", text)
            return
        known = self.present.get(asset.path)
        try:
            what = inspect(asset.path, asset.file, _known(known), made_smaller_within_limits)
        except MediaProblem as problem:
            self._leave_out(asset, problem.rule, str(problem))
            return
        notes = tuple(Message(rule, asset.path, text) for rule, text in what.notes)
        self._paths[normalised] = asset.path
        self._items[asset.path] = _Item(asset, what, notes=notes)

    def _leave_out(self, asset: SourceAsset, rule: str, text: str) -> None:
        self.messages.append(Message(rule, asset.path, text))
        self._problems[normalise_path(asset.path)] = text

    def _is_picture(self, path: str) -> bool:
        if path in self._items:
            return self._items[path].what.is_picture
        return self.present[path].content.get("kind") == "picture"

    def _was_used(self, path: str) -> bool:
        known = self.present.get(path)
        return known is not None and bool(known.content.get("used"))

    # Which object holds which bytes

    def _choose_actions(self) -> None:
        """Choose the object of each path.

        Unchanged bytes keep their object. Changed bytes that another object
        already holds lead there. Else the file of the old object is replaced, so
        that pages show the new one without being written, unless a further path
        still needs the old bytes: then there is a new object.
        """
        waiting: dict[tuple[bool, str], list[str]] = defaultdict(list)
        # Pictures and documents have ids of their own.
        kept = {
            (known.content.get("kind") == "picture", known.object_id)
            for path, known in self.present.items()
            if known.exists and path not in self._items
        }
        for path, item in self._items.items():
            if not self._keeps(path, item):
                waiting[item.group].append(path)
            elif item.object_id is not None:
                kept.add((item.what.is_picture, item.object_id))
        holders = self._holders()
        for group in [group for group in waiting if group in holders]:
            kept.add((group[0], holders[group]))
            for path in waiting.pop(group):
                self._items[path].action = Action.KEEP
                self._items[path].object_id = holders[group]
        for group, paths in waiting.items():
            self._replace(group, paths, kept)

    def _keeps(self, path: str, item: _Item) -> bool:
        """Tell whether a path keeps what it has, and set what that is."""
        known = self.present.get(path)
        if known is None or (not known.exists and self.recreate_deleted):
            return False
        if not known.exists:
            item.action = Action.LEAVE
            item.notes += (Message("media-deleted", path, "it was left deleted"),)
            return True
        same = known.content.get("digest") == item.what.digest
        if same and _kind(item.what.is_picture) == known.content.get("kind"):
            if known.lost and not known.edited:
                item.notes += (Message("media-lost", path, "it is stored again"),)
                return False
            item.action, item.object_id = Action.KEEP, known.object_id
            return True
        if known.edited:
            item.action, item.object_id = Action.LEAVE, known.object_id
            item.notes += (Message("media-edited", path, "the file here was left as it is"),)
            return True
        return False

    def _holders(self) -> dict[tuple[bool, str], int]:
        """Return the objects of earlier imports by what they hold."""
        held = {
            path: (known.content.get("kind") == "picture", str(known.content.get("digest")))
            for path, known in self.present.items()
            if known.exists and not known.edited and not known.lost
        }
        return {group_of(path, *what): self.present[path].object_id for path, what in held.items()}

    def _replace(
        self, group: tuple[bool, str], paths: Iterable[str], kept: set[tuple[bool, int]]
    ) -> None:
        paths = list(paths)
        free = [
            known.object_id
            for known in (self.present.get(path) for path in paths)
            if known is not None
            and known.exists
            and (group[0], known.object_id) not in kept
            and known.content.get("kind") == _kind(group[0])
        ]
        for path in paths:
            item = self._items[path]
            item.action = Action.UPDATE if free else Action.CREATE
            item.object_id = free[0] if free else None
        kept.update((group[0], pk) for pk in free[:1])

    # What is said and done

    def _planned(self, path: str, item: _Item) -> PlannedMedia:
        used = item.used or self._was_used(path)
        known = self.present.get(path)
        parts = PurePosixPath(path).parts[1:-1]
        return PlannedMedia(
            path=path,
            asset=item.asset,
            what=item.what,
            action=item.action,
            object_id=item.object_id,
            folder=parts[:2],
            used=used,
            becomes_used=used and known is not None and known.exists and not self._was_used(path),
            is_recorded=known is not None
            and known.exists
            and known.address == normalise_path(path)
            and known.object_id == item.object_id
            and known.content == media_content(item.what, used, item.asset.fetched_from),
        )

    def _report_unused(self, unused: list[str]) -> None:
        if self.skip_unused:
            self.messages += [
                Message("media-left-out", path, "no page, menu or setting mentions it")
                for path in unused
                if self._items[path].action is Action.CREATE
            ]
        elif unused:
            shown = ", ".join(unused[:UNUSED_SHOWN])
            more = f" and {len(unused) - UNUSED_SHOWN} more" if len(unused) > UNUSED_SHOWN else ""
            self.messages.append(Message("media-unused", "", shown + more, count=len(unused)))


def media_content(what: Inspected, used: bool, fetched_from: str = "") -> dict[str, Any]:
    """Return what is remembered of a file, the base of the next comparison."""
    content = {
        "kind": _kind(what.is_picture),
        "digest": what.digest,
        "source": what.source_digest,
        "used": used,
    }
    return {**content, "fetched": fetched_from} if fetched_from else content


def _kind(is_picture: bool) -> str:
    return "picture" if is_picture else "document"


def _known(present: PresentObject | None) -> Known | None:
    if present is None or not present.exists:
        return None
    content = present.content
    return Known(
        source_digest=str(content.get("source", "")),
        digest=str(content.get("digest", "")),
        is_picture=content.get("kind") == "picture",
    )
