"""Findings about pictures and files."""

from __future__ import annotations

from isomer.messages.rule import Level, Rule, Topic

MEDIA = (
    Rule(
        "picture-elsewhere",
        Level.WARNING,
        "A picture lies on another site",
        "Import again with --fetch-pictures HOST if you may use it, or upload it in the admin; a"
        " link stands in its place, so that no visitor's browser asks another site unbidden.",
    ),
    Rule(
        "picture-not-fetched",
        Level.WARNING,
        "A picture of another site could not be fetched",
        "Import again if the reason named here passes, or upload it in the admin; unless an"
        " earlier import brought it, a link stands in its place.",
        for_officer=True,
        topic=Topic.MEDIA,
    ),
    Rule(
        "pictures-fetched",
        Level.INFO,
        "Pictures of other sites were brought into the library",
        "Nothing to do, if the site may use them.",
    ),
    Rule(
        "picture-missing",
        Level.WARNING,
        "A picture is not in the source",
        "Upload the picture in the admin and choose it where it is named here; until then nothing"
        " is shown in its place.",
        topic=Topic.MEDIA,
    ),
    Rule(
        "picture-unreadable",
        Level.WARNING,
        "A picture could not be read",
        "Save the file as PNG, JPEG, WebP or GIF and upload it; until then it answers at its old"
        " path as a file, and pages show nothing in its place.",
        topic=Topic.MEDIA,
    ),
    Rule(
        "picture-shrunk",
        Level.INFO,
        "A picture had more pixels than can be handled and was made smaller",
        "Nothing to do; it answers at its old path as the smaller one.",
    ),
    Rule(
        "media-lost",
        Level.WARNING,
        "A stored file was lost and was brought back",
        "Ask whoever keeps the server why it was gone; manage.py check_media names what else is"
        " missing.",
        topic=Topic.MEDIA,
    ),
    Rule(
        "file-missing",
        Level.WARNING,
        "A file that a link leads to is not in the source",
        "Upload the file under Documents and choose it in the link, or remove the link; it was"
        " kept as it is.",
        topic=Topic.MEDIA,
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
        topic=Topic.MEDIA,
    ),
    Rule(
        "media-pointer",
        Level.ERROR,
        "The source holds only a pointer to a file",
        "Fetch the files themselves with “git lfs pull” and import again; it was left out.",
        topic=Topic.MEDIA,
    ),
    Rule(
        "media-path-not-possible",
        Level.WARNING,
        "A file lies at a path that can't be an address",
        "Give the file another, shorter name and change the links to it; it was left out.",
        topic=Topic.MEDIA,
    ),
    Rule(
        "media-unused",
        Level.INFO,
        "No page, menu or setting mentions these pictures and files",
        "Nothing has to be done; all of them are in the collection “Unused”, where you can delete"
        " what you don't need, and answer at their old paths. --skip-unused leaves them out.",
    ),
    Rule(
        "media-left-out",
        Level.INFO,
        "Pictures and files that nothing mentions were left out",
        "Nothing has to be done; import without --skip-unused to bring them over, since their old"
        " paths do not answer.",
    ),
)
