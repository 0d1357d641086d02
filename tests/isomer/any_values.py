"""Repositories in which every key of every settings file and front matter may hold anything."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'

# What people write where an address, a title, a colour or a date is expected.
WRITTEN = [
    "", " ", "Words", "/good/", "/good", "good", "/files/a.pdf", "/images/mark.svg",
    "mailto:team@example.org", "mailto:", "tel:+6560000000", "tel:", "ftp://example.org/x",
    "#part", "#", "?a=b", "//example.org/x", "www.example.org", "example.org/agency",
    "www.example.org/ä b", "@agency", "agency", "https://example.org/x", "https://", "http://[",
    "https://example.org:99999/", "https:/example.org", "javascript:alert(1)", "data:text/html,x",
    "/admin/logout/", "/\\example.org", "https://example.org/" + "x" * 3000, "/" + "y" * 600 + "/",
    "A" * 300, "word " * 400, "<b>bold</b> & <i>x", "<" * 300, "\u0000", "a\u0000b", "\u001b[2Jred",
    "\u202eright", "\ud800", "\ufeff", "\u2028", "é中", "{{ site.url }}", "{% raw", "%25252525",
    "2020-01-01", "9999-12-31", "0001-01-01", "9999-99-99", "01/02/2020", "#abc", "#zzzzzz", "red",
    "true", "no", "0", "null", "en", "xx-yy", "zh-Hans", "post", "link", "file", "homepage",
    "contact_us", "resources", "tiptap", "datagovsg-search", "tomorrow", "Asia/Singapore", "*",
]  # fmt: skip
OTHER: list[Any] = [
    None, True, False, 0, -1, 10**30, 1.5, 1e300, [], {}, [None], ["a", 1], [["a"]], [{}],
    {"title": "T"}, {"x": [1]}, [{"title": "T", "url": "/good/"}], [{"url": "@agency"}],
]  # fmt: skip
VALUES = [*WRITTEN, *OTHER]
# Shapes that hold something of their own in some keys: ``...`` stands for any value.
LINK = {"title": ..., "url": ...}
ENTRY = {
    **LINK, "collection": ..., "resource_room": ..., "sublinks": [LINK], "sub-links": [LINK],
    "external": ...,
}  # fmt: skip
PICTURE = {"title": ..., "subtitle": ..., "description": ..., "image": ..., "alt": ..., "x": ...}
BUTTON = {"button": ..., "url": ...}
PAGE = {
    "title": ..., "permalink": ..., "description": ..., "image": ..., "layout": ...,
    "variant": ..., "published": ..., "date": ..., "lang": ..., "language": ...,
    "third_nav_title": ..., "second_nav_title": ..., "breadcrumb": ..., "last_modified_at": ...,
    "slug": ..., "tags": ..., "category": ..., "redirect_from": ..., "odd": ...,
}  # fmt: skip
CONTACT = {
    **PAGE, "agency_name": ..., "feedback": ...,
    "locations": [
        {
            "title": ..., "address": ..., "maps_link": ...,
            "operating_hours": [{"days": ..., "time": ..., "description": ...}],
        }
    ],
    "contacts": [{"title": ..., "content": [{"phone": ..., "email": ..., "other": ...}]}],
}  # fmt: skip
SECTIONS = [
    {
        "hero": {
            **BUTTON, "title": ..., "subtitle": ..., "background": ..., "variant": ...,
            "backgroundColor": ..., "size": ..., "alignment": ...,
            "dropdown": {"title": ..., "options": [LINK]},
            "key_highlights": [{**LINK, "description": ...}],
        }
    },
    {"infobar": {**BUTTON, "title": ..., "subtitle": ..., "description": ..., "id": ...}},
    {"infopic": {**BUTTON, **PICTURE}},
    {
        "infocols": {
            "title": ..., "subtitle": ..., "url": ..., "linktext": ...,
            "infoboxes": [{"title": ..., "description": ...}],
        }
    },
    {
        "textcards": {
            "title": ..., "subtitle": ..., "description": ...,
            "cards": [{**LINK, "description": ..., "linktext": ...}],
        }
    },
    {
        "announcements": {
            "title": ..., "subtitle": ...,
            "announcement_items": [
                {"title": ..., "date": ..., "announcement": ..., "link_text": ..., "link_url": ...}
            ],
        }
    },
    {"resources": {"title": ..., "subtitle": ..., "button": ...}},
    {"carousel": [PICTURE]},
    {"listing": {"title": ..., "entries": [{"url": ..., "image": ...}]}},
]  # fmt: skip
V1_HOME = {
    "agency-logo": ..., "favicon": ..., "hero-banner": ..., "hero-title": ..., "hero-subtitle": ...,
    "button": [{"text": ..., "url": ...}],
    "key-highlights": [{**LINK, "description": ...}],
    "info-sections": [
        {
            "section-title": ..., "section-subtitle": ..., "section-description": ...,
            "section-more-button": ..., "section-more-button-url": ..., "section-image-path": ...,
        }
    ],
    "resources-title": ..., "resources-subtitle": ..., "resources-more-button": ...,
    "resources-more-button-url": ...,
}  # fmt: skip
POST = {**PAGE, "external": ..., "file_url": ...}
FILES: Mapping[str, Any] = {
    "_config.yml": {
        "title": ..., "url": ..., "staging": ..., "prod": ..., "description": ..., "favicon": ...,
        "shareicon": ..., "is_government": ..., "google_analytics": ..., "vica": ...,
        "google_analytics_ga4": ..., "google-tag-manager": ..., "facebook-pixel": ...,
        "linkedin-insights": ..., "lang": ..., "language": ..., "locale": ..., "timezone": ...,
        "future": ..., "permalink": ..., "paginate": ..., "include": ..., "exclude": ...,
        "remote_theme": ..., "resources_name": ..., "baseurl": ..., "collections": ...,
        "colors": {"primary-color": ..., "secondary-color": ..., "media-colors": ...},
        "defaults": [{"scope": {"path": ..., "type": ...}, "values": {"layout": ...}}],
    },
    "_data/navigation.yml": {"logo": ..., "links": [ENTRY, ENTRY]},
    "_data/footer.yml": {
        "contact_us": ..., "faq": ..., "feedback": ..., "privacy_policy": ..., "terms_of_use": ...,
        "copyright_agency": ..., "show_reach": ..., "links": [LINK], "navlinks": [ENTRY],
        "social_media": {
            "facebook": ..., "twitter": ..., "youtube": ..., "instagram": ..., "linkedin": ...,
            "telegram": ..., "tiktok": ..., "other": ...,
        },
    },
    "_data/homepage.yml": V1_HOME,
    "_data/contact-us.yml": CONTACT,
    "_about/collection.yml": {
        "collections": {"about": {"output": ..., "order": ..., "permalink": ...}}
    },
    "index.md": {**PAGE, "notification": ..., "sections": SECTIONS},
    "pages/one.md": PAGE,
    "pages/contact-us.md": CONTACT,
    "pages/data.md": {**PAGE, "datagovsg-id": ..., "default_field": ..., "infotext": ...},
    "_about/two.md": PAGE,
    "news/index.html": PAGE,
    "news/a/index.html": PAGE,
    "news/a/_posts/2024-01-01-link-L.md": POST,
    "news/a/_posts/2024-01-02-file-F.md": POST,
    "news/a/_posts/2024-01-03-post-P.md": POST,
}  # fmt: skip
# What makes a file the kind of document that it is; drawn values come instead now and then.
USUAL: Mapping[str, Mapping[str, Any]] = {
    "_config.yml": {"title": "Agency", "resources_name": "news"},
    "_about/collection.yml": {"collections": {"about": {"output": True}}},
    "index.md": {"layout": "homepage", "title": "Home", "permalink": "/"},
    "pages/contact-us.md": {"layout": "contact_us", "permalink": "/contact-us/"},
    "pages/data.md": {"layout": "datagovsg-search"},
    "news/index.html": {"layout": "resources", "title": "News"},
    "news/a/index.html": {"layout": "resources-alt", "title": "A"},
    "news/a/_posts/2024-01-01-link-L.md": {"layout": "link"},
    "news/a/_posts/2024-01-02-file-F.md": {"layout": "file"},
    "news/a/_posts/2024-01-03-post-P.md": {"layout": "post"},
}
# One time in so many a part of a shape holds something else altogether.
RARELY = 25


class Filler:
    """Fills shapes with values: within ``len(VALUES)`` rounds each key gets each value once."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.random = random.Random(number)
        self.places = 0

    def value(self) -> Any:
        """Return the value of the next key."""
        self.places += 1
        return VALUES[(self.places + self.number) % len(VALUES)]

    def fill(self, shape: Any) -> Any:
        """Return data of a shape."""
        if shape is ...:
            return self.value()
        if self.random.randrange(RARELY) == 0:
            return self.random.choice(VALUES)
        if isinstance(shape, dict):
            return {key: self.fill(part) for key, part in shape.items()}
        return [self.fill(part) for part in shape]


def repository(number: int) -> dict[str, str]:
    """Return the files of a repository by path, another one for each number."""
    filler = Filler(number)
    files = {"images/mark.svg": SVG, "files/a.pdf": "%PDF-1.4 nothing"}
    for path, shape in FILES.items():
        data = filler.fill(shape)
        if isinstance(data, dict):
            usual = USUAL.get(path, {}).items()
            data |= {key: value for key, value in usual if filler.random.random() < 0.8}
        # JSON is YAML, and can name every character.
        text = json.dumps(data)
        files[path] = text if path.endswith(".yml") else f"---\n{text}\n---\nWords of it.\n"
    if number % 4:
        del files["_data/homepage.yml"]
    pairs = [(filler.value(), filler.random.choice(VALUES)) for _ in range(4)]
    files["_redirects"] = "".join(f"{old} {new} 301\n" for old, new in pairs)
    return files


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Write drawn files below a folder and return it."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", errors="replace")
    return folder
