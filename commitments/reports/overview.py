"""What the first page says: how it is going, who is late, what changed, what is due next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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
    for_list,
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


def by_kind(programme: Programme, on: date) -> ByKind:
    """Where a programme's commitments stand, one distribution per kind that it has."""
    rows = Commitment.objects.public().filter(programme=programme)
    found = distributions(rows, on, "kind")
    return ByKind(
        programme,
        [
            (kind, Distribution(found[(kind,)].counts, kind))
            for kind in CommitmentKind.values
            if (kind,) in found
        ],
    )


def by_priority(programme: Programme, on: date) -> list[tuple[Priority, Distribution]]:
    """The tasks of each priority; a mission or pledge is not counted here (design §2)."""
    tasks = Commitment.objects.public().filter(
        programme=programme, kind=CommitmentKind.GOVERNMENT_TASK
    )
    found = distributions(tasks, on, "priority_id", kind=CommitmentKind.GOVERNMENT_TASK)
    none = Distribution(NOTHING.counts, CommitmentKind.GOVERNMENT_TASK)
    priorities = programme.priorities.select_related("programme")
    return [(priority, found.get((priority.pk,), none)) for priority in priorities]


def late(rows: CommitmentQuerySet, on: date, most: int) -> list[Commitment]:
    """Those that are past due or owe an update that is late, worst first."""
    known: Any = for_list(rows, on)
    return list(known.filter(standing__in=LATE).order_by("rank", "due_latest", "reference")[:most])


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
