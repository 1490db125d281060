"""The public record: every change, in the order in which it was written."""

from django.core.paginator import Paginator
from django.core.validators import slug_re
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Commitment, PublicEvent, RecordHead
from commitments.reports.events import actor_name, changes_of
from commitments.reports.news.names import names_of
from commitments.reports.news.words import differences
from commitments.views.public._events import events_of
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

PER_PAGE = 50
LARGEST = 2**63 - 1


@require_safe
def event_list(request: PublicRequest) -> HttpResponse:
    """The newest first; `?commitment=its-slug` shows the events of one commitment, `?first=` and
    `?last=` those between two sequences.

    Those of the demonstration stand in the same chain but not in this list, unless `?demo=1`
    asks for everything, or they are asked for by their numbers.
    """
    rows = _until(request).select_related("commitment").defer("before", "after")
    commitment = None
    first, last = _number(request, "first"), _number(request, "last")
    if slug := request.GET.get("commitment"):
        if not slug_re.match(slug):  # a NUL, for one, is nothing that PostgreSQL can be asked
            raise Http404
        commitment = get_object_or_404(Commitment.objects.public(), slug=slug)
        rows = rows.filter(commitment__slug=slug)
    elif first and last:
        rows = rows.filter(sequence__range=(first, last))
    elif "demo" not in request.GET:
        rows = rows.filter(is_demo=False)
    page = Paginator(rows.order_by("-sequence"), PER_PAGE).get_page(request.GET.get("page"))
    head = RecordHead.objects.first()
    is_part = bool(commitment or (first and last) or request.as_of)
    context = {
        "commitment": commitment,
        "head": head,
        "between": (first, last) if first and last and not commitment else None,
        "left_out": 0 if is_part or not head else head.sequence - page.paginator.count,
        "page": page,
        "trail": trail((_("Public record"), "")),
    }
    return render(request, "public/record/list.html", context)


@require_safe
def event_detail(request: PublicRequest, sequence: int) -> HttpResponse:
    """One event: what stood before, what stands after, and the hashes that chain it."""
    rows = _until(request).select_related("commitment")
    event = get_object_or_404(rows, sequence=min(sequence, LARGEST))
    names = names_of([event])
    context = {
        "event": event,
        "by": actor_name(event, names.find("organisation", event.actor_organisation).text),
        "differences": differences(event, names),
        "changes": changes_of(event),
        "demo": event.is_demo,
        "trail": trail(
            (_("Public record"), reverse("event-list")),
            (_("Event {sequence}").format(sequence=sequence), ""),
        ),
    }
    return render(request, "public/record/detail.html", context)


def _until(request: PublicRequest) -> "QuerySet[PublicEvent]":
    """All that the record holds; as of a past day, what holds since then."""
    if request.as_of is None:
        return PublicEvent.objects.all()
    return events_of(request)


def _number(request: PublicRequest, name: str) -> int | None:
    """A sequence that was asked for; what is none is not asked."""
    text = request.GET.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    return min(int(text), LARGEST) if is_number else None
