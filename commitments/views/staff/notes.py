"""Internal notes beside a commitment, an update or a change: read and written, never changed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments.errors import Refusal
from commitments.forms.notes import NoteForm
from commitments.forms.refusals import refusals_on
from commitments.models import (
    ChangeRequest,
    Commitment,
    InternalNote,
    Organisation,
    StatusUpdate,
    User,
)
from commitments.rules import access
from commitments.services.notes import About, write_note
from commitments.views.staff._page import StaffRequest, page


def notes_of(request: StaffRequest, about: About) -> dict[str, Any] | None:
    """What `staff/notes/_notes.html` needs as `notes`; None for who may not look inside."""
    user, commitment = request.user, _commitment_of(about)
    if not access.may_see_inside(user, commitment):
        return None
    noun = _noun_of(about)
    rows = InternalNote.objects.visible_to(user).filter(**{noun: about})
    return {
        "rows": list(rows.select_related("author", "organisation")),
        "form": _form(user, commitment),
        "to": reverse("staff:note-create", args=[noun, about.pk]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def note_create(request: StaffRequest, noun: str, pk: int) -> HttpResponse:
    """Write one; a page of its own where something is missing."""
    about = _seen(request.user, noun, pk)
    commitment = _commitment_of(about)
    form = _form(request.user, commitment, request.POST or None)
    if form is None:
        raise PermissionDenied
    refused = None
    if form.is_valid():
        try:
            with refusals_on(form):
                write_note(
                    about=about,
                    text=form.cleaned_data["text"],
                    is_shared=form.is_shared,
                    author=request.user,
                    now=timezone.now(),
                )
                messages.success(request, _("The note is kept. It is not public."))
                return redirect(f"{_page_of(about)}#notes")
        except Refusal as raised:
            refused = raised
    context = {
        "form": form,
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "back": _page_of(about),
        "refused": refused,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/notes/form.html", context, status=status)


def _seen(user: User, noun: str, pk: int) -> About:
    """The thing that the note is about, for who may see it."""
    rows: dict[str, QuerySet[Any]] = {
        "commitment": Commitment.objects.visible_to(user).select_related("programme"),
        "update": StatusUpdate.objects.visible_to(user).select_related("commitment__programme"),
        "change": ChangeRequest.objects.visible_to(user).select_related("commitment__programme"),
    }
    if noun not in rows:
        raise Http404
    found: About = get_object_or_404(rows[noun], pk=pk)
    return found


def _form(user: User, commitment: Commitment, data: Any = None) -> NoteForm | None:
    """None for who only reads."""
    writes_for = access.writes_notes_for(user, commitment)
    if writes_for is None:
        return None
    organisation = Organisation.objects.get(pk=writes_for)
    return NoteForm(data, commitment=commitment, writes_for=organisation, auto_id="note_%s")


def _commitment_of(about: About) -> Commitment:
    return about if isinstance(about, Commitment) else about.commitment


def _noun_of(about: About) -> str:
    if isinstance(about, Commitment):
        return "commitment"
    return "update" if isinstance(about, StatusUpdate) else "change"


def _page_of(about: About) -> str:
    if isinstance(about, Commitment):
        return reverse("staff:commitment-detail", args=[about.slug])
    return reverse(f"staff:{_noun_of(about)}-detail", args=[about.pk])
