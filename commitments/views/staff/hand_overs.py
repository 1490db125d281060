"""Handing everything of one person in one body to another: chosen, looked at, done, seen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.forms.hand_overs import HandOverForm
from commitments.forms.refusals import refusals_on
from commitments.models import EDITABLE, Absence, HandOver, Organisation, StatusUpdate, User
from commitments.reports.absences import people_in
from commitments.reports.belongings import charges_of, covers_of, updates_of
from commitments.reports.charges import role_words
from commitments.rules import access
from commitments.services import hand_overs
from commitments.services.updates import take_over
from commitments.views.staff._bodies import not_theirs
from commitments.views.staff._desk import number_in
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff._update_page import done, seen


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hand_over_create(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    """Choose who takes over, look at all that moves, do it."""
    organisation = get_object_or_404(Organisation, slug=slug)
    giver = get_object_or_404(User, pk=pk)
    after = number_in(request, "after")
    if again := _done_already(request, organisation, giver, after):
        return redirect("staff:hand-over-detail", again.pk)
    if not access.may_hand_over(request.user, organisation, giver):
        raise not_theirs(organisation)
    form, deed = _form(request, organisation, giver), request.POST.get("deed", "")
    refused = None
    if request.method == "POST" and deed != "back" and form.is_valid():
        try:
            with refusals_on(form):
                return _answer(request, organisation, giver, form, after, deed == "hand_over")
        except Refusal as raised:
            refused = raised
    if deed == "back":
        form = _form(request, organisation, giver, is_back=True)
    return _choice(request, organisation, giver, form, refused)


def _form(
    request: StaffRequest, organisation: Organisation, giver: User, *, is_back: bool = False
) -> HandOverForm:
    return HandOverForm(
        None if is_back else request.POST or None,
        initial=request.POST.dict() if is_back else None,
        people=people_in(organisation).exclude(pk=giver.pk),
        roles=role_words(organisation.pk),
    )


def _done_already(
    request: StaffRequest, organisation: Organisation, giver: User, after: int
) -> HandOver | None:
    """The hand-over that this very form has made before: it was sent twice."""
    if request.method != "POST" or request.POST.get("deed") != "hand_over":
        return None
    made = HandOver.objects.filter(
        organisation=organisation, giver=giver, done_by=request.user, pk__gt=after
    )
    return made.order_by("pk").first()


def _choice(
    request: StaffRequest,
    organisation: Organisation,
    giver: User,
    form: HandOverForm,
    refused: Refusal | None,
) -> HttpResponse:
    today = localdate()
    context = {
        "organisation": organisation,
        "demo": organisation.is_demo,
        "giver": giver,
        "form": form,
        "after": _newest(organisation),
        "has": {
            "charges": charges_of(giver, organisation).count(),
            "updates": updates_of(giver, organisation).count(),
            "covers": covers_of(giver, organisation, today).count(),
        },
        "refused": refused,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/hand_overs/form.html", context, status=status)


def _newest(organisation: Organisation) -> int:
    rows = HandOver.objects.filter(organisation=organisation).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0


def _answer(
    request: StaffRequest,
    organisation: Organisation,
    giver: User,
    form: HandOverForm,
    after: int,
    is_confirmed: bool,
) -> HttpResponse:
    """First what would move, thing by thing; then the deed."""
    said: dict[str, Any] = {
        "organisation": organisation,
        "giver": giver,
        "by": request.user,
        **form.cleaned_data,
    }
    if is_confirmed:
        made = hand_overs.hand_over(**said, after=after, now=timezone.now())
        messages.success(request, _("Everything is handed over."))
        return redirect("staff:hand-over-detail", made.pk)
    found = hand_overs.check_hand_over(**said, today=localdate())
    context = {**said, "found": found, "after": after, "demo": organisation.is_demo}
    return page(request, "staff/hand_overs/confirm.html", context)


@require_safe
@login_required
def hand_over_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """What went over, what stayed behind, and what to do about it."""
    made = _seen(request, pk)
    left = StatusUpdate.objects.filter(
        pk__in=made.moved.get("kept_updates", []), author=made.giver, state__in=EDITABLE
    )
    covers = Absence.objects.filter(
        pk__in=made.moved.get("kept_covers", []), cover=made.giver, cancelled_at__isnull=True
    )
    context = {
        "hand_over": made,
        "demo": made.organisation.is_demo,
        "kept_updates": list(left.select_related("commitment__programme")),
        "kept_covers": list(covers.select_related("person")),
        "is_taker": made.taker_id == request.user.pk,
    }
    return page(request, "staff/hand_overs/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hand_over_seen(request: StaffRequest, pk: int) -> HttpResponse:
    """The one who takes over has read it."""
    made = _seen(request, pk)
    if made.taker_id != request.user.pk:
        raise PermissionDenied
    if request.method != "POST":
        return redirect("staff:hand-over-detail", pk)
    hand_overs.mark_seen(hand_over=made, by=request.user, now=timezone.now())
    return redirect("staff:my-work")


def _seen(request: StaffRequest, pk: int) -> HandOver:
    """For giver, taker and doer, and for whoever sees the people of the body."""
    rows = HandOver.objects.select_related("organisation", "giver", "taker", "done_by")
    made = get_object_or_404(rows, pk=pk)
    involved = request.user.pk in (made.giver_id, made.taker_id, made.done_by_id)
    if not involved and not access.may_see_people(request.user, made.organisation):
        raise Http404
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_take_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Go on with an update whose author no longer reports."""
    update = seen(request, pk)

    def take() -> str:
        take_over(update=update, by=request.user, now=timezone.now())
        return _("You are its author now and can go on with it.")

    return done(request, update, take)
