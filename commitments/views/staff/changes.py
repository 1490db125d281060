"""Changes of plan: the list of requests, one request, and the deeds on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.forms.changes import DecideForm, FilterForm
from commitments.forms.refusals import refusals_on
from commitments.models import ChangeRequest, Commitment, Decision, Programme
from commitments.reports import changes as told_changes
from commitments.reports.plan import plan_of, with_plan
from commitments.reports.present import stands
from commitments.rules import access
from commitments.services.changes import decide_change, take_back_change
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.notes import notes_of

PER_PAGE = 25


@require_safe
@login_required
def change_list(request: StaffRequest) -> HttpResponse:
    """The requests of the person's bodies and programmes, those that wait for them first."""
    rows = told_changes.listed_for(request.user)
    programmes = Programme.objects.filter(commitments__change_requests__in=rows).distinct()
    form = FilterForm(request.GET or None, programmes=programmes)
    is_valid = not form.is_bound or form.is_valid()
    if form.is_bound:
        rows = rows.filter(**form.asked()) if is_valid else rows.none()
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": shown,
        "lines": [(row, told_changes.heading(row)) for row in shown.object_list],
        "is_filtered": form.is_bound,
        "today": localdate(),
    }
    return page(request, "staff/changes/list.html", context, status=200 if is_valid else 400)


@require_safe
@login_required
def change_detail(request: StaffRequest, pk: int) -> HttpResponse:
    return _shown(request, _seen(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve it, which changes the plan, or refuse it with a reason; both are public."""
    change, form = _seen(request, pk), DecideForm(request.POST or None)
    if request.method != "POST":
        return redirect("staff:change-detail", pk)
    if form.is_valid():
        try:
            with refusals_on(form):
                decided = decide_change(
                    change=change,
                    decider=request.user,
                    today=localdate(),
                    now=timezone.now(),
                    **form.cleaned_data,
                )
                messages.success(request, _DONE[Decision(decided.decision)]())
                return redirect("staff:change-detail", pk)
        except Refusal as refused:
            return _shown(request, _seen(request, pk), refused=refused, form=form)
    return _shown(request, change, form=form, status=422)


_DONE = {
    Decision.APPROVED: lambda: _("Approved. The present plan is changed; the original stays."),
    Decision.REFUSED: lambda: _("Refused. The plan stays as it is; the reason is public."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """The requester's own deed, as long as nobody has decided."""
    change = _seen(request, pk)
    if request.method == "POST":
        try:
            take_back_change(change=change, person=request.user, now=timezone.now())
        except Refusal as refused:
            return _shown(request, _seen(request, pk), refused=refused)
        messages.success(request, _("Taken back. It was never public."))
    return redirect("staff:change-detail", pk)


def changes_of(request: StaffRequest, commitment: Commitment) -> dict[str, Any]:
    """What the page of a commitment shows of its changes, for `staff/changes/_of_commitment.html`:
    the original plan beside the present one, and every request that the person may see."""
    whole = with_plan(Commitment.objects.select_related("programme")).get(pk=commitment.pk)
    rows = ChangeRequest.objects.visible_to(request.user).filter(commitment=commitment)
    listed = rows.select_related("source", "requester").order_by("-requested_at", "-pk")
    return {
        "plan": plan_of(whole),
        "changes": told_changes.told(listed),
        "may_request_change": access.may_request_change(request.user, commitment),
        "sees_requesters": access.may_see_inside(request.user, commitment),
        "has_wordings": commitment.wordings.count() > 1,
    }


def _seen(request: StaffRequest, pk: int) -> ChangeRequest:
    """The request, for whoever may see it; for others it does not exist."""
    seen = ChangeRequest.objects.visible_to(request.user)
    rows = seen.select_related(
        "commitment__programme__delivery_unit", "source", "requester", "decider"
    )
    return get_object_or_404(rows, pk=pk)


def _shown(
    request: StaffRequest,
    change: ChangeRequest,
    *,
    status: int = 200,
    refused: Refusal | None = None,
    form: DecideForm | None = None,
) -> HttpResponse:
    commitment, user = change.commitment, request.user
    [told] = told_changes.told([change])
    context: dict[str, Any] = {
        "change": change,
        "told": told,
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "form": form or DecideForm(),
        "refused": refused,
        "is_overtaken": change.decision == "" and _is_overtaken(change),
        "may_decide": access.may_decide_change(user, change),
        "may_take_back": access.may_take_back_change(user, change),
        "is_own": change.requester_id == user.pk,
        "sees_inside": access.may_see_inside(user, commitment),
        "notes": notes_of(request, change),
    }
    status = refused.status if refused else status
    return page(request, "staff/changes/detail.html", context, status=status)


def _is_overtaken(change: ChangeRequest) -> bool:
    """Whether what it would replace was changed, or the commitment closed, since it was asked."""
    now = stands(change.commitment, change.kind, change.subject)
    return change.commitment.is_closed or now != change.replaced
