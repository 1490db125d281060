"""The plan of a commitment: begun, kept, compared after a second hand, published, thrown away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments.errors import Refusal, Stale
from commitments.forms.plan.differences import merged
from commitments.forms.plan.rows import ROW_SETS
from commitments.forms.plan.sheet import (
    PlanSheet,
    empty_sheet,
    typed_of,
    with_new_row,
    without_row,
)
from commitments.models import Commitment, Programme
from commitments.rules import access
from commitments.services import plans
from commitments.services.plans.drafts import PUBLISHED
from commitments.views.staff._desk import number_in
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff._plan_desk import (
    PlanDesk,
    conflict,
    desk_to_begin,
    desk_to_edit,
    show,
    stored_sheet,
)
from commitments.views.staff._plan_publication import publication


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def commitment_create(request: StaffRequest, slug: str) -> HttpResponse:
    """An empty form; nothing is written before something is saved."""
    programme = get_object_or_404(Programme.objects.public(), slug=slug)
    if not access.may_create_commitment(request.user, programme):
        raise PermissionDenied
    desk = desk_to_begin(request, programme)
    if request.method == "POST":
        return _answer(desk)
    return show(desk, desk.to_fill(empty_sheet()))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def commitment_edit(request: StaffRequest, slug: str) -> HttpResponse:
    """The whole plan of a draft."""
    commitment = seen(request, slug)
    if not access.is_officer_of(request.user, commitment.programme):
        raise PermissionDenied
    if commitment.published_at is not None and request.method != "POST":
        messages.info(request, PUBLISHED)
        return redirect("staff:commitment-detail", slug)
    desk = desk_to_edit(request, commitment)
    if request.method == "POST":
        return _answer(desk)
    return show(desk, desk.to_fill(desk.stored()))


def seen(request: StaffRequest, slug: str) -> Commitment:
    """A commitment that the person sees. Unseen is 404."""
    rows = Commitment.objects.visible_to(request.user).with_bodies()
    return get_object_or_404(rows.select_related("programme__delivery_unit"), slug=slug)


def _answer(desk: PlanDesk) -> HttpResponse:
    """What was sent: one row more or less, a choice between two versions, or the plan."""
    deed = desk.request.POST.get("deed", "")
    name, _dash, what = deed.partition("-")
    if name in ROW_SETS:
        return _with_other_rows(desk, name, what)
    if deed == "merge" and desk.commitment is not None:
        return _merged(desk, desk.commitment)
    sheet = desk.handed_in()
    if not sheet.is_valid():
        return show(desk, sheet, status=422)
    try:
        with sheet.refusals():
            return _go_on(desk, _saved(desk, sheet), deed)
    except plans.AlreadyBegun as begun:
        return _begun(desk, sheet, begun, deed)
    except Stale as stale:
        # Both hands may have written the same; then there is nothing to choose.
        return conflict(desk, sheet) or _go_on(desk, _same(desk, stale), deed)
    except Refusal as refused:
        return show(desk, sheet, status=refused.status, refused=refused)
    return show(desk, sheet, status=422)


def _saved(desk: PlanDesk, sheet: PlanSheet) -> Commitment:
    now, today, officer = timezone.now(), localdate(), desk.request.user
    if desk.commitment is None:
        return plans.create_commitment(
            programme=desk.programme,
            officer=officer,
            said=sheet.said(),
            after=number_in(desk.request, "after"),
            today=today,
            now=now,
        )
    return plans.save_commitment(
        commitment=desk.commitment,
        officer=officer,
        said=sheet.said(),
        version=number_in(desk.request, "version"),
        today=today,
        now=now,
    )


def _same(desk: PlanDesk, stale: Stale) -> Commitment:
    if desk.commitment is None:
        raise stale
    return desk.commitment


def _go_on(desk: PlanDesk, saved: Commitment, deed: str) -> HttpResponse:
    """After saving: on to what is missing, or back to the form."""
    messages.success(desk.request, _("The draft is saved. It is not public."))
    to = "staff:commitment-publish" if deed == "check" else "staff:commitment-edit"
    return redirect(to, saved.slug)


def _begun(desk: PlanDesk, sheet: PlanSheet, begun: plans.AlreadyBegun, deed: str) -> HttpResponse:
    """A double click goes on with the one that it began; anything else is kept and says so."""
    mine = typed_of(sheet.said(), desk.offered)
    stored = typed_of(stored_sheet(begun.commitment), desk.offered)
    slug_or_made = mine.fields | {"slug": mine.fields["slug"] or stored.fields["slug"]}
    if slug_or_made == stored.fields and _told(mine.rows) == _told(stored.rows):
        return _go_on(desk, begun.commitment, deed)
    return show(desk, sheet, status=begun.status, refused=begun, is_fresh=True)


def _told(rows: dict[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    """The rows without what the database gave them, in one order."""
    bare = {
        name: [{cell: row[cell] for cell in row if cell not in ("slug", "number")} for row in found]
        for name, found in rows.items()
    }
    return {name: sorted(found, key=str) for name, found in bare.items()}


def _with_other_rows(desk: PlanDesk, name: str, what: str) -> HttpResponse:
    """One row more or less, and everything else as it was typed."""
    typed = desk.typed_again()
    if what == "add":
        return show(desk, desk.to_fill(with_new_row(typed, name)), focus=(name, "row"))
    index = what.removeprefix("remove-")
    if index.isascii() and index.isdigit():
        typed = without_row(typed, name, int(index))
    return show(desk, desk.to_fill(typed), focus=(name, "add"))


def _merged(desk: PlanDesk, commitment: Commitment) -> HttpResponse:
    """The form with the version that was chosen of each field; saving it is another step."""
    mine = desk.typed_again()
    sheet = desk.handed_in()
    if commitment.version != number_in(desk.request, "version") and sheet.is_valid():
        again = conflict(desk, sheet)
        if again is not None:
            return again
    messages.info(desk.request, _("Nothing is saved yet. Check the text and save it."))
    chosen = merged(mine, desk.stored(), desk.request.POST)
    return show(desk, desk.to_fill(chosen), is_fresh=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def commitment_publish(request: StaffRequest, slug: str) -> HttpResponse:
    """What is still missing; when nothing is, the last look and the deed."""
    commitment = seen(request, slug)
    if not access.is_officer_of(request.user, commitment.programme):
        raise PermissionDenied
    if commitment.published_at is not None and request.method != "POST":
        return redirect("staff:commitment-detail", slug)
    if request.method != "POST":
        return publication(request, commitment)
    try:
        published = plans.publish_plan(
            commitment=commitment,
            officer=request.user,
            version=number_in(request, "version"),
            today=localdate(),
            now=timezone.now(),
        )
    except Refusal as refused:
        if commitment.published_at is not None:
            messages.info(request, _("This commitment is public already."))
            return redirect("staff:commitment-detail", slug)
        return publication(request, commitment, refused=refused)
    told = _(
        "The commitment is public, as {reference}. Its wording and dates are the original now."
    )
    messages.success(request, told.format(reference=published.reference))
    return redirect("staff:commitment-detail", published.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def commitment_discard(request: StaffRequest, slug: str) -> HttpResponse:
    """Throw a draft away, after having seen it once more."""
    commitment = seen(request, slug)
    if not access.is_officer_of(request.user, commitment.programme):
        raise PermissionDenied
    if commitment.published_at is not None:
        messages.info(request, PUBLISHED)
        return redirect("staff:commitment-detail", slug)
    refused: Refusal | None = None
    if request.method == "POST":
        version = number_in(request, "version")
        try:
            plans.discard_commitment(commitment=commitment, officer=request.user, version=version)
            messages.success(request, _("The draft is discarded."))
            return redirect("staff:my-work")
        except Refusal as raised:
            refused = raised
    context = {
        "commitment": commitment,
        "said": stored_sheet(commitment),
        "demo": commitment.programme.is_demo,
        "refused": refused,
    }
    status = refused.status if refused else 200
    return page(request, "staff/commitments/plan/discard.html", context, status=status)
