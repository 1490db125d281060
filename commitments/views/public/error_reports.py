"""Errors that readers report: the form, one report with its answer, and all of them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.filters.error_reports import ErrorReportFilter
from commitments.forms.error_report import ErrorReportForm
from commitments.forms.refusals import refusals_on
from commitments.models import ErrorReport
from commitments.reports.error_reports import as_public
from commitments.reports.objects import PublicThing, thing_of
from commitments.services.error_reports import confirm_contact, receive_report
from commitments.text.citizen_links import REPORT
from commitments.text.citizens import read
from commitments.text.display import active_language
from commitments.views.public._guard import is_too_many, unkept
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

PER_PAGE = 50
AN_HOUR = "3600"
LARGEST = 2**53


@csrf_exempt  # nothing is done in anybody's name; the form brings a signed stamp of its own
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: PublicRequest) -> HttpResponse:
    """Take a report on the thing that the address names, or a general one."""
    about = request.GET.get("about", "")
    thing = thing_of(about) if about else None
    form = ErrorReportForm(request.POST if request.method == "POST" else None, now=timezone.now())
    if form.is_valid():
        if is_too_many(request, "report"):
            return _form_page(request, form, thing, 429)
        with refusals_on(form):
            report = receive_report(
                form_id=form.form_id,
                thing=thing,
                said=form.said,
                language=active_language(),
                now=timezone.now(),
            )
            return redirect("report-received", report.pk)
    return _form_page(request, form, thing, 422 if form.errors else 200)


def _form_page(
    request: PublicRequest, form: ErrorReportForm, thing: PublicThing | None, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "thing": thing,
        "is_unknown": thing is None and bool(request.GET.get("about")),
        "too_many": status == 429,
        "demo": bool(thing and thing.is_demo),
        "trail": trail(_all_reports(), (_("Report an error"), "")),
    }
    answer = unkept(render(request, "public/reports/form.html", context, status=status))
    if status == 429:
        answer["Retry-After"] = AN_HOUR
    return answer


def _all_reports() -> tuple[str, str]:
    return _("Reported errors"), reverse("error-report-list")


@require_safe
def report_received(request: PublicRequest, number: int) -> HttpResponse:
    """Thanks, and the number under which it is public from now on."""
    report = _report(number)
    context = {"report": report, "trail": trail(_all_reports(), (report.reference, ""))}
    return unkept(render(request, "public/reports/received.html", context))


def _report(number: int) -> ErrorReport:
    if number > LARGEST:
        raise Http404
    return get_object_or_404(ErrorReport.objects.select_related("programme"), pk=number)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report_confirm(request: PublicRequest, token: str) -> HttpResponse:
    """Let an address be told of the answer; only the button confirms."""
    parts = read(REPORT, token)
    if parts is None:
        raise Http404
    report = ErrorReport.objects.filter(nonce=parts[0]).first()
    is_over = report is None or not report.contact
    if request.method == "POST" and report is not None:
        try:
            report = confirm_contact(report=report, now=timezone.now())
        except Refusal:
            is_over = True
    context: dict[str, Any] = {
        "report": report,
        "is_over": is_over,
        "trail": trail(_all_reports(), (_("Answer by mail"), "")),
    }
    status = 410 if is_over else 200
    return unkept(render(request, "public/reports/confirm.html", context, status=status))


@require_safe
def error_report(request: PublicRequest, number: int) -> HttpResponse:
    """One report: its state at once, its text when an officer released it, its answer."""
    report = _report(number)
    if not ErrorReport.objects.known_on(request.today).filter(pk=report.pk).exists():
        raise Http404
    context = {
        "one": as_public([report], request.today)[0],
        "demo": report.is_demo,
        "trail": trail(_all_reports(), (report.reference, "")),
    }
    return render(request, "public/reports/detail.html", context)


@require_safe
def error_report_list(request: PublicRequest) -> HttpResponse:
    """All reports, the newest first, by state and programme."""
    rows = ErrorReport.objects.known_on(request.today).select_related("programme")
    found = ErrorReportFilter(request.GET, rows.order_by("-pk"), today=request.today)
    is_valid = found.is_valid()
    matching = found.qs if is_valid else rows.none()
    page = Paginator(matching, PER_PAGE).get_page(request.GET.get("page"))
    programme = found.form.cleaned_data.get("programme") if is_valid else None
    context = {
        "form": found.form,
        "is_valid": is_valid,
        "page": page,
        "reports": as_public(page.object_list, request.today),
        "demo": bool(programme and programme.is_demo),
        "trail": trail((_("Reported errors"), "")),
    }
    status = 200 if is_valid else 400
    return render(request, "public/reports/list.html", context, status=status)
