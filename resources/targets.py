"""Where a file or link item leads, and what a reader should know before following it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from wagtail.models import Page

from content.addresses.index import page_url
from content.markup.links import is_safe_address, split_address
from content.templatetags.content_tags import other_host

_TARGET_ADDRESS = re.compile(r"(https?://|/(?![/\\]))\S", re.IGNORECASE)
_PAGE_ENDINGS = {"", ".html", ".htm", ".php", ".asp", ".aspx", ".jsp"}


def validate_target_address(value: str) -> None:
    """Check that a browser can be sent to an address.

    Raises:
        ValidationError: unless it is a web address or a path of this site.
    """
    if not (_TARGET_ADDRESS.match(value) and is_safe_address(value)):
        raise ValidationError(
            "Write a full address such as https://example.org/report/, or a path of this site"
            " such as /about-us/."
        )


def target_url(
    address: str, document: Any | None, page: Page | None, request: HttpRequest | None
) -> str:
    """Return the URL of the first target that is there, ``""`` if all are gone.

    The order is that of the old theme's cards: the address on another site, then
    the file, then the page (format reference, 1.4). A page that is not live, and a
    document that was deleted (``None``), are gone.
    """
    if address:
        return address
    if document is not None:
        return str(document.url)
    return "" if page is None else page_url(page, request)


def host_elsewhere(url: str, request: HttpRequest | None) -> str:
    """Return the host of a URL that leaves this site, without ``www.``, else ``""``."""
    host = other_host(url)
    if request is not None and host.lower() == request.get_host().lower():
        return ""
    return host.removeprefix("www.")


def target_tag(address: str, document: Any | None, request: HttpRequest | None) -> str:
    """Return what is said of a target: ``"PDF · 1.2 MB"``, ``"example.org"``, or ``""``.

    The size is the one noted when the document was stored; reading it from the
    storage would cost each visitor's request a look at every file.
    """
    if address:
        host = host_elsewhere(address, request)
        ending = PurePosixPath(split_address(address).path).suffix
        return host or ("" if ending.lower() in _PAGE_ENDINGS else ending[1:].upper())
    if document is None:
        return ""
    size = filesizeformat(document.file_size) if document.file_size else ""
    return " · ".join(part for part in (document.file_extension.upper(), size) if part)
