"""Written addresses: which may be followed, and what a relative one means.

The one list of schemes of the project. Blocks check what editors type with it, the
sanitiser what markup holds, and the import what a source says (format reference, 7).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# The schemes that Wagtail's rich text lets through, too.
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
_WEB_SCHEMES = frozenset({"http", "https", "ftp"})

# The parts of a link that editors fill in; only one of them leads anywhere.
LINK_PARTS = ("page", "document", "address", "email", "phone")
MAIL, PHONE = "mailto:", "tel:"
# A number that telephones dial, with the marks that people set in it.
_DIALLED = re.compile(r"(?:\+|\()?[0-9](?:[0-9().\- ]*[0-9)])?")
LONGEST_MAILBOX = 320

# What browsers drop from an address before they follow it (WHATWG URL standard).
_AROUND = "".join(map(chr, range(0x21)))
_WITHIN = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"^([^/?#:]*):")
_HOST_WITHOUT_SCHEME = re.compile(r"www\.[^\s/?#.]+\.[^\s/?#]", re.IGNORECASE)
_HOST = re.compile(r"[^\s<>^`{|}%\\]+")
_LINK_ADDRESS = re.compile(r"(?:https?://|ftp://|mailto:|tel:|#)\S|/(?!/)", re.IGNORECASE)

# Ids of the page frame and of blocks' templates. Words of the old site that use one
# of them as an id get another, or a link would lead into the frame.
RESERVED_IDS = frozenset(
    {
        "enquiries",
        "in-this-section",
        "main",
        "menu",
        "recommended",
        "search-words",
    }
)


@lru_cache(maxsize=10_000)
def clean_address(address: str) -> str:
    """Return an address as a browser would follow it, without blanks around it.

    Tabs and line ends count nowhere. In the path of a web address and of one without a
    scheme, a backslash is a slash: ``/\\host/x`` names a host (WHATWG URL standard, 4.4).
    """
    address = address.strip(_AROUND).translate(_WITHIN).strip()
    scheme = _SCHEME.match(address)
    if "\\" not in address or (scheme and scheme.group(1).lower() not in _WEB_SCHEMES):
        return address
    end = min(len(address.split(mark, 1)[0]) for mark in "?#")
    return address[:end].replace("\\", "/") + address[end:]


def is_safe_address(address: str) -> bool:
    """Tell whether an address may be followed: a path, or one of ``SAFE_SCHEMES``.

    Whatever stands before the first colon counts as a scheme, so that no control
    character in it can hide what it is. A web address needs a host that can exist.
    """
    scheme = _SCHEME.match(address)
    if scheme is None or lacks_scheme(address):
        return True
    name = scheme.group(1).lower()
    if name in _WEB_SCHEMES:
        return bool(_HOST.fullmatch(host_of(address)))
    return name in SAFE_SCHEMES


def is_link_address(address: str) -> bool:
    """Tell whether an address leads somewhere without a base: full, a path of this site, or a
    place on the page."""
    return bool(_LINK_ADDRESS.match(clean_address(address)))


def lacks_scheme(address: str) -> bool:
    """Tell whether an address is a host name such as ``www.agency.gov.sg/x`` or
    ``//agency.gov.sg/x``."""
    address = clean_address(address)
    return address.startswith("//") or bool(_HOST_WITHOUT_SCHEME.match(address))


def is_elsewhere(address: str) -> bool:
    """Tell whether an address names a host, so that a browser would ask another site for it."""
    address = clean_address(address).lower()
    return lacks_scheme(address) or address.startswith(("http:", "https:", "ftp:"))


def split_address(address: str) -> SplitResult:
    """Return the parts of an address, all of them empty if no browser could follow it."""
    try:
        return urlsplit(address)
    except ValueError:  # brackets that enclose no IP address, letters that no host can have
        return SplitResult("", "", "", "", "")


def host_of(address: str) -> str:
    """Return the host name of a full address, ``""`` when it has none."""
    return split_address(clean_address(address)).hostname or ""


def resolve_address(address: str, base: str) -> str:
    """Return an address in full, cleaned and read on the page at the path ``base`` (RFC 3986, 5.2).

    A host without a scheme gets ``https:``. ``..`` never leads above the root. Blanks and
    broken percent-escapes stay as written; unsafe addresses and fragments do, too.
    """
    address = clean_address(address)
    if not address or address.startswith("#") or not is_safe_address(address):
        return address
    if lacks_scheme(address):
        # Browsers skip any number of slashes in front of a host.
        return f"https://{address.lstrip('/')}"
    if _SCHEME.match(address):
        return address
    # A path, perhaps relative, with or without a query or a fragment.
    end = min(len(address.split(mark, 1)[0]) for mark in "?#")
    path, rest = address[:end], address[end:]
    here = base if base.startswith("/") else f"/{base}"
    if not path:
        return here + rest
    if not path.startswith("/"):
        path = here.rsplit("/", 1)[0] + "/" + path
    return _without_dots(path) + rest


def _without_dots(path: str) -> str:
    segments = path.split("/")
    if not {".", ".."} & set(segments):
        return path
    kept: list[str] = []
    for segment in segments[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    ends_in_folder = segments[-1] in (".", "..")
    # Two slashes at the beginning would name a host.
    return "/" + "/".join([*kept, ""] if ends_in_folder and kept else kept).lstrip("/")


def own_id(name: str) -> str:
    """Return an id that can stand on a page: no blanks, and none of the frame's."""
    name = "-".join(name.split())
    return f"text-{name}" if name in RESERVED_IDS else name


def fragment_of(address: str) -> str:
    """Return the id that an in-page link leads to, decoded; ``""`` for other links."""
    return unquote(address[1:]).strip() if address.startswith("#") else ""


def link_to_id(name: str) -> str:
    """Return the in-page link to an id."""
    return "#" + quote(name, safe="!$&'()*+,;=:@/?~-._")


def readable_name(address: str) -> str:
    """Return the words in the file name of an address: ``/a/My%20map_2.png`` gives ``My map 2``."""
    end = min(len(address.split(mark, 1)[0]) for mark in "?#")
    path = re.sub(r"^(?:[^/:]*:)?//[^/]*", "", address[:end])
    decoded = re.sub(r"[\x00-\x1f\x7f]", " ", unquote(path.rstrip("/").rsplit("/", 1)[-1]))
    name = re.sub(r"\.\w{1,5}$", "", decoded)
    words = [word for word in re.split(r"[\s_\-+]+", name) if word]
    return " ".join(words) or host_of(address) or address[:80]


def is_mailbox(text: str) -> bool:
    """Tell whether a text is an e-mail address and nothing else."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_MAILBOX


def is_phone(text: str) -> bool:
    """Tell whether a text is one telephone number and nothing else."""
    return bool(_DIALLED.fullmatch(text))


def as_parts(address: str) -> dict[str, str]:
    """Return a stored address as an editor fills it in: ``{"address", "email", "phone"}``.

    ``mailto:a@b.sg`` is the e-mail address ``a@b.sg``, ``tel:+6560000000`` the telephone number.
    What could not be written again letter by letter (a subject, blanks) stays an address.
    """
    parts = {"address": "", "email": "", "phone": ""}
    if address.startswith(MAIL) and is_mailbox(address.removeprefix(MAIL)):
        return {**parts, "email": address.removeprefix(MAIL)}
    if address.startswith(PHONE) and " " not in address:
        number = address.removeprefix(PHONE)
        if is_phone(number):
            return {**parts, "phone": number}
    return {**parts, "address": address}


def as_address(link: Mapping[str, Any]) -> str:
    """Return the address that a link's written parts stand for, ``""`` without one.

    The reverse of :func:`as_parts`; blanks in a telephone number are for the eye (RFC 3966).
    """
    if link.get("email"):
        return f"{MAIL}{link['email']}"
    if link.get("phone"):
        return PHONE + "".join(str(link["phone"]).split())
    return str(link.get("address") or "")


def leads_somewhere(link: Mapping[str, Any] | None) -> bool:
    """Tell whether a link, as a value or as it is stored, has any of its parts filled in."""
    return any((link or {}).get(name) for name in LINK_PARTS)
