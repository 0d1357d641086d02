"""Five real sites, served as they were: nothing lost, nothing broken, nothing written twice."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.cases.conftest import CASES, Case, EmptyCases

NAMES = (
    "csc-corp",
    "csit",
    "enterprisesg-cpso",
    "healthtechsprint-moht",
    "moh-vaccinegov",
)
# Of fewer things than this, one may miss: one in a hundred is more than the thresholds allow.
FEW = 200
SAMPLE = 12
DAMAGES, DAMAGES_OF_LONG_RUN = 17, 204
# Of the edit view with the most fields.
MOST_FIELDS = 2000
SECONDS_TO_OPEN = 3
# Least share by figure of the comparison's totals; ``n`` names what is counted there.
PAGES = {
    "url_coverage": 1.0,
    "title": 1.0,
    "word_recall": 0.998,
    "heading": 0.995,
    "link": 0.995,
    "embed": 1.0,
    "breadcrumb": 0.99,
    "card": 0.99,
}
# Least share of runs of five words. In listings only the first page can be compared in this
# way: on later ones the comparison takes file sizes and hosts for words of the page.
RUNS = 0.998
LISTING = "resource-listing"
COUNTED = {"image": ("images", 0.995), "table": ("tables", 0.995)}
# Share of the whole site, by part and key of its figures.
SITE = {
    ("nav", "labels"): 1.0,
    ("nav", "targets"): 1.0,
    ("footer", "by_target"): 1.0,
    ("sitemap", "recall"): 1.0,
}

pytestmark = [
    pytest.mark.cases,
    pytest.mark.parametrize(
        "case",
        [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES],
        indirect=True,
    ),
]


def test_the_cases_are_those_that_are_there(case: Case) -> None:
    assert sorted(file.stem for file in (CASES / "expected").glob("*.json")) == sorted(NAMES)


def test_every_page_holds_what_it_held(case: Case, record_property: Any) -> None:
    total = case.comparison["total"]
    short = {
        name: total[name]
        for name, least in PAGES.items()
        if total[name] is not None and total[name] < least
    }
    short |= {
        f"runs of words, {kind}": figures["text_recall"]
        for kind, figures in case.comparison["by_kind"].items()
        if kind != LISTING and (figures["text_recall"] or 1) < RUNS
    }
    for name, (counted, least) in COUNTED.items():
        share, number = total[name], total["n"][counted]
        if share is not None and round((1 - share) * number) > max(
            number * (1 - least), 1 if number < FEW else 0
        ):
            short[name] = share
    assert not short, (case.folder / f"{case.name}.txt").read_text()
    shown = ", ".join(
        f"{name} {100 * total[name]:.1f}"
        for name in (*PAGES, "text_recall", *COUNTED)
        if total[name] is not None
    )
    record_property("figures", f"{case.name}: {shown}")


def test_menu_footer_sitemap_and_files_are_as_they_were(case: Case) -> None:
    site = case.comparison["site_level"]
    short = {
        f"{part} {key}": site[part][key]
        for (part, key), least in SITE.items()
        if site[part][key] is not None and site[part][key] < least
    }
    assert not short, site
    assert site.get("notification") in (None, 1.0)
    assert site["files"]["missing"] == []
    assert site["404"] == 404


def test_nothing_is_broken_that_was_not(case: Case) -> None:
    targets = case.comparison["targets"]
    broken = [
        (one["url"], one["status"], one["on"])
        for one in targets["broken_links"] + targets["broken_images"]
        if not one["broken_in_source"]
    ]
    assert broken == []
    assert targets["links_checked"] > 0


def test_the_tree_is_sound_and_holds_no_type_of_another_site(case: Case) -> None:
    found = case.examine("tree")
    assert found["problems"] == [[], [], [], [], []]
    assert not {"overviewpage", "networkpage", "platformpage"} & set(found["types"])


def test_no_picture_or_file_is_without_its_other_half(case: Case) -> None:
    assert set(map(tuple, case.media.values())) == {()}


def test_a_second_import_writes_nothing(case: Case) -> None:
    before = case.examine("rows")
    again = case.run_import()
    assert {page["done"] for page in again["pages"]} == {"unchanged"}
    assert {
        done for of_kind in again["counts"].values() for done, count in of_kind.items() if count
    } == {"unchanged"}
    assert case.examine("rows") == before


def test_saving_a_page_untouched_changes_nothing(case: Case, long_run: bool) -> None:
    # What a form holds does not depend on the database.
    is_whole = long_run or not case.environment["DATABASE_URL"].startswith("postgres")
    found = case.examine("forms", "0" if is_whole else str(SAMPLE), case.name)
    assert found["pages"] >= SAMPLE
    assert (found["changed"], found["edited"]) == ({}, [])


def test_every_page_has_a_clean_certificate(case: Case, record_property: Any) -> None:
    assert case.first_import["pages"]
    begun = time.perf_counter()
    case.verify()
    seconds = time.perf_counter() - begun
    states = case.examine("certificates")
    assert set(states) <= {"passed", "explained", "not public"}
    assert sum(states.values()) == sum(bool(page["source"]) for page in case.first_import["pages"])
    record_property("figures", f"{case.name}: verified in {seconds:.0f} s, {states}")


def test_certificates_notice_every_damage(case: Case, long_run: bool, record_property: Any) -> None:
    found = case.examine("damage", str(DAMAGES_OF_LONG_RUN if long_run else DAMAGES), case.name)
    assert found["missed"] == []
    noticed = sum(found["trials"].values())
    record_property("figures", f"{case.name}: {noticed} of {noticed} damages noticed")


def test_nothing_unsafe_is_served(case: Case) -> None:
    found = case.examine("served")
    assert found["answered"] >= SAMPLE
    assert (found["failed"], found["unsafe"]) == ({}, {})


def test_the_largest_page_opens_in_the_editor(case: Case, record_property: Any) -> None:
    found = case.examine("largest form")
    assert found["fields"] < MOST_FIELDS
    assert found["seconds"] < SECONDS_TO_OPEN
    record_property("figures", f"{case.name}: largest edit form {found}")


def test_what_nothing_mentions_can_be_left_out(
    case: Case, empty_cases: EmptyCases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    all_files = case.first_import["counts"]
    with empty_cases.make(case.name, tmp_path_factory.mktemp("without-unused")) as other:
        report = other.run_import("--skip-unused")
        left_out = _count(report, "media-left-out")
        assert left_out == _count(case.first_import, "media-unused")
        assert _created(report["counts"]) == _created(all_files) - left_out
        assert other.examine("tree")["problems"] == [[], [], [], [], []]
        assert set(map(tuple, other.media.values())) == {()}


def _created(counts: dict[str, dict[str, int]]) -> int:
    return sum(counts.get(kind, {}).get("created", 0) for kind in ("Pictures", "Files"))


def _count(report: dict[str, Any], code: str) -> int:
    return sum(rule["count"] for rule in report["rules"] if rule["code"] == code)


def test_time_and_memory(case: Case, record_property: Any) -> None:
    report = case.first_import
    assert report["seconds"] < 60
    assert report["megabytes"] < 400
    record_property(
        "figures", f"{case.name}: imported in {report['seconds']} s, {report['megabytes']} MB"
    )
