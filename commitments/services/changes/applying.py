"""Carrying out a decided change: the original stays, what holds from now on stands beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, Model

from commitments.models import (
    Cancelled,
    ChangeKind,
    ChangeRequest,
    Commitment,
    CommitmentLink,
    Milestone,
    Source,
    Stage,
    Target,
    Wording,
)
from commitments.reports.present import milestone_of, present_target
from commitments.rules.changes import WORDINGS, number_of
from commitments.rules.dates import LimitedDate
from commitments.services import notices
from commitments.services.changes.leads import change_lead


@dataclass(slots=True)
class Applied:
    """The rows that the record has to tell of: those that were changed, and new ones."""

    changed: list[Model] = field(default_factory=list)
    added: list[Model] = field(default_factory=list)


def apply(change: ChangeRequest, *, today: date, now: datetime) -> Applied:
    """Change the plan as it was asked. The caller holds the commitment's lock.

    The source joins those of the commitment, which is thereby changed in every case.
    """
    applied = Applied()
    _APPLY[change.kind](change, applied, today, now)
    commitment = change.commitment
    if change.source is not None:
        _join(commitment, change.source)
    if commitment not in applied.changed:
        applied.changed.insert(0, commitment)
    return applied


def _join(row: Any, source: Source) -> None:
    row.sources.add(source)


def _limited(column: str, text: str) -> dict[str, Any]:
    """A date of limited precision as its three columns."""
    said = LimitedDate.parse(text) if text else None
    return {
        column: text,
        f"{column}_earliest": said.earliest if said else None,
        f"{column}_latest": said.latest if said else None,
    }


def _write(row: Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def _next(rows: Any) -> int:
    last: int | None = rows.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _wording(change: ChangeRequest, applied: Applied, _today: date, _now: datetime) -> None:
    """The next version; number 1 is kept for the original, also where none was found."""
    number = max(_next(change.commitment.wordings), 2)
    made = Wording.objects.create(
        commitment=change.commitment,
        number=number,
        kind_of_change=change.kind,
        change=change,
        stated_on=change.stated_on,
        **change.proposed,
    )
    if change.source is not None:
        _join(made, change.source)
    applied.added.append(made)


def _date(change: ChangeRequest, applied: Applied, _today: date, now: datetime) -> None:
    """The present date moves, the original stays; what was to be said of the old one is not."""
    columns = _limited("due", change.proposed["due"])
    milestone = milestone_of(change.commitment, change.subject) if change.subject else None
    if milestone is None:
        _write(change.commitment, columns)
        about = ("commitment", change.commitment.pk)
    else:
        _write(milestone, columns | {"change": change})
        if change.source is not None:
            _join(milestone, change.source)
        applied.changed.append(milestone)
        about = ("milestone", milestone.pk)
    kind, key = about
    notices.cancel(subject_kind=kind, subject_id=key, reason=Cancelled.MOVED, now=now)


def _target(change: ChangeRequest, applied: Applied, _today: date, _now: datetime) -> None:
    """A new row; one that replaces another names it, and what was measured stays with that."""
    commitment, number = change.commitment, number_of(change.subject)
    replaces = None
    if change.kind == ChangeKind.TARGET_CHANGED:
        replaces = present_target(commitment, number)
        number = _next(commitment.targets)
    applied.added.append(
        Target.objects.create(
            commitment=commitment,
            number=_free(commitment.targets, number),
            replaces=replaces,
            change=change,
            **_target_columns(change.proposed),
        )
    )


def _free(rows: Any, number: int) -> int:
    return _next(rows) if rows.filter(number=number).exists() else number


def _target_columns(proposed: dict[str, Any]) -> dict[str, Any]:
    figures = {
        name: Decimal(proposed[name]) if proposed[name] is not None else None
        for name in ("value", "value_max", "baseline")
    }
    baseline_on = proposed["baseline_on"]
    return (
        proposed
        | figures
        | {"baseline_on": date.fromisoformat(baseline_on) if baseline_on else None}
        | _limited("due", proposed["due"])
    )


def _milestone(change: ChangeRequest, applied: Applied, _today: date, _now: datetime) -> None:
    commitment, proposed = change.commitment, change.proposed
    made = Milestone.objects.create(
        commitment=commitment,
        number=_free(commitment.milestones, number_of(change.subject)),
        title_vi=proposed["title_vi"],
        title_en=proposed["title_en"],
        change=change,
        **_limited("original_due", proposed["due"]),
        **_limited("due", proposed["due"]),
    )
    if change.source is not None:
        _join(made, change.source)
    applied.added.append(made)


def _lead(change: ChangeRequest, applied: Applied, today: date, now: datetime) -> None:
    changed, added = change_lead(change, today=today, now=now)
    applied.changed += changed
    applied.added += added


def _withdrawn(change: ChangeRequest, applied: Applied, today: date, now: datetime) -> None:
    _close(change.commitment, Stage.WITHDRAWN, today, now)


def _superseded(change: ChangeRequest, applied: Applied, today: date, now: datetime) -> None:
    """What takes its place names it: `supersedes`, `split_from`, `merges`."""
    _close(change.commitment, Stage.SUPERSEDED, today, now)
    by = change.proposed["by"]
    successors = Commitment.objects.filter(slug__in=by).select_related("programme")
    for successor in sorted(successors, key=lambda row: by.index(row.slug)):
        link = CommitmentLink.objects.create(
            from_commitment=successor,
            to_commitment=change.commitment,
            kind=change.proposed["link"],
            change=change,
            stated_on=change.stated_on,
        )
        applied.added.append(link)


def _close(commitment: Commitment, stage: Stage, today: date, now: datetime) -> None:
    """Closed by the decision, not by anybody's update; what is closed owes nothing more."""
    closed = {"stage": stage, "stage_as_of_on": today, "stage_update": None, "closed_on": today}
    _write(commitment, closed)
    notices.cancel_about(commitment=commitment, reason=Cancelled.CLOSED, now=now)


_APPLY: dict[str, Callable[[ChangeRequest, Applied, date, datetime], None]] = {
    **dict.fromkeys(WORDINGS, _wording),
    ChangeKind.DATE_MOVED: _date,
    ChangeKind.TARGET_CHANGED: _target,
    ChangeKind.TARGET_ADDED: _target,
    ChangeKind.MILESTONE_ADDED: _milestone,
    ChangeKind.LEAD_CHANGED: _lead,
    ChangeKind.WITHDRAWN: _withdrawn,
    ChangeKind.SUPERSEDED: _superseded,
}
