"""Who is given the charge of a commitment."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.models import User


class AssignForm(forms.Form):
    """A choice among the reporters of the responsible body."""

    person = forms.ModelChoiceField(
        label=_("Reporter"), queryset=User.objects.none(), empty_label=_("Please choose")
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].error_messages["required"] = _("Please choose a reporter.")
