"""What will be pending after the next run of the planner, without writing anything."""

from collections.abc import Iterable
from datetime import datetime

from commitments.models import Notice, Programme
from commitments.reports.subjects import BATCH
from commitments.services.notices.rehearsal import rehearse


def preview(
    *, now: datetime, programmes: Iterable[Programme] | None = None, at_once: int = BATCH
) -> list[Notice]:
    """Pending notices that still stand, then those that the run would add, with their people.

    `at_once` rows are read at a time: a page that only counts reads all of them.
    """
    return rehearse(now=now, programmes=programmes, at_once=at_once).pending
