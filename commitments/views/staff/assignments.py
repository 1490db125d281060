"""Charges: who reports on what and who approves it, for one commitment and for a body."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Forbidden, Refusal
from commitments.forms.people import AssignForm
from commitments.forms.refusals import refusals_on
from commitments.models import Assignment, Charge, Commitment, Obligation, Role
from commitments.reports import charges
from commitments.rules import access
from commitments.services.assignments import assign, end_assignment
from commitments.views.staff._bodies import body_with_people
from commitments.views.staff._page import StaffRequest, page


def charges_of(
    request: StaffRequest, commitment: Commitment, form: AssignForm | None = None
) -> dict[str, Any]:
    """What the section of charges needs, on the commitment's page and on its own."""
    user, today = request.user, localdate()
    may_assign = access.may_assign(user, commitment)
    held = charges.held_of(commitment, today)
    lead = commitment.lead
    owed = Obligation.objects.owed(today).filter(commitment=commitment)
    return {
        "reporting": held[Charge.REPORT],
        "approving": held[Charge.APPROVE],
        "skips_approver": lead is not None and lead.organisation.skips_approver,
        "may_assign": may_assign,
        "sees_charges": may_assign or access.works_on(user, commitment),
        "assign_form": form or _form(commitment),
        "has_people": lead is not None and charges.able_in(lead.organisation_id).exists(),
        "nudge": owed.order_by("-period__starts_on").first() if may_assign else None,
    }


def _form(commitment: Commitment, typed: Any = None) -> AssignForm:
    body = commitment.lead.organisation_id if commitment.lead else 0
    return AssignForm(typed, people=charges.able_in(body), roles=charges.role_words(body))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assignment_create(request: StaffRequest, slug: str) -> HttpResponse:
    """Give somebody of the responsible body the charge of the commitment."""
    commitment = _seen(request, slug)
    form = _form(commitment, request.POST if request.method == "POST" else None)
    try:
        if not access.may_assign(request.user, commitment):
            raise Forbidden
        if form.is_valid():
            with refusals_on(form):
                charge = assign(
                    commitment=commitment, by=request.user, now=timezone.now(), **form.cleaned_data
                )
                messages.success(request, _given(charge))
                return redirect("staff:commitment-detail", slug)
    except Refusal as refused:
        if request.method != "POST":
            raise PermissionDenied from refused
        return _shown(request, commitment, refused=refused)
    return _shown(request, commitment, form=form)


def _given(charge: Assignment) -> str:
    said = {
        (Charge.REPORT, False): _("{person} reports on this commitment from now on."),
        (Charge.REPORT, True): _("{person} is deputy for reporting on this commitment."),
        (Charge.APPROVE, False): _("{person} approves updates of this commitment from now on."),
        (Charge.APPROVE, True): _("{person} is deputy for approving updates of this commitment."),
    }
    return said[Charge(charge.charge), charge.is_deputy].format(person=charge.person)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assignment_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a charge back; reminders about it stop."""
    visible = Commitment.objects.visible_to(request.user)
    found = Assignment.objects.filter(commitment__in=visible)
    charge = get_object_or_404(found.select_related("commitment", "person"), pk=pk)
    slug = charge.commitment.slug
    if request.method == "POST":
        try:
            end_assignment(assignment=charge, by=request.user, now=timezone.now())
        except Refusal as refused:
            return _shown(request, _seen(request, slug), refused=refused)
        said = _("{person} no longer has this charge.")
        messages.success(request, said.format(person=charge.person))
    return redirect("staff:commitment-detail", slug)


@require_safe
@login_required
def assignment_list(request: StaffRequest, slug: str) -> HttpResponse:
    """Who has the charge of what in one body, what nobody has first."""
    organisation = body_with_people(request, slug)
    rows = charges.matrix_of(organisation)
    members = charges.members_of(organisation, localdate())
    context = {
        "organisation": organisation,
        "demo": organisation.is_demo,
        "members": members,
        "lines": [(row, [row.of(member.person) for member in members]) for row in rows],
        "without": sum(not row.reports for row in rows),
        "may_assign": access.holds(request.user, organisation.pk, Role.APPROVER)
        or access.delivers_as(request.user, Role.OFFICER, is_demo=organisation.is_demo),
    }
    return page(request, "staff/assignments/list.html", context)


def _seen(request: StaffRequest, slug: str) -> Commitment:
    seen = Commitment.objects.visible_to(request.user).for_list(localdate())
    return get_object_or_404(seen, slug=slug)


def _shown(
    request: StaffRequest,
    commitment: Commitment,
    *,
    form: AssignForm | None = None,
    refused: Refusal | None = None,
) -> HttpResponse:
    status = refused.status if refused else 422 if form and form.errors else 200
    context = charges_of(request, commitment, form) | {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "refused": refused,
    }
    return page(request, "staff/assignments/form.html", context, status=status)
