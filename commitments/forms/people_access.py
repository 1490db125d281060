"""What a list of people is narrowed to, and which role somebody is given."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.forms.invitations import OrganisationField, role_choices
from commitments.models import Organisation, Role
from commitments.reports.people import PeopleAsked

STATES = (
    ("", _("All accounts")),
    ("open", _("Open accounts")),
    ("closed", _("Closed accounts")),
    ("without_factor", _("Without a second factor")),
    ("never", _("Never logged in")),
)


class PeopleFilterForm(forms.Form):
    """By words, body, role and state; what is not understood narrows nothing."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=200)
    body = OrganisationField(
        label=_("Body"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("All bodies"),
        to_field_name="slug",
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    state = forms.ChoiceField(label=_("Account"), required=False, choices=STATES)

    def __init__(self, *args: Any, bodies: Any, sees_log_ins: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        roles = [("", _("All roles")), *((role, capfirst(role.label)) for role in Role)]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        if not sees_log_ins:
            self.fields["state"].choices = STATES[:3]  # type: ignore[attr-defined]

    def asked(self) -> PeopleAsked:
        said = self.cleaned_data if self.is_valid() or self.is_bound else {}
        return PeopleAsked(
            words=said.get("q", ""),
            body=said.get("body"),
            role=said.get("role", ""),
            state=said.get("state", ""),
        )


class RoleForm(forms.Form):
    """One more role for somebody who has an account."""

    organisation = OrganisationField(
        label=_("Body"),
        queryset=Organisation.objects.none(),
        empty_label=_("Please choose"),
        error_messages={"required": _("Please choose a body.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a role.")},
    )

    def __init__(self, *args: Any, bodies: Any, roles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]
