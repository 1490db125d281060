"""Jobs leave word of their runs, and hold the lease that keeps a second one from running beside."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from commitments.models import Heartbeat

LONGEST_ERROR = 2000
"""Characters of an error that are kept."""


def begin(*, job: str, now: datetime, lease: timedelta | None = None) -> bool:
    """Note that a run starts; False when another one holds the lease.

    A lease that ran out is taken over: its holder died, or is slow, and two beside each other do
    no harm.
    """
    Heartbeat.objects.bulk_create([Heartbeat(job=job)], ignore_conflicts=True)
    free = Heartbeat.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now), job=job)
    return bool(free.update(started_at=now, leased_until=now + lease if lease else None))


def pulse(*, job: str, started: datetime, now: datetime, lease: timedelta) -> None:
    """Say that a long run still goes on."""
    _mine(job, started).update(leased_until=now + lease)


def finish(
    *, job: str, started: datetime, now: datetime, took: timedelta, found: Mapping[str, int]
) -> None:
    """Note what a run did, and give the lease back."""
    _mine(job, started).update(
        finished_at=now,
        took_ms=_milliseconds(took),
        found=dict(found),
        last_error="",
        leased_until=None,
    )


def fail(*, job: str, started: datetime, took: timedelta, error: str) -> None:
    """Note that a run broke off, and give the lease back; when one last finished stays."""
    _mine(job, started).update(
        took_ms=_milliseconds(took), last_error=error[:LONGEST_ERROR], leased_until=None
    )


def _mine(job: str, started: datetime) -> QuerySet[Heartbeat]:
    """The row, unless a later run has taken it over."""
    return Heartbeat.objects.filter(job=job, started_at=started)


def _milliseconds(took: timedelta) -> int:
    return round(took / timedelta(milliseconds=1))
