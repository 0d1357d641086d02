"""Messages of an import, and the rules that they follow.

A message says what was found and where; its rule says, in one plain sentence,
what to do about it. Rules are data so that the terminal, the admin and the
documentation all show the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a message matters, most serious first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Rule:
    """One kind of message.

    ``title`` names the finding, ``advice`` is the sentence that tells the
    reader what to do (or that nothing needs doing).
    """

    code: str
    level: Level
    title: str
    advice: str

    @property
    def who(self) -> str:
        """Who acts: ``"officer"`` (whoever runs the import), ``"editor"`` or ``"nobody"``."""
        if self.level is Level.INFO:
            return "nobody"
        return "officer" if self.code in FOR_THE_OFFICER else "editor"


@dataclass(frozen=True)
class Message:
    """One finding. ``path`` is a source path, ``place`` a line or a field in it."""

    rule: str
    path: str
    text: str
    place: str = ""

    @property
    def level(self) -> Level:
        return RULES[self.rule].level


# Findings that are mended at the source or in the command, not in the admin.
FOR_THE_OFFICER = frozenset(
    {
        "block-not-found",
        "collection-undeclared",
        "document-gone",
        "encoding-damaged",
        "file-not-text",
        "file-outside-source",
        "file-too-large",
        "file-unreadable",
        "front-matter-invalid",
        "front-matter-key-repeated",
        "front-matter-missing",
        "front-matter-value-invalid",
        "layout-unknown",
        "permalink-clash",
        "permalink-invalid",
        "place-changed",
        "place-not-read",
        "settings-invalid",
    }
)


def _rules(*rules: Rule) -> dict[str, Rule]:
    return {rule.code: rule for rule in rules}


RULES: dict[str, Rule] = _rules(
    # Reading
    Rule(
        "front-matter-invalid",
        Level.ERROR,
        "The front matter is not valid YAML",
        "Correct the line named here and import again; until then the page has only its"
        " body, and a title made from the file name.",
    ),
    Rule(
        "file-not-text",
        Level.ERROR,
        "The file is not text",
        "Remove the file or save it as UTF-8 text, then import again; it was left out.",
    ),
    Rule(
        "file-unreadable",
        Level.ERROR,
        "The file could not be opened",
        "Check the permissions of the file and import again; it was left out.",
    ),
    Rule(
        "file-outside-source",
        Level.ERROR,
        "The file is a link to a place outside the source folder",
        "Copy the file into the folder if it belongs to the site; it was left out.",
    ),
    Rule(
        "front-matter-missing",
        Level.WARNING,
        "The file has no front matter, so it is not a page",
        "If it should be a page, begin it with a block of front matter between two lines"
        " of three hyphens; it was left out.",
    ),
    Rule(
        "front-matter-key-repeated",
        Level.WARNING,
        "A key stands twice in the front matter",
        "Remove the one you do not want; the last one was used, as on the old site.",
    ),
    Rule(
        "encoding-repaired",
        Level.INFO,
        "Damaged characters were repaired",
        "Nothing to do; compare the words shown here if you want to be sure.",
    ),
    Rule(
        "encoding-damaged",
        Level.WARNING,
        "Some bytes of the file are not valid UTF-8",
        "Look for the replacement character on the page and type the right letter.",
    ),
    Rule(
        "front-matter-value-invalid",
        Level.WARNING,
        "A value is not what it seems to be",
        "Correct the value or put it between quotation marks; it was kept as text.",
    ),
    Rule(
        "settings-invalid",
        Level.ERROR,
        "A settings file is not valid YAML",
        "Correct the line named here and import again; until then the site is read as if the"
        " file said nothing.",
    ),
    Rule(
        "file-too-large",
        Level.ERROR,
        "The text file is too large for a page",
        "Divide it into several pages or offer it as a download; it was left out.",
    ),
    Rule(
        "collection-undeclared",
        Level.WARNING,
        "A folder is not declared as a collection, so the old site did not publish it",
        "If its documents belong to the site, declare it with output: true in a file"
        " collection.yml in the folder and import again; they were left out.",
    ),
    Rule(
        "post-name-invalid",
        Level.WARNING,
        "The file name of a post does not begin with a date, so the old site did not publish it",
        "If it belongs to the site, name it like 2024-05-31-title.md and import again; it was"
        " left out.",
    ),
    Rule(
        "date-invalid",
        Level.WARNING,
        "A date cannot be understood",
        "Write the date as 2024-05-31 and import again; until then the page has the date of its"
        " file name, or none.",
    ),
    Rule(
        "resource-room-missing",
        Level.WARNING,
        "The settings name a resource room that is not there",
        "If the site has a resource room, correct resources_name; otherwise remove it.",
    ),
    Rule(
        "system-page",
        Level.INFO,
        "A page that the new site brings itself was left out",
        "Nothing to do; search and the page for a wrong address are part of the new site.",
    ),
    Rule(
        "data-file-not-read",
        Level.WARNING,
        "The importer does not read this data file",
        "If a page shows what is in it, write that into the page in the admin; it was left out.",
    ),
    Rule(
        "data-value-invalid",
        Level.WARNING,
        "A data file says something that cannot be used",
        "Correct the key named here and import again, or set it in the admin; the rest of the"
        " file was read.",
    ),
    Rule(
        "data-key-unknown",
        Level.WARNING,
        "A data file has a key that the importer does not know",
        "Check its spelling, or set in the admin what it was meant for; it was left out.",
    ),
    Rule(
        "custom-css",
        Level.WARNING,
        "The site has styles of its own",
        "Look at the pages that used them; the styles were left out, and text that they folded"
        " or coloured is shown plainly.",
    ),
    Rule(
        "theme-changed",
        Level.WARNING,
        "The site changes templates or programs of the old theme",
        "Look at the pages that used these files; the new site has templates of its own, and the"
        " files were left out.",
    ),
    Rule(
        "redirects-found",
        Level.INFO,
        "The old host had redirects",
        "Check under Settings, Redirects, that those still needed are there.",
    ),
    Rule(
        "redirect-not-read",
        Level.WARNING,
        "A redirect of the old host cannot be carried over",
        "If it is still needed, add it under Settings, Redirects, or ask whoever runs the server.",
    ),
    Rule(
        "hosting-settings",
        Level.INFO,
        "Settings of the old host were left out",
        "If the site needs such headers or rules, ask whoever runs the server.",
    ),
    Rule(
        "verification-file",
        Level.WARNING,
        "A file proves to a search engine who owns the site",
        "If it is still needed, prove it anew with the search engine's DNS record or meta tag; it"
        " was left out.",
    ),
    Rule(
        "archive-entry-left-out",
        Level.WARNING,
        "An entry of the archive was not unpacked",
        "If it belongs to the site, unpack the archive yourself and import the folder.",
    ),
    Rule(
        "place-not-read",
        Level.WARNING,
        "The importer does not read files in this place",
        "If the site needs it, move it into pages, a collection, images or files and import"
        " again; it was left out.",
    ),
    # Planning
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
    ),
    Rule(
        "permalink-clash",
        Level.ERROR,
        "Two documents claim the same address",
        "Decide which page keeps the address and give the other a permalink of its own.",
    ),
    Rule(
        "permalink-invalid",
        Level.WARNING,
        "The permalink cannot be an address of this site",
        "Choose another address for the page; it stands at the address named here for now.",
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
    ),
    Rule(
        "footer-page-missing",
        Level.WARNING,
        "The footer links to a page that is not there, as it did on the old site",
        "Write the page, or change the link under Footers in the admin.",
    ),
    Rule(
        "post-scheduled",
        Level.INFO,
        "A post with a date in the future waits for its day",
        "Nothing to do; it is published by itself on that day.",
    ),
    Rule(
        "data-search",
        Level.WARNING,
        "The page searched a data set of data.gov.sg",
        "The page now links to the data set; describe there what people find in it.",
    ),
    # Content
    Rule(
        "link-target-missing",
        Level.WARNING,
        "A link leads to a page that is not there",
        "Import or write the missing page, or change the link; it was kept as it is and"
        " becomes a page link once the page is imported.",
    ),
    Rule(
        "link-unsafe",
        Level.WARNING,
        "A link with an address that browsers must not follow was turned into text",
        "Give the link a web, mail or telephone address if it is needed.",
    ),
    Rule(
        "link-without-scheme",
        Level.INFO,
        "A link to another site lacks https:// at its beginning",
        "Nothing to do; it was completed, while on the old site it led nowhere.",
    ),
    Rule(
        "picture-elsewhere",
        Level.WARNING,
        "A picture lies on another site",
        "Upload it in the admin if you may; a link stands in its place, so that no visitor's"
        " browser asks another site unbidden.",
    ),
    Rule(
        "picture-missing",
        Level.WARNING,
        "A picture is not in the source",
        "Upload the picture in the admin and choose it on the page; nothing is shown in its place.",
    ),
    Rule(
        "picture-unreadable",
        Level.WARNING,
        "A picture could not be read",
        "Save the file as PNG, JPEG, WebP or GIF and upload it; until then it answers at its old"
        " path as a file, and pages show nothing in its place.",
    ),
    Rule(
        "file-missing",
        Level.WARNING,
        "A file that a link leads to is not in the source",
        "Upload the file under Documents and choose it in the link, or remove the link; it was"
        " kept as it is.",
    ),
    Rule(
        "picture-renamed",
        Level.INFO,
        "The extension of a picture does not fit its content",
        "Nothing to do: it is stored with the right one and still answers at its old path.",
    ),
    Rule(
        "picture-cleaned",
        Level.INFO,
        "Parts of a drawing that run or load something were left out",
        "Compare the picture with the old one; the drawing itself was kept.",
    ),
    Rule(
        "picture-stilled",
        Level.WARNING,
        "A moving picture became a still one",
        "Save it as animated GIF and upload it if the movement matters.",
    ),
    Rule(
        "picture-converted",
        Level.INFO,
        "A picture has finer shades than screens show",
        "Nothing to do: it was stored with the shades that browsers show.",
    ),
    Rule(
        "media-empty",
        Level.WARNING,
        "A file is empty",
        "Replace it in the admin if it is needed; it answers at its old path, empty.",
    ),
    Rule(
        "media-pointer",
        Level.ERROR,
        "The source holds only a pointer to a file",
        "Fetch the files themselves with “git lfs pull” and import again; it was left out.",
    ),
    Rule(
        "media-path-not-possible",
        Level.WARNING,
        "A file lies at a path that can't be an address",
        "Give the file another, shorter name and change the links to it; it was left out.",
    ),
    Rule(
        "media-unused",
        Level.INFO,
        "Nothing mentions these pictures and files",
        "Delete what you don't need in the collection “Unused”; until then they answer at their"
        " old paths. --skip-unused leaves them out.",
    ),
    Rule(
        "media-left-out",
        Level.INFO,
        "A picture or file that nothing mentions was left out",
        "Import without --skip-unused to bring it over; its old path does not answer.",
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
        "Some markup has no block of its own yet",
        "Nothing is lost: it stands in an imported HTML block that you can rebuild with"
        " ordinary blocks.",
    ),
    Rule(
        "markup-left-out",
        Level.INFO,
        "Markup that visitors do not see was left out",
        "Nothing to do, unless a script or a style made something of the page that is missed now.",
    ),
    Rule(
        "markup-reduced",
        Level.WARNING,
        "A text has no room for some of its markup",
        "The words are there; look at the text in the admin and set it as you want it.",
    ),
    Rule(
        "marks-kept-as-text",
        Level.WARNING,
        "A paragraph holds more marks than can be read as Markdown",
        "Its marks stand on the page as characters; check the paragraph and correct it.",
    ),
    Rule(
        "embed-waits",
        Level.INFO,
        "A frame, film or sound stands in imported HTML",
        "Nothing to do; it loads nothing before the visitor asks for it, and a link stands"
        " beside it.",
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
    ),
    Rule(
        "description-missing",
        Level.INFO,
        "The page has no description for search engines",
        "Nothing has to be done; a sentence or two under Promote help people find the page.",
    ),
    Rule(
        "alt-text-missing",
        Level.WARNING,
        "Pictures have no alternative text",
        "Describe each picture for people who can't see it, or leave the text empty if the picture"
        " is decoration.",
    ),
    Rule(
        "button-incomplete",
        Level.WARNING,
        "A button lacks its text or its address, so visitors do not see it",
        "Open the page and give the button what it lacks, or remove it.",
    ),
    # Applying
    Rule(
        "page-deleted",
        Level.WARNING,
        "The page was deleted in the admin since the last import",
        "It was left deleted; import with --recreate-deleted to bring such pages back.",
    ),
    Rule(
        "section-made-again",
        Level.INFO,
        "A section that was deleted in the admin was made again, for a new page in it",
        "Nothing to do, or move the new page elsewhere and delete the section.",
    ),
    Rule(
        "document-gone",
        Level.WARNING,
        "The document of this page is not in the source any more",
        "Unpublish or delete the page in the admin if the site should not have it either.",
    ),
    Rule(
        "place-changed",
        Level.WARNING,
        "The document moved to another section or group, or became another kind of page",
        "Move the page in the admin, or delete it and import with --recreate-deleted.",
    ),
    Rule(
        "page-edited",
        Level.WARNING,
        "The page was edited in the admin since the last import",
        "The edited page was left as it is; copy what is new at the source by hand.",
    ),
    Rule(
        "media-deleted",
        Level.WARNING,
        "A picture or file was deleted in the admin since the last import",
        "It was left deleted; import with --recreate-deleted to bring such files back.",
    ),
    Rule(
        "media-edited",
        Level.WARNING,
        "A file was replaced in the admin, and in the source as well",
        "The one in the admin was left as it is; upload the new one by hand if it is right.",
    ),
    Rule(
        "setting-edited",
        Level.WARNING,
        "The setting was edited in the admin since the last import",
        "The edited setting was left as it is; change it by hand if the source is right.",
    ),
    Rule(
        "address-moved-aside",
        Level.WARNING,
        "The place of the page in the tree was already taken",
        "Nothing to do unless you want a nicer address; the page got a free one.",
    ),
    Rule(
        "template-mark-kept",
        Level.WARNING,
        "A mark of the old site's template language can't be filled in",
        "It stands on the page as it was written; replace it with the text that visitors saw.",
    ),
)


def by_importance(messages: Iterable[Message]) -> list[Message]:
    """Return messages with errors first, those of one rule together, else in their order."""
    levels = list(Level)
    return sorted(messages, key=lambda message: (levels.index(message.level), message.rule))
