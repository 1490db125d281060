"""Reports of errors on the officers' side: released, answered, linked to what corrected them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.errors import WrongState
from commitments.forms.error_report import AnswerForm, CorrectionForm
from commitments.forms.refusals import refusals_on
from commitments.models import ErrorReport
from commitments.reports.error_reports import as_public
from commitments.rules import access
from commitments.services import error_reports
from commitments.views.staff._page import StaffRequest, page

PER_PAGE = 50


@require_safe
@login_required
def error_report_list(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, the longest first; then what was answered."""
    if not access.may_see_error_reports(request.user):
        raise PermissionDenied
    rows = ErrorReport.objects.for_officer(request.user).select_related("programme")
    answered = Paginator(rows.exclude(state="open").order_by("-answered_at", "-pk"), PER_PAGE)
    shown = answered.get_page(request.GET.get("page"))
    context = {
        "waiting": as_public(rows.open().order_by("pk"), localdate()),
        "page": shown,
        "answered": as_public(shown.object_list, localdate()),
    }
    return page(request, "staff/error_reports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def error_report_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One report whole, with the form that answers it in public."""
    report = _seen(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    refused: WrongState | None = None
    if form.is_valid():
        if not access.may_answer_error(request.user, report):
            raise PermissionDenied
        try:
            with refusals_on(form):
                error_reports.answer_report(
                    report=report, by=request.user, now=timezone.now(), **form.cleaned_data
                )
                messages.success(request, _("Answered in public."))
                return redirect("staff:error-report-detail", report.pk)
        except WrongState as raised:
            refused = raised
    return _detail(request, report, answer=form, refused=refused)


def _detail(
    request: StaffRequest,
    report: ErrorReport,
    *,
    answer: AnswerForm | None = None,
    link: CorrectionForm | None = None,
    refused: WrongState | None = None,
) -> HttpResponse:
    forms = [one for one in (answer, link) if one is not None]
    status = refused.status if refused else 422 if any(one.errors for one in forms) else 200
    context: dict[str, Any] = {
        "one": as_public([report], localdate())[0],
        "report": report,
        "deeds": report.deeds.select_related("by"),
        "may_answer": access.may_answer_error(request.user, report),
        "form": answer or AnswerForm(),
        "link": link or CorrectionForm(initial={"corrected_by": report.corrected_by}),
        "refused": refused,
        "demo": report.is_demo,
    }
    return page(request, "staff/error_reports/detail.html", context, status=status)


def _seen(request: StaffRequest, pk: int) -> ErrorReport:
    """A report of somebody else's programme is no page: its text may not be public."""
    if not access.may_see_error_reports(request.user):
        raise PermissionDenied
    rows = ErrorReport.objects.for_officer(request.user).select_related("programme")
    return get_object_or_404(rows, pk=pk)


@require_POST
@login_required
def error_report_show(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the public read what the reader wrote."""
    return _done(request, pk, error_reports.show_report, _("What the reader wrote is public now."))


@require_POST
@login_required
def error_report_hide(request: StaffRequest, pk: int) -> HttpResponse:
    """Take what the reader wrote from public view."""
    said = _("What the reader wrote is not public any more.")
    return _done(request, pk, error_reports.hide_report, said)


def _done(
    request: StaffRequest, pk: int, deed: Callable[..., ErrorReport], said: str
) -> HttpResponse:
    report = _seen(request, pk)
    if not access.may_answer_error(request.user, report):
        raise PermissionDenied
    deed(report=report, by=request.user, now=timezone.now())
    messages.success(request, said)
    return redirect("staff:error-report-detail", report.pk)


@require_POST
@login_required
def error_report_link(request: StaffRequest, pk: int) -> HttpResponse:
    """Say which event corrected what was accepted."""
    report, refused = _seen(request, pk), None
    if not access.may_answer_error(request.user, report):
        raise PermissionDenied
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            with refusals_on(form):
                error_reports.link_correction(
                    report=report, by=request.user, now=timezone.now(), **form.cleaned_data
                )
                messages.success(request, _("Linked to its correction."))
                return redirect("staff:error-report-detail", report.pk)
        except WrongState as raised:
            refused = raised
    return _detail(request, report, link=form, refused=refused)
