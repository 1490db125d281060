"""What has to be locked and looked up before a change of plan is judged."""

from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import WrongState
from commitments.models import ChangeKind, Commitment
from commitments.reports.present import bodies_for, stands, successors_for
from commitments.rules.changes import Json, Known, Surroundings


def locked(commitment: Commitment, others: Iterable[str] = ()) -> Commitment:
    """The commitment as it stands now, its lock held; `others` are locked with it, in one order,
    so that two that would replace each other wait instead of blocking each other."""
    slugs = {commitment.slug, *others}
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(slug__in=slugs).select_related("programme").order_by("pk")
    return next(row for row in found if row.pk == commitment.pk)


def successors_named(kind: str, proposed: Json) -> list[str]:
    """The slugs of the commitments that are to take its place."""
    by = proposed.get("by") if kind == ChangeKind.SUPERSEDED else None
    return [slug for slug in by if isinstance(slug, str)] if isinstance(by, list) else []


def refuse_closed(commitment: Commitment) -> None:
    if commitment.is_closed:
        stage = commitment.get_stage_display()
        raise WrongState("commitment_closed", format_lazy(_CLOSED, stage=stage))


_CLOSED = _("This commitment is closed ({stage}); its plan can no longer change.")


def surroundings(commitment: Commitment, kind: str, subject: str, proposed: Json) -> Surroundings:
    """Everything that the rules have to know of the commitment and its world."""
    return Surroundings(
        stands=stands(commitment, kind, subject),
        known=_known(commitment, kind, proposed),
        reporting_is_open=commitment.reporting_opened_on is not None,
    )


def _known(commitment: Commitment, kind: str, proposed: Json) -> Known:
    if kind == ChangeKind.LEAD_CHANGED:
        slug = proposed.get("lead")
        bodies = bodies_for(commitment).filter(slug=slug if isinstance(slug, str) else "")
        found = {body.slug: body for body in bodies.select_related("merged_into")}
        merged = {key: str(body.merged_into) for key, body in found.items() if body.merged_into}
        return Known(organisations=[key for key in found if key not in merged], merged=merged)
    if kind == ChangeKind.SUPERSEDED:
        named = successors_for(commitment).filter(slug__in=successors_named(kind, proposed))
        return Known(successors=list(named.values_list("slug", flat=True)))
    return Known()
