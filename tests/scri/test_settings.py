"""What the environment decides, asked of new processes as an administrator starts them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]
READ = (
    "import json; from django.conf import settings as s; print(json.dumps("
    "[str(s.DATABASES['default']['NAME']), s.MEDIA_ROOT, s.SECRET_KEY, s.ALLOWED_HOSTS, s.DEBUG]))"
)
VARIABLES = (
    "DJANGO_SETTINGS_MODULE",
    "DATABASE_URL",
    "MEDIA_ROOT",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "ALLOW_INDEXING",
)


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project with nothing of ours in its environment but ``variables``."""
    clean = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    clean.pop("DEBUG", None)
    # The browser tests set this for themselves.
    clean.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE,
        env=clean | variables,
        capture_output=True,
        text=True,
        check=False,
    )


COMPLETE = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "www.example.org, example.org"}


@pytest.mark.parametrize("name", sorted(COMPLETE))
@pytest.mark.parametrize("value", [None, "", " "])
def test_production_does_not_start_without(name: str, value: str | None) -> None:
    variables = {key: text for key, text in COMPLETE.items() if key != name}
    if value is not None:
        variables[name] = value
    result = python("-c", "import scri.settings.production", **variables)
    assert result.returncode != 0
    assert f"Set {name}: production does not start without it." in result.stderr


def test_production_starts_with_both_and_passes_djangos_own_checks() -> None:
    result = python(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level=ERROR",
        DJANGO_SETTINGS_MODULE="scri.settings.production",
        **COMPLETE,
    )
    assert result.returncode == 0, result.stderr
    result = python(
        "-c",
        f"import django; django.setup(); {READ}",
        DJANGO_SETTINGS_MODULE="scri.settings.production",
        **COMPLETE,
    )
    *_, hosts, debug = json.loads(result.stdout)
    assert hosts == ["www.example.org", "example.org"]
    assert debug is False


def test_a_server_starts_with_production_settings() -> None:
    result = python("-c", "import scri.wsgi", ALLOWED_HOSTS="example.org")
    assert "Set SECRET_KEY" in result.stderr


def test_manage_honours_the_environment(tmp_path: Path) -> None:
    result = python(
        "manage.py",
        "shell",
        "--no-imports",
        "--command",
        READ,
        DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3",
        MEDIA_ROOT=f"{tmp_path}/uploads",
        SECRET_KEY="of-my-own",
        ALLOWED_HOSTS="one.example,two.example",
        DEBUG="false",
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == [
        f"{tmp_path}/other.sqlite3",
        f"{tmp_path}/uploads",
        "of-my-own",
        ["one.example", "two.example"],
        False,
    ]


def test_manage_needs_no_environment() -> None:
    result = python("manage.py", "shell", "--no-imports", "--command", READ)
    assert result.returncode == 0, result.stderr
    database, media, key, hosts, debug = json.loads(result.stdout)
    assert (database, media) == (str(BASE / "db.sqlite3"), str(BASE / "media"))
    assert key
    assert "127.0.0.1" in hosts
    assert debug is True


def test_postgresql_is_chosen_by_its_address() -> None:
    result = python(
        "manage.py",
        "shell",
        "--no-imports",
        "--command",
        "from django.db import connection; print(connection.vendor)",
        DATABASE_URL="postgresql://user:secret@127.0.0.1:1/name",
    )
    assert result.stdout.strip() == "postgresql", result.stderr


@pytest.mark.parametrize(
    ("settings", "given", "expected"),
    [
        ("production", None, "True"),
        ("production", "false", "False"),
        ("dev", None, "False"),
        ("dev", "true", "True"),
    ],
)
def test_only_production_lets_search_engines_in_by_itself(
    settings: str, given: str | None, expected: str
) -> None:
    chosen = {} if given is None else {"ALLOW_INDEXING": given}
    read = f"from scri.settings import {settings} as s; print(s.ALLOW_INDEXING)"
    result = python("-c", read, **COMPLETE, **chosen)
    assert (result.stdout.strip(), result.returncode) == (expected, 0), result.stderr
