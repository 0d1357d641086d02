"""The promises of the design (section 2), each by name, on repositories that nobody wrote.

Promise 6 (editors' words) grows with merging and has ``test_later_imports.py``; 10 (safe) has
``test_bad_input.py``, ``unseen/`` and ``test_svg.py``.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import cache, caches
from django.db import OperationalError, connection, transaction
from django.test import Client
from django_tasks.signals import task_enqueued
from hypothesis import HealthCheck, Phase, given, reject
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Revision

from content.models import BasePage
from isomer.apply.leftovers import discard_files
from isomer.models import ImportedObject, ImportRun
from isomer.plan import load_mapping
from isomer.plan.model import Action
from isomer.runs.run import Import, Planned, Request, import_source, plan_source
from navigation.models import NavigationSettings
from tests.conftest import LONG
from tests.isomer.importing import words
from tests.isomer.media import stored_files
from tests.isomer.random_repositories import Files, repositories
from tests.isomer.read.sources import write
from tests.isomer.unseen.survival import Survivor, check_words

pytestmark = [pytest.mark.django_db, pytest.mark.long]

each = hypothesis_settings(
    max_examples=100 if LONG else 6,
    deadline=None,
    # Each try imports a site: better the first failure soon than the smallest one late.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
MAPPING = Path(settings.ISOMER_MAPPING)
# What a run always writes.
RECORDS = {"isomer_importrun", "isomer_importmessage"}
TABLE_OF_TEXT_SEARCH = re.compile("_fts")
WRITES = ("INSERT", "UPDATE", "DELETE")


class Undo(Exception):
    """Takes an example back."""


@contextmanager
def example(files: Files) -> Iterator[Path]:
    """Write files as a repository; undo everything at the end."""
    with tempfile.TemporaryDirectory() as name:
        media = Path(name) / "media"
        try:
            with transaction.atomic(), mock.patch.object(settings, "MEDIA_ROOT", str(media)):
                yield write(Path(name) / "repository", files)
                raise Undo
        except Undo:
            return


def run(folder: Path, **options: Any) -> Import:
    done = import_source(folder, load_mapping(MAPPING), **options)
    assert Page.find_problems() == ([], [], [], [], [])
    return done


def plan(folder: Path) -> Planned:
    return plan_source(Request(folder, load_mapping(MAPPING)))


def all_rows() -> dict[str, Counter[str]]:
    """Return every row of every table, those of the importer's own records excepted."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in RECORDS and not TABLE_OF_TEXT_SEARCH.search(table):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found[table] = Counter(map(repr, cursor.fetchall()))
    return found


def served(url: str) -> BeautifulSoup:
    response = Client(HTTP_HOST="localhost").get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html5lib")


def survivor_of(done: Import, files: Files, root: Path) -> Survivor:
    found = Survivor(done, files, root)
    for row in ImportedObject.objects.filter(kind=ImportedObject.Kind.PAGE):
        page = Page.objects.get(pk=row.object_id).specific
        found.pages[row.source_path] = page
        if page.live and page.url:
            found.served[row.source_path] = served(page.url)
    return found


@each
@given(repositories())
def test_promise_1_nothing_is_lost(files: Files) -> None:
    with example(files) as folder:
        check_words(survivor_of(run(folder), files, folder))


@each
@given(repositories())
def test_promise_2_nothing_is_invented(files: Files) -> None:
    with example(files) as folder:
        found = survivor_of(run(folder), files, folder)
        for path, soup in found.served.items():
            page = found.pages[path]
            if path not in files or path.endswith("index.html"):
                # A listing says what its posts are called.
                continue
            assert page.search_description == ""
            main = soup.find("main")
            for interface in main.select("[data-interface]"):
                interface.decompose()
            text = files.get(path, "")
            said = set(words(str(text))) | set(words(page.title))
            dates = {word for one in main.select("time") for word in words(one.get_text())}
            assert set(words(main.get_text(" "))) <= said | dates, path


@each
@given(repositories())
def test_promise_3_nothing_is_refused(files: Files) -> None:
    with example(files) as folder:
        run(folder)
        rows = ImportedObject.objects.filter(kind=ImportedObject.Kind.PAGE)
        pages = {row.source_path: Page.objects.get(pk=row.object_id).specific for row in rows}
        for path, text in files.items():
            if not path.endswith(".md") or path == "index.md":
                continue
            page = pages[path]
            waits = "2099" in path
            assert page.live is not (waits or "published: false" in str(text)), path
            assert bool(page.go_live_at) is waits


@each
@given(repositories())
def test_promise_4_every_address_stays(files: Files) -> None:
    with example(files) as folder:
        run(folder)
        client = Client(HTTP_HOST="localhost")
        for path, text in files.items():
            permalink = re.search(r"^permalink: (.+)$", str(text), re.MULTILINE)
            if permalink and "published: false" not in str(text):
                claims = [t for t in files.values() if permalink[0] in str(t)]
                if all("published: false" not in str(t) for t in claims):
                    assert client.get(permalink[1]).status_code == 200, path
        assert client.get("/files/a.pdf").status_code == 200
        assert client.get("/images/mark.svg").status_code == 301


@each
@given(repositories())
def test_promise_5_the_same_source_again_writes_nothing(files: Files) -> None:
    with example(files) as folder:
        run(folder)
        before, stored = all_rows(), stored_files()
        cache.set("kept", "yes")
        with mock.patch.object(type(caches["default"]), "clear", autospec=True) as clear:
            again = run(folder)
        assert not clear.called
        assert cache.get("kept") == "yes"
        assert {page.action for page in again.plan.pages} == {Action.KEEP}
        assert all_rows() == before
        assert stored_files() == stored


@each
@given(repositories())
def test_promise_5_opening_and_saving_is_no_edit(files: Files) -> None:
    with example(files) as folder:
        run(folder)
        for page in Page.objects.filter(depth__gt=1).specific():
            if isinstance(page, BasePage) and page.live:
                page.save_revision().publish()
        again = run(folder)
        assert {page.action for page in again.plan.pages} == {Action.KEEP}


@each
@given(repositories(), st.data())
def test_promise_5_one_sentence_is_one_revision(files: Files, data: st.DataObject) -> None:
    with example(files) as folder:
        run(folder)
        path = data.draw(st.sampled_from(sorted(p for p in files if p.startswith("_about/"))))
        if not path.endswith(".md"):
            return
        file = folder / path
        file.write_text(file.read_text(encoding="utf-8") + "\nOne more sentence.\n", "utf-8")
        before = Revision.objects.count()
        done = run(folder)
        assert Revision.objects.count() == before + 1
        assert [p.key for p in done.plan.pages if p.action is Action.UPDATE] == [path]


@each
@given(repositories())
def test_promise_7_a_dry_run_is_a_promise(files: Files) -> None:
    with example(files) as folder:
        planned = plan(folder)
        assert not ImportRun.objects.exists()
        steps = planned.plan.steps
        done = run(folder, bound_to=planned.binding(MAPPING))
        assert done.outcome.run.plan_hash == planned.plan.digest
        made = {page.key for page in planned.plan.pages if page.action is Action.CREATE}
        kinds = (ImportedObject.Kind.PAGE, ImportedObject.Kind.SECTION)
        rows = ImportedObject.objects.filter(kind__in=kinds)
        assert set(rows.values_list("source_path", flat=True)) == made
        for page in planned.plan.pages:
            written = Page.objects.get(pk=rows.get(source_path=page.key).object_id)
            assert written.draft_title == page.content["title"]
            assert written.specific_class._meta.label == page.page_type
            assert written.live is (page.live and not page.content.get("go_live_at"))
        again = plan(folder)
        assert {page.action for page in again.plan.pages} == {Action.KEEP}
        assert steps.keys() == again.plan.steps.keys()


class Interrupted(OperationalError):
    """The database went away."""


@pytest.mark.django_db
def test_an_import_starts_no_task_whose_error_nobody_sees():
    """Wagtail's tasks log an error and go on, so that a run would end as if nothing was wrong."""
    files: Files = {
        "_config.yml": "title: Agency\nurl: https://www.agency.gov.sg\n",
        "_data/navigation.yml": "links:\n  - title: About\n    collection: about\n",
        "_data/footer.yml": "contact_us: /contact/\n",
        "index.md": "---\nlayout: homepage\ntitle: Agency\npermalink: /\n---\n",
        "_about/a.md": "---\ntitle: A\npermalink: /about/a/\n---\nSee [b](/about/b/).\n",
        "_about/b.md": "---\ntitle: B\npermalink: /about/b/\npublished: false\n---\nWords.\n",
        "_redirects": "/old /about/a/ 301\n",
    }
    enqueued: list[str] = []
    with example(files) as folder:
        task_enqueued.connect(
            note := lambda sender, task_result, **_: enqueued.append(task_result.task.module_path)
        )
        try:
            run(folder)
        finally:
            task_enqueued.disconnect(note)
        (redirect,) = Redirect.objects.all()
        assert ReferenceIndex.get_references_for_object(redirect).exists()
        assert ReferenceIndex.get_references_for_object(NavigationSettings.objects.get()).exists()
    assert enqueued == []


@each
@given(repositories(), st.floats(0, 1, exclude_max=True))
def test_promise_8_all_or_nothing(files: Files, moment: float) -> None:
    """A run that fails at any statement leaves rows and files as they were."""
    with example(files) as folder:
        count = statements_of(folder)
        before, stored = all_rows(), stored_files()
        runs = ImportRun.objects.done().count()
        left = int(moment * count)

        def fail(execute: Any, *arguments: Any) -> Any:
            nonlocal left
            left -= 1
            if left == -1:
                raise Interrupted
            return execute(*arguments)

        def discard(run: ImportRun) -> None:
            nonlocal left
            # All is written, or taken back: tests that kill a run say what happens from here on.
            left = -1
            discard_files(run)

        # The care list is made up for every night; a test in tests/care says what happens to it.
        care = mock.patch("isomer.runs.run.list_care")
        discarding = mock.patch("isomer.apply.write.discard_files", discard)
        with care, discarding, suppress(Interrupted), connection.execute_wrapper(fail):
            run(folder)
            # A second import asks some things less often, so it may be over by then.
            reject()
        assert all_rows() == before
        assert stored_files() == stored
        assert ImportRun.objects.done().count() == runs


def statements_of(folder: Path) -> int:
    """Return how many statements a first import needs, and take it back."""
    count = 0

    def tally(execute: Any, *arguments: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*arguments)

    try:
        care = mock.patch("isomer.runs.run.list_care")
        with care, transaction.atomic(), connection.execute_wrapper(tally):
            done = import_source(folder, load_mapping(MAPPING))
            for name in stored_files():
                (Path(settings.MEDIA_ROOT) / name).unlink()
            assert done.outcome.run.pk
            raise Undo
    except Undo:
        return count


@each
@given(repositories())
def test_promise_9_content_is_editable(files: Files) -> None:
    with example(files) as folder:
        run(folder)
        kept = total = 0
        for page in Page.objects.live().filter(depth__gt=2).specific():
            for block in getattr(page, "body", []):
                size = len(str(block.value))
                total += size
                kept += size if block.block_type == "imported_html" else 0
        if "marquee" not in "".join(map(str, files.values())):
            assert kept == 0
        assert kept <= total
