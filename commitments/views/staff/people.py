"""People: who works where, their roles, and closing an account."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.errors import Refusal
from commitments.forms.people_access import PeopleFilterForm, RoleForm
from commitments.forms.refusals import refusals_on
from commitments.models import Membership, User
from commitments.reports import people
from commitments.rules import access as may
from commitments.services import access, memberships
from commitments.views.staff._library import confirm_who
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.absences import standing_in_for
from commitments.views.staff.mails import address_of

PER_PAGE = 50


@require_safe
@login_required
def person_list(request: StaffRequest) -> HttpResponse:
    """Everybody whom the reader may see, and the invitations that stand."""
    if not request.user.roles:
        raise PermissionDenied
    tells = people.sees_log_ins(request.user)
    bodies = people.bodies_seen_by(request.user).order_by("name_vi", "name_en")
    form = PeopleFilterForm(request.GET, bodies=bodies, sees_log_ins=tells)
    rows = people.people_listed(request.user, form.asked())
    gives = people.roles_to_give(request.user)
    context = {
        "form": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "sees_log_ins": tells,
        "may_invite": bool(gives),
        "invitations": people.invitations_seen_by(request.user) if gives else [],
        "now": timezone.now(),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return page(request, "staff/people/list.html", context)


@require_safe
@login_required
def person_detail(request: StaffRequest, pk: int) -> HttpResponse:
    return _detail(request, _seen(request, pk))


def _seen(request: StaffRequest, pk: int) -> User:
    return get_object_or_404(people.people_seen_by(request.user), pk=pk)


def _detail(
    request: StaffRequest,
    person: User,
    *,
    form: RoleForm | None = None,
    refused: Refusal | None = None,
) -> HttpResponse:
    user = request.user
    listed = people.people_listed(user, people.PeopleAsked()).get(pk=person.pk)
    roles = people.roles_of(person, user)
    form = form or _role_form(request, person)
    context: dict[str, Any] = {
        "person": listed,
        "roles": [(held, held.ended_on is None and may.may_end_role(user, held)) for held in roles],
        "charges": people.charges_of(person, user),
        "form": form if _may_give(form, person, user) else None,
        "sees_log_ins": people.sees_log_ins(user),
        "may_close": may.may_deactivate(user, person),
        "may_reset": may.may_reset_factor(user, person),
        "is_self": user.pk == person.pk,
        "refused": refused,
        **standing_in_for(user, person),
        **address_of(user, person),
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/people/detail.html", context, status=status)


def _may_give(form: RoleForm, person: User, user: User) -> bool:
    roles = form.fields["role"].choices  # type: ignore[attr-defined]
    return bool(roles) and person.is_active and person.pk != user.pk


def _role_form(request: StaffRequest, person: User, data: Any = None) -> RoleForm:
    """Bodies of the person's own world only."""
    worlds = set(person.memberships.values_list("organisation__is_demo", flat=True))
    bodies = people.bodies_to_staff(request.user)
    return RoleForm(
        data,
        bodies=bodies.filter(is_demo__in=worlds) if worlds else bodies,
        roles=people.roles_to_give(request.user),
    )


@require_POST
@login_required
def membership_create(request: StaffRequest, pk: int) -> HttpResponse:
    """Give somebody one more role."""
    person = _seen(request, pk)
    form = _role_form(request, person, request.POST)
    refused = None
    if form.is_valid():
        if form.cleaned_data["role"] in may.NEEDS_FACTOR:
            confirm_who(request)
        try:
            with refusals_on(form):
                memberships.give_role(
                    person=person, by=request.user, today=localdate(), **form.cleaned_data
                )
                messages.success(request, _("The role is given, from today."))
                return redirect("staff:person-detail", person.pk)
        except Refusal as raised:
            refused = raised
    return _detail(request, person, form=form, refused=refused)


def _do(request: StaffRequest, person: User, deed: Callable[[], object], told: str) -> HttpResponse:
    """Do it and say so, or show on the person's page why it was refused."""
    try:
        deed()
    except Refusal as refused:
        return _detail(request, person, refused=refused)
    messages.success(request, told)
    return redirect("staff:person-detail", person.pk)


@require_POST
@login_required
def membership_end(request: StaffRequest, pk: int) -> HttpResponse:
    """End a role today."""
    seen = Membership.objects.filter(organisation__in=people.bodies_seen_by(request.user))
    held = get_object_or_404(seen.select_related("user", "organisation"), pk=pk)

    def end() -> object:
        return memberships.end_role(membership=held, by=request.user, today=localdate())

    return _do(request, held.user, end, _("The role has ended."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def person_deactivate(request: StaffRequest, pk: int) -> HttpResponse:
    """Close an account, after saying what follows."""
    person = _seen(request, pk)
    if not may.may_deactivate(request.user, person):
        raise PermissionDenied
    if request.method != "POST":
        return page(request, "staff/people/deactivate.html", {"person": person})
    confirm_who(request)

    def close() -> object:
        return memberships.deactivate(person=person, by=request.user, now=timezone.now())

    return _do(request, person, close, _("The account is closed and its sessions have ended."))


@require_POST
@login_required
def person_reactivate(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    person = _seen(request, pk)
    confirm_who(request)

    def reopen() -> object:
        return memberships.reactivate(person=person, by=request.user)

    return _do(request, person, reopen, _("The account is open again."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def factor_reset(request: StaffRequest, pk: int) -> HttpResponse:
    """Take somebody's second factor away, after saying what follows."""
    person = _seen(request, pk)
    if not may.may_reset_factor(request.user, person):
        raise PermissionDenied
    if request.method != "POST":
        return page(request, "staff/people/factor_reset.html", {"person": person})
    confirm_who(request)

    def reset() -> object:
        return access.reset_factor(person=person, by=request.user, now=timezone.now())

    return _do(
        request, person, reset, _("The second factor is taken away. The person is told by mail.")
    )
