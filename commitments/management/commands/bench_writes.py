"""`manage.py bench_writes`: updates handed in by API and published, a second."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from commitments.management.commands.bench import lined
from commitments.management.writes_bench import HEAD, measure_writes


class Command(BaseCommand):
    """Serve the present database on loopback and report to its sandbox for a while."""

    help = "Measure reporting by API on the sandbox; on a throw-away database with DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=2.0, help="for each round")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("It writes to the sandbox, which is there with DEMO=1 only.")
        self.stdout.write(lined([HEAD, *measure_writes(options["seconds"])]))
