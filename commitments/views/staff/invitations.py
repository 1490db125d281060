"""Inviting people, and taking an invitation."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from commitments.errors import Refusal
from commitments.forms.invitations import AcceptForm, InvitationForm
from commitments.forms.refusals import refusals_on
from commitments.models import Invitation, User
from commitments.reports.people import bodies_to_staff, invitations_seen_by, roles_to_give
from commitments.rules import access as may
from commitments.services import invitations
from commitments.views.staff._library import confirm_who
from commitments.views.staff._page import StaffRequest, page


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invitation_create(request: StaffRequest) -> HttpResponse:
    """Invite somebody to a role; for a grave one they say once more who they are."""
    roles = roles_to_give(request.user)
    if not roles:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = InvitationForm(data, bodies=bodies_to_staff(request.user), roles=roles)
    refused = None
    if form.is_valid():
        if form.cleaned_data["role"] in may.NEEDS_FACTOR:
            confirm_who(request)
        try:
            with refusals_on(form):
                return _invited(request, form)
        except Refusal as raised:
            refused = raised
    status = refused.status if refused else 422 if form.errors else 200
    context = {"form": form, "refused": refused}
    return page(request, "staff/invitations/form.html", context, status=status)


def _invited(request: StaffRequest, form: InvitationForm) -> HttpResponse:
    made = invitations.invite(**form.cleaned_data, by=request.user, now=timezone.now())
    words = _("%(name)s is invited. The mail to %(email)s goes out within a minute.")
    messages.success(request, words % {"name": made.full_name, "email": made.email})
    return redirect(reverse("staff:person-list") + "#invitations")


@require_POST
@login_required
def invitation_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Send it once more by a new link."""
    invitation = _seen(request, pk)
    if invitation.role in may.NEEDS_FACTOR:
        confirm_who(request)
    try:
        invitations.invite_again(invitation=invitation, by=request.user, now=timezone.now())
    except Refusal as refused:
        return _refused(request, refused)
    messages.success(
        request, _("A new mail goes out within a minute. The link of the old one works no more.")
    )
    return redirect(reverse("staff:person-list") + "#invitations")


def _refused(request: StaffRequest, refused: Refusal) -> HttpResponse:
    """Back to the list, with what was in the way: somebody accepted or withdrew it meanwhile."""
    messages.error(request, str(refused.text))
    return redirect(reverse("staff:person-list") + "#invitations")


@require_POST
@login_required
def invitation_revoke(request: StaffRequest, pk: int) -> HttpResponse:
    invitation = _seen(request, pk)
    try:
        invitations.revoke_invitation(invitation=invitation, by=request.user, now=timezone.now())
    except Refusal as refused:
        return _refused(request, refused)
    messages.success(request, _("The invitation is withdrawn. Its link works no more."))
    return redirect(reverse("staff:person-list") + "#invitations")


def _seen(request: StaffRequest, pk: int) -> Invitation:
    seen = [one.pk for one in invitations_seen_by(request.user)]
    return get_object_or_404(Invitation.objects.filter(pk__in=seen), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "password2")
@csrf_protect
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take an invitation: with a new password, or as the one who has the invited address."""
    try:
        invitation = invitations.find_invitation(token, now=timezone.now())
    except invitations.DeadLink as dead:
        return _dead(request, dead)
    known = invitations.account_of(invitation)
    person = request.user if isinstance(request.user, User) else None
    if known is not None and known == person:
        return _accept_as(request, invitation, token, known)
    if known is not None or person is not None:
        return _wrong_person(request, invitation, is_logged_in=person is not None)
    return _accept_anew(request, invitation, token)


def _dead(request: HttpRequest, dead: Refusal) -> HttpResponse:
    return render(request, "staff/invitations/dead.html", {"dead": dead}, status=dead.status)


def _wrong_person(
    request: HttpRequest, invitation: Invitation, *, is_logged_in: bool
) -> HttpResponse:
    context = {"invitation": invitation, "next": request.path, "is_logged_in": is_logged_in}
    status = 403 if is_logged_in or request.method == "POST" else 200
    return render(request, "staff/invitations/log_in_first.html", context, status=status)


def _accept_as(
    request: HttpRequest, invitation: Invitation, token: str, person: User
) -> HttpResponse:
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            invitations.accept_invitation(token=token, person=person, now=timezone.now())
        except Refusal as raised:
            refused = raised
        else:
            messages.success(request, _("Welcome. The role is yours from now on."))
            return redirect("staff:my-work")
    context = {"invitation": invitation, "refused": refused}
    status = refused.status if refused else 200
    return render(request, "staff/invitations/accept.html", context, status=status)


def _accept_anew(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = AcceptForm(data, initial={"full_name": invitation.full_name})
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("full_name", "password")}
        try:
            with refusals_on(form):
                taken = invitations.accept_invitation(token=token, now=timezone.now(), **said)
                login = Login(user=taken.user, redirect_url=reverse("staff:my-work"))
                response: HttpResponse = perform_password_login(request, {}, login)
                return response
        except invitations.DeadLink as dead:
            return _dead(request, dead)
        except Refusal:
            return _wrong_person(request, invitation, is_logged_in=False)
    context = {"invitation": invitation, "form": form}
    status = 422 if form.errors else 200
    return render(request, "staff/invitations/accept.html", context, status=status)
