"""The deeds of those who review one update, publish it, accept its evidence and confirm it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.forms.review import ReasonForm, ReturnForm
from commitments.models import Evidence, StatusUpdate
from commitments.reports.review import field_comments, filled_fields
from commitments.services.evidence import accept_evidence, confirm_completion
from commitments.services.updates import (
    approve_update,
    publish_update,
    retract_update,
    return_update,
)
from commitments.views.staff._page import StaffRequest
from commitments.views.staff._update_page import done, seen, shown, version_read

field_comments_of = field_comments
"""What the reviewer said of single fields, for the form in which the author corrects them."""


@require_safe
@login_required
def update_detail(request: StaffRequest, pk: int) -> HttpResponse:
    return shown(request, seen(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_approve(request: StaffRequest, pk: int) -> HttpResponse:
    update = seen(request, pk)

    def approve() -> str:
        approve_update(
            update=update, approver=request.user, now=timezone.now(), version=version_read(request)
        )
        return _("Approved. The delivery unit reviews and publishes it next.")

    return done(request, update, approve, goes_on=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_return(request: StaffRequest, pk: int) -> HttpResponse:
    update = seen(request, pk)
    form = ReturnForm(request.POST or None, asked=filled_fields(update))

    def send_back() -> str:
        return_update(
            update=update,
            reviewer=request.user,
            comment=form.cleaned_data["comment"],
            field_comments=form.field_comments(),
            now=timezone.now(),
            version=version_read(request),
        )
        return _("Returned. Its author is told of it with your comment.")

    return done(request, update, send_back, goes_on=True, return_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_publish(request: StaffRequest, pk: int) -> HttpResponse:
    update = seen(request, pk)

    def publish() -> str:
        publish_update(
            update=update,
            publisher=request.user,
            today=localdate(),
            now=timezone.now(),
            version=version_read(request),
        )
        return _("Published. It stands in the public record now.")

    return done(request, update, publish, goes_on=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_retract(request: StaffRequest, pk: int) -> HttpResponse:
    update, form = seen(request, pk), ReasonForm(request.POST or None)

    def retract() -> str:
        retract_update(
            update=update,
            officer=request.user,
            today=localdate(),
            now=timezone.now(),
            **form.cleaned_data,
        )
        return _("Retracted. Your reason stands before the text in public.")

    return done(request, update, retract, retract_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """The officer's deed: what was reported complete is complete."""
    update = seen(request, pk)

    def confirm() -> str:
        confirm_completion(
            update=update, officer=request.user, today=localdate(), now=timezone.now()
        )
        return _("Confirmed. The commitment stands as complete.")

    return done(request, update, confirm)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def evidence_accept(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept a source as coming from somebody other than the body itself."""
    updates = StatusUpdate.objects.visible_to(request.user)
    evidence = get_object_or_404(Evidence.objects.filter(update__in=updates), pk=pk)

    def accept() -> str:
        accept_evidence(
            evidence=evidence, officer=request.user, today=localdate(), now=timezone.now()
        )
        return _("Accepted as a source other than the body itself.")

    return done(request, seen(request, evidence.update_id), accept)
