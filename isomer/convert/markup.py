"""From a document's body to a clean HTML tree."""

from __future__ import annotations

import re

import markdown
import nh3
from bs4 import BeautifulSoup
from bs4.element import Tag

# A line that only Markdown would begin in this way. HTML bodies of the rich
# editor hold none (format reference, 4.1).
_MARKDOWN_LINE = re.compile(r"^(#{1,6} |[-*+] |\d+\. |> |\||.*\]\()", re.MULTILINE)

MAXIMUM_DEPTH = 120
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that hold nothing, or that the next of their kind closes.
_NOT_NESTING = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "p",
        "param", "source", "track", "wbr",
    }
)  # fmt: skip

SAFE_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4",
    "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp",
    "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
SAFE_ATTRIBUTES = {
    "a": {"href", "title"},
    "details": {"open"},
    "img": {"src", "alt", "title"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "*": {"id", "lang", "dir"},
}
SAFE_SCHEMES = {"http", "https", "mailto", "tel"}


def is_html(body: str, variant: str) -> bool:
    """Tell whether a body is HTML rather than Markdown (format reference, section 10)."""
    if variant == "tiptap":
        return True
    return body.lstrip().startswith("<") and not _MARKDOWN_LINE.search(body)


def markdown_to_html(body: str) -> str:
    """Return the HTML of a Markdown body, read as closely to kramdown as the parser allows.

    Raises:
        TooDeepError: if the body nests deeper than the parser can follow.
    """
    try:
        return markdown.markdown(
            body, extensions=["extra", "sane_lists", "smarty"], output_format="html"
        )
    except RecursionError as error:
        raise TooDeepError from error


class TooDeepError(Exception):
    """Markup is nested deeper than any page that a person wrote."""


def check_depth(html: str) -> None:
    """Refuse HTML that nests so deeply that walking through it could end the program.

    Raises:
        TooDeepError: if more than ``MAXIMUM_DEPTH`` elements are open at once.
    """
    depth = 0
    for closing, name in _TAG.findall(html):
        if name.lower() not in _NOT_NESTING:
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > MAXIMUM_DEPTH:
                raise TooDeepError


def only_text(html: str) -> str:
    """Return HTML reduced to text and line breaks; for markup that can't be taken apart."""
    return nh3.clean(html, tags={"br", "p"}, clean_content_tags={"script", "style"})


def parse(html: str) -> Tag:
    """Return the body element of HTML, nested as a browser would nest it."""
    # With a tag in front, a short body is never mistaken for a file name.
    soup = BeautifulSoup(f"<body>{html}", "html5lib")
    body = soup.body
    if body is None:
        raise ValueError("html5lib always makes a body; this HTML gave none.")
    return body


def sanitise(html: str) -> str:
    """Return HTML in which nothing runs and nothing is loaded but pictures of the site's own
    addresses and the web's; text is kept."""
    return nh3.clean(
        html,
        tags=SAFE_TAGS,
        attributes=SAFE_ATTRIBUTES,
        url_schemes=SAFE_SCHEMES,
        clean_content_tags={"script", "style", "template"},
        link_rel="noopener",
    )
