"""The first page: how it is going, who is late, what changed."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.models import Commitment, Programme, PublicEvent
from commitments.reports import acceptances, bodies, overview
from commitments.views.public._page import PublicRequest

FEW, NEWS = 6, 4


@require_safe
def home(request: PublicRequest) -> HttpResponse:
    """Answer the three questions for the newest programme of the record."""
    today = request.today
    programmes = list(Programme.objects.public())
    real = [programme for programme in programmes if not programme.is_demo]
    record = Commitment.objects.public().real()
    context = {
        "today": today,
        "programmes": real,
        "demonstrations": [programme for programme in programmes if programme.is_demo],
        "late": overview.late(record, today, FEW),
        "is_anybody_asked": record.filter(reporting_opened_on__isnull=False).exists(),
        "updates": overview.latest_updates(NEWS),
        "due": overview.next_due(record, today, FEW),
        "bodies": bodies.by_body(real),
        "events": PublicEvent.objects.filter(is_demo=False).count(),
    }
    if real:
        context |= _newest(real[0], today)
    return render(request, "public/home.html", context)


def _newest(programme: Programme, today: date) -> dict[str, Any]:
    return {
        "programme": programme,
        "standing": overview.by_kind([programme], today)[0],
        "reporting": overview.by_reporting(programme, today),
        "priorities": overview.by_priority([programme], today),
        "places": acceptances.places(programme),
    }
