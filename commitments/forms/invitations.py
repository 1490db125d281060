"""Who is invited to what, and how an invitation is taken."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.forms.account import AGAIN, DIFFERENT, MISSING, NEW, RULES
from commitments.models import Language, Organisation, Role
from commitments.text.display import said_text


def role_choices(roles: Sequence[str]) -> list[tuple[str, Any]]:
    return [(role, capfirst(Role(role).label)) for role in roles]


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of a body, by its name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return said_text(obj, "name")


class InvitationForm(forms.Form):
    """One role in one body for one address."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Please enter the person's e-mail address."),
            "invalid": _("This is not an e-mail address. It looks like name@example.org."),
        },
    )
    full_name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please enter the person's name.")},
    )
    organisation = OrganisationField(
        label=_("Body"),
        queryset=Organisation.objects.none(),
        empty_label=_("Please choose"),
        error_messages={"required": _("Please choose the body the person works for.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a role.")},
    )
    language = forms.ChoiceField(
        label=_("Language of mail"),
        choices=Language,
        widget=forms.RadioSelect,
        initial=Language.VI,
        error_messages={"required": _("Please choose a language.")},
    )

    def __init__(self, *args: Any, bodies: Any, roles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]


class AcceptForm(forms.Form):
    """A new account: the name as the person writes it, and a password."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please enter your name.")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        help_text=RULES,
        widget=forms.PasswordInput(attrs={"autocomplete": NEW}),
        error_messages={"required": MISSING},
    )
    password2 = forms.CharField(
        label=AGAIN,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": NEW}),
        error_messages={"required": MISSING},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if {"password", "password2"} <= said.keys() and said["password"] != said["password2"]:
            self.add_error("password2", DIFFERENT)
        return said
