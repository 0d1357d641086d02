"""Pictures of other sites come into the library if somebody asks for their host."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from wagtail.images import get_image_model
from wagtail.models import Revision

from isomer.fetch import far_pictures
from isomer.fetch.download import FetchError
from isomer.models import ImportedObject, ImportRun
from isomer.plan import load_mapping
from isomer.read import open_source
from isomer.runs.run import SiteNameError, import_source
from isomer.verify.run import verify_run
from tests.isomer.importing import command_output, page_soup, rules_of
from tests.pictures import picture

FAR = "https://far.example.org"
BODY = f"""\
---
title: A page
permalink: /a/
image: {FAR}/share.png
---
![The hall]({FAR}/hall.png) and ![]({FAR}/text.png) and ![x](https://other.example.org/c.png)

<div hidden><img src="{FAR}/unseen.png"></div>

| ![]({FAR}/hall.png) | b |
| c | d |
"""


def test_only_shown_pictures_of_named_hosts_are_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BODY)
    with open_source(tmp_path) as site:
        found = far_pictures.far_pictures(site, ["far.example.org"])
        assert far_pictures.far_pictures(site, ["example.org", "far.example.org:8000"]) == {}
    assert found == {f"{FAR}/{name}.png": "a.md" for name in ("share", "hall", "text")}


def answer(address: str, file: Path) -> None:
    if "text" in address:
        file.write_text("<html>no picture</html>")
    elif "share" in address:
        raise FetchError("the host answers with 404")
    else:
        file.write_bytes(picture())


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    class ByHand:
        def __init__(self, hosts: tuple[str, ...]) -> None:
            self.fetch = answer

    monkeypatch.setattr(far_pictures, "Downloads", ByHand)


def run(folder: Path, *hosts: str) -> ImportRun:
    mapping = load_mapping(settings.ISOMER_MAPPING)
    return import_source(folder, mapping, fetch_pictures=hosts).outcome.run


@pytest.mark.django_db
@pytest.mark.usefixtures("by_hand")
def test_they_stay_with_later_imports_and_the_certificate_knows_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BODY)
    first = run(tmp_path, "far.example.org")
    assert {"picture-not-fetched", "pictures-fetched"} <= rules_of(first)
    body = page_soup("/a/").main
    assert [one["alt"] for one in body.find_all("img")] == ["The hall", ""]
    links = {one.get_text(strip=True) for one in body.find_all("a")}
    assert {"Picture 1, on far.example.org", "Picture 2, on other.example.org"} <= links
    one = get_image_model().objects.get()
    assert one.collection.name == "far.example.org"
    assert ImportedObject.objects.get(kind="picture").content["fetched"] == f"{FAR}/hall.png"

    found = verify_run(first.pk)
    assert [one.state for one in found.certificates] == ["explained"]

    revisions = Revision.objects.count()
    for hosts in (["far.example.org"], []):
        again = run(tmp_path, *hosts)
        assert Revision.objects.count() == revisions
        assert "media-gone" not in rules_of(again)


@pytest.mark.django_db
@pytest.mark.usefixtures("by_hand")
def test_a_plan_names_the_hosts(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s/a.md").write_text(BODY)
    report = ("--report", str(tmp_path / "r"), "--no-renditions")
    asked = ("--fetch-pictures", "FAR.example.org", "--fetch-pictures", "b.example.org")
    command_output(str(tmp_path / "s"), "--dry-run", *asked, *report)
    assert not get_image_model().objects.exists()
    [plan] = (tmp_path / "r").glob("*-plan.json")
    command_output("--plan", str(plan), *report)
    assert get_image_model().objects.count() == 1


def test_a_host_is_named_exactly() -> None:
    for name in ("*.example.org", "https://far.example.org", "far.example.org/x", "far"):
        with pytest.raises(SiteNameError):
            run(Path(), name)
