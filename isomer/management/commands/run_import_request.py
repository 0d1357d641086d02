"""``manage.py run_import_request``: what the admin starts to plan an import, and to do it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from content.commands import PlainCommand
from isomer.models import RunRequest
from isomer.runs import State, work_on


class Command(PlainCommand):
    help = (
        "Make the plan of an import that was asked for in the admin, or do a plan that was"
        " confirmed there. The admin starts this itself; run it by hand only if it could not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "request", metavar="REQUEST", type=int, help="number of the request in the admin"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            request = work_on(options["request"])
        except RunRequest.DoesNotExist as error:
            raise CommandError(
                f"There is no request {options['request']}. Its number stands in the admin under"
                " Imports, Start an import."
            ) from error
        if request.state == State.FAILED:
            raise CommandError(request.error)
        self.stdout.write(f"Request {request.pk}: {request.get_state_display()}.")
