"""The calendar: what is due when, month by month."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters.agenda import AgendaFilter
from commitments.models import Commitment, ReportingPeriod
from commitments.reports.agenda import MONTHS, agenda, with_reporting
from commitments.rules.dates import FIRST_YEAR, LAST_YEAR
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail


@require_safe
def calendar(request: PublicRequest) -> HttpResponse:
    """Twelve months from the present one, or from the one asked for by `?since=`."""
    found = AgendaFilter(request.GET, Commitment.objects.public(), request=request)
    is_valid = found.is_valid()
    asked = found.form.cleaned_data
    rows: Any = found.qs if is_valid else Commitment.objects.none()
    since = asked.get("since")
    start = since.earliest if since else request.today
    periods = with_reporting(ReportingPeriod.objects.filter(programme__in=rows.values("programme")))
    months = [month for month in agenda(rows, periods, start) if month.dated]
    programme, organisation = asked.get("programme"), asked.get("organisation")
    context = {
        "form": found.form,
        "is_valid": is_valid,
        "is_filtered": bool(programme or organisation or since),
        "months": months,
        "today": request.today,
        "earlier": _moved(start, -MONTHS),
        "later": _moved(start, MONTHS),
        "programme": programme,
        "organisation": organisation,
        "demo": bool(programme and programme.is_demo),
        "trail": trail((_("Calendar"), "")),
    }
    return render(request, "public/calendar/list.html", context, status=200 if is_valid else 400)


def _moved(start: date, months: int) -> str:
    """The month so many months away, as it is asked for; nothing beyond the years we know."""
    number = start.year * 12 + start.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return f"{year}-{month:02}" if FIRST_YEAR <= year <= LAST_YEAR else ""
