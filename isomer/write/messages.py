"""What an export has to say, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from isomer.messages import Level, Rule

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "words-lost",
            Level.ERROR,
            "Words of a page are not in its document",
            "Copy these words from the page into the document by hand, and report the page to"
            " whoever maintains this software.",
        ),
        Rule(
            "not-read-again",
            Level.ERROR,
            "The importer found an error in what was written",
            "Open the file that is named and mend it by hand, and report it to whoever maintains"
            " this software.",
        ),
        Rule(
            "file-missing",
            Level.ERROR,
            "A picture or file of the library can't be read",
            "Upload it anew in the admin, or restore the storage, and export again.",
        ),
        Rule(
            "page-private",
            Level.WARNING,
            "A private page was left out, with all below it",
            "A repository is read by everybody who has it: copy the page by hand if that is wanted,"
            " or make it public and export again.",
        ),
        Rule(
            "file-private",
            Level.WARNING,
            "A file in a private collection was left out",
            "Move it to a public collection and export again, if it may be public.",
        ),
        Rule(
            "draft-left-out",
            Level.WARNING,
            "A page that visitors can't see was left out",
            "Export with --include-drafts to have it, or publish it first.",
        ),
        Rule(
            "changes-not-published",
            Level.WARNING,
            "A page has changes that are not published; what visitors see was written",
            "Publish the changes and export again, if they are to come along.",
        ),
        Rule(
            "nested-too-deep",
            Level.WARNING,
            "A page stands deeper than the old format knows",
            "Nothing is lost: the page went to the nearest folder above. Move it in the admin if it"
            " should stand elsewhere.",
        ),
        Rule(
            "type-unknown",
            Level.WARNING,
            "The old format has no document for this type of page",
            "Copy the page by hand; its texts are written as an ordinary page.",
        ),
        Rule(
            "date-missing",
            Level.WARNING,
            "An item has no date, which the old format asks for in the name of its file",
            "Give the item a date and export again; until then its file bears 1 January 1970.",
        ),
        Rule(
            "comes-back-otherwise",
            Level.WARNING,
            "The old format can't say this, so an import would bring something else",
            "Nothing, if the site is not imported again; otherwise set it by hand afterwards.",
        ),
        Rule(
            "redirect-not-written",
            Level.WARNING,
            "A redirect leads to something that the old format can't redirect to",
            "Set the redirect up with the new host by hand.",
        ),
        Rule(
            "redirect-left-out",
            Level.WARNING,
            "A redirect or former address of a page that was left out was left out, too",
            "Nothing, if the page is to stay here; otherwise make it public, or publish it, and"
            " export again.",
        ),
        Rule(
            "footer-by-default",
            Level.INFO,
            "The site has chosen no footer; the old theme always prints two links",
            "Nothing needs doing, if pages live at /privacy/ and /terms-of-use/.",
        ),
    )
}


@dataclass(frozen=True)
class Finding:
    """One finding: ``where`` is a page's path or a file, ``text`` what was found there."""

    rule: str
    where: str
    text: str = ""

    @property
    def level(self) -> Level:
        return RULES[self.rule].level


def by_level(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with errors first, then in the order of their rules, each once."""
    order = list(RULES)
    levels = list(Level)
    return sorted(
        dict.fromkeys(findings),
        key=lambda one: (levels.index(one.level), order.index(one.rule), one.where, one.text),
    )
