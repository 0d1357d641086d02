"""No address of a site is lost because this software uses a word for something of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.isomer.importing import page_soup, rules_of, run_import
from tests.isomer.read.sources import write
from tests.isomer.test_limits import HOME

pytestmark = pytest.mark.django_db

NAMES = ("media", "static", "documents", "theme", "django-admin", "healthz", "search", "sitemap")


def page(title: str, address: str) -> str:
    return f"---\ntitle: {title}\npermalink: {address}\n---\nWords of {title}.\n"


@pytest.mark.parametrize("room", ["media", "documents"])
def test_a_room_with_such_a_name(tmp_path: Path, room: str) -> None:
    files = {
        "index.md": HOME,
        "_config.yml": f"title: Agency\nresources_name: {room}\n",
        f"{room}/index.html": f"---\nlayout: resources\ntitle: {room}\n---\n",
        f"{room}/releases/index.html": "---\nlayout: resources-alt\ntitle: Releases\n---\n",
        f"{room}/releases/_posts/2020-01-02-post-a.md": page("A", f"/{room}/releases/a/"),
    }
    done = run_import(write(tmp_path, files))
    assert not rules_of(done.outcome.run) & {"permalink-invalid", "address-moved-aside"}
    for address in (f"/{room}/", f"/{room}/releases/", f"/{room}/releases/a/"):
        page_soup(address)


def test_pages_with_such_addresses(tmp_path: Path) -> None:
    files = {f"pages/{name}.md": page(name, f"/{name}/") for name in NAMES}
    files |= {f"pages/{name}-a.md": page(f"Below {name}", f"/{name}/1/a.html") for name in NAMES}
    run_import(write(tmp_path, {"index.md": HOME, **files}))
    for name in NAMES:
        assert f"Words of {name}." in page_soup(f"/{name}/").get_text()
        assert f"Words of Below {name}." in page_soup(f"/{name}/1/a.html").get_text()


def test_the_admins_own_address_is_named(tmp_path: Path) -> None:
    files = {"index.md": HOME, "pages/a.md": page("A", "/admin/a/")}
    done = run_import(write(tmp_path, files))
    [message] = done.outcome.run.messages.filter(source_path="pages/a.md", place="permalink")
    assert "/admin/ belong to the software" in message.text
    assert "ADMIN_PATH" in message.text
    assert Client(HTTP_HOST="localhost").get("/pages/a.html").status_code == 200
