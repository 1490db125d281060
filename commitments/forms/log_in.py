"""The form by which people log in."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class LogInForm(AuthenticationForm):
    """E-mail address and password; says nothing of which of the two was wrong.

    Failed attempts are counted per address and per caller; too many of them are refused
    whatever the password (code `too_many_login_attempts`).
    """

    error_messages = {
        "invalid_login": _(
            "This e-mail address and password do not belong together. "
            "Check both; the password distinguishes capital and small letters."
        ),
        "inactive": _("This account is closed."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = self.fields["username"]
        address.label = _("E-mail address")
        address.widget = forms.EmailInput(attrs={"autocomplete": "username", "autofocus": False})
        self.fields["password"].label = _("Password")
        for field, text in (("username", _MISSING_ADDRESS), ("password", _MISSING_PASSWORD)):
            self.fields[field].error_messages["required"] = text

    def clean(self) -> dict[str, Any]:
        email, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if email and password:
            found = get_adapter().authenticate(self.request, email=email, password=password)
            if found is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(found)
            self.user_cache = found
        return self.cleaned_data

    def confirm_login_allowed(self, user: Any) -> None:
        """People of the demonstration exist in demo mode only; their password was printed."""
        super().confirm_login_allowed(user)
        if not settings.DEMO and user.memberships.filter(organisation__is_demo=True).exists():
            raise ValidationError(_DEMO_IS_OFF, code="demo_is_off")


_DEMO_IS_OFF = _("This account belongs to the demonstration, which is switched off here.")
_MISSING_ADDRESS = _("Please enter your e-mail address.")
_MISSING_PASSWORD = _("Please enter your password.")
