"""What is looked for in the house's history."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import DayField
from commitments.forms.refusals import refusals_on
from commitments.models import Route, User
from commitments.reports.history import Asked
from commitments.rules.dates import LimitedDate, check_order


class HistoryForm(forms.Form):
    """By GET: one person, from one day to another, one route."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Everybody"),
    )
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)
    route = forms.ChoiceField(
        label=_("Route"), choices=[("", _("Every route")), *Route.choices], required=False
    )

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until:
            with refusals_on(self):
                check_order(LimitedDate.of_day(since), LimitedDate.of_day(until), "until")
        return said

    @property
    def asked(self) -> Asked:
        if not self.is_valid():
            return Asked()
        person = self.cleaned_data["person"]
        return Asked(
            person=person.pk if person else None,
            since=self.cleaned_data["since"],
            until=self.cleaned_data["until"],
            route=self.cleaned_data["route"],
        )
