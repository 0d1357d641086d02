"""Fill an empty database with a small site for tests of the admin, and print what it holds.

python -m tests.browser.small_desk FOLDER   FOLDER takes the documents that are imported
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django

django.setup()

from django.test import Client  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from tests.care.sites import make_image, page_with, picture  # noqa: E402
from tests.editors.addresses import our_addresses  # noqa: E402
from tests.editors.objects import make_objects, url_of  # noqa: E402
from tests.editors.people import GROUPS, make_person  # noqa: E402
from tests.factories import make_page  # noqa: E402


def paths_seen(objects: dict) -> dict[str, str]:
    """Return the paths of our own pages for an administrator, by name of address.

    Wagtail's views of our models are Wagtail's pages. Axe can't work in the sides of a
    sign-off, where no script runs."""
    client = Client(HTTP_HOST="localhost")
    administrator = make_person("administrator")
    assert administrator is not None
    client.force_login(administrator)
    paths = {
        name: url_of(name, objects)
        for name in sorted(our_addresses())
        if not name.startswith(("wagtail", "isomer_sign_off_side"))
    }
    answers = {name: client.get(path) for name, path in paths.items()}
    return {
        name: paths[name]
        for name, answer in answers.items()
        if answer.status_code == 200
        and answer["Content-Type"].startswith("text/html")
        and "attachment" not in answer.get("Content-Disposition", "")
    }


def main() -> None:
    paths = paths_seen(make_objects(Path(sys.argv[1])))
    for role in GROUPS:
        make_person(role)
    home: Page = Site.objects.get(is_default_site=True).root_page
    draft = make_page(home, "Our work")
    waiting = make_page(home, "Waits for approval")
    waiting.get_workflow().start(waiting.get_latest_revision_as_object(), None)
    page_with(home, "With a map", picture(make_image("Map")), search_description="Maps.")
    shown = make_page(home, "Only looked at")
    pages = {"draft": draft.pk, "shown": shown.pk, "home": home.pk}
    sys.stdout.write(json.dumps({"paths": paths, "pages": pages}) + "\n")


if __name__ == "__main__":
    main()
