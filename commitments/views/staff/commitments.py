"""One commitment as staff see it, and who has the charge of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Forbidden, Refusal
from commitments.forms.people import AssignForm
from commitments.forms.refusals import refusals_on
from commitments.models import (
    Assignment,
    Commitment,
    Membership,
    Obligation,
    Role,
    StatusUpdate,
    User,
)
from commitments.reports.answers import answers
from commitments.rules import access
from commitments.services.people import assign_reporter, end_assignment
from commitments.text.days import due_words
from commitments.views.staff._page import StaffRequest, page


@require_safe
@login_required
def commitment_detail(request: StaffRequest, slug: str) -> HttpResponse:
    return _shown(request, _seen(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assignment_create(request: StaffRequest, slug: str) -> HttpResponse:
    """Give a reporter of the responsible body the charge of the commitment."""
    commitment = _seen(request, slug)
    if request.method != "POST":
        return redirect("staff:commitment-detail", slug)
    form = AssignForm(request.POST, people=_reporters(commitment))
    try:
        if not access.may_assign(request.user, commitment):
            raise Forbidden
        if form.is_valid():
            with refusals_on(form):
                charge = assign_reporter(
                    commitment=commitment,
                    person=form.cleaned_data["person"],
                    by=request.user,
                    now=timezone.now(),
                )
                said = _("{person} reports on this commitment from now on.")
                messages.success(request, said.format(person=charge.person))
                return redirect("staff:commitment-detail", slug)
    except Refusal as refused:
        return _shown(request, commitment, refused=refused)
    return _shown(request, commitment, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assignment_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a charge back; reminders about it stop."""
    seen = Commitment.objects.visible_to(request.user)
    charges = Assignment.objects.filter(commitment__in=seen).select_related("commitment", "person")
    charge = get_object_or_404(charges, pk=pk)
    slug = charge.commitment.slug
    if request.method == "POST":
        try:
            end_assignment(assignment=charge, by=request.user, now=timezone.now())
        except Refusal as refused:
            return _shown(request, _seen(request, slug), refused=refused)
        said = _("{person} no longer reports on this commitment.")
        messages.success(request, said.format(person=charge.person))
    return redirect("staff:commitment-detail", slug)


def _seen(request: StaffRequest, slug: str) -> Commitment:
    seen = Commitment.objects.visible_to(request.user).for_list(localdate())
    whole = seen.select_related("stage_update__body", "forecast_update__body")
    return get_object_or_404(whole, slug=slug)


def _reporters(commitment: Commitment) -> QuerySet[User]:
    """Those of the responsible body who may be given the charge and do not have it."""
    lead = commitment.lead
    members = Membership.objects.people(lead.organisation_id if lead else 0, Role.REPORTER)
    charged = Assignment.objects.filter(commitment=commitment, ended_at__isnull=True)
    return User.objects.filter(pk__in=members.values("user")).exclude(
        pk__in=charged.values("person")
    )


def _shown(
    request: StaffRequest,
    commitment: Commitment,
    *,
    form: AssignForm | None = None,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    people = _reporters(commitment)
    context: dict[str, Any] = {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "answers": answers(commitment, has_target=commitment.targets.exists())[:-1],
        "targets": list(commitment.targets.present().order_by("number")),
        "obligations": _obligations(commitment),
        "updates": _updates(request, commitment),
        "charges": _charges(commitment),
        "assign_form": form or AssignForm(people=people),
        "has_people": people.exists(),
        "refused": refused,
    }
    status = refused.status if refused else status
    return page(
        request,
        "staff/commitments/detail.html",
        context | _rights(request, commitment),
        status=status,
    )


def _rights(request: StaffRequest, commitment: Commitment) -> dict[str, Any]:
    user = request.user
    may_report = access.may_report(user, commitment)
    may_assign = access.may_assign(user, commitment)
    return {
        "may_report": may_report,
        "may_assign": may_assign,
        "may_waive": access.may_waive(user, commitment),
        "sees_charges": may_report or may_assign,
    }


def _obligations(commitment: Commitment) -> list[dict[str, Any]]:
    """Every period that has opened, newest first, with what became of it."""
    today = localdate()
    unmet = set(Obligation.objects.owed(today).filter(commitment=commitment).values_list("pk"))
    rows = (
        Obligation.objects.opened(today)
        .filter(commitment=commitment)
        .select_related("period", "met_by")
        .order_by("-period__starts_on")
    )
    return [
        {
            "row": row,
            "is_owed": (row.pk,) in unmet,
            "is_late": row.period.due_on < today,
            "words": due_words(row.period.due_on, today),
        }
        for row in rows
    ]


def _updates(request: StaffRequest, commitment: Commitment) -> list[StatusUpdate]:
    """Those that the person may see, in every state, the unfinished ones first."""
    rows = StatusUpdate.objects.visible_to(request.user).filter(commitment=commitment)
    listed = rows.for_history().select_related("author")
    return sorted(listed, key=lambda row: row.published_at is not None)


def _charges(commitment: Commitment) -> list[Assignment]:
    people = Prefetch("person", queryset=User.objects.only("pk", "full_name", "email"))
    charges = commitment.assignments.filter(ended_at__isnull=True)
    return list(charges.prefetch_related(people).order_by("assigned_at"))
