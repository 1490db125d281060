"""Who is given the charge of a commitment."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.models import Charge, User


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among people, each with what they are in words where `words` knows it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=User.objects.none(), empty_label=_("Please choose"), **options)
        self.words: dict[int, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        said = self.words.get(obj.pk)
        return str(format_lazy("{person} ({words})", person=obj, words=said) if said else obj)


class AssignForm(forms.Form):
    """Somebody of the responsible body, and what they are to do."""

    person = PersonField(label=_("Person"))
    charge = forms.ChoiceField(
        label=_("What they do"),
        choices=[(charge.value, capfirst(charge.label)) for charge in Charge],
        widget=forms.RadioSelect,
        initial=Charge.REPORT,
        required=False,
    )
    is_deputy = forms.BooleanField(
        label=_("As deputy"),
        help_text=_("A deputy is reminded while nobody else in charge is there."),
        required=False,
    )

    def __init__(
        self, *args: Any, people: QuerySet[User], roles: dict[int, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].words = roles or {}  # type: ignore[attr-defined]
        self.fields["person"].error_messages["required"] = _("Please choose a person.")

    def clean_charge(self) -> str:
        return self.cleaned_data["charge"] or Charge.REPORT.value
