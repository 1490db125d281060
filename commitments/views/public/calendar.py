"""The calendar: what is due when, one month day by day, and twelve of them as a list."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.errors import Refusal
from commitments.filters.agenda import AgendaFilter
from commitments.models import Commitment, ReportingPeriod
from commitments.reports.agenda import MONTHS, agenda, with_reporting
from commitments.reports.month import grid, moved
from commitments.rules.dates import LimitedDate
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail


@require_safe
def calendar(request: PublicRequest) -> HttpResponse:
    """Twelve months from the present one, or from the one asked for by `?since=`; the first of
    them, or the one asked for by `?month=`, day by day."""
    found = AgendaFilter(request.GET, Commitment.objects.public(), request=request)
    is_valid = found.is_valid()
    asked = found.form.cleaned_data
    rows: Any = found.qs if is_valid else Commitment.objects.none()
    since = asked.get("since")
    start = since.earliest if since else request.today
    periods = with_reporting(ReportingPeriod.objects.filter(programme__in=rows.values("programme")))
    months = {month.first: month for month in agenda(rows, periods, start)}
    first = _asked(request, start)
    month = months[first] if first in months else agenda(rows, periods, first, 1)[0]
    programme, organisation = asked.get("programme"), asked.get("organisation")
    context = {
        "form": found.form,
        "is_valid": is_valid,
        "is_filtered": bool(programme or organisation or since),
        "grid": grid(month, request.today) if is_valid else None,
        "is_listed": first in months,
        "months": [month for month in months.values() if month.dated],
        "today": request.today,
        "earlier": moved(start, -MONTHS),
        "later": moved(start, MONTHS),
        "programme": programme,
        "organisation": organisation,
        "demo": bool(programme and programme.is_demo),
        "trail": trail((_("Calendar"), "")),
    }
    return render(request, "public/calendar/list.html", context, status=200 if is_valid else 400)


def _asked(request: PublicRequest, start: date) -> date:
    """The first day of the month asked for; of what is none, of the one where the list begins."""
    try:
        return LimitedDate.parse(request.GET.get("month", "")).earliest.replace(day=1)
    except Refusal:
        return start.replace(day=1)
