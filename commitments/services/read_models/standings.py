"""Where every published commitment stands, computed once and kept (design §3).

No deed has to think of it: a reader has it brought up to date before asking, from what the
record says has happened since. So a deed that rolls back changes nothing here either.
"""

from datetime import date

from django.db import OperationalError, transaction
from django.db.models import Q

from commitments.models import Commitment, Projection, PublicEvent, ReviewAction, Standing
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import standings
from commitments.reports.version import PublicVersion, first_in_window

NAME = "standings"
BATCH = 500
TOUCHES_ALL = ("reporting_period",)
"""Kinds of objects whose events change the standing of commitments that they do not name."""


def bring_up_to_date(*, version: PublicVersion, today: date) -> bool:
    """Follow the record up to `version`; whether `Standing` speaks of it and of `today` now.

    Where it does already, that costs one query. It never waits for another process that is doing
    the same, nor for a database that cannot be written now: whoever asks then computes by
    themselves (`reports.standings.known`).
    """
    if _speaks_of(Projection.objects.filter(pk=NAME).first(), version, today):
        return True
    try:
        with transaction.atomic():
            return _follow(version, today)
    except OperationalError:
        return False


@transaction.atomic
def compute_all(today: date) -> int:
    """Compute every published commitment anew, for a database without deeds and events too."""
    return _compute(Commitment.objects.public(), today)


def _speaks_of(projection: Projection | None, version: PublicVersion, today: date) -> bool:
    return (
        projection is not None
        and projection.on == today
        and projection.review == version.review
        and projection.sequence >= version.sequence
    )


def _follow(version: PublicVersion, today: date) -> bool:
    Projection.objects.get_or_create(pk=NAME)
    projection = Projection.objects.select_for_update(skip_locked=True).filter(pk=NAME).first()
    if projection is None:  # somebody else is about it
        return False
    if _speaks_of(projection, version, today):
        return True
    _compute(_touched_since(projection, today), today)
    projection.sequence, projection.review = version.sequence, version.review
    projection.on = today
    projection.save(update_fields=["sequence", "review", "on"])
    return True


def _touched_since(projection: Projection, today: date) -> CommitmentQuerySet:
    """The published commitments that something may have happened to; on a new day, all."""
    rows = Commitment.objects.public()
    events = PublicEvent.objects.filter(sequence__gt=projection.sequence)
    if projection.on != today or events.filter(object_kind__in=TOUCHES_ALL).exists():
        return rows
    deeds = ReviewAction.objects.filter(pk__gte=first_in_window(projection.review))
    named = events.filter(commitment__isnull=False).values("commitment")
    return rows.filter(Q(pk__in=named) | Q(pk__in=deeds.values("update__commitment")))


def _compute(rows: CommitmentQuerySet, today: date) -> int:
    found = standings.computed(rows, today).order_by().values_list("pk", *standings.KEPT)
    fresh = [Standing(pk, *values) for pk, *values in found]
    Standing.objects.bulk_create(
        fresh,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["commitment"],
        update_fields=standings.KEPT,
    )
    return len(fresh)
