"""The form by which people log in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LogInForm(AuthenticationForm):
    """E-mail address and password; says nothing of which of the two was wrong."""

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


_MISSING_ADDRESS = _("Please enter your e-mail address.")
_MISSING_PASSWORD = _("Please enter your password.")
