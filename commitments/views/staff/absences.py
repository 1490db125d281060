"""Who is away: entered by the person or somebody above, listed for a body, called off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.forms.absences import AbsenceForm
from commitments.forms.refusals import refusals_on
from commitments.models import Absence, Membership, Organisation, Role, User
from commitments.reports import absences as reports
from commitments.rules import access
from commitments.services.absences import call_off_absence, enter_absence
from commitments.views.staff._bodies import body_with_people
from commitments.views.staff._desk import number_in
from commitments.views.staff._page import StaffRequest, page


@require_safe
@login_required
def absence_list(request: StaffRequest, slug: str) -> HttpResponse:
    """The people of a body and when they are away."""
    organisation = body_with_people(request, slug)
    today = localdate()
    context = {
        "organisation": organisation,
        "demo": organisation.is_demo,
        "absences": list(reports.absences_in(organisation, today)),
        "people": list(reports.people_in(organisation)),
        "may_enter": access.holds(request.user, organisation.pk, Role.APPROVER)
        or access.delivers_as(
            request.user, Role.OFFICER, Role.ADMINISTRATOR, is_demo=organisation.is_demo
        ),
        "today": today,
    }
    return page(request, "staff/absences/list.html", context)


def standing_in_for(user: User, person: User) -> dict[str, Any]:
    """What the page of a person says of absences, and the bodies in which they can hand over."""
    held = Organisation.objects.filter(
        memberships__in=Membership.objects.current().filter(user=person)
    ).distinct()
    return {
        "absences": reports.absences_of(person, localdate()),
        "may_enter_absence": person.is_active and access.may_enter_absence(user, person),
        "hand_over_bodies": [one for one in held if access.may_hand_over(user, one, person)],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def absence_create(request: StaffRequest) -> HttpResponse:
    """Enter when a person is away; without naming one, when oneself is."""
    person = _person(request)
    form = AbsenceForm(
        request.POST or None,
        people=reports.fit_to_cover(person).order_by("full_name", "pk"),
    )
    if form.is_valid():
        with refusals_on(form):
            absence = enter_absence(
                person=person, by=request.user, now=timezone.now(), **form.cleaned_data
            )
            _say(request, absence)
            return redirect(_back(request, person))
    today = localdate()
    context = {
        "form": form,
        "person": person,
        "is_own": person.pk == request.user.pk,
        "absences": reports.absences_of(person, today),
        "covers": reports.covers_between(person, today),
        "today": today,
        "back": _back(request, person),
    }
    status = 422 if form.errors else 200
    return page(request, "staff/absences/form.html", context, status=status)


def _say(request: StaffRequest, absence: Absence) -> None:
    messages.success(request, _("The absence is entered. Reminders follow it by themselves."))
    for covered in reports.covers_between(absence.person, absence.starts_on, absence.ends_on):
        said = _("In these days {cover} was to cover {person}. Please name somebody else there.")
        messages.warning(request, said.format(cover=absence.person, person=covered.person))


def _person(request: StaffRequest) -> User:
    """Whose absence it is. People whom one may not see are none."""
    asked = request.GET.get("person", "")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 18:
        return request.user
    person = get_object_or_404(User, pk=int(asked))
    if not access.may_enter_absence(request.user, person):
        raise PermissionDenied
    return person


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def absence_call_off(request: StaffRequest, pk: int) -> HttpResponse:
    """The person is there after all."""
    absence = get_object_or_404(Absence.objects.select_related("person", "cover"), pk=pk)
    if not access.may_enter_absence(request.user, absence.person):
        raise PermissionDenied
    refused = None
    if request.method == "POST":
        try:
            call_off_absence(absence=absence, by=request.user, now=timezone.now())
            messages.success(request, _("The absence is called off."))
            return redirect(_back(request, absence.person))
        except Refusal as raised:
            refused = raised
    context = {"absence": absence, "refused": refused}
    status = refused.status if refused else 200
    return page(request, "staff/absences/call_off.html", context, status=status)


def _back(request: StaffRequest, person: User) -> str:
    """The list of a body of the person that the reader may see; else the own first page."""
    rows = Membership.objects.current().filter(user=person).select_related("organisation")
    preferred = number_in(request, "organisation")
    for one in sorted(rows, key=lambda row: (row.organisation_id != preferred, row.pk)):
        if access.may_see_people(request.user, one.organisation):
            return reverse("staff:absence-list", args=[one.organisation.slug])
    return reverse("staff:my-work")
