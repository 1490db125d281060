"""Corrections: every published change that mends what stood before."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.reports import corrections
from commitments.reports.replay import Moment
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

PER_PAGE = 25


@require_safe
def correction_list(request: PublicRequest) -> HttpResponse:
    """The newest first; `?kind=` asks for one kind, `?demo=1` for those of the demonstration."""
    kind, is_demo = request.GET.get("kind", ""), "demo" in request.GET
    is_known = not kind or kind in corrections.KINDS
    moment = Moment(request.today, request.version)
    rows = corrections.corrections(moment, kind=kind, demo=is_demo)
    page = Paginator(rows if is_known else rows.none(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": corrections.told(list(page)),
        "kind": kind,
        "kinds": corrections.KINDS.items(),
        "is_known": is_known,
        "demo": is_demo,
        "today": request.today,
        "trail": trail((_("Corrections"), "")),
    }
    status = 200 if is_known else 400
    return render(request, "public/corrections/list.html", context, status=status)
