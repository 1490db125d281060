"""One update as it will be public, and the deeds of those who review, publish and confirm it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.forms.refusals import refusals_on
from commitments.forms.review import ReasonForm, ReturnForm
from commitments.models import Evidence, Relation, Stage, StatusUpdate, UpdateState
from commitments.rules import access
from commitments.services.evidence import accept_evidence, confirm_completion
from commitments.services.updates import (
    approve_update,
    publish_update,
    retract_update,
    return_update,
)
from commitments.views.staff._desk import number_in
from commitments.views.staff._page import StaffRequest, page


@require_safe
@login_required
def update_detail(request: StaffRequest, pk: int) -> HttpResponse:
    return _shown(request, _seen(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_approve(request: StaffRequest, pk: int) -> HttpResponse:
    update = _seen(request, pk)

    def approve() -> str:
        approve_update(
            update=update, approver=request.user, now=timezone.now(), version=_read(request)
        )
        return _("Approved. The delivery unit reviews and publishes it next.")

    return _done(request, update, approve)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_return(request: StaffRequest, pk: int) -> HttpResponse:
    update, form = _seen(request, pk), ReturnForm(request.POST or None)

    def send_back() -> str:
        return_update(
            update=update,
            reviewer=request.user,
            comment=form.cleaned_data["comment"],
            now=timezone.now(),
            version=_read(request),
        )
        return _("Returned. Its author is told of it with your comment.")

    return _done(request, update, send_back, return_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_publish(request: StaffRequest, pk: int) -> HttpResponse:
    update = _seen(request, pk)

    def publish() -> str:
        publish_update(
            update=update,
            publisher=request.user,
            today=localdate(),
            now=timezone.now(),
            version=_read(request),
        )
        return _("Published. It stands in the public record now.")

    return _done(request, update, publish)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_retract(request: StaffRequest, pk: int) -> HttpResponse:
    update, form = _seen(request, pk), ReasonForm(request.POST or None)

    def retract() -> str:
        retract_update(
            update=update,
            officer=request.user,
            today=localdate(),
            now=timezone.now(),
            **form.cleaned_data,
        )
        return _("Retracted. Your reason stands before the text in public.")

    return _done(request, update, retract, retract_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """The officer's deed: what was reported complete is complete."""
    update = _seen(request, pk)

    def confirm() -> str:
        confirm_completion(
            update=update, officer=request.user, today=localdate(), now=timezone.now()
        )
        return _("Confirmed. The commitment stands as complete.")

    return _done(request, update, confirm)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def evidence_accept(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept a source as coming from somebody other than the body itself."""
    seen = StatusUpdate.objects.visible_to(request.user)
    evidence = get_object_or_404(Evidence.objects.filter(update__in=seen), pk=pk)

    def accept() -> str:
        accept_evidence(
            evidence=evidence, officer=request.user, today=localdate(), now=timezone.now()
        )
        return _("Accepted as a source other than the body itself.")

    return _done(request, _seen(request, evidence.update_id), accept)


def _seen(request: StaffRequest, pk: int) -> StatusUpdate:
    """The update, for whoever may see it; for others it does not exist."""
    seen = StatusUpdate.objects.visible_to(request.user).for_history()
    return get_object_or_404(seen.select_related("commitment__programme", "author"), pk=pk)


def _read(request: StaffRequest) -> int | None:
    """The version that was on the reader's screen."""
    return number_in(request, "version") or None


def _done(
    request: StaffRequest,
    update: StatusUpdate,
    deed: Callable[[], str],
    **shown: forms.Form,
) -> HttpResponse:
    """Do it and say so; what is refused is said on the page of the update, with its status."""
    if request.method != "POST":
        return redirect("staff:update-detail", update.pk)
    form = next(iter(shown.values()), forms.Form(request.POST))
    if form.is_valid():
        try:
            with refusals_on(form):
                messages.success(request, deed())
                return redirect("staff:update-detail", update.pk)
        except Refusal as refused:
            return _shown(request, _seen(request, update.pk), refused=refused)
    forms_shown: dict[str, Any] = {"deed_form": form, **shown}
    return _shown(request, update, status=422, **forms_shown)


def _shown(
    request: StaffRequest,
    update: StatusUpdate,
    *,
    status: int = 200,
    refused: Refusal | None = None,
    **shown: forms.Form,
) -> HttpResponse:
    context: dict[str, Any] = {
        "update": update,
        "commitment": update.commitment,
        "demo": update.commitment.programme.is_demo,
        "actions": list(update.actions.select_related("person")),
        "refused": refused,
        "return_form": ReturnForm(),
        "retract_form": ReasonForm(),
    }
    context |= _rights(request, update) | shown
    status = refused.status if refused else status
    return page(request, "staff/updates/detail.html", context, status=status)


def _rights(request: StaffRequest, update: StatusUpdate) -> dict[str, Any]:
    """Which buttons this person is shown, and why there is none where one might be expected."""
    user, is_published = request.user, update.state == UpdateState.PUBLISHED
    is_standing = is_published and not _retracted(update) and not update.corrections.all()
    accepts = is_standing and access.may_accept_evidence(user, update)
    rows = list(update.evidence.all())
    return {
        "may_edit": access.may_edit(user, update),
        "may_discard": access.may_discard(user, update),
        "may_approve": access.may_approve(user, update),
        "may_publish": access.may_publish(user, update),
        "may_return": access.may_return(user, update),
        "may_correct": is_standing and access.may_correct(user, update),
        "may_retract": not _retracted(update) and access.may_retract(user, update),
        "acceptable": [row for row in rows if accepts and _is_acceptable(row)],
        "accepted": [row for row in rows if hasattr(row, "acceptance")],
        "may_confirm": access.may_confirm(user, update) and _completes(update),
    }


def _retracted(update: StatusUpdate) -> bool:
    return hasattr(update, "retraction")


def _is_acceptable(row: Evidence) -> bool:
    return not hasattr(row, "acceptance") and row.relation not in ("", Relation.OWN_BODY)


def _completes(update: StatusUpdate) -> bool:
    """Whether this update is what made the commitment stand as reported complete."""
    commitment = update.commitment
    return commitment.stage == Stage.REPORTED_COMPLETE and commitment.stage_update_id == update.pk
