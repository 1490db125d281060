"""What of a commitment's plan stands now, in the plain values that a change request keeps."""

from typing import Any

from django.db.models import QuerySet

from commitments.models import (
    ChangeKind,
    Commitment,
    Milestone,
    Organisation,
    Target,
    Wording,
)
from commitments.reports.public._noun import plain
from commitments.rules.changes import KEYS, WORDINGS, Json, number_of, spelled
from commitments.text.canonical import digest


def stands(commitment: Commitment, kind: str, subject: str = "") -> Json | None:
    """What a request of that kind would replace, asked of the database; None where what it is
    about does not exist, `{}` where there is nothing yet."""
    row = _row(commitment, kind, subject)
    return None if row is None else _said(row, kind)


def mark_of(said: Json) -> str:
    """What travels with a form, so that it is told apart from what stands later."""
    return digest(said)[:16]


def _row(commitment: Commitment, kind: str, subject: str) -> object | None:
    if kind in WORDINGS:
        return commitment.wordings.order_by("-number").first() or Wording()
    if kind == ChangeKind.TARGET_CHANGED:
        return present_target(commitment, number_of(subject))
    if kind == ChangeKind.LEAD_CHANGED:
        leading = commitment.participations.filter(role="lead", ended_on=None)
        return leading.select_related("organisation").first() or {"lead": None}
    if kind == ChangeKind.DATE_MOVED:
        return milestone_of(commitment, subject) if subject else commitment
    return {}


def _said(row: Any, kind: str) -> Json:
    """The columns that a request of the kind may change."""
    if row == {}:
        return {}
    if kind == ChangeKind.LEAD_CHANGED and not isinstance(row, dict):
        row = {
            "lead": row.organisation.slug,
            **{name: getattr(row, name) for name in ("stage", "since", "confidence")},
        }
    found = row if isinstance(row, dict) else {name: getattr(row, name) for name in KEYS[kind]}
    return spelled(kind, {name: plain(value) for name, value in found.items()})


def present_target(commitment: Commitment, number: int) -> Target | None:
    """The target of that number, unless a later one replaced it."""
    targets: Any = commitment.targets
    found: Target | None = targets.present().filter(number=number).first()
    return found


def milestone_of(commitment: Commitment, subject: str) -> Milestone | None:
    return commitment.milestones.filter(number=number_of(subject)).first()


def bodies_for(commitment: Commitment) -> QuerySet[Organisation]:
    """The public bodies of the commitment's world (record or demonstration)."""
    return Organisation.objects.public().filter(is_demo=commitment.programme.is_demo)


def successors_for(commitment: Commitment) -> QuerySet[Commitment]:
    """The commitments that could take its place: open ones of its world, but for itself."""
    alike = Commitment.objects.open().filter(programme__is_demo=commitment.programme.is_demo)
    return alike.exclude(pk=commitment.pk)
