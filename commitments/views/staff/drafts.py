"""Writing an update: begun, saved as a draft, handed in or thrown away."""

from typing import TypeGuard

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments.errors import Refusal
from commitments.forms.sheet import as_data, sheet_handed_in, sheet_to_fill, typed_of
from commitments.models import Commitment, StatusUpdate, UpdateState
from commitments.rules import access
from commitments.services import drafts
from commitments.views.staff._desk import Desk, desk_for, prepared, show
from commitments.views.staff._drafting import answer, go_on, restored
from commitments.views.staff._kept import keeps_typed, kept
from commitments.views.staff._page import StaffRequest, page


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
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
        return answer(desk.with_update(begun) if _is_of(begun, desk) else desk)
    if (typed := kept(request)) is not None:
        return restored(desk.with_update(begun) if _is_about(begun, desk) else desk, typed)
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
    return _is_about(begun, desk) and begun.version == desk.number("version")


def _is_about(begun: StatusUpdate | None, desk: Desk) -> TypeGuard[StatusUpdate]:
    """Whether the open draft corrects what the form corrects, or both correct nothing."""
    if begun is None:
        return False
    return begun.corrects_id == (desk.corrects.pk if desk.corrects else None)


def _open_draft(request: StaffRequest, commitment: Commitment) -> StatusUpdate | None:
    return StatusUpdate.objects.filter(
        commitment=commitment, author=request.user, state=UpdateState.DRAFT
    ).first()


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def update_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A draft, or what came back, for its author."""
    update = _own(request, pk)
    desk = _desk_of(request, update)
    if request.method == "POST":
        return answer(desk)
    if (typed := kept(request)) is not None:
        return restored(desk, typed)
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
            return go_on(desk, sheet, "submit")
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
