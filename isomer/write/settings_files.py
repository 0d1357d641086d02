"""Settings, menu, footer and redirects as the files of a repository (format reference, 2 and 5)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from isomer.convert.values import Block, LinkTo
from isomer.plan.frame import MENU_FILE, PRIVACY, TERMS
from isomer.plan.limits import CONFIG, FOOTER_FILE
from isomer.plan.redirects import REDIRECTS_FILE
from isomer.plan.site_settings import STATISTICS
from isomer.read.collection_folders import COLLECTION_SETTINGS
from isomer.read.data_files import FOOTER_ADDRESSES, SOCIAL_MEDIA
from isomer.write.documents import shows_future
from isomer.write.front_matter import filled, plain_value, yaml_text
from isomer.write.messages import Finding
from isomer.write.model import SiteState
from isomer.write.places import Places

# Of the old theme's footer, by the name of the block.
FOOTER_KEYS = {
    "contact_us": "contact_us",
    "feedback": "feedback",
    "faq": "faq",
    "privacy": "privacy_policy",
    "terms": "terms_of_use",
}
# What the old theme needs to be built, whatever the site says.
THEME = {
    "permalink": "none",
    "baseurl": "",
    "remote_theme": "isomerpages/isomerpages-template@next-gen",
    "safe": False,
    "paginate": 12,
    "timezone": "Asia/Singapore",
    "custom_css_path": "/misc/custom.css",
    "defaults": [{"scope": {"path": ""}, "values": {"layout": "page"}}],
    "include": [REDIRECTS_FILE],
    "plugins": ["jekyll-feed", "jekyll-paginate", "jekyll-sitemap"],
}
# What would part a line, or be read as a pattern.
_SAFE_IN_REDIRECT = "/!$&'()+,;=@~-._"
_SAFE_IN_PATH = "/!$&'()*+,;=:@~-._"
_DEFAULT_LANGUAGE = "en"


def settings_files(state: SiteState, places: Places, findings: list[Finding]) -> dict[str, str]:
    """Return the files beside the documents by their path."""
    keys = _Folders(state, places)
    config = _config(state, places)
    if shows_future(state):
        config["future"] = True
    files = {CONFIG: yaml_text(config)}
    menu = _menu(state, keys)
    if menu or state.menu is not None:
        files[MENU_FILE] = yaml_text(menu)
    files[FOOTER_FILE] = yaml_text(_footer(state, keys, findings))
    for name, order in places.collections.items():
        data = {"collections": {name: {"output": True, "order": order}}}
        files[f"_{name}/{COLLECTION_SETTINGS}"] = yaml_text(data)
    if state.redirects and (lines := _redirects(state, findings)):
        files[REDIRECTS_FILE] = lines
    return files


class _Folders:
    """What menu entries say of pages, by the address that leads there: the collection or room
    that one is, and its title."""

    def __init__(self, state: SiteState, places: Places) -> None:
        self.entries: dict[str, dict[str, Any]] = {}
        for name, page in places.sections.items():
            self.entries[quote(page.path, safe=_SAFE_IN_PATH)] = {"collection": name}
        for room in list(places.rooms.values())[:1]:
            self.entries[quote(room.path, safe=_SAFE_IN_PATH)] = {"resource_room": True}
        pages = [(quote(one.path, safe=_SAFE_IN_PATH), one.title) for one in state.home.walk()]
        self.titles = dict(pages)
        # A section may be found where its first page is. The tree has the section first.
        self.of_sections = dict(reversed(pages))

    def title(self, value: dict[str, Any], link: LinkTo) -> str:
        """Return the words of an entry: its own, else those of what it leads to."""
        name = unquote(link.address.rsplit("/", 1)[-1])
        titles = self.of_sections if "page" in value else self.titles
        return str(value["title"] or titles.get(link.address, "") or name)


def _config(state: SiteState, places: Places) -> dict[str, Any]:
    identity = state.identity or state.defaults["siteidentity"]
    # Without a name the old theme, as the importer, takes the title of the home page.
    name = identity["name"] or state.home.title
    values = filled(title=plain_value(name), url=state.url)
    if identity["language"] != _DEFAULT_LANGUAGE:
        values["lang"] = identity["language"]
    icon = identity["favicon"].path or identity["favicon_file"].address
    values |= filled(favicon=icon, shareicon=identity["share_image"].path)
    values["is_government"] = bool(identity["is_government"])
    values |= filled(**{key: plain_value(identity[name]) for name, key in STATISTICS.items()})
    values["colors"] = {
        "primary-color": identity["primary_colour"],
        "secondary-color": identity["secondary_colour"],
    }
    return values | _rooms(places) | THEME


def _rooms(places: Places) -> dict[str, Any]:
    first = next(iter(places.rooms), "")
    return filled(resources_name=first)


def _menu(state: SiteState, folders: _Folders) -> dict[str, Any]:
    logo = (state.identity or {}).get("logo")
    values = filled(logo=logo.path if logo else "")
    if state.menu is not None:
        values["links"] = [_entry(block, folders) for block in state.menu["entries"]]
    return values


def _entry(block: Block, folders: _Folders) -> dict[str, Any]:
    """Return an entry of a menu. One for a folder that is not in this repository leads to its
    address."""
    value = block.value
    if block.type in ("section", "resource_room"):
        address = value["page"].address
        title = {"title": folders.title(value, value["page"])}
        return title | folders.entries.get(address, {"url": address})
    title = {"title": folders.title(value, value["link"])}
    url = filled(url=value["link"].address)
    if block.type == "links":
        return title | url | {"sublinks": [_link(one, folders) for one in value["entries"]]}
    return title | url


def _link(value: dict[str, Any], folders: _Folders) -> dict[str, str]:
    return {"title": folders.title(value, value["link"]), "url": value["link"].address}


def _footer(state: SiteState, folders: _Folders, findings: list[Finding]) -> dict[str, Any]:
    footer = state.footer
    if footer is None:
        findings.append(Finding("footer-by-default", FOOTER_FILE, f"{PRIVACY}, {TERMS}"))
        return {"show_reach": False, "privacy_policy": PRIVACY, "terms_of_use": TERMS}
    row = {FOOTER_KEYS.get(block.type, ""): block.value for block in footer["links"]}
    values: dict[str, Any] = {"show_reach": bool(footer["show_reach"])}
    values |= filled(
        **{key: _address(row.get(key)) for key in FOOTER_ADDRESSES},
        copyright_agency=footer["copyright_name"],
        links=[_link(one.value, folders) for one in footer["links"] if one.type == "other"],
        social_media={name: footer[name] for name in SOCIAL_MEDIA if footer[name]},
    )
    if not footer["repeat_menu"]:
        values |= filled(navlinks=[_entry(block, folders) for block in footer["entries"]])
    return values


def _address(link: LinkTo | None) -> str:
    return link.address if link is not None else ""


def _redirects(state: SiteState, findings: list[Finding]) -> str:
    lines: list[str] = []
    for redirect in state.redirects:
        target = re.sub(r"\s", lambda match: quote(match.group()), redirect.target)
        simple = target.startswith(("http://", "https://")) or re.match(r"/(?!/)", target)
        if not simple:
            text = f"to {redirect.target or 'a page that is gone'}"
            findings.append(Finding("redirect-not-written", redirect.path, text))
            continue
        status = 301 if redirect.permanent else 302
        lines.append(f"{quote(redirect.path, safe=_SAFE_IN_REDIRECT)} {target} {status}\n")
    return "".join(lines)
