"""``manage.py check_links``: see whether other sites still answer where pages lead."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from care.checking import asker_for, check_links, due
from content.commands import PlainCommand
from content.counting import counted
from content.progress import ProgressLine


class Command(PlainCommand):
    """Have it run once a night; it asks each address once a week, failed ones every day."""

    help = (
        "Asks other hosts for the addresses that pages lead to. A link is reported in the care"
        " list after it failed on two different days."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--limit", type=int, default=500, help="How many addresses are asked at most (500)."
        )
        parser.add_argument(
            "--minutes", type=float, default=30, help="When nothing new is asked any more (30)."
        )
        parser.add_argument(
            "--pause", type=float, default=1, help="Seconds between requests to one host (1)."
        )
        parser.add_argument(
            "--timeout", type=float, default=10, help="Seconds to wait for a host (10)."
        )
        parser.add_argument(
            "--again", action="store_true", help="Ask also what was asked a short while ago."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        progress = ProgressLine(self.stderr, options["verbosity"])
        waiting = due(options["again"])
        addresses = waiting[: max(0, options["limit"])]
        asker = asker_for(options["pause"], options["timeout"])
        done = check_links(asker, addresses, options["minutes"] * 60, progress)
        progress.clear()
        answers, failed = done.outcomes["answers"], done.outcomes["failed"]
        self.stdout.write(
            f"{counted(done.asked, 'address', 'addresses')} asked:"
            f" {answers} answer, {failed} failed, {done.outcomes['unsure']} don't answer programs."
        )
        left = len(waiting) - done.asked
        if left:
            self.stdout.write(f"{left} are left for the next run.")
        self.stdout.write(f"{done.broken} failed on two days or more and are in the care list.")
