"""What the tools for screenshots and Lighthouse make of their material."""

from __future__ import annotations

from dataclasses import replace

from tests.cases.looks import chosen
from tools.lighthouse import Figures, read_report
from tools.screenshots import spread

GOOD = Figures(100, 100, 100, 100, 1200, 0, 0, 18.0)


def test_a_page_is_told_what_it_misses() -> None:
    assert GOOD.misses(99) == []
    bad = Figures(98, 99, 100, 92, 3000, 200, 0.02, 31.2)
    assert bad.misses(99) == [
        "accessibility 99",
        "SEO 92",
        "performance 98, not 99",
        "layout shift 0.020",
        "31.2 KB of HTML, CSS and JS",
    ]
    assert "performance 98, not 99" not in bad.misses(95)


def test_a_report_is_read() -> None:
    def category(score: float, *audits: str) -> dict:
        return {"score": score, "auditRefs": [{"id": name, "weight": 1} for name in audits]}

    sizes = [("Document", 4096), ("Stylesheet", 8192), ("Script", 2048), ("Image", 90_000)]
    report = {
        "categories": {
            "performance": category(0.99),
            "accessibility": category(1),
            "best-practices": category(1),
            "seo": category(0.92, "link-text", "document-title"),
        },
        "audits": {
            "link-text": {"score": 0},
            "document-title": {"score": 1},
            "largest-contentful-paint": {"numericValue": 1229.4},
            "total-blocking-time": {"numericValue": 0},
            "cumulative-layout-shift": {"numericValue": 0},
            "network-requests": {
                "details": {
                    "items": [{"resourceType": kind, "transferSize": size} for kind, size in sizes]
                }
            },
        },
    }
    figures = read_report(report)
    assert (figures.performance, figures.seo, figures.kilobytes) == (99, 92, 14)
    assert figures.failed == ("link-text",)
    assert figures.is_the_sources
    assert not replace(figures, failed=("link-text", "document-title")).is_the_sources


def test_further_pages_are_spread_over_the_site() -> None:
    paths = [f"/{number}/" for number in range(10)]
    assert spread(paths, 3) == ["/0/", "/3/", "/6/"]
    assert spread(paths, 20) == paths
    assert spread([], 3) == spread(paths, 0) == []


def test_chosen_pages_show_every_kind() -> None:
    known = {"/a/": ["text"], "/b/": ["text", "table"], "/c/": ["embed"], "/d/": [], "/e/": []}
    found = chosen(known, 4)
    assert found[:2] == ["/b/", "/c/"]
    assert len(found) == len(set(found)) == 4
    assert chosen(known, 4) == found
    assert len(chosen(known, 0)) == 2
