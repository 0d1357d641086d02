"""Template tags for links between pages, and for joining words and markup of blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from content.addresses.index import page_url
from content.counting import counted
from content.markup.links import as_address, split_address
from content.rendering.kept_markup import with_heading_steps, with_stored_pictures
from content.tables.display import table_for_visitors

register = template.Library()


@register.filter
def count(number: int, noun: str) -> str:
    """Return a number with its noun: ``{{ pages|length|count:"page" }}``. A plural that takes more
    than an s stands after a comma: ``"address,addresses"``."""
    one, _, many = noun.partition(",")
    return counted(number, one, many)


# What follows a word without a blank between.
_CLOSING = re.compile(r"[,.;:!?)\]}…’”'\u3001\u3002\uff0c\uff1b\uff1a\uff09]")
_TABLE_TAG = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)
_CAPTION = re.compile(r"\s*<caption\b[^>]*>(.*?)</caption>", re.IGNORECASE | re.DOTALL)
WIDTH_STEP = 5


@register.simple_tag(takes_context=True)
def link_url(context: Mapping[str, Any], link: Mapping[str, Any] | None) -> str:
    """Return the URL of a link block, ``""`` when it leads nowhere."""
    if not link:
        return ""
    if link.get("page"):
        return page_url(link["page"], context.get("request"))
    if link.get("document"):
        return str(link["document"].url)
    return as_address(link)


@register.filter
def other_host(url: str) -> str:
    """Return the host of a URL that leaves this site, else ``""``."""
    parts = split_address(url or "")
    return parts.netloc if parts.scheme in ("http", "https") else ""


@register.simple_tag(takes_context=True)
def url_of_page(context: Mapping[str, Any], page: Page) -> str:
    """Return the URL of a page found by a search, ``""`` when it has none."""
    return page_url(page, context.get("request"))


@register.simple_tag(takes_context=True)
def canonical_url(context: Mapping[str, Any]) -> str:
    """Return the full URL of the current page, ``""`` where there is no saved page."""
    page = context.get("page")
    if not isinstance(page, Page) or page.pk is None:
        return ""
    return page.get_full_url(context.get("request")) or ""


@register.simple_tag(takes_context=True)
def absolute_url(context: Mapping[str, Any], url: str) -> str:
    """Return a URL with scheme and host; other sites that show a picture need both."""
    request = context.get("request")
    return url if request is None else request.build_absolute_uri(url)


@register.filter
def after_space(text: str) -> str:
    """Return the text with a blank before it, unless it begins with closing punctuation.

    ``"(AHCC)"`` gives ``" (AHCC)"``; ``", with partners"`` and ``"."`` stay as they are.
    """
    text = str(text or "").strip()
    return text if not text or _CLOSING.match(text) else f" {text}"


@register.filter
def breakable(address: str) -> SafeString:
    """Let a long mail address break after ``@`` and dots, without adding characters."""
    parts = re.split(r"(?<=[@.])", str(address or ""))
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def width_class(percent: int | None) -> str:
    """Return the CSS class for a width in per cent, in steps; ``""`` for the full width.

    A class and no ``style`` attribute, which a strict content security policy refuses.
    """
    if not percent or percent >= 100:
        return ""
    return f"width-{max(WIDTH_STEP, WIDTH_STEP * round(percent / WIDTH_STEP))}"


@register.simple_tag(takes_context=True)
def scrollable_tables(context: Mapping[str, Any], html: str) -> SafeString:
    """Return cleaned HTML with a scroll region around each outermost table.

    The keyboard reaches the region, and its name counts on through the page,
    because two regions of one name can't be told apart; a caption follows the
    number. ``html`` must come from
    the import's sanitiser; nothing else writes imported HTML.
    """
    request, depth = context.get("request"), 0
    counted: int = getattr(request, "_tables_shown", 0)

    def wrapped(match: re.Match[str]) -> str:
        nonlocal depth, counted
        if match[1]:
            depth -= 1
            return match[0] + ("</div>" if depth == 0 else "")
        depth += 1
        if depth > 1:
            return match[0]
        counted += 1
        caption = _CAPTION.match(html, match.end())
        words = " ".join(unescape(strip_tags(caption[1])).split()) if caption else ""
        opening = format_html(
            '<div class="table-scroll" role="region" tabindex="0" aria-label="Table {}{}">',
            counted,
            f": {words}" if words else "",
        )
        return opening + match[0]

    result = _TABLE_TAG.sub(wrapped, html or "")
    if request is not None:
        request._tables_shown = counted
    # A stray tag would leave regions open or closed twice: then show the markup as it came.
    balanced = depth == 0 and result.count('class="table-scroll"') <= result.count("</table>")
    return mark_safe(result if balanced else html)


@register.simple_tag(takes_context=True)
def shown_table(context: Mapping[str, Any], block: Mapping[str, Any]) -> SafeString:
    """Return a table block as a table with its caption, in a scroll region.

    ``block`` is the value of :class:`content.blocks.TableBlock`.
    """
    html = table_for_visitors(block["table"].source)
    if block["caption"]:
        html = html.replace(
            "<table>", format_html("<table><caption>{}</caption>", block["caption"]), 1
        )
    return scrollable_tables(context, html)


@register.simple_tag(takes_context=True)
def stored_pictures(context: Mapping[str, Any], html: str) -> str:
    """Return cleaned HTML whose pictures come from the library, with their size."""
    request = context.get("request")
    return with_stored_pictures(html or "", Site.find_for_request(request) if request else None)


@register.tag
def headings(parser: Parser, token: Token) -> HeadingsNode:
    """``{% headings %}…{% endheadings %}``: no heading between the two skips a level."""
    nodes = parser.parse(("endheadings",))
    parser.delete_first_token()
    return HeadingsNode(nodes)


class HeadingsNode(template.Node):
    """The part of a page whose headings go down in single steps."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Return the part, already escaped by what wrote it."""
        return mark_safe(with_heading_steps(self.nodelist.render(context)))
