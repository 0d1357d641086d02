"""Files of the old site that are no pages: styles, redirects, the host's and the theme's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from content.counting import counted
from content.markup.links import clean_address
from isomer.messages import Message
from isomer.read.data_values import listed
from isomer.read.files import SourceFolder
from isomer.read.front_matter import split_document
from isomer.source import Redirect

MISC = "misc"
STYLES = ("custom.scss", "custom.css")
# System pages of the theme (format reference, 1.1).
MISC_SYSTEM_STEMS = frozenset({"404", "search"})
HOST_SETTINGS = "netlify.toml"
REDIRECTS = "_redirects"
HEADERS = "_headers"
THEME_FOLDERS = ("_includes", "_layouts", "_plugins", "_sass")
STATIC_FOLDERS = ("assets",)
VERIFICATION = re.compile(r"(google[0-9a-f]+\.html|BingSiteAuth\.xml|yandex_\w+\.html)", re.I)
# About the repository, not the site (format reference, 1.1).
TOOLING_FILES = frozenset(
    name.lower()
    for name in (
        "_config.yml", "_redirects", "_headers", "netlify.toml", "Gemfile", "Gemfile.lock",
        "package.json", "package-lock.json", "yarn.lock", "Makefile", "Rakefile", "Dockerfile",
        "docker-compose.yml", "build.sh", "travis-script.js", "amplify.yml", "CODEOWNERS",
        "LICENSE", "LICENCE", "README", "robots.txt", "sitemap.xml", "feed.xml",
    )
)  # fmt: skip

SIMPLE_STATUSES = frozenset({301, 302, 303, 307, 308})
COLOUR_KEYS = {"primary": "primary-color", "secondary": "secondary-color"}
HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", re.I)
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?<!:)//[^\n]*", re.S)
# Nothing here may look back over what it has passed: the text is a stranger's.
VARIABLE = re.compile(r"^[ \t]*\$([\w-]+)[ \t]*:([^;\n]*);", re.M)
CLASS_NAME = re.compile(r"\.([A-Za-z_][\w-]*)")


def read_site_files(folder: SourceFolder) -> None:
    """Read colours and redirects into the site, and name what the new site does without."""
    _read_colours(folder)
    _read_styles(folder)
    _read_redirects(folder)
    _read_host_settings(folder)
    for name in (*THEME_FOLDERS, *STATIC_FOLDERS):
        _report_folder(folder, name, "theme-changed" if name in THEME_FOLDERS else "place-not-read")


def report_static_file(folder: SourceFolder, path: Path) -> bool:
    """Name a file in the root that is no page; say whether it was one of those known here."""
    name = folder.name(path)
    if name.lower() in TOOLING_FILES:
        return True
    if VERIFICATION.fullmatch(name):
        folder.report("verification-file", path, f"The old site served it as /{name}.")
        folder.add_static(path)
        return True
    return False


def colour(value: Any) -> str:
    """Return a colour as ``"#rrggbb"`` in lower case, ``""`` for anything but a plain colour."""
    text = value.strip().strip("\"'") if isinstance(value, str) else ""
    if HEX.fullmatch(text):
        digits = text[1:].lower()
        return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))
    match = RGB.fullmatch(text)
    parts = [int(part) for part in match.groups()] if match else []
    return "#" + bytes(parts).hex() if parts and max(parts) < 256 else ""


def _read_colours(folder: SourceFolder) -> None:
    given = folder.site.config.get("colors")
    colours = given if isinstance(given, dict) else {}
    for name, key in COLOUR_KEYS.items():
        found = colour(colours.get(key))
        if found:
            folder.site.colours[name] = found


def _read_styles(folder: SourceFolder) -> None:
    """Read the site's own styles: a literal colour wins over the settings (reference, 2)."""
    known = {one.path for one in folder.site.documents}
    known |= {one.path for one in folder.site.messages}
    for path in folder.walk(folder.root / MISC):
        if is_style(folder, path):
            _read_style(folder, path)
        elif (
            path.stem.lower() not in MISC_SYSTEM_STEMS
            and folder.name(path) not in known
            and not folder.is_static(path)
        ):
            folder.report("place-not-read", path, "Only system files are kept in this folder.")


def is_style(folder: SourceFolder, path: Path) -> bool:
    """Say whether a file holds the site's own styles."""
    return folder.name(path) in {f"{MISC}/{name}" for name in STYLES}


def _read_style(folder: SourceFolder, path: Path) -> None:
    text = folder.text(path)
    if text is None:
        return
    split = split_document(text)
    rest = COMMENT.sub("", split.body if split else text)
    for name, value in VARIABLE.findall(rest):
        found = colour(value.strip().removesuffix("!default"))
        if name in COLOUR_KEYS and found:
            folder.site.colours[name] = found
    rest = VARIABLE.sub("", rest)
    lines = [line for line in rest.splitlines() if line.strip()]
    if lines:
        classes = sorted(_styled_classes(rest))
        used = f" for the classes {listed(classes)}" if classes else ""
        folder.report("custom-css", path, f"{counted(len(lines), 'line')} of styles{used}.")


def _styled_classes(text: str) -> set[str]:
    """Return the classes in the selectors of styles: what stands before an opening brace."""
    selectors = [re.split("[;}]", part)[-1] for part in text.split("{")[:-1]]
    return {name for selector in selectors for name in CLASS_NAME.findall(selector)}


def _read_redirects(folder: SourceFolder) -> None:
    """Read simple lines ``/old /new [status]``; the others become messages."""
    path = folder.root / REDIRECTS
    text = folder.text(path) if path in folder.listing(folder.root).files else None
    found: list[Redirect] = []
    for number, line in enumerate((text or "").split("\n"), 1):
        words = line.split("#", 1)[0].split() if line.lstrip().startswith("#") else line.split()
        if not words:
            continue
        redirect = _redirect(words)
        if redirect:
            found.append(redirect)
        else:
            message = Message(
                "redirect-not-read", REDIRECTS, f"“{line.strip()[:200]}”", f"line {number}"
            )
            folder.site.messages.append(message)
    _add_redirects(folder, path, found)


def _redirect(words: list[str]) -> Redirect | None:
    words = words[: next((n for n, word in enumerate(words) if word.startswith("#")), None)]
    if len(words) not in (2, 3):
        return None
    status = words[2].removesuffix("!") if len(words) == 3 else "301"
    return _simple_redirect(
        words[0], words[1], int(status) if re.fullmatch("[0-9]{3}", status) else 0
    )


def _simple_redirect(source: str, target: str, status: int) -> Redirect | None:
    """Return a redirect of one path to one address, ``None`` for patterns and rewrites."""
    target = clean_address(target)
    is_simple = (
        source.startswith("/")
        and not re.search(r"[*?]|/:", source)
        and (target.startswith(("http://", "https://")) or re.match(r"/(?!/)", target))
        and not re.search(r":splat|/:\w", target.partition("://")[2] or target)
        and status in SIMPLE_STATUSES
    )
    return Redirect(source, target, status) if is_simple else None


def _add_redirects(folder: SourceFolder, path: Path, found: list[Redirect]) -> None:
    folder.site.redirects += found
    if found:
        folder.report(
            "redirects-found",
            path,
            f"{counted(len(found), 'redirect was', 'redirects were')} read.",
        )


def _read_host_settings(folder: SourceFolder) -> None:
    files = {path.name: path for path in folder.listing(folder.root).files}
    if HEADERS in files:
        folder.report("hosting-settings", files[HEADERS], "It sets headers of responses.")
    path = files.get(HOST_SETTINGS)
    text = folder.text(path) if path else None
    if path is None or not text or not text.strip():
        return
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError):  # also a number of thousands of digits
        folder.report("hosting-settings", path, "The file is not valid TOML.")
        return
    rules = data.pop("redirects", [])
    found: list[Redirect] = []
    for number, rule in enumerate(rules if isinstance(rules, list) else [rules], 1):
        redirect = _rule_redirect(rule)
        if redirect:
            found.append(redirect)
        else:
            text = f"“{str(rule)[:200]}”"
            message = Message("redirect-not-read", HOST_SETTINGS, text, f"redirect {number}")
            folder.site.messages.append(message)
    _add_redirects(folder, path, found)
    if data:
        folder.report("hosting-settings", path, f"It sets {listed(sorted(data))}.")


def _rule_redirect(rule: Any) -> Redirect | None:
    if not isinstance(rule, Mapping) or set(rule) - {"from", "to", "status", "force"}:
        return None
    source, target, status = rule.get("from"), rule.get("to"), rule.get("status", 301)
    if not (isinstance(source, str) and isinstance(target, str) and isinstance(status, int)):
        return None
    return _simple_redirect(source, target, status)


def _report_folder(folder: SourceFolder, name: str, rule: str) -> None:
    path = folder.root / name
    files: Iterable[Path] = folder.walk(path)
    taken = {asset.file for asset in folder.site.assets.values()}
    pages = {document.path for document in folder.site.documents}
    names = [
        file.relative_to(path).as_posix()
        for file in files
        if file not in taken and folder.name(file) not in pages
    ]
    if names:
        folder.report(rule, path, f"{counted(len(names), 'file')}: {listed(names)}.")
