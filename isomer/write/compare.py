"""What was written, read again by the importer and compared with the site.

Nobody has to trust the writer: what an import of the repository would bring is worked out
without a database, page by page and field by field, and every difference is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from content.paths import normalise_path
from isomer.messages import Level
from isomer.messages.reading import READING
from isomer.plan import Mapping, Plan, build_plan
from isomer.plan.model import HOME_KEY, PlannedPage, PresentSite
from isomer.read import open_source
from isomer.write.body import comparable
from isomer.write.messages import Finding
from isomer.write.model import SitePage, SiteState
from isomer.write.places import Places
from isomer.write.read_again import Planned

# What the importer may not say about what was written.
_TELLING = frozenset({rule.code for rule in READING} | {"permalink-clash", "permalink-invalid"})
_WORD = re.compile(r"[^\W_]+")
# Parts of content that are no words of a page.
_WORDLESS = frozenset(
    {"link", "path", "pattern", "picture", "pixels", "title for search engines", "width"}
)
_TAG = re.compile(r"<[^>]*>")
SHOWN = 12


def compare_with_site(
    folder: Path,
    state: SiteState,
    places: Places,
    mapping: Mapping,
    progress: Callable[[str], None] = lambda text: None,
) -> list[Finding]:
    """Return what an import of a written folder would bring otherwise than the site has it.

    Words of a page that would not come back are errors.
    """
    with open_source(folder) as source:
        plan = build_plan(source, mapping, PresentSite(), state.gathered, progress)
    comparison = _Comparison(state, places, plan)
    comparison.run()
    return comparison.findings


@dataclass
class _Comparison:
    state: SiteState
    places: Places
    plan: Plan
    findings: list[Finding] = field(default_factory=list)

    def run(self) -> None:
        self.planned = Planned(self.plan)
        by_key = {page.key: page for page in self.plan.pages}
        for page in self.state.home.walk():
            self._page(page, by_key.get(self.places.of[page.id].key))
        self._orders(by_key)
        self._settings()
        self._redirects()
        for message in self.plan.messages:
            if message.level is Level.ERROR and message.rule in _TELLING:
                self.findings.append(Finding("not-read-again", message.path, message.text))

    def _say(self, where: str, text: str) -> None:
        self.findings.append(Finding("comes-back-otherwise", where, text))

    # Pages

    def _page(self, page: SitePage, found: PlannedPage | None) -> None:
        place = self.places.of[page.id]
        if found is None:
            if place.path:
                self.findings.append(Finding("words-lost", page.path, "the whole page"))
            else:
                self._say(page.path, f"the section “{page.title}” has no page that is written")
            return
        if found.page_type != page.type:
            self.findings.append(Finding("type-unknown", page.path, page.type))
        before, after = self._fields(page), self._planned_fields(found)
        for name, value in before.items():
            now = after.get(name)
            if value != now and not (_is_nothing(value) and _is_nothing(now)):
                self._say(page.path, f"{name.replace('_', ' ')}: {_difference(value, now)}")
        lost = Counter(_words(before)) - Counter(_words(after))
        if before != after and lost:
            shown = " ".join(list(lost)[:SHOWN])
            more = " …" if len(lost) > SHOWN else ""
            self.findings.append(Finding("words-lost", page.path, f"{shown}{more}"))

    def _fields(self, page: SitePage) -> dict[str, Any]:
        home = page is self.state.home
        own = {
            "title": page.title,
            "path": "" if home else normalise_path(page.path),
            "title for search engines": page.seo_title,
            "search_description": page.description,
            "show_in_menus": home or page.in_menus,
            "live": page.live,
        }
        return own | {name: settled(comparable(value)) for name, value in page.fields.items()}

    def _planned_fields(self, page: PlannedPage) -> dict[str, Any]:
        content = {
            name: value
            for name, value in page.content.items()
            if not name.startswith("$") and name not in ("address", "go_live_at")
        }
        fields = {name: settled(self.planned.plain(value)) for name, value in content.items()}
        own = {"path": self.planned.path(page), "live": page.live}
        own["title"] = page.title
        fields.pop("whole_title", None)
        if page.key == HOME_KEY:
            own["show_in_menus"] = True
        return fields | own

    def _orders(self, by_key: dict[str, PlannedPage]) -> None:
        """Compare the order of pages that stand side by side."""
        position = {page.key: number for number, page in enumerate(self.plan.pages)}
        for page in self.state.home.walk():
            own = self.places.of[page.id].key
            groups: dict[str, list[str]] = {}
            for child in page.children:
                key = self.places.of[child.id].key
                if key in position and by_key[key].parent != own:
                    self._say(child.path, "it would stand below another page")
                elif key in position and (child.in_menus or page is not self.state.home):
                    # Lists show items by their date; those of one day as they stand in the tree.
                    groups.setdefault(str(child.fields.get("date", "")), []).append(key)
            for day, keys in groups.items():
                if keys != sorted(keys, key=position.__getitem__):
                    self._say(page.path, f"the order of the pages below{day and f', of {day}'}")

    # Settings and redirects

    def _settings(self) -> None:
        planned = {one.name: self.planned.plain(one.content) for one in self.plan.settings}
        state = self.state
        titles = Titles(state)
        for name, setting in (
            ("siteidentity", state.identity),
            ("notification", state.notification),
            ("menu", state.menu),
            ("footer", state.footer),
        ):
            now = planned.get(name, {})
            for key, value in (setting or {}).items():
                before = named(settled(comparable(value)), titles)
                found = now[key] if key in now else comparable(state.defaults[name].get(key))
                after = named(settled(found), titles)
                if before != after and not (_is_nothing(before) and _is_nothing(after)):
                    self._say(name, f"{key.replace('_', ' ')}: {_difference(before, after)}")

    def _redirects(self) -> None:
        planned = {}
        for one in self.plan.redirects:
            page, link = one.content["redirect_page"], one.content["redirect_link"]
            target = self.planned.plain(page)["link"] if page else link
            planned[one.path] = (settled(target), one.content["is_permanent"])
        unwritten = {one.where for one in self.state.findings if one.rule == "redirect-not-written"}
        for redirect in self.state.redirects:
            path = normalise_path(redirect.path)
            if redirect.path not in unwritten and planned.get(path) != (
                settled(redirect.target),
                redirect.permanent,
            ):
                self._say(redirect.path, f"the redirect to {redirect.target}")


def settled(value: Any) -> Any:
    """Return comparable content with paths of this site in the form in which they are looked up:
    a slash at the end and the way a sign is escaped make no difference there."""
    if isinstance(value, list):
        return [settled(one) for one in value]
    if isinstance(value, dict):
        # No picture, link or text in a field that could hold one is nothing.
        nothing = value in ({"picture": ""}, {"link": ""}, {"text": ""})
        return None if nothing else {key: settled(one) for key, one in value.items()}
    if value == "":
        return None
    if isinstance(value, str):
        if value.startswith("/") and not value.startswith("//"):
            path, mark, rest = value.partition("#")
            return normalise_path(path) + mark + rest if "?" not in path else value
        if "<" in value:
            return _HREF.sub(lambda found: f'{found[1]}"{settled(unescape(found[2]))}"', value)
    return value


_HREF = re.compile(r'(\b(?:href|src|data-src)=)"([^"]*)"')


class Titles:
    """The titles of pages by the path that an entry of a menu leads to. Where a section is found
    at its first page, an entry for the section has the section's."""

    def __init__(self, state: SiteState) -> None:
        pages = [(settled(page.path), page.title) for page in state.home.walk()]
        # The tree has a section before its pages.
        self.by_field = {"link": dict(pages), "page": dict(reversed(pages))}

    def of(self, value: dict[str, Any]) -> str | None:
        """Return the title of what an entry leads to."""
        for field_name, titles in self.by_field.items():
            target = value.get(field_name)
            if isinstance(target, dict):
                return titles.get(target.get("link", ""))
        return None


def named(value: Any, titles: Titles) -> Any:
    """Return entries of a menu with the title of the page where they have none of their own."""
    if isinstance(value, list):
        return [named(one, titles) for one in value]
    if isinstance(value, dict):
        if "title" in value and value["title"] is None:
            value = value | {"title": titles.of(value)}
        return {key: named(one, titles) for key, one in value.items()}
    return value


def _is_nothing(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_nothing(one) for one in value.values())
    return value in (None, "", False, [])


def _words(value: Any) -> Iterator[str]:
    """Yield the words in comparable content, addresses left out."""
    if isinstance(value, str):
        yield from _WORD.findall(unescape(_TAG.sub(" ", value)).casefold())
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in _WORDLESS:
                yield from _words(one)


def _difference(before: Any, after: Any) -> str:
    """Return two values in words, from the place on at which they differ."""
    old, new = _shown(before), _shown(after)
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    start = max(0, start - 20)
    return f"“{old[start : start + 80]}” would be “{new[start : start + 80]}”"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else "" if _is_nothing(value) else str(value)
