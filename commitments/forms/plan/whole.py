"""The columns of a commitment and its original wording, as they are typed."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import DayField, LimitedDateField, LineField, LongTextField
from commitments.forms.plan.offered import Offered
from commitments.models import Basis, CommitmentKind, Speaker
from commitments.rules.commitments import LIMITS

Choices = list[tuple[str, str | Promise]]
PLEASE: tuple[str, Promise] = ("", _("Please choose"))


def labelled(choices: type[TextChoices]) -> Choices:
    return [(choice.value, capfirst(choice.label)) for choice in choices]


class PlanForm(forms.Form):
    """Everything but the kind and a title may be left empty in a draft; the rules check."""

    kind = forms.ChoiceField(
        label=_("What kind of commitment is this?"),
        choices=labelled(CommitmentKind),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what kind of commitment this is.")},
    )
    title_vi = LineField(label=_("Title, in Vietnamese"), required=False)
    title_en = LineField(label=_("Title, in English"), required=False)
    slug = LineField(
        label=_("Word in its address"),
        help_text=_(
            "Small letters, digits and hyphens. Left empty, it is made of the title. "
            "It stays for good once the commitment is public."
        ),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    priority = forms.ChoiceField(label=_("Priority"), required=False)
    due = LimitedDateField(
        label=_("Due"),
        help_text=_("As precise as it was said: 31/5/2026, 5/2026, Q2/2026 or 2026."),
        required=False,
    )
    speaker = forms.ChoiceField(
        label=_("Who stated it?"), choices=[PLEASE, *labelled(Speaker)], required=False
    )
    note = LongTextField(
        label=_("Editors' note"),
        help_text=_("Public. What a reader has to know to judge it."),
        limit=LIMITS["note"],
        rows=3,
        required=False,
    )
    basis = forms.ChoiceField(
        label=_("Where does this text come from?"),
        choices=labelled(Basis),
        widget=forms.RadioSelect,
        required=False,
    )
    text_vi = LongTextField(
        label=_("Wording, in Vietnamese"), limit=LIMITS["text"], lang="vi", rows=6, required=False
    )
    text_en = LongTextField(
        label=_("Wording, in English"), limit=LIMITS["text"], lang="en", rows=6, required=False
    )
    stated_on = DayField(
        label=_("On which day was it said?"),
        help_text=_("Day, month and year, for example 31/5/2026."),
        required=False,
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        priority = self.fields["priority"]
        assert isinstance(priority, forms.ChoiceField)
        priority.choices = [("", _("None")), *offered.priorities]
        for name in ("title_vi", "title_en"):
            self.fields[name].widget.attrs |= {"lang": name[-2:], "spellcheck": "true"}

    def said(self) -> dict[str, Any]:
        """The columns of the sheet, without its rows."""
        return {name: self.cleaned_data[name] for name in self.fields}
