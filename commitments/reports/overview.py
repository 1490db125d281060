"""What the first page says: how it is going, who is late, what changed, what is due next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Prefetch

from commitments.models import (
    Commitment,
    CommitmentKind,
    Indicator,
    IndicatorPoint,
    Milestone,
    PointKind,
    Priority,
    Programme,
    StatusUpdate,
)
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports.news import Entry, news
from commitments.reports.replay import Moment
from commitments.reports.standings import (
    NOTHING,
    WORST_FIRST,
    Distribution,
    counted,
    distributions,
    first,
    known,
    worst_first,
)

REPORTING_WORST_FIRST = (
    "late",
    "never_reported",
    "stale",
    "due",
    "current",
    "waived",
    "not_asked",
)
WEEK = timedelta(days=7)
LATE = ("past_due", "late", "never_reported")


@dataclass(frozen=True)
class ByKind:
    """A programme's commitments: all of them, and each kind by itself."""

    programme: Programme
    kinds: Sequence[tuple[str, Distribution]]

    @property
    def whole(self) -> Distribution:
        """All kinds together; each commitment is counted once."""
        sums = Counter[str]()
        for _kind, found in self.kinds:
            sums.update(dict(found.counts))
        return Distribution(tuple((word, sums[word]) for word in WORST_FIRST if sums[word]))

    @property
    def total(self) -> str:
        return counted(self.whole.total)


def by_kind(programmes: Sequence[Programme], on: date) -> list[ByKind]:
    """Where the commitments of each programme stand, one distribution per kind that it has."""
    rows = Commitment.objects.public().filter(programme__in=programmes)
    found = distributions(rows, on, "programme_id", "kind")
    return [
        ByKind(
            programme,
            [
                (kind, Distribution(found[programme.pk, kind].counts, kind))
                for kind in CommitmentKind.values
                if (programme.pk, kind) in found
            ],
        )
        for programme in programmes
    ]


def by_reporting(programme: Programme, on: date) -> list[tuple[str, int]]:
    """What is known of a programme's commitments: how many are late, never reported and so on."""
    rows = Commitment.objects.public().filter(programme=programme)
    counts = known(rows, on).count_by("reporting")
    return [(value, counts[value]) for value in REPORTING_WORST_FIRST if value in counts]


PriorityTasks = tuple[Priority, Distribution]


def by_priority(
    programmes: Sequence[Programme], on: date
) -> list[tuple[Programme, list[PriorityTasks]]]:
    """The tasks of each priority; a mission or pledge is not counted here (design §2).

    Programmes without priorities are left out.
    """
    kind = CommitmentKind.GOVERNMENT_TASK
    tasks = Commitment.objects.public().filter(programme__in=programmes, kind=kind)
    found = distributions(tasks, on, "priority_id", kind=kind)
    of: dict[int, list[PriorityTasks]] = {programme.pk: [] for programme in programmes}
    for priority in Priority.objects.filter(programme__in=programmes).select_related("programme"):
        standing = found.get((priority.pk,), Distribution(NOTHING.counts, kind))
        of[priority.programme_id].append((priority, standing))
    return [(programme, of[programme.pk]) for programme in programmes if of[programme.pk]]


def late(rows: CommitmentQuerySet, on: date, most: int) -> list[Commitment]:
    """Those that are past due or owe an update that is late, worst first."""
    found = worst_first(rows, on, *LATE)
    return list(found.filter(pk__in=first(found, most)))


def latest_updates(most: int, of: CommitmentQuerySet | None = None) -> list[StatusUpdate]:
    """The newest things said that still stand: of some commitments, else of the real record."""
    said = (
        StatusUpdate.objects.real()
        if of is None
        else StatusUpdate.objects.filter(commitment__in=of)
    )
    rows = said.standing().select_related("commitment", "body")
    return list(rows.order_by("-as_of_on", "-published_at", "-pk")[:most])


def of_week(moment: Moment, most: int) -> list[Entry]:
    """What took effect in the real record in the seven days to that moment, newest first."""
    events = moment.events().filter(
        is_demo=False, effective_on__gt=moment.on - WEEK, effective_on__lte=moment.on
    )
    return news(events, deeds=most).entries[:most]


def last_change(moment: Moment) -> date | None:
    """The newest day by then since which anything of the real record holds."""
    events = moment.events().filter(is_demo=False, effective_on__lte=moment.on)
    newest: date | None = events.aggregate(newest=Max("effective_on"))["newest"]
    return newest


def headlines(most: int) -> list[tuple[Indicator, list[IndicatorPoint]]]:
    """The indicators that were stated for the most periods, with all their values."""
    points = Prefetch("points", IndicatorPoint.objects.select_related("source"))
    rows = [(row, list(row.points.all())) for row in Indicator.objects.prefetch_related(points)]
    rows.sort(key=lambda found: (-_periods(found[1]), found[0].slug))
    return rows[:most]


def _periods(points: Sequence[IndicatorPoint]) -> int:
    return len({point.period for point in points if point.kind != PointKind.TARGET})


@dataclass(frozen=True)
class NextDue:
    """A day by which something is promised: a commitment, or a step of it."""

    due: str
    latest: date
    commitment: Commitment
    milestone: Milestone | None = None


def next_due(rows: CommitmentQuerySet, on: date, most: int) -> list[NextDue]:
    """The next days by which a commitment, or a milestone of one, is promised."""
    ahead = rows.open().with_bodies().filter(due_latest__gte=on)
    found = [
        NextDue(row.due, row.due_latest, row)
        for row in ahead.order_by("due_latest", "reference")[:most]
        if row.due_latest
    ]
    steps = Milestone.objects.filter(
        commitment__in=rows.open(), done_on__isnull=True, due_latest__gte=on
    ).select_related("commitment")
    found += [
        NextDue(step.due, step.due_latest, step.commitment, step)
        for step in steps.order_by("due_latest", "commitment__reference")[:most]
    ]
    return sorted(found, key=lambda due: (due.latest, due.commitment.reference or ""))[:most]
