"""The public record: every change, in the order in which it was written."""

from django.core.paginator import Paginator
from django.core.validators import slug_re
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Commitment, PublicEvent, RecordHead
from commitments.reports.events import changes_of
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

PER_PAGE = 50


@require_safe
def event_list(request: PublicRequest) -> HttpResponse:
    """The newest first; `?commitment=its-slug` shows the events of one commitment.

    Those of the demonstration stand in the same chain but not in this list, unless `?demo=1`
    asks for everything.
    """
    rows = PublicEvent.objects.select_related("commitment").defer("before", "after")
    commitment = None
    if slug := request.GET.get("commitment"):
        if not slug_re.match(slug):  # a NUL, for one, is nothing that PostgreSQL can be asked
            raise Http404
        commitment = get_object_or_404(Commitment.objects.public(), slug=slug)
        rows = rows.filter(commitment=commitment)
    elif "demo" not in request.GET:
        rows = rows.filter(is_demo=False)
    page = Paginator(rows.order_by("-sequence"), PER_PAGE).get_page(request.GET.get("page"))
    head = RecordHead.objects.first()
    left_out = 0 if commitment or not head else head.sequence - page.paginator.count
    context = {
        "commitment": commitment,
        "head": head,
        "left_out": left_out,
        "page": page,
        "trail": trail((_("Public record"), "")),
    }
    return render(request, "public/record/list.html", context)


@require_safe
def event_detail(request: PublicRequest, sequence: int) -> HttpResponse:
    """One event: what stood before, what stands after, and the hashes that chain it."""
    event = get_object_or_404(PublicEvent.objects.select_related("commitment"), sequence=sequence)
    context = {
        "event": event,
        "changes": changes_of(event),
        "demo": event.is_demo,
        "trail": trail(
            (_("Public record"), reverse("event-list")),
            (_("Event {sequence}").format(sequence=sequence), ""),
        ),
    }
    return render(request, "public/record/detail.html", context)
