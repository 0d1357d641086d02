"""The language of a page, and that of what stands around it (WCAG 3.1.1, 3.1.2)."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page, Site

from content.languages import LANGUAGES, TERRITORIES, language_code, script_of
from navigation.models import Notification, SiteIdentity
from tests.factories import edit, make_page, make_section
from tests.navigation.helpers import soup_of

FRAME = (
    ".skip-link", ".notification", ".header", ".breadcrumb", ".side", ".neighbours", ".footer",
)  # fmt: skip


def test_a_page_is_in_the_language_of_the_site_unless_it_says_otherwise(
    client: Client, site: Site, home: Page
) -> None:
    make_page(home, "Plain")
    soup = soup_of(client, "/plain/")
    assert [element["lang"] for element in soup.select("[lang]")] == ["en"]
    SiteIdentity.objects.update_or_create(site=site, defaults={"language": "ms"})
    soup = soup_of(client, "/plain/")
    assert [element["lang"] for element in soup.select("[lang]")] == ["ms"]


def test_the_frame_of_a_page_in_another_language_says_its_own(
    client: Client, site: Site, home: Page
) -> None:
    section = make_section(home, "Health")
    page = make_page(section, "健康", slug="health", show_in_menus=True)
    make_page(section, "Second", show_in_menus=True)
    edit(page, language="zh-Hans")
    Notification.objects.create(site=site, text="<p>Closed</p>", on_all_pages=True)
    soup = soup_of(client, "/health/health/")
    assert soup.html is not None
    assert soup.html["lang"] == "zh-Hans"
    shown = [(name, soup.select_one(name)) for name in FRAME]
    wrong = [name for name, part in shown if part is not None and part.get("lang") != "en"]
    assert wrong == []
    assert [name for name, part in shown if part is None] == []
    main, here = soup.select_one("main"), soup.select_one(".breadcrumb [aria-current]")
    assert main is not None
    assert main.get("lang") is None
    assert here is not None
    assert here["lang"] == "zh-Hans"
    locale = soup.select_one('meta[property="og:locale"]')
    assert locale is not None
    assert locale["content"] == "zh_CN"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("ZH_hk", "zh-Hant"), ("zh-Hant", "zh-Hant"),
        ("en_SG", "en"), ("en-GB", "en"), ("en_SG.UTF-8", "en"), ("Tamil", "ta"), ("ms", "ms"),
        ("Malay", "ms"), ("tl", "fil"), ("Chinese", "zh-Hans"), ("", ""), ("xx", ""),
        ("english please", ""), (None, ""), (["en"], ""), ("ar", ""),
    ],
)  # fmt: skip
def test_languages_as_sources_write_them(written: object, code: str) -> None:
    assert language_code(written) == code


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("我们为新加坡的医生和病人服务,欢迎您来参加我们的研究。谢谢大家", "Chinese"),
        ("நாங்கள் சிங்கப்பூரின் மருத்துவர்களுக்கும் நோயாளிகளுக்கும் சேவை செய்கிறோம்", "Tamil"),
        ("We serve doctors and patients 我们", ""),
        ("わたしたちはシンガポールのいしゃとかんじゃのためにはたらいています 研究", ""),
        ("我们", ""),
        ("", ""),
    ],
)
def test_the_script_of_a_text(text: str, script: str) -> None:
    assert script_of(text) == script


def test_every_language_has_a_territory() -> None:
    assert set(TERRITORIES) == {code for code, _ in LANGUAGES}
