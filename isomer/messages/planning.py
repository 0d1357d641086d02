"""Findings about the site as a whole: addresses, titles, sections, menu, footer."""

from __future__ import annotations

from isomer.messages.rule import Level, Rule, Topic

PLANNING = (
    Rule(
        "title-missing",
        Level.WARNING,
        "The document has no title",
        "Give the page a title; until then it carries one made from its address or file name.",
    ),
    Rule(
        "layout-unknown",
        Level.WARNING,
        "The layout is not one that the importer knows",
        "Check how the page looks; it was imported as an ordinary page with all its text.",
        for_officer=True,
    ),
    Rule(
        "permalink-clash",
        Level.ERROR,
        "Two documents, or a document and a file, claim the same address",
        "Decide which keeps the address; give the other document a permalink of its own, or the"
        " file another name.",
        for_officer=True,
    ),
    Rule(
        "permalink-invalid",
        Level.WARNING,
        "The permalink cannot be an address of this site",
        "Choose another address for the page; it stands at the address named here for now.",
        for_officer=True,
    ),
    Rule(
        "home-missing",
        Level.WARNING,
        "The source has no home page",
        "Write the home page in the admin; an empty one was made so that the site can be seen.",
    ),
    Rule(
        "section-name-guessed",
        Level.WARNING,
        "Please name this section",
        "Its name was made from the address; open the section in the admin and type its real name.",
    ),
    Rule(
        "site-name-guessed",
        Level.INFO,
        "The site name was taken from the home page",
        "Change it under Settings, Site identity, if the site should be called otherwise.",
    ),
    Rule(
        "government-unknown",
        Level.WARNING,
        "The source does not say whether this is a government agency's site",
        "Switch the government banner on under Settings, Site identity, if it is one.",
    ),
    Rule(
        "colours-missing",
        Level.INFO,
        "The source names no colours",
        "Choose the two site colours under Settings, Site identity; the default ones are used.",
    ),
    Rule(
        "menu-entry-left-out",
        Level.WARNING,
        "A menu entry leads to nothing that is there",
        "Add the entry under Menus in the admin once its section is there, or remove it at the"
        " source.",
        topic=Topic.LINKS,
    ),
    Rule(
        "footer-page-missing",
        Level.WARNING,
        "The footer links to a page that is not there, as it did on the old site",
        "Write the page, or change the link under Footers in the admin.",
        topic=Topic.LINKS,
    ),
    Rule(
        "value-cut",
        Level.WARNING,
        "A text is longer than its field can hold",
        "Write a shorter one in the admin or at the source; its end, which is named here, was cut.",
    ),
    Rule(
        "value-refused",
        Level.WARNING,
        "The value is not what its field can hold",
        "Fill the field in by hand in the admin, or mend the value at the source and import again;"
        " it was left out.",
    ),
    Rule(
        "post-scheduled",
        Level.INFO,
        "A document with a date in the future waits for its day",
        "Have manage.py publish_scheduled run every few minutes; it publishes the page on that"
        " day.",
    ),
    Rule(
        "data-search",
        Level.WARNING,
        "The page searched a data set of data.gov.sg",
        "The page now links to the data set; describe there what people find in it.",
    ),
)
