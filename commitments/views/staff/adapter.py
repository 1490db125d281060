"""Where the library of log-in and second factor asks the house: words, addresses, writes."""

import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from commitments.models import User
from commitments.services import access
from commitments.services.sealing import seal, unseal
from commitments.views.staff.doors import BEGAN_AT, SEEN_AT

logger = logging.getLogger(__name__)

TOO_MANY = "too_many_login_attempts"

TOLD = {
    "account/messages/password_changed.txt": _("The password is changed."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is taken off."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is taken off."),
}
"""What we say where the library says something; all else goes without saying."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves; everything goes on to pages of ours only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        TOO_MANY: _("There were too many attempts. Please wait some minutes and try again."),
        "rate_limited": _("There were too many attempts. Please wait some minutes and try again."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right, or it was used already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller's address; who comes round the proxies is turned away."""
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured as error:
            raise PermissionDenied("The request did not come through the proxies.") from error

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[BEGAN_AT] = request.session[SEEN_AT] = timezone.now().timestamp()

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return redirect("staff:log-in")

    def set_password(self, user: User, password: str) -> None:
        access.change_password(person=user, password=password, now=timezone.now())

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Not within minutes of a whole log-in: who just typed the password need not again."""
        records = get_authentication_records(context.request, context.request.user)
        limit = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not records or time.time() - records[-1]["at"] >= limit

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or TOLD.get(message_template or "", "")
        if said:
            messages.add_message(request, level, str(said))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names of what is set up, in our words; its secrets are sealed before they are stored."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it was used already."),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
    }

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What cannot be read again becomes a secret that nobody has: no code fits it."""
        found = unseal(encrypted_text)
        if found is None:
            logger.error("A second factor cannot be read. Was SECRET_KEY changed? Reset it.")
        return found or str(generate_totp_secret())

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Passkey %(number)d") % {"number": number})
