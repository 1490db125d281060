"""One commitment as staff see it, and who has the charge of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from commitments.models import Commitment, Obligation, StatusUpdate
from commitments.reports.answers import answers
from commitments.rules import access
from commitments.text.days import due_words
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.assignments import charges_of


@require_safe
@login_required
def commitment_detail(request: StaffRequest, slug: str) -> HttpResponse:
    return _shown(request, _seen(request, slug))


def _seen(request: StaffRequest, slug: str) -> Commitment:
    seen = Commitment.objects.visible_to(request.user).for_list(localdate())
    whole = seen.select_related("stage_update__body", "forecast_update__body")
    return get_object_or_404(whole, slug=slug)


def _shown(request: StaffRequest, commitment: Commitment) -> HttpResponse:
    user = request.user
    context: dict[str, Any] = {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "answers": answers(commitment, has_target=commitment.targets.exists())[:-1],
        "targets": list(commitment.targets.present().order_by("number")),
        "obligations": _obligations(commitment),
        "updates": _updates(request, commitment),
        "may_report": access.may_report(user, commitment),
        "may_waive": access.may_waive(user, commitment),
    }
    context |= charges_of(request, commitment)
    return page(request, "staff/commitments/detail.html", context)


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

