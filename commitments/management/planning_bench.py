"""Measures the planner: very many owed updates, planned at once, again, and after two weeks."""

import time
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from commitments.management.measuring import counted, timed
from commitments.models import Notice
from commitments.reports.subjects import BATCH
from commitments.rules.moments import at_minute
from commitments.services import notices
from commitments.services.throwaway import DUE_ON, OPENS_ON, make_owed, mark_sent


class Run(NamedTuple):
    """One run of the planner: notices it wrote, seconds by the clock and of this process alone
    (of its own work, whatever else the machine does), peak in MiB, and queries."""

    name: str
    rows: int
    written: int
    seconds: float
    own: float
    peak: float
    queries: int

    @property
    def cells(self) -> tuple[str, ...]:
        batches = -(-self.rows // BATCH)
        return (
            self.name,
            f"{self.rows:,}",
            f"{self.written:,}",
            f"{self.seconds:.1f}",
            f"{self.own:.1f}",
            f"{self.own / self.rows * 1e6:.0f}",
            f"{self.peak:.0f}",
            f"{self.queries / batches:.1f}",
        )


HEAD = ("Planning", "owed", "written", "s", "CPU s", "CPU µs each", "peak MiB", "queries/batch")
FIRST, STEADY, PENDING, LATE = (
    "first run of a month",
    "next run, mails sent",
    "next run, mails waiting",
    "run after two weeks",
)


MOST_AFTER_A_GAP = 100_000


def measure_planning(count: int) -> Iterator[Run]:
    """Four runs over so many owed updates; the data and what is planned is undone afterwards.

    Of more than 100,000 three: two weeks without any run would write millions of notices.
    """
    with transaction.atomic():
        make_owed(count)
        yield _run(FIRST, count, at_minute(OPENS_ON, 8 * 60 + 30))
        yield _run(PENDING, count, at_minute(OPENS_ON, 8 * 60 + 31))
        mark_sent(at_minute(OPENS_ON, 8 * 60 + 40))
        yield _run(STEADY, count, at_minute(OPENS_ON, 8 * 60 + 41))
        if count <= MOST_AFTER_A_GAP:
            yield _run(LATE, count, at_minute(DUE_ON, 8 * 60 + 30))
        transaction.set_rollback(True)


def _run(name: str, count: int, now: datetime) -> Run:
    before = Notice.objects.count()
    began = time.process_time()
    with counted() as asked:
        _planned, seconds, peak = timed(lambda: notices.plan_notices(now=now))
    own = time.process_time() - began
    return Run(name, count, Notice.objects.count() - before, seconds, own, peak, asked.queries)
