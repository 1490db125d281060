"""What the first page says: how it is going, who is late, what changed, what is due next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commitments.models import (
    Commitment,
    CommitmentKind,
    Milestone,
    Priority,
    Programme,
    StatusUpdate,
)
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports.standings import (
    NOTHING,
    Distribution,
    counted,
    distributions,
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
LATE = ("past_due", "late", "never_reported")


@dataclass(frozen=True)
class ByKind:
    """A programme's commitments: all of them, and each kind by itself."""

    programme: Programme
    kinds: Sequence[tuple[str, Distribution]]

    @property
    def total(self) -> str:
        return counted(sum(found.total for _kind, found in self.kinds))


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
    return list(worst_first(rows, on, *LATE)[:most])


def latest_updates(most: int) -> list[StatusUpdate]:
    """The newest things said of real commitments that still stand."""
    rows = StatusUpdate.objects.real().standing().select_related("commitment", "body")
    return list(rows.order_by("-as_of_on", "-published_at", "-pk")[:most])


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
