"""One commitment whole, and one thing said of it."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import (
    ChangeRequest,
    Commitment,
    CommitmentLink,
    Measurement,
    Participation,
    StatusUpdate,
    Wording,
)
from commitments.reports.answers import answers
from commitments.reports.changes import told
from commitments.reports.duties import duties
from commitments.reports.plan import plan_of
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import commitment_step, here, programme_step, trail


@require_safe
def commitment_detail(request: PublicRequest, slug: str) -> HttpResponse:
    commitment = get_object_or_404(_whole(request.today), slug=slug)
    targets = list(commitment.targets.all())
    context = {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "answers": answers(commitment, has_target=bool(targets)),
        "targets": targets,
        "plan": plan_of(commitment),
        "changes": told(commitment.change_requests.all()),
        "duties": duties(commitment, request.today),
        "updates": list(_history(commitment)),
        "trail": trail(programme_step(commitment.programme), here(commitment.reference or "")),
    }
    return render(request, "public/commitments/detail.html", context)


@require_safe
def update_detail(request: PublicRequest, slug: str, number: int) -> HttpResponse:
    """The lasting address of one thing that was said."""
    found = Commitment.objects.public().select_related("programme")
    commitment = get_object_or_404(found, slug=slug)
    context = {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "update": get_object_or_404(_history(commitment), number=number),
        "trail": trail(
            programme_step(commitment.programme),
            commitment_step(commitment),
            here(_("Update {number}").format(number=number)),
        ),
    }
    return render(request, "public/updates/detail.html", context)


def _history(commitment: Commitment) -> QuerySet[StatusUpdate]:
    return StatusUpdate.objects.public().filter(commitment=commitment).for_history()


def _whole(today: date) -> QuerySet[Commitment]:
    """All that the page of one commitment shows, in a fixed number of queries."""
    standing = StatusUpdate.objects.standing()
    measured = Measurement.objects.filter(update__in=standing).select_related("update")
    decided = (
        ChangeRequest.objects.decided().select_related("source").order_by("-decided_at", "-pk")
    )
    parts = Participation.objects.select_related("organisation").prefetch_related("sources")
    return (
        Commitment.objects.public()
        .with_axes(today)
        .select_related("programme__delivery_unit", "priority")
        .select_related("stage_update__body", "forecast_update__body")
        .prefetch_related(
            Prefetch("participations", queryset=parts.order_by("pk")),
            Prefetch("wordings", queryset=Wording.objects.select_related("change")),
            Prefetch("targets__measurements", queryset=measured.order_by("as_of_on", "pk")),
            "targets__replaced_by",
            "milestones",
            "instruments",
            "acceptances__organisation",
            "recognitions__organisation",
            "recognitions__sources",
            "sources",
            Prefetch("change_requests", queryset=decided),
            "obligations__period",
            *_links(),
        )
    )


def _links() -> "list[Prefetch[Any]]":
    """Links whose other end is public too: no page tells that a draft exists."""
    links = CommitmentLink.objects.select_related("from_commitment", "to_commitment").order_by("pk")
    out = links.filter(to_commitment__published_at__isnull=False)
    back = links.filter(from_commitment__published_at__isnull=False)
    return [
        Prefetch("links", queryset=out, to_attr="public_links"),
        Prefetch("linked_from", queryset=back, to_attr="public_linked_from"),
    ]
