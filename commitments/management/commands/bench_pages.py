"""`manage.py bench_pages`: requests a second, through the product's own server."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection

from commitments.management.api_bench import measure_api
from commitments.management.commands.bench import lined
from commitments.management.measuring import timed
from commitments.management.pages_bench import HEAD, measure_pages
from commitments.models import Commitment, Evidence, StatusUpdate
from commitments.services.read_models import documents
from commitments.services.throwaway_record import make_record


class Command(BaseCommand):
    """Serve the present database on loopback, load it for a while, and print tables."""

    help = "Measure public pages through the web server. With --made, on a throw-away database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=2.0, help="for each page and round")
        parser.add_argument("--api", action="store_true", help="lists of the API instead of pages")
        parser.add_argument("--made", type=int, default=0, help="make up so many commitments first")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Commitment.objects.exists():
            raise CommandError("There is nothing to measure. Load the facts: manage.py load_facts")
        if options["made"]:
            _made, seconds, _peak = timed(lambda: make_record(options["made"]))
            self.stdout.write(f"Made up {options['made']:,} commitments in {seconds:.0f} s.")
        self.stdout.write(
            f"{connection.vendor}, {Commitment.objects.count():,} commitments, "
            f"{StatusUpdate.objects.count():,} updates, {Evidence.objects.count():,} evidence.\n"
        )
        _done, seconds, _peak = timed(documents.bring_up_to_date)
        self.stdout.write(f"The search took in what is new in {seconds:.0f} s.\n")
        with connection.cursor() as cursor:  # the database has not seen these texts before
            cursor.execute("ANALYZE")
        connection.close()
        measure = measure_api if options["api"] else measure_pages
        for rows in measure(options["seconds"]):
            self.stdout.write(lined([HEAD, *(row.cells for row in rows)]))
