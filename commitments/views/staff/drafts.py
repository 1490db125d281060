"""Writing an update: begun, saved as a draft, compared after a second window, handed in."""

from dataclasses import replace
from typing import TypeGuard

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from commitments.errors import Refusal, Stale, WrongState
from commitments.forms.differences import differences, merged
from commitments.forms.sheet import (
    Sheet,
    as_data,
    sheet_handed_in,
    sheet_to_fill,
    typed_again,
    typed_of,
    with_empty_row,
    without_file,
    without_row,
)
from commitments.models import EDITABLE, Commitment, StatusUpdate, UpdateState
from commitments.rules import access
from commitments.services import drafts
from commitments.services.updates import submit_update
from commitments.views.staff._desk import (
    Desk,
    conflict,
    desk_for,
    number_in,
    prepared,
    show,
    show_saved,
)
from commitments.views.staff._page import StaffRequest, page

ADD, REMOVE = "evidence-add", "evidence-remove"
UPLOAD, WITHOUT_FILE = "evidence-upload", "evidence-without-file"
"""Deeds on the rows of evidence; all but the first end in the number of the row."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_create(request: StaffRequest, slug: str) -> HttpResponse:
    """The prepared form; nothing is written before something is saved."""
    seen = Commitment.objects.visible_to(request.user).for_list(localdate())
    commitment = get_object_or_404(seen, slug=slug)
    corrects = _corrected(request, commitment)
    if not (
        access.may_correct(request.user, corrects)
        if corrects
        else access.may_report(request.user, commitment)
    ):
        raise PermissionDenied
    desk = desk_for(request, commitment, corrects=corrects)
    begun = _open_draft(request, commitment)
    if request.method == "POST":
        return _answer(desk.with_update(begun) if _is_of(begun, desk) else desk)
    if begun is not None:
        if begun.corrects_id != (corrects.pk if corrects else None):
            messages.warning(request, drafts.OTHER_DRAFT)
        return redirect("staff:update-edit", begun.pk)
    return show(desk, sheet_to_fill(desk.asked, prepared(desk)))


def _corrected(request: StaffRequest, commitment: Commitment) -> StatusUpdate | None:
    number = request.GET.get("corrects", "")
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    published = StatusUpdate.objects.public().filter(commitment=commitment).for_history()
    return get_object_or_404(published, number=number)


def _is_of(begun: StatusUpdate | None, desk: Desk) -> TypeGuard[StatusUpdate]:
    """Whether the form is that of the open draft: it saved itself, and nobody did since."""
    if begun is None or begun.version != number_in(desk.request, "version"):
        return False
    return begun.corrects_id == (desk.corrects.pk if desk.corrects else None)


def _open_draft(request: StaffRequest, commitment: Commitment) -> StatusUpdate | None:
    return StatusUpdate.objects.filter(
        commitment=commitment, author=request.user, state=UpdateState.DRAFT
    ).first()


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A draft, or what came back, for its author."""
    update = _own(request, pk)
    desk = _desk_of(request, update)
    if request.method == "POST":
        return _answer(desk)
    if not access.may_edit(request.user, update):
        return redirect("staff:update-detail", pk)
    return show(desk, sheet_to_fill(desk.asked, typed_of(update)))


def _own(request: StaffRequest, pk: int) -> StatusUpdate:
    """An update of the person's own. Unseen is 404; seen but somebody else's is 403."""
    seen = StatusUpdate.objects.visible_to(request.user).for_history()
    update = get_object_or_404(seen, pk=pk)
    if update.author_id != request.user.pk:
        raise PermissionDenied
    return update


def _desk_of(request: StaffRequest, update: StatusUpdate) -> Desk:
    commitment = Commitment.objects.for_list(localdate()).get(pk=update.commitment_id)
    return desk_for(request, commitment, update=update, corrects=update.corrects)


def _answer(desk: Desk) -> HttpResponse:
    """What was sent: another row of evidence, a choice between two versions, or the update."""
    deed = desk.request.POST.get("deed", "")
    if deed.startswith("evidence-"):
        return _with_other_rows(desk, deed)
    if deed == "merge" and desk.update is not None:
        return _merged(desk, desk.update)
    sheet = sheet_handed_in(desk.asked, desk.data, desk.faults)
    if deed == "autosave":
        return _saved_by_itself(desk, sheet)
    if not sheet.is_valid():
        return show(desk, sheet, status=422)
    try:
        with sheet.refusals():
            try:
                desk = _saved(desk, sheet)
            except Stale as stale:
                found = _newer(desk, stale)
                if differences(desk.asked, sheet.typed(), typed_of(found)):
                    return _apart(desk, sheet, found)
                desk = desk.with_update(found)
            return _go_on(desk, sheet, deed)
    except Refusal as refused:
        return show(desk, sheet, status=refused.status, refused=refused)
    return show(desk, sheet, status=422)


def _saved_by_itself(desk: Desk, sheet: Sheet) -> HttpResponse:
    """Save in the background and say so; what is wrong waits until the author asks."""
    try:
        if sheet.is_valid():
            with sheet.refusals():
                saved = _saved(desk, sheet)
                return show_saved(saved, timezone.now())
    except Refusal:
        pass
    return show_saved(desk, None)


def _saved(desk: Desk, sheet: Sheet) -> Desk:
    """Keep what was typed: in the draft, or in a new one. Raises Stale when it was handed in."""
    now, author = timezone.now(), desk.request.user
    if desk.update is None:
        kept = drafts.begin_draft(
            commitment=desk.commitment,
            author=author,
            after=number_in(desk.request, "after"),
            corrects=desk.corrects,
            today=localdate(),
            now=now,
            **sheet.to_keep(),
        )
    elif desk.update.state not in EDITABLE:
        raise Stale
    else:
        kept = drafts.save_draft(
            update=desk.update,
            author=author,
            version=number_in(desk.request, "version"),
            now=now,
            **sheet.to_keep(),
        )
    return desk.with_update(kept)


def _go_on(desk: Desk, sheet: Sheet, deed: str) -> HttpResponse:
    """After saving: back to the draft, or hand it in."""
    update = desk.update
    assert update is not None
    if update.state not in EDITABLE:
        messages.info(desk.request, _("This update was handed in already."))
        return redirect("staff:update-detail", update.pk)
    if deed != "submit":
        messages.success(desk.request, _("The draft is saved. Nobody else has been told yet."))
        return redirect(desk.address)
    sheet.ask_for_all()
    handed_in = submit_update(
        update=update,
        author=desk.request.user,
        today=localdate(),
        now=timezone.now(),
        version=update.version,
    )
    messages.success(desk.request, next_step(handed_in))
    return redirect("staff:update-detail", update.pk)


def next_step(update: StatusUpdate) -> str:
    """What happens to an update that was just handed in."""
    if update.body is not None and update.body.skips_approver:
        return _("The update is submitted. The delivery unit reviews it next.")
    return _("The update is submitted. An approver of your organisation reviews it next.")


def _newer(desk: Desk, stale: Stale) -> StatusUpdate:
    """What another window left meanwhile."""
    found = stale.update if isinstance(stale, drafts.AlreadyBegun) else desk.update
    assert found is not None
    return StatusUpdate.objects.for_history().get(pk=found.pk)


def _apart(desk: Desk, sheet: Sheet, found: StatusUpdate) -> HttpResponse:
    """Two windows say different things: show both, and lose neither."""
    if found.corrects_id != (desk.corrects.pk if desk.corrects else None):
        raise WrongState("other_draft", drafts.OTHER_DRAFT)
    if found.state in EDITABLE:
        typed = typed_again(desk.asked, desk.data)
        return conflict(desk.with_update(found), sheet.typed(), typed)
    refused = WrongState("handed_in_meanwhile", _HANDED_IN)
    return show(replace(desk, update=None, after=found.pk), sheet, status=409, refused=refused)


_HANDED_IN = gettext_lazy(
    "An update was handed in from another window meanwhile and can no longer be changed. "
    "What you typed here is kept below: saving it begins a further update."
)


def _with_other_rows(desk: Desk, deed: str) -> HttpResponse:
    """One row of evidence more or less, and everything else as it was typed."""
    typed, focus = typed_again(desk.asked, desk.data), "add"
    verb, _dash, end = deed.rpartition("-")
    row = int(end) if end.isascii() and end.isdigit() and len(end) < 4 else None
    if deed == ADD:
        typed, focus = with_empty_row(typed), "row"
    elif row is not None and verb == REMOVE:
        typed = without_row(typed, row)
    elif row is not None and verb in (UPLOAD, WITHOUT_FILE):
        typed = without_file(typed, row) if verb == WITHOUT_FILE else typed
        focus = f"file-{row}"
    return show(desk, sheet_to_fill(desk.asked, typed, desk.faults), focus=focus)


def _merged(desk: Desk, update: StatusUpdate) -> HttpResponse:
    """The form with the version that was chosen of each field; saving it is another step."""
    sheet = sheet_handed_in(desk.asked, desk.data, desk.faults)
    mine = typed_again(desk.asked, desk.data)
    if update.version != number_in(desk.request, "version") and sheet.is_valid():
        return conflict(desk, sheet.typed(), mine)
    messages.info(desk.request, _("Nothing is saved yet. Check the text and save it."))
    return show(desk, sheet_to_fill(desk.asked, merged(mine, typed_of(update), desk.request.POST)))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand in a draft as it is stored; where something is missing, its form says what."""
    update = _own(request, pk)
    if request.method != "POST" or not access.may_edit(request.user, update):
        return redirect("staff:update-detail", pk)
    desk = _desk_of(request, update)
    sheet = sheet_handed_in(desk.asked, as_data(typed_of(update)))
    sheet.is_valid()
    try:
        with sheet.refusals():
            return _go_on(desk, sheet, "submit")
    except Refusal as refused:
        return show(desk, sheet, status=refused.status, refused=refused)
    return show(desk, sheet, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a draft away, after having seen it once more."""
    update = _own(request, pk)
    if not access.may_discard(request.user, update):
        return redirect("staff:update-detail", pk)
    if request.method != "POST":
        context = {"update": update, "commitment": update.commitment}
        return page(request, "staff/updates/discard.html", context)
    drafts.discard_draft(update=update, author=request.user)
    messages.success(request, _("The draft is discarded."))
    return redirect("staff:commitment-detail", update.commitment.slug)
