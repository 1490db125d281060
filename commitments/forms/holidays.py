"""A day that is free or worked, other than the calendar has it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import DayField, LineField

FREE, WORKED = "free", "worked"


class HolidayForm(forms.Form):
    """The rules say which day may be what, and whether it needs a name."""

    on = DayField(
        label=_("Which day?"),
        help_text=_("For example 31/5/2026."),
        error_messages={"required": _("Please enter the day.")},
    )
    is_free = forms.TypedChoiceField(
        label=_("What is it?"),
        choices=[(FREE, _("A day off")), (WORKED, _("A working day"))],
        coerce=lambda kind: kind == FREE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose whether it is a day off or a working day.")},
    )
    name_vi = LineField(label=_("Name in Vietnamese"), required=False)
    name_en = LineField(label=_("Name in English"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in ("vi", "en"):
            attrs = self.fields[f"name_{language}"].widget.attrs
            attrs.update({"lang": language, "spellcheck": "true"})
