"""Findings about what is there already: pages, files and settings that a person changed."""

from __future__ import annotations

from isomer.messages.rule import Level, Rule

APPLYING = (
    Rule(
        "page-deleted",
        Level.WARNING,
        "The page was deleted in the admin since the last import",
        "It was left deleted; import with --recreate-deleted to bring such pages back.",
        for_officer=True,
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
        for_officer=True,
    ),
    Rule(
        "media-gone",
        Level.WARNING,
        "The picture or file is not in the source any more",
        "Delete it in the admin under Images or Documents if the site should not have it either.",
        for_officer=True,
    ),
    Rule(
        "place-changed",
        Level.WARNING,
        "The document moved to another section or group, or became another kind of page",
        "Move the page in the admin, or delete it and import with --recreate-deleted.",
        for_officer=True,
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
        for_officer=True,
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
        "redirect-edited",
        Level.WARNING,
        "The redirect was made, changed or deleted in the admin",
        "It was left as it is; change it under Settings, Redirects, if the source is right.",
    ),
    Rule(
        "address-moved-aside",
        Level.INFO,
        "The place of the page in the tree was already taken",
        "Nothing has to be done; the page got a free address, which you can change under Promote.",
    ),
)
