"""One's own account: what mail says, password, second factor, sessions."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import view_recovery_codes
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commitments.forms.account import ProfileForm
from commitments.forms.preferences import TopicsForm
from commitments.forms.refusals import refusals_on
from commitments.models import CalendarAddress, Mute, Organisation, Role, User
from commitments.rules import access as may
from commitments.rules.reminders.muting import ALWAYS_SAID
from commitments.services import access
from commitments.text.agents import device_name
from commitments.text.calendars import sign_nonce
from commitments.views.staff._library import confirm_who
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.mails import address_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: StaffRequest) -> HttpResponse:
    """Name, language and time of mail; ways to reminders, calendar, password and sessions."""
    form = ProfileForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        with refusals_on(form):
            access.save_profile(person=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("staff:account")
    return account_page(request, form=form)


def account_page(
    request: StaffRequest,
    *,
    form: ProfileForm | None = None,
    topics_form: TopicsForm | None = None,
) -> HttpResponse:
    """The whole page, with what was typed into one of its forms."""
    person = request.user
    address = CalendarAddress.objects.standing().filter(person=person).first()
    context = {
        "form": form or ProfileForm(person=person),
        "topics_form": topics_form or TopicsForm(muted=muted_by(person)),
        "always": ALWAYS_SAID,
        "calendar_token": sign_nonce(address.nonce) if address else "",
        "calendar_since": address.made_at if address else None,
        "sessions": _sessions_of(request),
        "token_bodies": Organisation.objects.filter(
            pk__in=person.organisations_as(Role.REPORTER, Role.APPROVER)
        ).order_by("slug"),
        "has_factor": may.has_second_factor(person),
        "needs_factor": may.needs_second_factor(person),
        "person": person,
        "is_self": True,
        **address_of(person, person),
    }
    has_errors = any(one and one.errors for one in (form, topics_form))
    return page(request, "staff/account/detail.html", context, status=422 if has_errors else 200)


def muted_by(person: User) -> set[str]:
    return set(Mute.objects.filter(person=person).values_list("topic", flat=True))


def _sessions_of(request: StaffRequest) -> list[dict[str, Any]]:
    """Where the person is logged in now, this session first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=request.user, session_key__in=alive)
    here = request.session.session_key
    found = [
        {
            "row": row,
            "device": device_name(row.user_agent) or _("a device that does not say"),
            "is_here": row.session_key == here,
        }
        for row in rows.order_by("-last_seen_at")
    ]
    return sorted(found, key=lambda one: not one["is_here"])


@require_POST
@login_required
def session_end(request: StaffRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions; that of this browser is a log-out."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    is_here = session.session_key == request.session.session_key
    access.end_sessions(person=request.user, only=session.pk)
    if is_here:
        logout(request)
        return redirect("home")
    messages.success(request, _("The session has ended."))
    return redirect("staff:account")


@require_POST
@login_required
def session_end_others(request: StaffRequest) -> HttpResponse:
    ended = access.end_sessions(person=request.user, but_key=request.session.session_key or "")
    words = ngettext("%(count)d session has ended.", "%(count)d sessions have ended.", ended)
    messages.success(request, words % {"count": ended})
    return redirect("staff:account")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """How many codes are left; pressing the button shows them, once."""
    confirm_who(request)
    rows = Authenticator.objects.filter(user=request.user)
    row = rows.filter(type=Authenticator.Type.RECOVERY_CODES).first()
    if row is None:
        raise Http404
    context: dict[str, Any] = {"left": len(row.wrap().get_unused_codes())}
    context["was_shown"] = row.wrap().did_view
    if request.method == "POST":
        codes, may_be_shown = view_recovery_codes(request)
        if may_be_shown:
            context["codes"] = codes.get_unused_codes()
    return page(request, "mfa/recovery_codes/index.html", context)
