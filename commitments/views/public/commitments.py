"""One commitment whole, and one thing said of it."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Commitment, StatusUpdate
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import definitions, timeline, whole
from commitments.reports.answers import answers
from commitments.reports.citations import citation_of
from commitments.reports.linked_data import linked_data
from commitments.reports.periods import ratings
from commitments.reports.plan import plan_of
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import commitment_step, here, programme_step, trail

PER_PAGE = 20
"""Entries of a history at once; an update keeps its own address whatever page it stands on."""


@require_safe
def commitment_detail(request: PublicRequest, slug: str) -> HttpResponse:
    """Show everything; `?show=` picks a kind of the history, which is paged."""
    commitment = get_object_or_404(whole.rows(request.today), slug=slug)
    found = whole.whole_of(commitment)
    event = whole.newest_event(slug, request.today, request.version)
    context = {
        "commitment": commitment,
        "whole": found,
        "demo": commitment.programme.is_demo,
        "method": definitions.version_on(request.today).version,
        "targets": found.targets,
        "plan": plan_of(commitment, whole.measured_of(found)),
        "ratings": ratings(commitment, found.said, request.today),
        "citation": citation_of(commitment, event, request.present),
        "data": linked_data(commitment, event),
        "trail": trail(programme_step(commitment.programme), here(commitment.reference or "")),
        **_history(request, found),
    }
    context["answers"] = answers(commitment, has_target=bool(found.targets))
    return render(request, "public/commitments/detail.html", context)


def _history(request: PublicRequest, found: whole.Whole) -> dict[str, Any]:
    """The page of the history that is asked for, and the ways to look at it.

    The updates that set stage and forecast are loaded with it, wherever they stand.
    """
    commitment, show = found.commitment, request.GET.get("show", "")
    events = whole.events_of(commitment.slug, request.today, request.version)
    entries = timeline.history_of(found, events, request.today)
    chosen = timeline.of_kind(entries, show)
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    keys = [entry.row.pk for entry in listed if entry.form == "update"]
    rated = [commitment.stage_update_id, commitment.forecast_update_id]
    full = whole.in_full(found, {*keys, *(pk for pk in rated if pk)})
    whole.rate(commitment, full)
    return {
        "page": page,
        "entries": timeline.dressed(listed, found, full),
        "choices": timeline.choices(entries, show),
    }


@require_safe
def update_detail(request: PublicRequest, slug: str, number: int) -> HttpResponse:
    """The lasting address of one thing that was said."""
    commitment, update = said(slug, number)
    event = whole.newest_event(slug, request.today, request.version)
    context = {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "method": definitions.version_on(request.today).version,
        "update": update,
        "citation": citation_of(commitment, event, request.present, number=number),
        "trail": trail(
            programme_step(commitment.programme),
            commitment_step(commitment),
            here(_("Update {number}").format(number=number)),
        ),
    }
    return render(request, "public/updates/detail.html", context)


def _published_on(update: StatusUpdate) -> date:
    assert update.published_at is not None  # only published ones are found
    return localtime(update.published_at).date()


def public() -> CommitmentQuerySet:
    return Commitment.objects.public().select_related("programme__delivery_unit")


def said(slug: str, number: int) -> tuple[Commitment, StatusUpdate]:
    """A published update with its commitment. Raises Http404."""
    commitment = get_object_or_404(public(), slug=slug)
    rows = StatusUpdate.objects.public().filter(commitment=commitment).for_history()
    return commitment, get_object_or_404(rows, number=number)
