"""System checks of the settings that imports need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register()
def check_sources(**kwargs: Any) -> list[CheckMessage]:
    """Report what is wrong with ``ISOMER_SOURCES``, the folders that the admin may import."""
    found: list[CheckMessage] = []
    for name, folder in settings.ISOMER_SOURCES.items():
        if not name or not folder:
            found.append(
                Error(
                    f"ISOMER_SOURCES has an entry that is not name=folder: “{name or folder}”.",
                    hint="Write ISOMER_SOURCES=name=folder,other=folder.",
                    id="isomer.E001",
                )
            )
        elif not (Path(settings.BASE_DIR) / folder).exists():
            found.append(
                Warning(
                    f"The source “{name}” of ISOMER_SOURCES is not there: {folder}",
                    hint="Correct the folder, or leave the entry out.",
                    id="isomer.W001",
                )
            )
    return found
