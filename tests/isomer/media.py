"""Helpers for tests about the pictures and files of a source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from tests.isomer.importing import run_import
from tests.isomer.read.sources import write as write_files

HOME = "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n"
CONFIG = "url: https://www.agency.gov.sg\nstaging: agency-staging.netlify.app\n"


def page(body: str, title: str = "A page", permalink: str = "/a-page/") -> str:
    return f"---\ntitle: {title}\npermalink: {permalink}\nvariant: tiptap\n---\n{body}\n"


def bring(source: Path, files: dict[str, str | bytes], **options: Any) -> Any:
    write_files(source, files)
    return run_import(source, **options)


def texts(done: Any, rule: str) -> list[str]:
    rows = done.outcome.run.messages.filter(rule=rule)
    return [f"{row.source_path}: {row.text}" for row in rows]


def fetch(path: str) -> bytes:
    """Return what a visitor gets at an old path, after at most one redirect."""
    client = Client(HTTP_HOST="localhost")
    response = client.get(path)
    if response.status_code == 301:
        response = client.get(response["Location"])
    assert response.status_code == 200, (path, response.status_code)
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def stored_files() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def show(path: str, alt: str = "") -> str:
    return page(f'<p>Text.</p><img src="{path}" alt="{alt}">')
