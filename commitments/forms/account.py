"""Forms about one's own account; those of the library in the words of the house."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as app_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.models import Language, User
from commitments.models.user import LATEST_MINUTE

CURRENT, NEW = "current-password", "new-password"
AGAIN = _("The same password again")
_NEW = _("New password")
RULES = _("At least 12 characters, not only digits, and nothing that is often used or is like you.")
DIFFERENT = _("The two passwords are not the same. Type it twice.")
MISSING = _("Please enter a password.")


def _password(field: forms.Field, label: Any, autocomplete: str, hint: Any = "") -> None:
    field.label, field.help_text = label, hint
    field.widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    field.error_messages["required"] = MISSING


def _code(field: forms.Field, label: Any, hint: Any) -> None:
    field.label, field.help_text = label, hint
    field.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    )
    field.error_messages["required"] = _("Please enter the code.")


class SamePassword(forms.Form):
    """Says in our words where the two do not agree."""

    def add_error(self, field: Any, error: Any) -> None:
        super().add_error(field, DIFFERENT if field == "password2" else error)


class NewPasswordForm(SamePassword, account_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by the link of a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self.fields["password1"], _NEW, NEW, RULES)
        _password(self.fields["password2"], AGAIN, NEW)


class ChangePasswordForm(SamePassword, account_forms.ChangePasswordForm):  # type: ignore[misc]
    """A new password, by somebody who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self.fields["oldpassword"], _("Present password"), CURRENT)
        _password(self.fields["password1"], _NEW, NEW, RULES)
        _password(self.fields["password2"], AGAIN, NEW)


class ConfirmPasswordForm(account_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something grave."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self.fields["password"], _("Password"), CURRENT)


class ActivateAppForm(app_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(
            self.fields["code"], _("Code of the app"), _("Six digits; a new one every half minute.")
        )


class CodeForm(factor_forms.AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code, at log-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Code"), _CODE_HINT)


class ConfirmCodeForm(factor_forms.ReauthenticateForm):  # type: ignore[misc]
    """The same, before something grave."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Code"), _CODE_HINT)


_CODE_HINT = _("The six digits of your authenticator app, or one of your recovery codes.")


class PasswordLinkForm(forms.Form):
    """Which address forgot its password."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Please enter your e-mail address."),
            "invalid": _("This is not an e-mail address. It looks like name@example.org."),
        },
    )


def _hours() -> list[tuple[int, str]]:
    return [
        (minute, f"{minute // 60:02}:{minute % 60:02}")
        for minute in range(0, LATEST_MINUTE + 1, 30)
    ]


class ProfileForm(forms.Form):
    """What people say of themselves."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please enter your name.")},
    )
    language = forms.ChoiceField(
        label=_("Language of mail"), choices=Language, widget=forms.RadioSelect
    )
    digest_minute = forms.TypedChoiceField(
        label=_("Time of the daily mail"),
        choices=_hours,
        coerce=int,
        help_text=_("On working days, Vietnamese time, and only while something is owed."),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        said = ("full_name", "language", "digest_minute")
        kwargs["initial"] = {name: getattr(person, name) for name in said}
        super().__init__(*args, **kwargs)
        field = self.fields["digest_minute"]
        assert isinstance(field, forms.TypedChoiceField)
        minute = person.digest_minute
        if minute % 30:
            field.choices = sorted([*_hours(), (minute, f"{minute // 60:02}:{minute % 60:02}")])
