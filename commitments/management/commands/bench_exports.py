"""`manage.py bench_exports`: rows a second and memory of releases and streamed lists."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from commitments.management.commands.bench import lined
from commitments.management.exports_bench import (
    HEAD,
    MOST,
    RELEASE,
    STEPS,
    measured_apart,
    measured_here,
)
from commitments.management.measuring import timed
from commitments.models import Commitment, StatusUpdate
from commitments.services.throwaway_events import tell_of_everything
from commitments.services.throwaway_record import make_record


class Command(BaseCommand):
    """Make up a long record, then let processes of their own export it, and print a table."""

    help = "Measure exports of a made-up record. On a throw-away database only: nothing is undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--made", type=int, default=0, help="make up so many commitments first")
        parser.add_argument("--step", choices=STEPS, help="measure this one alone, here")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["step"]:
            self.stdout.write(json.dumps(measured_here(options["step"])))
            return
        if not Commitment.objects.exists():
            raise CommandError("There is nothing to measure. Load the facts: manage.py load_facts")
        if options["made"]:
            self.make(options["made"])
        updates, commitments = StatusUpdate.objects.count(), Commitment.objects.count()
        runs = [
            measured_apart(name, updates if name.startswith("updates") else commitments)
            for name in STEPS
        ]
        self.stdout.write(lined([HEAD, *(run.cells for run in runs)]))
        large = [run.name for run in runs if run.peak > MOST]
        if large:
            raise CommandError(f"More than {MOST} MB of memory: {', '.join(large)}")

    def make(self, count: int) -> None:
        with transaction.atomic():
            make_record(count)
            told, seconds, _peak = timed(lambda: tell_of_everything(timezone.now()))
        self.stdout.write(
            f"{connection.vendor}, {count:,} made-up commitments, {told:,} events "
            f"written in {seconds:.0f} s. “{RELEASE}” counts the rows of all tables.\n"
        )
