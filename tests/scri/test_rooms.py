"""Who may import whom (scri/checks.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from scri.checks import ROOMS, check_rooms, forbidden_imports


def test_the_project_keeps_to_the_rule() -> None:
    assert check_rooms() == []


def test_every_app_of_the_project_is_a_room() -> None:
    base = Path(settings.BASE_DIR)
    ours = {config.name for config in apps.get_app_configs() if Path(config.path).parent == base}
    assert ours == ROOMS


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("content", "from home.models import HomePage"),
        ("content", "import navigation"),
        ("networks", "import isomer.models as memory"),
        ("home", "from scri import checks"),
        ("isomer", "from networks import blocks"),
    ],
)
@pytest.mark.parametrize("indent", ["", "def later():\n    "])
def test_a_planted_import_is_found(tmp_path: Path, room: str, line: str, indent: str) -> None:
    file = tmp_path / room / "deep" / "planted.py"
    file.parent.mkdir(parents=True)
    file.write_text(f"from {room} import models\nimport django\n{indent}{line}\n")
    found = [(path, room_found) for path, _, room_found, _ in forbidden_imports(tmp_path)]
    assert found == [(file, room)]


def test_what_is_allowed_is_not_found(tmp_path: Path) -> None:
    file = tmp_path / "home" / "models.py"
    file.parent.mkdir()
    file.write_text(
        "from content.models import BasePage\nimport navigation.tree\nfrom . import x\n"
    )
    assert list(forbidden_imports(tmp_path)) == []


def test_the_check_names_file_and_line(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "planted.py").write_text("\nimport home\n")
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    (message,) = check_rooms()
    assert message.id == "scri.E001"
    assert "content/planted.py:2: content may not import home" in message.msg
