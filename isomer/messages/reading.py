"""Findings of the first stage: what is wrong with files, front matter and settings."""

from __future__ import annotations

from isomer.messages.rule import Level, Rule, Topic

READING = (
    Rule(
        "front-matter-invalid",
        Level.ERROR,
        "The front matter is not valid YAML",
        "Correct the line named here and import again; until then the page has only its"
        " body, and a title made from the file name.",
        for_officer=True,
    ),
    Rule(
        "file-not-text",
        Level.ERROR,
        "The file is not text",
        "Remove the file or save it as UTF-8 text, then import again; it was left out.",
        for_officer=True,
        topic=Topic.LEFT_OUT,
    ),
    Rule(
        "file-unreadable",
        Level.ERROR,
        "The file could not be opened",
        "Check the permissions of the file and import again; it was left out.",
        for_officer=True,
        topic=Topic.LEFT_OUT,
    ),
    Rule(
        "path-too-long",
        Level.ERROR,
        "The path of a file or folder is too long",
        "Give it or the folders around it shorter names and import again; it was left out, with"
        " everything in it.",
        for_officer=True,
        topic=Topic.LEFT_OUT,
    ),
    Rule(
        "file-outside-source",
        Level.ERROR,
        "The file is a link to a place outside the source folder",
        "Copy the file into the folder if it belongs to the site; it was left out.",
        for_officer=True,
        topic=Topic.LEFT_OUT,
    ),
    Rule(
        "front-matter-missing",
        Level.WARNING,
        "The file has no front matter, so it is not a page",
        "If it should be a page, begin it with a block of front matter between two lines"
        " of three hyphens; what the old site served as it is answers at its path, for download.",
        for_officer=True,
        topic=Topic.LEFT_OUT,
    ),
    Rule(
        "front-matter-key-repeated",
        Level.WARNING,
        "A key stands twice in the front matter",
        "Remove the one you do not want; the last one was used, as on the old site.",
        for_officer=True,
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
        for_officer=True,
    ),
    Rule(
        "front-matter-value-invalid",
        Level.WARNING,
        "A value is not what it seems to be",
        "Correct the value or put it between quotation marks; it was kept as text.",
        for_officer=True,
    ),
    Rule(
        "settings-invalid",
        Level.ERROR,
        "A settings file is not valid YAML",
        "Correct the line named here and import again; until then the site is read as if the"
        " file said nothing.",
        for_officer=True,
    ),
    Rule(
        "file-too-large",
        Level.ERROR,
        "The text file is too large for a page",
        "Divide it into several pages or offer it as a download; it was left out.",
        for_officer=True,
        topic=Topic.LEFT_OUT,
    ),
    Rule(
        "collection-undeclared",
        Level.WARNING,
        "A folder is not declared as a collection, so the old site did not publish it",
        "If its documents belong to the site, declare it with output: true in a file"
        " collection.yml in the folder and import again; they were left out.",
        for_officer=True,
        topic=Topic.LEFT_OUT,
    ),
    Rule(
        "post-name-invalid",
        Level.WARNING,
        "The file name of a post does not begin with a date, so the old site did not publish it",
        "If it belongs to the site, name it like 2024-05-31-title.md and import again; it was"
        " left out.",
        topic=Topic.LEFT_OUT,
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
        topic=Topic.LEFT_OUT,
    ),
    Rule(
        "data-file-not-read",
        Level.WARNING,
        "The importer does not read this data file",
        "If a page shows what is in it, write that into the page in the admin; it was left out.",
        topic=Topic.LEFT_OUT,
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
        "They were made here too; under Settings, Redirects, you can delete those nobody needs.",
    ),
    Rule(
        "redirect-not-needed",
        Level.INFO,
        "A redirect of the old host gives way to a page or file",
        "Nothing to do: the address itself answers.",
    ),
    Rule(
        "redirect-in-circle",
        Level.WARNING,
        "A redirect of the old host leads back to itself, alone or by way of others",
        "Nothing is lost: it never led anywhere. Add one under Settings, Redirects, if visitors"
        " should get from there to a page.",
    ),
    Rule(
        "redirect-into-software",
        Level.WARNING,
        "A redirect begins or ends at an address that belongs to the software of the site",
        "It was left out; if it is still needed, choose another address under Settings, Redirects.",
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
        " answers at its old path, but only for download.",
    ),
    Rule(
        "archive-entry-left-out",
        Level.WARNING,
        "An entry of the archive was not unpacked",
        "If it belongs to the site, unpack the archive yourself and import the folder.",
        topic=Topic.LEFT_OUT,
    ),
    Rule(
        "place-not-read",
        Level.WARNING,
        "The importer does not read files in this place",
        "If the site needs it, move it into pages, a collection, images or files and import"
        " again; it was left out.",
        for_officer=True,
        topic=Topic.LEFT_OUT,
    ),
)
