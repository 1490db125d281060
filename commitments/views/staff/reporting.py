"""Reporting duties, for officers: opening them, who owes what, and waiving an update."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.forms.refusals import refusals_on
from commitments.forms.reporting import OpenReportingForm
from commitments.forms.review import ReasonForm
from commitments.models import Commitment, Obligation, Organisation, Programme, Role
from commitments.reports.officer import owed_in, programmes_of
from commitments.rules import access
from commitments.services import obligations
from commitments.views.staff._page import StaffRequest, page


@require_safe
@login_required
def reporting_list(request: StaffRequest) -> HttpResponse:
    """Who owes what in the officer's programmes, and since when."""
    if not request.user.organisations_as(Role.OFFICER):
        raise PermissionDenied
    asked = Count("commitments", filter=Q(commitments__reporting_opened_on__isnull=False))
    programmes = list(programmes_of(request.user).annotate(asked=asked))
    lines = owed_in(programmes, localdate())
    context = {
        "programmes": [
            {
                "programme": programme,
                "lines": [
                    line for line in lines if line.owed.commitment.programme_id == programme.pk
                ],
            }
            for programme in programmes
        ],
        "today": localdate(),
    }
    return page(request, "staff/reporting/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reporting_open(request: StaffRequest, slug: str) -> HttpResponse:
    """Choose, see what follows from it, confirm."""
    programme = get_object_or_404(Programme.objects.public(), slug=slug)
    if not access.may_open_reporting(request.user, programme):
        raise PermissionDenied
    form = OpenReportingForm(request.POST or None, programme=programme)
    deed = request.POST.get("deed", "")
    if request.method == "POST" and deed != "back" and form.is_valid():
        try:
            with refusals_on(form):
                return _opened(request, programme, form, confirmed=deed == "open")
        except Refusal as refused:
            return _choice(request, programme, form, refused=refused)
    if deed == "back":
        form = OpenReportingForm(initial=_typed(request), programme=programme)
    return _choice(request, programme, form)


def _typed(request: StaffRequest) -> dict[str, Any]:
    return {
        "starts_on": request.POST.get("starts_on", ""),
        "commitments": request.POST.getlist("commitments"),
    }


def _choice(
    request: StaffRequest,
    programme: Programme,
    form: OpenReportingForm,
    *,
    refused: Refusal | None = None,
) -> HttpResponse:
    status = refused.status if refused else 422 if form.errors else 200
    context = {
        "form": form,
        "hints": _hints(form),
        "programme": programme,
        "demo": programme.is_demo,
        "refused": refused,
    }
    return page(request, "staff/reporting/open.html", context, status=status)


def _hints(form: OpenReportingForm) -> dict[str, str]:
    """How many people could report on each."""
    leads = {row.pk: row.lead.organisation_id for row in form.fit if row.lead}
    held = Q(memberships__role=Role.REPORTER, memberships__ended_on__isnull=True)
    active = Q(memberships__user__is_active=True)
    bodies = Organisation.objects.filter(pk__in=leads.values()).order_by()
    people = dict(
        bodies.annotate(n=Count("memberships", filter=held & active)).values_list("pk", "n")
    )
    return {str(pk): _people(people.get(body, 0)) for pk, body in leads.items()}


def _people(count: int) -> str:
    if not count:
        return _("Nobody at this body has an account yet, so nobody could be reminded.")
    words = ngettext(
        "%(count)d reporter has an account.", "%(count)d reporters have accounts.", count
    )
    return words % {"count": count}


def _opened(
    request: StaffRequest, programme: Programme, form: OpenReportingForm, *, confirmed: bool
) -> HttpResponse:
    """First what would follow, in words; then the deed."""
    chosen: list[Commitment] = list(form.cleaned_data["commitments"])
    starts_on = form.cleaned_data.get("starts_on") or programme.reporting_starts_on
    what: dict[str, Any] = {"programme": programme, "commitments": chosen, "starts_on": starts_on}
    first = obligations.check_opening(**what, today=localdate())
    if not confirmed:
        context = {**what, "first": first, "typed": _typed(request), "demo": programme.is_demo}
        return page(request, "staff/reporting/confirm.html", context)
    obligations.open_reporting(**what, officer=request.user, today=localdate(), now=timezone.now())
    words = ngettext(
        "Reporting is open for %(count)d commitment.",
        "Reporting is open for %(count)d commitments.",
        len(chosen),
    )
    messages.success(request, words % {"count": len(chosen)})
    return redirect("staff:reporting-list")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def obligation_waive(request: StaffRequest, pk: int) -> HttpResponse:
    """Excuse one update, with a public reason."""
    seen = Commitment.objects.visible_to(request.user)
    found = Obligation.objects.filter(commitment__in=seen)
    obligation = get_object_or_404(found.select_related("commitment__programme", "period"), pk=pk)
    if not access.may_waive(request.user, obligation.commitment):
        raise PermissionDenied
    form, refused = ReasonForm(request.POST or None), None
    if form.is_valid():
        try:
            with refusals_on(form):
                return _waived(request, obligation, form)
        except Refusal as raised:
            refused = raised
    context = {
        "form": form,
        "obligation": obligation,
        "commitment": obligation.commitment,
        "demo": obligation.commitment.programme.is_demo,
        "refused": refused,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/reporting/waive.html", context, status=status)


def _waived(request: StaffRequest, obligation: Obligation, form: ReasonForm) -> HttpResponse:
    obligations.waive(
        obligation=obligation,
        officer=request.user,
        today=localdate(),
        now=timezone.now(),
        **form.cleaned_data,
    )
    messages.success(request, _("Waived. The reason is public."))
    return redirect("staff:commitment-detail", obligation.commitment.slug)
