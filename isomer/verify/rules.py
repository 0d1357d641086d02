"""By which rules a served page may differ from its source document. The only ones."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LossRule:
    """A named reason. ``sentence`` tells whoever signs the import off what it means."""

    name: str
    sentence: str


_ALL = (
    LossRule("comment", "A comment in the markup, which no browser shows."),
    LossRule("unseen-element", "An element that no browser shows, such as a style sheet."),
    LossRule("hidden-element", "What the old page hid from its readers, who must not see it here."),
    LossRule("widthless-characters", "Characters without width, which nobody sees."),
    LossRule("empty-paragraph", "A paragraph without anything in it."),
    LossRule("empty-heading", "A heading without anything in it."),
    LossRule("empty-table", "A table without anything in it; what stood in its caption is there."),
    LossRule(
        "heading-of-first-level",
        "A heading of the first level became one of the second: the first is the page's title.",
    ),
    LossRule("unsafe-address", "A link or frame that browsers must not follow; its words stayed."),
    LossRule("scheme-added", "A host without a scheme, which led nowhere, got its https://."),
    LossRule("picture-missing", "The picture is missing at the source; visitors saw its words."),
    LossRule("picture-elsewhere", "A picture of another site is a link to it."),
    LossRule("link-of-picture", "The words of a link lead where its picture led, too."),
    LossRule("embed-without-address", "A frame or film that named nothing to show."),
    LossRule("embed-in-cell", "A frame or film in the cell of a table is a link to it."),
    LossRule("words-for-old-browsers", "Words that only a browser without films would show."),
    LossRule("table-in-cell", "A table in the cell of a table: its words are there, in order."),
    LossRule("table-for-layout", "A table that only arranged other things gave way to them."),
    LossRule("entries-that-fold-out", "A list of parts that fold out: they stand without bullets."),
    LossRule(
        "title-of-part",
        "The title of a part that folds out is plain words; its links and pictures follow it.",
    ),
    LossRule("title-of-card", "The title of a card is a heading."),
    LossRule("heading-of-block", "The heading of a block stands on the second level."),
    LossRule("link-of-card", "A card has one link, on its title or its last words."),
    LossRule(
        "place-before-text",
        "A link within the page leads to the beginning of the text that holds its place.",
    ),
    LossRule("nested-without-end", "Markup that nests without end was reduced to its words."),
    LossRule("plain-field", "A field of front matter that holds plain words held markup."),
    LossRule("field-not-shown", "A value of front matter that the old site did not show, either."),
    LossRule("field-left-out", "A value of front matter that the page has no place for."),
    LossRule("title-from-name", "The document has no title; the page has one made of its name."),
    LossRule("body-not-shown", "Text below the front matter, which the old layout did not show."),
    LossRule("address-taken", "Another document has the same address, and keeps it."),
    LossRule("address-impossible", "The permalink can't be the address of a page."),
    LossRule("data-search", "The old page searched a data set; this one leads to it."),
    LossRule(
        "signs-not-wanted",
        "Jekyll showed mistyped tags or lists of attributes as text; the checker read the body.",
    ),
    LossRule("not-rendered", "Jekyll could not render the body; the checker read it."),
    LossRule("edited", "The page was changed in the admin since the import."),
)
RULES = {rule.name: rule for rule in _ALL}
