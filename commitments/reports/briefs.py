"""What a brief of a programme or one of its priorities holds: two pages for who decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commitments.models import (
    ChangeRequest,
    Commitment,
    CommitmentKind,
    Decision,
    Priority,
    Programme,
    PublicEvent,
    Source,
    StatusUpdate,
)
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import overview, standings
from commitments.reports.changes import Told, told
from commitments.reports.overview import NextDue
from commitments.reports.plan import TargetLine, plan_of, with_plan
from commitments.reports.replay import Moment
from commitments.reports.standings import Distribution

NEWS = timedelta(days=30)
MOST_NEWS = 20
MOST_DATES = 12
MOST_CHARTS = 6


@dataclass(frozen=True)
class Brief:
    """One brief as of a day. `head` is the newest event of the record by then, if there is one."""

    programme: Programme
    priority: Priority | None
    day: date
    head: PublicEvent | None
    standing: Sequence[Distribution]
    rows: Sequence[Commitment]
    updates: Sequence[StatusUpdate]
    changes: Sequence[Told]
    due: Sequence[NextDue]
    targets: Sequence[TargetLine]
    sources: Sequence[Source]

    @property
    def since(self) -> date:
        """The first day of what it calls news."""
        return self.day - NEWS


def brief_of(programme: Programme, priority: Priority | None, moment: Moment) -> Brief:
    """The brief of a priority, or of the whole programme; in a fixed number of queries."""
    day = moment.on
    rows = Commitment.objects.public().filter(programme=programme)
    if priority:
        rows = rows.filter(priority=priority)
    return Brief(
        programme=programme,
        priority=priority,
        day=day,
        head=head_of(moment),
        standing=_standing(programme, priority, rows, day),
        rows=list(standings.worst_first(rows, day)),
        updates=_updates(rows, day),
        changes=told(_changes(rows, day)),
        due=overview.next_due(rows, day, MOST_DATES),
        targets=_targets(rows),
        sources=list(Source.objects.public().filter(commitments__in=rows).distinct()),
    )


def head_of(moment: Moment) -> PublicEvent | None:
    """The newest event of the record by a moment."""
    return moment.events().order_by("-sequence").first()


def _standing(
    programme: Programme, priority: Priority | None, rows: CommitmentQuerySet, day: date
) -> list[Distribution]:
    """Kind by kind; of a priority its tasks only, as on its page."""
    if priority is None:
        return [found for _kind, found in overview.by_kind([programme], day)[0].kinds]
    kind = CommitmentKind.GOVERNMENT_TASK
    return [standings.distribution(rows.filter(kind=kind), day, kind)]


def _updates(rows: CommitmentQuerySet, day: date) -> list[StatusUpdate]:
    found = StatusUpdate.objects.standing().filter(
        commitment__in=rows, as_of_on__gt=day - NEWS, as_of_on__lte=day
    )
    newest = found.select_related("commitment", "body").order_by("-as_of_on", "-pk")
    return list(newest[:MOST_NEWS])


def _changes(rows: CommitmentQuerySet, day: date) -> list[ChangeRequest]:
    found = ChangeRequest.objects.filter(
        commitment__in=rows, decision=Decision.APPROVED, decided_at__date__gt=day - NEWS
    )
    newest = found.select_related("commitment", "source").order_by("-decided_at", "-pk")
    return list(newest[:MOST_NEWS])


def _targets(rows: CommitmentQuerySet) -> list[TargetLine]:
    """Those against which something was reported; the others have no chart."""
    measured = rows.filter(targets__measurements__isnull=False).distinct()
    found = [
        line
        for commitment in with_plan(measured.order_by("reference"))
        for line in plan_of(commitment).present_targets
        if line.series
    ]
    return found[:MOST_CHARTS]
