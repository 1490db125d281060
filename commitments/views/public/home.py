"""The first page: how it is going, who is late, what changed."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from commitments.charts import indicator_chart
from commitments.models import Commitment, Programme
from commitments.reports import acceptances, overview, owing, values
from commitments.reports.replay import Moment
from commitments.views.public._page import PublicRequest

FEW, NEWS, DATES, OWED, FIGURES = 3, 4, 6, 5, 4
ASKED_LATE = ("demonstrations", "late", "is_anybody_asked", "owed", "changed", "last_change",
              "updates", "due", "figures", "programme", "standing", "reporting", "priorities",
              "places")  # fmt: skip


@require_safe
def home(request: PublicRequest) -> HttpResponse:
    """Answer the three questions for the newest programme of the record.

    The page is one part (`reports.parts`): it is asked for what it shows only where it is not kept.
    """
    said = cache(partial(_said, request))
    late = {name: SimpleLazyObject(partial(_one, said, name)) for name in ASKED_LATE}
    return render(request, "public/home.html", {"today": request.today, **late})


def _one(said: Callable[[], dict[str, Any]], name: str) -> Any:
    return said().get(name, "")


def _said(request: PublicRequest) -> dict[str, Any]:
    today = request.today
    programmes = list(Programme.objects.public())
    real = [programme for programme in programmes if not programme.is_demo]
    record = Commitment.objects.public().real()
    is_anybody_asked = record.filter(reporting_opened_on__isnull=False).exists()
    moment = Moment(today, request.version)
    changed = overview.of_week(moment, NEWS)
    found = {
        "demonstrations": [programme for programme in programmes if programme.is_demo],
        "late": overview.late(record, today, FEW),
        "is_anybody_asked": is_anybody_asked,
        "owed": owing.late(record, today, OWED) if is_anybody_asked else [],
        "changed": changed,
        "last_change": None if changed else overview.last_change(moment),
        "updates": [] if changed else overview.latest_updates(FEW),
        "due": overview.next_due(record, today, DATES),
        "figures": [
            (row, values.newest(points), indicator_chart(row, points, today))
            for row, points in overview.headlines(FIGURES)
        ],
    }
    return found | (_newest(real[0], today) if real else {})


def _newest(programme: Programme, today: date) -> dict[str, Any]:
    return {
        "programme": programme,
        "standing": overview.by_kind([programme], today)[0],
        "reporting": overview.by_reporting(programme, today),
        "priorities": overview.by_priority([programme], today),
        "places": acceptances.places(programme),
    }
