"""The original plan beside the present one: dates with their slip, targets, the lead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import (
    ChangeKind,
    ChangeRequest,
    Commitment,
    Decision,
    Measurement,
    Milestone,
    Part,
    Participation,
    StatusUpdate,
    Target,
)

Measured = Mapping[int, Sequence[Measurement]]
"""What was reported of each target and still stands, by its primary key, the oldest first."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """When something was first promised, when it is promised now, and by which requests."""

    row: Commitment | Milestone
    moves: list[ChangeRequest]

    @property
    def milestone(self) -> Milestone | None:
        return self.row if isinstance(self.row, Milestone) else None

    @property
    def has_moved(self) -> bool:
        return self.row.due != self.row.original_due

    @property
    def slip(self) -> int | None:
        """By how many days the last possible day moved; None where either date is unknown."""
        return slip_of(self.row.original_due_latest, self.row.due_latest)

    @property
    def words(self) -> str:
        return slip_words(self.slip)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target with all that was measured of it, also before it was changed."""

    target: Target
    former: list[Target]
    series: list[Measurement]
    change: ChangeRequest | None
    successor: Target | None = None

    @property
    def original(self) -> Target:
        """What was promised first, be it this one."""
        return next(iter(self.former), self.target)

    @property
    def replaced(self) -> Target | None:
        """The one that stood right before it."""
        return self.former[-1] if self.former else None

    @property
    def is_present(self) -> bool:
        return self.successor is None

    @property
    def has_changed(self) -> bool:
        return bool(self.former)

    @property
    def was_added(self) -> bool:
        """Promised later: it belongs to the present plan and not to the original one."""
        return self.original.change_id is not None

    @property
    def words(self) -> str:
        return slip_words(slip_of(self.original.due_latest, self.target.due_latest))


@dataclass(frozen=True, slots=True)
class LeadLine:
    """Who answered for it first, and who does now; None where nobody was or is named."""

    original: Participation | None
    present: Participation | None
    changes: list[ChangeRequest]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan, original and present."""

    dates: list[DateLine]
    targets: list[TargetLine]
    lead: LeadLine

    @property
    def due(self) -> DateLine:
        """The line of the commitment's own date."""
        return self.dates[0]

    @property
    def milestones(self) -> list[DateLine]:
        return self.dates[1:]

    @property
    def present_targets(self) -> list[TargetLine]:
        return [line for line in self.targets if line.is_present]

    @property
    def has_changed(self) -> bool:
        """Whether the present plan differs from the original one at all."""
        moved = any(line.has_moved for line in self.dates)
        added = any(one.change and one.due == one.original_due for one in self._steps)
        return (
            moved
            or added
            or any(line.has_changed or line.was_added for line in self.targets)
            or bool(self.lead.changes)
        )

    @property
    def _steps(self) -> list[Milestone]:
        return [line.milestone for line in self.dates if line.milestone is not None]


def with_plan(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Load all that the plan of a commitment needs, in a fixed number of queries."""
    standing = StatusUpdate.objects.standing()
    measured = Measurement.objects.filter(update__in=standing).select_related("update")
    parts = Participation.objects.select_related("organisation").order_by("pk")
    decided = ChangeRequest.objects.decided().select_related("source")
    return rows.prefetch_related(
        "milestones",
        Prefetch("targets__measurements", queryset=measured.order_by("as_of_on", "pk")),
        Prefetch("participations", queryset=parts),
        Prefetch("change_requests", queryset=decided.order_by("-decided_at", "-pk")),
    )


def plan_of(commitment: Commitment, measured: Measured | None = None) -> Plan:
    """Needs milestones, targets, the parts with their bodies, and the decided requests, all
    prefetched; the measurements too, unless those that stand are given."""
    approved = sorted(
        (one for one in commitment.change_requests.all() if one.decision == Decision.APPROVED),
        key=lambda one: (one.decided_at, one.pk),
    )
    return Plan(
        dates=[
            DateLine(commitment, _moves(approved, "")),
            *(
                DateLine(milestone, _moves(approved, f"milestone/{milestone.number}"))
                for milestone in commitment.milestones.all()
            ),
        ],
        targets=_targets(commitment.targets.all(), approved, measured),
        lead=_lead(commitment, approved),
    )


def _moves(approved: Sequence[ChangeRequest], subject: str) -> list[ChangeRequest]:
    kinds = (ChangeKind.DATE_MOVED, ChangeKind.MILESTONE_ADDED)
    return [one for one in approved if one.kind in kinds and one.subject == subject]


def _targets(
    rows: Iterable[Target], approved: Sequence[ChangeRequest], measured: Measured | None
) -> list[TargetLine]:
    targets = {row.pk: row for row in rows}
    changes = {one.pk: one for one in approved}
    successors = {row.replaces_id: row for row in targets.values()}
    return [
        TargetLine(
            target=row,
            former=_chain(row, targets)[:-1],
            series=_series(row, targets, measured),
            change=changes.get(row.change_id) if row.change_id else None,
            successor=successors.get(row.pk),
        )
        for row in targets.values()
    ]


def _chain(target: Target, targets: dict[int, Target]) -> list[Target]:
    """The target and those that it replaces, the original first."""
    chain = [target]
    while (before := chain[0].replaces_id) is not None and before in targets:
        chain.insert(0, targets[before])
    return chain


def _series(
    target: Target, targets: dict[int, Target], measured: Measured | None
) -> list[Measurement]:
    """What was measured, also against the targets before it, as long as the same is counted."""
    return [
        value
        for one in _chain(target, targets)
        if (one.metric, one.unit) == (target.metric, target.unit)
        for value in (one.measurements.all() if measured is None else measured.get(one.pk, ()))
    ]


def _lead(commitment: Commitment, approved: Sequence[ChangeRequest]) -> LeadLine:
    changes = [one for one in approved if one.kind == ChangeKind.LEAD_CHANGED]
    parts = [part for part in commitment.participations.all() if part.role == Part.LEAD]
    present = next((part for part in parts if part.ended_on is None), None)
    if not changes:
        return LeadLine(present, present, [])
    first = changes[0].replaced.get("lead")
    return LeadLine(
        next((part for part in parts if part.organisation.slug == first), None), present, changes
    )


def slip_of(original: date | None, present: date | None) -> int | None:
    """From the last day of the one to the last day of the other; None where one is unknown."""
    return (present - original).days if original and present else None


def slip_words(days: int | None) -> str:
    """ "31 days later", "2 days earlier", "no slip", or that it is not known."""
    if days is None:
        return _("not known")
    if days == 0:
        return _("none")
    words = (
        ngettext("{count} day later", "{count} days later", days)
        if days > 0
        else ngettext("{count} day earlier", "{count} days earlier", -days)
    )
    return words.format(count=abs(days))
