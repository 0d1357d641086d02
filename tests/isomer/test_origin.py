"""A site is not filled from another repository by mistake."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from wagtail.models import Page, Site

from isomer.models import ImportRun
from isomer.runs.origin import is_same
from navigation.models import SiteIdentity
from tests.isomer.importing import command_output
from tests.isomer.read.sources import write

pytestmark = pytest.mark.django_db

PAGES = {f"pages/{name}.md": f"---\ntitle: {name}\npermalink: /{name}/\n---\nWords.\n"
         for name in ("one", "two", "three", "contact")}  # fmt: skip
OTHERS = {f"pages/work-{name}.md": f"---\ntitle: {name}\npermalink: /work/{name}/\n---\nText.\n"
          for name in ("four", "five", "six")}  # fmt: skip
SHARED_PAGE = {"pages/contact.md": "---\ntitle: Call us\npermalink: /contact/\n---\nOther words.\n"}


def repository(folder: Path, title: str, *documents: dict[str, str]) -> str:
    files = {
        "_config.yml": f"title: {title}\n",
        "_data/navigation.yml": f"links:\n  - title: {title}\n    url: /contact/\n",
        "index.md": f"---\nlayout: homepage\ntitle: {title}\npermalink: /\n---\n",
    }
    for more in documents:
        files |= more
    return str(write(folder, files))


@pytest.fixture
def filled(tmp_path: Path) -> str:
    """The repository that the default site was filled from."""
    source = repository(tmp_path / "first-agency", "First Agency", PAGES)
    command_output(source, "--no-renditions")
    return source


def test_another_repository_needs_an_explicit_yes(filled: str, tmp_path: Path) -> None:
    other = repository(tmp_path / "second-agency", "Second Agency", OTHERS, SHARED_PAGE)
    for options in ([], ["--dry-run"]):
        with pytest.raises(CommandError) as found:
            command_output(other, *options)
        said = str(found.value)
        assert "was filled from “first-agency” (First Agency)" in said
        assert "“second-agency” (Second Agency)" in said
        assert "“Call us”" in said
        assert "menu" in said
        assert "site identity" in said
        assert "--replace-site" in said
    assert SiteIdentity.objects.get().name == "First Agency"
    assert ImportRun.objects.count() == 1
    command_output(other, "--replace-site", "--no-renditions")
    assert SiteIdentity.objects.get().name == "Second Agency"
    # From now on it is the site of the second one.
    command_output(other, "--no-renditions")


def test_a_plan_remembers_the_yes(filled: str, tmp_path: Path) -> None:
    other = repository(tmp_path / "second-agency", "Second Agency", OTHERS)
    reports = tmp_path / "reports"
    command_output(other, "--replace-site", "--dry-run", "--report", str(reports))
    (plan,) = reports.glob("*-plan.json")
    command_output("--plan", str(plan), "--no-renditions")
    assert Page.objects.filter(title="four").exists()


def test_another_site_may_be_filled(filled: str, tmp_path: Path) -> None:
    other = repository(tmp_path / "second-agency", "Second Agency", OTHERS)
    command_output(other, "--site", "www.second.example", "--no-renditions")
    assert Site.objects.filter(hostname="www.second.example").exists()


def test_the_same_repository_elsewhere_with_another_title_needs_none(
    filled: str, tmp_path: Path
) -> None:
    moved = repository(tmp_path / "checkout-2", "First Agency Singapore", PAGES, OTHERS)
    for name in ("four", "five"):
        (Path(moved) / f"pages/work-{name}.md").unlink()
    command_output(moved, "--no-renditions")
    assert SiteIdentity.objects.get().name == "First Agency Singapore"


def test_loose_documents_replace_no_site(filled: str, tmp_path: Path) -> None:
    loose = write(tmp_path / "loose", {"more.md": "---\ntitle: More\npermalink: /m/\n---\nText.\n"})
    command_output(str(loose), "--no-renditions")
    assert SiteIdentity.objects.get().name == "First Agency"


def test_the_first_commit_is_remembered(tmp_path: Path) -> None:
    source = Path(repository(tmp_path / "agency", "Agency", PAGES))
    git = ["git", "-c", "user.name=N", "-c", "user.email=n@example.org", "-C", str(source)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "First"], check=True)
    command_output(str(source), "--no-renditions")
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    assert ImportRun.objects.get().origin == {
        "name": "agency", "title": "Agency", "first_commit": head.stdout.strip(),
    }  # fmt: skip


TEN = {f"pages/{number}.md" for number in range(10)}
THREE = {"pages/0.md", "pages/1.md", "pages/2.md"}


@pytest.mark.parametrize(
    ("known", "origin", "paths", "same"),
    [
        ({"title": "A"}, {"title": "a"}, THREE, True),
        ({"title": "A"}, {"title": "B"}, THREE, False),
        ({"title": "A"}, {"title": "B"}, TEN, True),
        ({}, {"title": "B"}, THREE, False),
        ({}, {"title": "B"}, TEN | {"new.md"}, True),
        ({"first_commit": "1"}, {"first_commit": "1"}, THREE, True),
        ({"first_commit": "1"}, {"first_commit": "2"}, THREE, False),
        # Two made from one template.
        ({"title": "A", "first_commit": "1"}, {"title": "B", "first_commit": "1"}, THREE, False),
        ({"title": "A"}, {"title": "A"}, {"other.md"}, False),
        # One document that was imported before, or after, the whole.
        ({"title": "A"}, {"title": "A"}, {"pages/0.md"}, True),
        ({"title": "A", "first_commit": "1"}, {"title": "B", "first_commit": "2"}, TEN, False),
    ],
)
def test_what_is_known_decides(
    known: dict[str, str], origin: dict[str, str], paths: set[str], same: bool
) -> None:
    assert is_same(known, TEN, origin, paths) is same


@pytest.mark.parametrize(("title", "same"), [("A", True), ("B", False), ("", True)])
def test_after_a_home_page_alone_the_title_decides(title: str, same: bool) -> None:
    for paths in (set(), TEN):
        assert is_same({"title": "A"}, set(), {"title": title}, paths) is same
