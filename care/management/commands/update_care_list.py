"""``manage.py update_care_list``: look at every page anew."""

from __future__ import annotations

from typing import Any

from care.items import update_all
from care.models import CareItem
from content.commands import PlainCommand
from content.counting import counted
from content.progress import ProgressLine


class Command(PlainCommand):
    """Saving a page keeps the list up to date; this finds what time alone brings about."""

    help = (
        "Looks at every page anew for the care list. Have it run once a night: nobody saves a"
        " draft that was forgotten."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        progress = ProgressLine(self.stderr, options["verbosity"])
        pages = update_all(progress)
        progress.clear()
        items = CareItem.objects.filter(state=CareItem.State.OPEN).count()
        self.stdout.write(f"{counted(pages, 'page')}, {counted(items, 'item')} on the list.")
