"""What stands between a log-in and the pages of staff: the age of the session, a second factor."""

import re
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.models import User
from commitments.rules import access
from commitments.rules.addresses import is_private_path
from commitments.services.access import end_sessions

Answer = Callable[[HttpRequest], HttpResponse]

BEGAN_AT, SEEN_AT = "began_at", "seen_at"
"""Where a session keeps when its person logged in, and when they were last noted as there."""

NOTE_EVERY = 5 * 60
"""Seconds: a note is a write, and not every page is worth one."""


def end_old_sessions(get_response: Answer) -> Answer:
    """Log out who logged in too long ago, however busy; note now and then who is still there.

    An idle session ends with its cookie (SESSION_IDLE_HOURS), which every note here prolongs.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if (
            is_private_path(request.path_info)
            and (began := request.session.get(BEGAN_AT)) is not None
        ):
            now = timezone.now().timestamp()
            if now - began >= settings.SESSION_LONGEST:
                logout(request)
                messages.info(request, _("You logged in long ago. Please log in again."))
            elif now - request.session.get(SEEN_AT, began) >= NOTE_EVERY:
                request.session[SEEN_AT] = now
                if request.user.is_authenticated:
                    UserSession.objects.create_from_request(request)
        return get_response(request)

    return answer


def ask_second_factor(get_response: Answer) -> Answer:
    """Let officers and administrators set up a second factor before anything else."""

    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user if _is_behind_doors(request) else None
        if (
            isinstance(user, User)
            and access.needs_second_factor(user)
            and not access.has_second_factor(user)
        ):
            return redirect("mfa_index")
        return get_response(request)

    return answer


@receiver(authenticator_added, dispatch_uid="end_sessions_opened_without")
def end_sessions_opened_without(
    request: HttpRequest, user: User, authenticator: Authenticator, **said: Any
) -> None:
    """The first factor counts from its first minute: who came in elsewhere by password is out."""
    factors = Authenticator.objects.filter(user=user, type__in=access.FACTORS)
    if authenticator.type in access.FACTORS and factors.count() == 1:
        end_sessions(person=user, but_key=request.session.session_key or "")


def _is_behind_doors(request: HttpRequest) -> bool:
    """All but where a person comes in, goes out, or sets up the second factor."""
    return (
        settings.SECOND_FACTOR_REQUIRED
        and is_private_path(request.path_info)
        and _DOOR.match(request.path_info) is None
    )


_DOOR = re.compile(r"/[a-z]{2}/staff/(?:log-in|log-out|account|invitations/accept)/")
