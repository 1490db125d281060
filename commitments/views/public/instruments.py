"""Resolutions, laws, decrees and decisions."""

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Commitment, Instrument
from commitments.reports import standings
from commitments.text.display import said
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

PER_PAGE = 50


@require_safe
def instrument_list(request: PublicRequest) -> HttpResponse:
    """The newest first; those of which no date was found come last."""
    rows = Instrument.objects.select_related("issuer").order_by(
        F("dated_on").desc(nulls_last=True), "slug"
    )
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "trail": trail((_("Instruments"), "")),
    }
    return render(request, "public/instruments/list.html", context)


@require_safe
def instrument_detail(request: PublicRequest, slug: str) -> HttpResponse:
    found = Instrument.objects.select_related("issuer").prefetch_related(
        "sources", "notes__sources"
    )
    instrument = get_object_or_404(found, slug=slug)
    linked = Commitment.objects.public().filter(instruments=instrument)
    name = instrument.number or said(instrument, "title")
    context = {
        "instrument": instrument,
        "commitments": standings.worst_first(linked, request.today),
        "trail": trail((_("Instruments"), reverse("instrument-list")), (name, "")),
    }
    return render(request, "public/instruments/detail.html", context)
