"""`manage.py bench`: how fast pages, API lists and spreadsheets are made, and at what cost."""

import statistics
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from commitments.management.planning_bench import HEAD, Run, measure_planning
from commitments.management.planning_figure import figure
from commitments.management.sheets_bench import measure_sheets
from commitments.models import Commitment, Indicator, Organisation

LISTS = [
    "home",
    "commitment-list",
    "organisation-list",
    "indicator-list",
    "source-list",
    "event-list",
]
API_LISTS = ["commitments", "updates", "organisations", "indicators", "sources", "events"]


@dataclass(frozen=True)
class Measured:
    """What one address took: the body's size, queries, and the times of all its requests."""

    path: str
    status: int
    size: int
    queries: int
    seconds: list[float]

    @property
    def cells(self) -> tuple[str, ...]:
        times = sorted(self.seconds)
        return (
            self.path,
            str(self.status),
            f"{self.size / 1024:.1f}",
            str(self.queries),
            f"{statistics.median(times) * 1000:.1f}",
            f"{times[int(len(times) * 0.95)] * 1000:.1f}",
            f"{len(times) / sum(times):.0f}",
        )


class Command(BaseCommand):
    """Ask each address for a while, in this process, and print tables."""

    help = "Measure pages and API lists on the present database, without a web server between."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=1.0, help="for each address")
        parser.add_argument("--rows", type=int, default=0, help="commitments of the spreadsheets")
        parser.add_argument("--owed", type=int, nargs="*", default=[], help="updates to plan for")
        parser.add_argument("--figure", type=Path, help="draw what planning costs into this file")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Commitment.objects.exists():
            raise CommandError("There is nothing to measure. Load the facts: manage.py load_facts")
        rows = Commitment.objects.count()
        self.stdout.write(
            f"One process, {connection.vendor}, {rows} commitments, "
            f"{options['seconds']:g} s for each address, no web server between.\n"
        )
        for title, paths in (("Pages", pages()), ("API", api_lists())):
            measured = [measure(path, options["seconds"]) for path in paths]
            self.stdout.write(table(title, measured))
            wrong = [row.path for row in measured if row.status != 200]
            if wrong:
                raise CommandError(f"These did not answer 200: {', '.join(wrong)}")
        if options["rows"]:
            self.stdout.write(sheets(options["rows"]))
        if options["owed"]:
            self.plan(options["owed"], options["figure"])

    def plan(self, sizes: list[int], picture: Path | None) -> None:
        """Measure the planner at each size; the largest may take minutes."""
        runs: list[Run] = []
        for size in sizes:
            some = list(measure_planning(size))
            self.stdout.write(lined([HEAD, *(run.cells for run in some)]))
            runs += some
        if picture:
            picture.write_text(figure(runs), encoding="utf-8")


def pages() -> Iterator[str]:
    """The lists, and one detail of each busy noun, in Vietnamese."""
    with translation.override("vi"):
        yield from [reverse(name) for name in LISTS]
        yield from [
            reverse(name, args=[row.slug])
            for name, row in (
                ("commitment-detail", Commitment.objects.order_by("pk").first()),
                ("organisation-detail", Organisation.objects.order_by("pk").first()),
                ("indicator-detail", Indicator.objects.order_by("pk").first()),
            )
            if row
        ]


def api_lists() -> Iterator[str]:
    yield from [f"/api/v1/{noun}/" for noun in API_LISTS]


def measure(path: str, seconds: float) -> Measured:
    """Ask once to warm up, once to count the queries, then for as long as wanted."""
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    asked = len(queries)  # before the next request empties the log
    times: list[float] = []
    while sum(times) < seconds:
        began = time.perf_counter()
        client.get(path)
        times.append(time.perf_counter() - began)
    return Measured(path, answer.status_code, len(answer.content), asked, times)


def sheets(count: int) -> str:
    """What imports and exports of so many commitments take; read back, nothing may have changed."""
    steps = list(measure_sheets(count))
    if " 0 new, 0 changed," not in f" {steps[-1].found}" or not steps[-1].found.endswith(
        " 0 faulty"
    ):
        raise CommandError(f"What was exported did not come back the same: {steps[-1].found}")
    title = f"Spreadsheets, {count} commitments"
    return lined([(title, "s", "peak MiB", "found"), *(step.cells for step in steps)])


def table(title: str, measured: list[Measured]) -> str:
    head = (title, "status", "KiB", "queries", "p50 ms", "p95 ms", "req/s")
    return lined([head, *(row.cells for row in measured)])


def lined(rows: list[tuple[str, ...]]) -> str:
    """Rows in columns, numbers at the right; the first is the head."""
    head = rows[0]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], ""])
