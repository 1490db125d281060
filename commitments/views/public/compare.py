"""Two days of the record side by side: what changed between them."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commitments.errors import Invalid, Refusal
from commitments.models import PublicEvent
from commitments.reports import differences, standings
from commitments.reports.replay import Moment
from commitments.services.worlds import PastAway, entered, world_of
from commitments.views.past.asked import day_of
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

MONTH = timedelta(days=30)
BACKWARDS = gettext_lazy("The second day must not be before the first.")


@require_safe
def day_compare(request: PublicRequest) -> HttpResponse:
    """`?from=` and `?to=` are days, or dates of less precision for their last day; without them
    the last thirty days are compared. The page itself is of the present, whatever `as_of` says."""
    if request.as_of:
        asked = {name: request.GET[name] for name in ("from", "to") if name in request.GET}
        return redirect(f"{request.path}?{urlencode(asked)}" if asked else request.path)
    typed = {
        "from": request.GET.get("from", "").strip() or (request.present - MONTH).isoformat(),
        "to": request.GET.get("to", "").strip() or request.present.isoformat(),
    }
    context: dict[str, Any] = {
        "typed": {name: said[:60] for name, said in typed.items()},
        "trail": trail((_("Two days compared"), "")),
    }
    try:
        first, last = _days(typed, request.present)
        before, after = _record(first, request), _record(last, request)
    except Refusal as refused:
        context |= {"refused": refused}
        status = refused.status if isinstance(refused, PastAway) else 400
        return render(request, "public/compare/page.html", context, status=status)
    between = PublicEvent.objects.filter(effective_on__gt=first, effective_on__lte=last)
    context |= {
        "first": first,
        "last": last,
        "found": differences.between(before, after),
        "events": between.filter(is_demo=False).count(),
    }
    return render(request, "public/compare/page.html", context)


def _days(typed: dict[str, str], present: date) -> tuple[date, date]:
    first, last = (day_of(typed[name], name, present) for name in ("from", "to"))
    if last < first:
        raise Invalid("backwards", BACKWARDS, "to")
    return first, last


def _record(day: date, request: PublicRequest) -> differences.Record:
    if day == request.present:
        return differences.taken(day)
    with entered(world_of(Moment(day))), standings.kept_for(day):
        return differences.taken(day)
