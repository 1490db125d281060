"""One commitment as staff see it: its plan, what was said of it, and what belongs to it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from commitments.models import Commitment, CommitmentLink, Obligation, StatusUpdate, Wording
from commitments.reports.answers import answers
from commitments.rules import access
from commitments.text.days import due_words
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.assignments import charges_of
from commitments.views.staff.changes import changes_of
from commitments.views.staff.notes import notes_of
from commitments.views.staff.source_faults import sources_of


@require_safe
@login_required
def commitment_detail(request: StaffRequest, slug: str) -> HttpResponse:
    return _shown(request, _seen(request, slug))


def _seen(request: StaffRequest, slug: str) -> Commitment:
    seen = Commitment.objects.visible_to(request.user).for_list(localdate())
    whole = seen.select_related(
        "stage_update__body", "forecast_update__body", "programme__delivery_unit", "priority"
    )
    plan = whole.prefetch_related(
        Prefetch("wordings", queryset=Wording.objects.order_by("number")), "milestones", "sources"
    )
    return get_object_or_404(plan, slug=slug)


def _shown(request: StaffRequest, commitment: Commitment) -> HttpResponse:
    targets = list(commitment.targets.present().order_by("number"))
    context: dict[str, Any] = {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "answers": answers(commitment, has_target=bool(targets))[:-1],
        "wording": next(iter(reversed(commitment.wordings.all())), None),
        "targets": targets,
        "links": _links(request, commitment),
        "obligations": _obligations(commitment),
        "updates": _updates(request, commitment),
        "notes": notes_of(request, commitment),
    }
    context |= charges_of(request, commitment)
    context |= changes_of(request, commitment)
    context |= sources_of(request, commitment)
    return page(request, "staff/commitments/detail.html", context | _rights(request, commitment))


def _rights(request: StaffRequest, commitment: Commitment) -> dict[str, bool]:
    user = request.user
    return {
        "may_report": access.may_report(user, commitment),
        "may_waive": access.may_waive(user, commitment),
        "may_edit": access.may_edit_commitment(user, commitment),
        "may_link": access.may_link(user, commitment),
        "may_complete": commitment.published_at is not None
        and access.is_officer_of(user, commitment.programme),
        "may_see_inside": access.may_see_inside(user, commitment),
    }


def _links(request: StaffRequest, commitment: Commitment) -> list[dict[str, Any]]:
    """Links from and to it whose other end the person sees too."""
    seen = Commitment.objects.visible_to(request.user).values("pk")
    ends = Q(from_commitment=commitment, to_commitment__in=seen) | Q(
        to_commitment=commitment, from_commitment__in=seen
    )
    rows = CommitmentLink.objects.filter(ends).select_related("from_commitment", "to_commitment")
    return [
        {
            "row": row,
            "goes_out": row.from_commitment_id == commitment.pk,
            "other": row.to_commitment
            if row.from_commitment_id == commitment.pk
            else row.from_commitment,
            "is_public": bool(row.from_commitment.published_at and row.to_commitment.published_at),
        }
        for row in rows.order_by("pk")
    ]


def _obligations(commitment: Commitment) -> list[dict[str, Any]]:
    """Every period that has opened, newest first, with what became of it."""
    today = localdate()
    unmet = set(Obligation.objects.owed(today).filter(commitment=commitment).values_list("pk"))
    rows = (
        Obligation.objects.opened(today)
        .filter(commitment=commitment)
        .select_related("period", "met_by")
        .order_by("-period__starts_on")
    )
    return [
        {
            "row": row,
            "is_owed": (row.pk,) in unmet,
            "is_late": row.period.due_on < today,
            "words": due_words(row.period.due_on, today),
        }
        for row in rows
    ]


def _updates(request: StaffRequest, commitment: Commitment) -> list[StatusUpdate]:
    """Those that the person may see, in every state, the unfinished ones first."""
    rows = StatusUpdate.objects.visible_to(request.user).filter(commitment=commitment)
    listed = rows.for_history().select_related("author")
    return sorted(listed, key=lambda row: row.published_at is not None)
