"""Findings in what a page says: links, markup, fields, descriptions."""

from __future__ import annotations

from isomer.messages.rule import Level, Rule, Topic

CONTENT = (
    Rule(
        "link-target-missing",
        Level.WARNING,
        "A link leads to a page that is not there",
        "Import or write the missing page, or change the link; it was kept as it is and"
        " becomes a page link once the page is imported.",
        topic=Topic.LINKS,
    ),
    Rule(
        "link-place-missing",
        Level.WARNING,
        "A link leads to a place on a page that is not there",
        "Open the page and change the part of the link after the # sign, or remove that part; for"
        " now the link leads to the top of the page.",
        topic=Topic.LINKS,
    ),
    Rule(
        "link-unsafe",
        Level.WARNING,
        "A link with an address that browsers must not follow was turned into text",
        "Give the link a web, mail or telephone address if it is needed.",
        topic=Topic.LINKS,
    ),
    Rule(
        "link-without-scheme",
        Level.INFO,
        "A link to another site lacks https:// at its beginning",
        "Nothing to do; it was completed, while on the old site it led nowhere.",
    ),
    Rule(
        "language-of-page",
        Level.INFO,
        "A page seems to be in another language than the website",
        "Nothing is lost. Choose its language on the page's Promote tab, so that browsers and"
        " screen readers read it properly; the source does not name it.",
    ),
    Rule(
        "language-unknown",
        Level.WARNING,
        "The settings name a language that the website does not know",
        "Choose the language of menu and footer under Settings, Site identity.",
    ),
    Rule(
        "placeholder",
        Level.WARNING,
        "This looks like a placeholder",
        "Replace it with the real text or address; it was carried over as it is.",
    ),
    Rule(
        "markup-kept-as-html",
        Level.WARNING,
        "Some parts of pages have no block of their own yet",
        "Nothing is lost: it stands in an imported HTML block. Look at the page, and rebuild the"
        " part with ordinary blocks when its text has to change.",
    ),
    Rule(
        "markup-left-out",
        Level.INFO,
        "Markup that visitors do not see was left out",
        "Nothing to do, unless a script or a style made something of the page that is missed now.",
    ),
    Rule(
        "hidden-left-out",
        Level.WARNING,
        "Something that the old page kept hidden was left out",
        "Nothing to do if it should stay unseen; if a script showed it to visitors, write it into"
        " the page in the admin.",
    ),
    Rule(
        "markup-reduced",
        Level.WARNING,
        "A text has no room for some of its markup",
        "The words are there; look at the text in the admin and set it as you want it.",
    ),
    Rule(
        "accordion-without-title",
        Level.WARNING,
        "An entry of an accordion has no title",
        "Visitors see “Details” in its place, as browsers do; open the page and write the title.",
    ),
    Rule(
        "accordion-title-reduced",
        Level.WARNING,
        "The title of an accordion entry held a link or a picture",
        "It stands first in what the entry hides, since a title is plain text; look at the page"
        " and put it where it belongs.",
    ),
    Rule(
        "accordion-laid-open",
        Level.WARNING,
        "An accordion stood more than two levels deep in others",
        "Its titles are bold text and what it hid is shown; look at the page and arrange the text"
        " anew if need be.",
    ),
    Rule(
        "layout-left-out",
        Level.INFO,
        "A box of the old site was opened, and its layout left out",
        "Nothing has to be done; what was side by side stands one below the other. Rebuild it with"
        " blocks if it is wanted.",
    ),
    Rule(
        "template-unreadable",
        Level.WARNING,
        "The template language of a page can't be evaluated",
        "Its marks were filled in one by one; look at the page, and write what visitors saw.",
    ),
    Rule(
        "template-value-missing",
        Level.WARNING,
        "A name in a page's template stands for nothing here",
        "Nothing stands in its place; if visitors saw something there, write it.",
    ),
    Rule(
        "template-mark-kept",
        Level.WARNING,
        "A mark of the old site's template language can't be filled in",
        "It stands on the page as it was written; replace it with the text that visitors saw.",
    ),
    Rule(
        "embed-waits",
        Level.INFO,
        "A frame, film or sound stands in imported HTML",
        "Nothing to do; it loads nothing before the visitor asks for it, and a link stands"
        " beside it.",
    ),
    Rule(
        "embed-host-unknown",
        Level.WARNING,
        "A page shows content of a host that nobody has allowed or refused yet",
        "Decide under Settings, Hosts of embedded content; until then visitors meet a link.",
        topic=Topic.EMBED_HOSTS,
    ),
    Rule(
        "embed-title-missing",
        Level.WARNING,
        "Films and frames have no title",
        "Give each one a title that says what it is; until then people who listen to the page hear"
        " only which host it comes from.",
        topic=Topic.EMBED_TITLE,
        by_document=True,
    ),
    Rule(
        "document-over-limit",
        Level.WARNING,
        "The document costs too much time or memory to read",
        "Its words arrived without their markup. Divide the document at the source into several,"
        " and import again.",
        for_officer=True,
    ),
    Rule(
        "field-left-out",
        Level.WARNING,
        "The page type has no place for this value",
        "Copy it into the page by hand if it is needed.",
    ),
    Rule(
        "section-misplaced",
        Level.WARNING,
        "A section stands where the old site did not expect it",
        "Check the order of the sections on the page; it was imported where it stands at the"
        " source.",
    ),
    Rule(
        "block-not-found",
        Level.WARNING,
        "The text does not have the shape that the mapping asks for",
        "The text was imported as ordinary text; rebuild the part in the admin or correct the"
        " mapping.",
        for_officer=True,
    ),
    Rule(
        "description-missing",
        Level.INFO,
        "The page has no description for search engines",
        "Nothing has to be done; a sentence or two under Promote help people find the page.",
        topic=Topic.DESCRIPTION,
        by_document=True,
    ),
    Rule(
        "alt-text-missing",
        Level.WARNING,
        "Pictures have no alternative text",
        "Describe each picture for people who can't see it, or leave the text empty if the picture"
        " is decoration.",
        topic=Topic.ALT_TEXT,
        by_document=True,
    ),
    Rule(
        "button-incomplete",
        Level.WARNING,
        "A button lacks its text or its address, so visitors do not see it",
        "Open the page and give the button what it lacks, or remove it.",
    ),
)
