"""What is to be done to the commitments that were chosen."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal
from commitments.forms.fields import LongTextField
from commitments.forms.review import LONGEST
from commitments.models import BulkDeed, User
from commitments.rules.validators import check_reason


class BulkForm(forms.Form):
    """The deed; a person where one is assigned or relieved, a public reason for a waiver."""

    deed = forms.ChoiceField(
        label=_("What is to be done?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what is to be done.")},
    )
    person = forms.ModelChoiceField(
        label=_("Reporter"),
        help_text=_("Only for an assignment: who is to report, or no longer."),
        queryset=User.objects.none(),
        empty_label=_("Please choose"),
        required=False,
    )
    reason_vi = LongTextField(
        label=_("Public reason, in Vietnamese"), limit=LONGEST, lang="vi", rows=3, required=False
    )
    reason_en = LongTextField(
        label=_("Public reason, in English"), limit=LONGEST, lang="en", rows=3, required=False
    )

    def __init__(self, *args: Any, people: QuerySet[User], may_waive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["deed"].choices = [  # type: ignore[attr-defined]
            (deed.value, capfirst(str(deed.label)))
            for deed in BulkDeed
            if may_waive or deed != BulkDeed.WAIVE
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        deed = said.get("deed")
        asks_person = deed in (BulkDeed.ASSIGN, BulkDeed.END)
        if asks_person and not said.get("person") and "person" not in self.errors:
            self.add_error("person", _("Please choose a reporter."))
        if deed == BulkDeed.WAIVE:
            self._check_reason(said)
        return said

    def _check_reason(self, said: dict[str, Any]) -> None:
        for refusal in check_reason(said.get("reason_vi", ""), said.get("reason_en", "")):
            self.add_error(_field(refusal), forms.ValidationError(refusal.text, code=refusal.code))


def _field(refusal: Refusal) -> str:
    return refusal.field or "reason_vi"
