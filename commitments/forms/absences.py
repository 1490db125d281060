"""When somebody is away, and who covers them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import DayField
from commitments.forms.people import PersonField
from commitments.models import User

_EXAMPLE = _("For example 31/5/2026.")


class AbsenceForm(forms.Form):
    """First and last day, both inclusive; a cover may be left out."""

    starts_on = DayField(label=_("First day away"), help_text=_EXAMPLE)
    ends_on = DayField(label=_("Last day away"), help_text=_EXAMPLE)
    cover = PersonField(
        label=_("Who covers"),
        help_text=_("They are reminded instead, and may write the updates."),
        required=False,
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cover = self.fields["cover"]
        cover.queryset, cover.empty_label = people, _("Nobody")  # type: ignore[attr-defined]
        self.fields["starts_on"].error_messages["required"] = _("Please enter the first day.")
        self.fields["ends_on"].error_messages["required"] = _("Please enter the last day.")
