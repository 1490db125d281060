"""A source that an update rests on is marked as broken or altered, and as mended."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments.errors import WrongState
from commitments.forms.refusals import refusals_on
from commitments.forms.source_faults import FaultEndForm, FaultForm
from commitments.models import Commitment, Source, SourceFault, StatusUpdate
from commitments.reports.source_faults import cited_by, faults_seen_by, resting_on
from commitments.rules import access
from commitments.services.source_faults import confirm_fault, resolve_fault
from commitments.views.staff._page import StaffRequest, page


def sources_of(
    request: StaffRequest, commitment: Commitment, update: StatusUpdate | None = None
) -> dict[str, Any]:
    """For the page of a commitment or one update: what it rests on. Officers see every source
    and can mark it, others who work on it those that are faulty."""
    if not access.works_on(request.user, commitment):
        return {}
    published = StatusUpdate.objects.public().filter(commitment=commitment)
    updates = published.filter(pk=update.pk) if update else published.standing()
    found = [
        (one, access.keeps_source(request.user, one.source, commitment.programme))
        for one in cited_by(updates)
    ]
    return {"cited": [(one, may_mark) for one, may_mark in found if may_mark or one.fault]}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def source_fault_create(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a source cannot be opened any more, or says something else than it did."""
    source = get_object_or_404(Source.objects.public(), pk=pk)
    if not access.may_confirm_fault(request.user, source):
        raise PermissionDenied
    form, refused = FaultForm(_typed(request)), None
    if form.is_valid():
        try:
            with refusals_on(form):
                confirm_fault(
                    source=source, by=request.user, now=timezone.now(), **form.cleaned_data
                )
                said = _("Marked. Those who report are told until it is resolved.")
                messages.success(request, said)
                return redirect(_back(request, source))
        except WrongState as raised:
            refused = raised
    context = _about(request, source) | {
        "form": form,
        "fault": SourceFault.objects.open().filter(source=source).first(),
        "refused": refused,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/sources/mark.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def source_fault_resolve(request: StaffRequest, pk: int) -> HttpResponse:
    """Say how a fault was mended; nobody is reminded of it any more."""
    faults = faults_seen_by(request.user).select_related("source", "confirmed_by", "resolved_by")
    fault = get_object_or_404(faults, pk=pk)
    if not access.may_confirm_fault(request.user, fault.source):
        raise PermissionDenied
    form, refused = FaultEndForm(_typed(request)), None
    if form.is_valid():
        try:
            with refusals_on(form):
                resolve_fault(fault=fault, by=request.user, now=timezone.now(), **form.cleaned_data)
                messages.success(request, _("Resolved. Nobody is reminded of it any more."))
                return redirect(_back(request, fault.source))
        except WrongState as raised:
            refused = raised
    context = _about(request, fault.source) | {"form": form, "fault": fault, "refused": refused}
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/sources/resolve.html", context, status=status)


def _typed(request: StaffRequest) -> QueryDict | None:
    """What was sent, also where nothing was filled in."""
    return request.POST if request.method == "POST" else None


def _about(request: StaffRequest, source: Source) -> dict[str, Any]:
    return {
        "source": source,
        "demo": source.is_demo,
        "commitments": resting_on(source, request.user),
        "back": _back(request, source),
    }


def _back(request: StaffRequest, source: Source) -> str:
    """The page of the commitment from which the reader came, else the first that cites it."""
    found = resting_on(source, request.user)
    asked = request.GET.get("commitment", "")
    slugs = [one.slug for one in found]
    slug = asked if asked in slugs else next(iter(slugs), None)
    if slug is None:
        return reverse("staff:my-work")
    return reverse("staff:commitment-detail", args=[slug]) + "#sources"
