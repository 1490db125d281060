"""One commitment whole, and one thing said of it."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Commitment, StatusUpdate
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import definitions, whole
from commitments.reports.citations import citation_of
from commitments.reports.linked_data import update_data
from commitments.views.public._page import PublicRequest
from commitments.views.public._sheet import Sheet
from commitments.views.public._trail import commitment_step, here, programme_step, trail


@require_safe
def commitment_detail(request: PublicRequest, slug: str) -> HttpResponse:
    """Show everything; `?show=` picks a kind of the history, which is paged."""
    sheet = Sheet(request, slug)
    row = sheet.row
    context = {
        **sheet.context,
        "sheet": sheet,
        "commitment": row,
        "demo": row.programme.is_demo,
        "method": definitions.version_on(request.today).version,
        "trail": trail(programme_step(row.programme), here(row.reference or "")),
    }
    return render(request, "public/commitments/detail.html", context)


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
        "data": update_data(commitment, update, event),
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
