"""Briefs of programmes and priorities: as a page to print, and as PDF."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Priority, Programme
from commitments.prints import PrintsBusy, is_possible, kept_pdf
from commitments.reports.briefs import Brief, brief_of, head_of
from commitments.reports.replay import Moment
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import here, programme_step, trail


@require_safe
def programme_brief(request: PublicRequest, slug: str) -> HttpResponse:
    programme = _programme(slug)
    return _page(request, brief_of(programme, None, _moment(request)), "programme-brief-pdf", slug)


@require_safe
def programme_brief_pdf(request: PublicRequest, slug: str) -> HttpResponse:
    programme = _programme(slug)
    return _file(request, programme, None, reverse("programme-brief", args=[slug]))


@require_safe
def priority_brief(request: PublicRequest, programme: str, slug: str) -> HttpResponse:
    priority = _priority(programme, slug)
    brief = brief_of(priority.programme, priority, _moment(request))
    return _page(request, brief, "priority-brief-pdf", programme, slug)


@require_safe
def priority_brief_pdf(request: PublicRequest, programme: str, slug: str) -> HttpResponse:
    priority = _priority(programme, slug)
    page = reverse("priority-brief", args=[programme, slug])
    return _file(request, priority.programme, priority, page)


def _moment(request: PublicRequest) -> Moment:
    return Moment(request.today, request.version)


def _programme(slug: str) -> Programme:
    found = Programme.objects.public().select_related("delivery_unit")
    return get_object_or_404(found, slug=slug)


def _priority(programme: str, slug: str) -> Priority:
    found = Priority.objects.filter(programme__published_at__isnull=False)
    rows = found.select_related("programme")
    return get_object_or_404(rows, programme__slug=programme, slug=slug)


def _page(request: PublicRequest, brief: Brief, file: str, *names: str) -> HttpResponse:
    """The page; with `?pdf=missing` or `busy` it says that it stands in for the file."""
    steps = [programme_step(brief.programme)]
    if brief.priority:
        address = reverse("priority-detail", args=[brief.programme.slug, brief.priority.slug])
        steps.append((here(brief.priority)[0], address))
    context = {
        "brief": brief,
        "address": f"{settings.SITE_URL}{request.path}",
        "demo": brief.programme.is_demo,
        "pdf": reverse(file, args=names) if is_possible() else "",
        "stands_in": request.GET.get("pdf") == "missing",
        "is_busy": request.GET.get("pdf") == "busy",
        "trail": trail(*steps, (_("Brief"), "")),
    }
    return render(request, "public/briefs/detail.html", context)


def _file(
    request: PublicRequest, programme: Programme, priority: Priority | None, page: str
) -> HttpResponse:
    """The PDF, made once for a version of the record and a day; else the page that stands in."""
    if not is_possible():
        return _stand_in(request, page, "missing")
    day, moment = request.today, _moment(request)
    head = head_of(moment)
    try:
        made = kept_pdf(
            f"brief:{page}:{head.sequence if head else 0}:{day}:{request.version}",
            lambda: _document(brief_of(programme, priority, moment), f"{settings.SITE_URL}{page}"),
        )
    except PrintsBusy:
        return _stand_in(request, page, "busy")
    name = f"cam-ket-{programme.slug}{f'-{priority.number}' if priority else ''}-{day}.pdf"
    disposition = f'inline; filename="{name}"'
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": disposition}
    )


def _document(brief: Brief, address: str) -> str:
    context = {"brief": brief, "address": address, "language": get_language()}
    return render_to_string("public/briefs/document.html", context)


def _stand_in(request: PublicRequest, page: str, why: str) -> HttpResponse:
    """To the print page of the same day, which says why; not kept, for it passes."""
    asked = [(name, request.GET[name]) for name in ("as_of", "version") if name in request.GET]
    query = urlencode([*asked, ("pdf", why)])
    answer = HttpResponse(status=302, headers={"Location": f"{page}?{query}"})
    answer["Cache-Control"] = "no-store"
    return answer
