"""One update as its reviewers have it before them, and where they go after a deed on it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import slug_re
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.errors import Refusal
from commitments.forms.refusals import refusals_on
from commitments.forms.review import ReasonForm, ReturnForm, ScheduleForm
from commitments.models import (
    EDITABLE,
    IN_REVIEW,
    Evidence,
    Relation,
    Stage,
    StatusUpdate,
    UpdateState,
)
from commitments.reports.queue import Asked, Place, place_of
from commitments.reports.review import filled_fields, since_published, since_returned
from commitments.rules import access
from commitments.text.display import said_text
from commitments.views.staff._desk import number_in
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.notes import notes_of
from commitments.views.staff.source_faults import sources_of


def seen(request: StaffRequest, pk: int) -> StatusUpdate:
    """The update, for whoever may see it; for others it does not exist."""
    visible = StatusUpdate.objects.visible_to(request.user).for_history()
    listed = ("commitment__programme", "author", "released_by")
    return get_object_or_404(visible.select_related(*listed), pk=pk)


def version_read(request: StaffRequest) -> int | None:
    """The version that was on the reader's screen."""
    return number_in(request, "version") or None


def asked_in(request: StaffRequest) -> Asked:
    """Which part of the queue the reader comes from; nothing where the address is odd."""
    said = {name: request.GET.get(name, "") for name in ("programme", "body")}
    return Asked(**{name: text for name, text in said.items() if slug_re.match(text)})


def done(
    request: StaffRequest,
    update: StatusUpdate,
    deed: Callable[[], str],
    *,
    goes_on: bool = False,
    **typed: forms.Form,
) -> HttpResponse:
    """Do it and say so; what is refused is said on the page of the update, with its status.

    With `goes_on` a reviewer is led to the next update of their queue.
    """
    asked = asked_in(request)
    here = reverse("staff:update-detail", args=[update.pk]) + asked.query
    if request.method != "POST":
        return redirect(here)
    form = next(iter(typed.values()), forms.Form(request.POST))
    if form.is_valid():
        place = place_of(request.user, update.pk, asked) if goes_on else None
        try:
            with refusals_on(form):
                return _onward(request, deed(), here, place)
        except Refusal as refused:
            return shown(request, seen(request, update.pk), refused=refused)
    forms_shown: dict[str, Any] = {"deed_form": form, **typed}
    return shown(request, update, status=422, **forms_shown)


def _onward(request: StaffRequest, said: str, here: str, place: Place | None) -> HttpResponse:
    """To the next one of the queue, named; back to the same page where nothing else waits."""
    if place is None or place.onward is None:
        messages.success(request, said)
        return redirect(here)
    following = StatusUpdate.objects.select_related("commitment").get(pk=place.onward)
    title = said_text(following.commitment, "title")
    messages.success(request, _("{said} Next: {title}").format(said=said, title=title))
    return redirect(reverse("staff:update-detail", args=[place.onward]) + place.query)


def shown(
    request: StaffRequest,
    update: StatusUpdate,
    *,
    status: int = 200,
    refused: Refusal | None = None,
    **typed: forms.Form,
) -> HttpResponse:
    rights, actions = _rights(request, update), update.actions.select_related("person")
    context: dict[str, Any] = {
        "update": update,
        "commitment": update.commitment,
        "demo": update.commitment.programme.is_demo,
        "actions": list(actions.prefetch_related("field_comments")) if rights["is_inside"] else [],
        "refused": refused,
        "return_form": ReturnForm(asked=filled_fields(update)) if rights["may_return"] else None,
        "retract_form": ReasonForm(),
        "schedule_form": ScheduleForm(),
        "queue": place_of(request.user, update.pk, asked_in(request)),
        "notes": notes_of(request, update),
    }
    context |= sources_of(request, update.commitment, update)
    context |= rights | _compared(update) | typed
    status = refused.status if refused else status
    return page(request, "staff/updates/detail.html", context, status=status)


def _compared(update: StatusUpdate) -> dict[str, Any]:
    """What it says otherwise than before, as long as it is on its way."""
    if update.state not in (*EDITABLE, *IN_REVIEW):
        return {"is_on_its_way": False}
    return {
        "is_on_its_way": True,
        "since_returned": since_returned(update),
        "since_published": since_published(update),
    }


def _rights(request: StaffRequest, update: StatusUpdate) -> dict[str, Any]:
    """Which buttons this person is shown, and why there is none where one might be expected."""
    user, is_published = request.user, update.state == UpdateState.PUBLISHED
    is_standing = is_published and not _retracted(update) and not update.corrections.all()
    accepts = is_standing and access.may_accept_evidence(user, update)
    rows = list(update.evidence.all())
    may_approve, may_publish = (
        access.may_approve(user, update),
        access.may_publish(user, update),
    )
    may_return = access.may_return(user, update)
    return {
        "is_inside": access.sees_review(user, update),
        "may_edit": access.may_edit(user, update),
        "may_discard": access.may_discard(user, update),
        "may_take_over": access.may_take_over(user, update),
        "may_approve": may_approve,
        "may_publish": may_publish,
        "may_unschedule": access.may_unschedule(user, update),
        "may_return": may_return,
        "lies_without_approver": may_return and not may_approve and not may_publish,
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
