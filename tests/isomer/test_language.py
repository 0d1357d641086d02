"""The language of pages and of the website: what the source says, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from content.models import ContentPage
from isomer.plan.model import Action
from navigation.models import SiteIdentity
from tests.factories import edit
from tests.isomer.importing import run_import, write_documents

pytestmark = pytest.mark.django_db

HOME = "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n"
CHINESE = (
    '<p class="x"><a href="/a-long-address/">我们为新加坡的医生和病人服务,欢迎您来参加</a></p>' * 2
)


def page(body: str = "Words", **front_matter: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in front_matter.items())
    return f"---\ntitle: Page\npermalink: /page/\n{lines}---\n{body}\n"


def found(done: Any, rule: str) -> list[tuple[str, str]]:
    return [(one.path, one.text) for one in done.plan.messages if one.rule == rule]


def test_a_language_that_a_document_no_longer_names_is_taken_back(tmp_path: Path) -> None:
    source = write_documents(tmp_path / "site", index__md=HOME, page__md=page(lang="ta"))
    run_import(source)
    write_documents(source, page__md=page())
    run_import(source)
    assert ContentPage.objects.get(title="Page").language == ""


@pytest.mark.parametrize(
    ("front_matter", "language", "left_out"),
    [
        ({"lang": "ta"}, "ta", 0),
        ({"language": "Chinese"}, "zh-Hans", 0),
        ({"lang": "xx", "language": "ms-SG"}, "ms", 0),
        ({"lang": "klingon"}, "", 1),
        ({}, "", 0),
    ],
)
def test_a_document_may_name_its_language(
    tmp_path: Path, front_matter: dict[str, str], language: str, left_out: int
) -> None:
    source = write_documents(tmp_path / "site", index__md=HOME, page__md=page(**front_matter))
    done = run_import(source)
    assert ContentPage.objects.get(title="Page").language == language
    assert len(found(done, "field-left-out")) == left_out
    again = run_import(source)
    assert {one.action for one in again.plan.pages} == {Action.KEEP}


def test_a_script_is_told_and_nothing_is_set(tmp_path: Path) -> None:
    source = write_documents(tmp_path / "site", index__md=HOME, page__md=page(CHINESE))
    done = run_import(source)
    assert found(done, "language-of-page") == [("page.md", "Chinese")]
    kept = ContentPage.objects.get(title="Page")
    assert kept.language == ""
    edit(kept, language="zh-Hans")
    again = run_import(source)
    assert {one.action for one in again.plan.pages} == {Action.KEEP}
    write_documents(source, page__md=page(f"{CHINESE}<p>更多</p>"))
    run_import(source)
    assert ContentPage.objects.get(title="Page").language == "zh-Hans"
    write_documents(source, page__md=page(CHINESE, lang="zh-TW"))
    assert found(run_import(source), "language-of-page") == []


@pytest.mark.parametrize(
    ("line", "language", "unknown"),
    [
        ("", "en", []),
        ("locale: zh_SG\n", "zh-Hans", []),
        ("lang: ms\n", "ms", []),
        ("lang: xx\n", "en", [("_config.yml", "xx")]),
        ("lang:\nlocale: [1]\n", "en", [("_config.yml", "[1]")]),
    ],
)
def test_the_settings_may_name_the_language_of_the_website(
    tmp_path: Path, line: str, language: str, unknown: list[tuple[str, str]]
) -> None:
    source = write_documents(
        tmp_path / "site", index__md=HOME, _config__yml=f"title: A site\n{line}"
    )
    done = run_import(source)
    assert SiteIdentity.objects.get().language == language
    assert found(done, "language-unknown") == unknown
