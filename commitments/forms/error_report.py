"""What a reader reports, and what an officer answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import LongTextField
from commitments.forms.guarded import GuardedForm
from commitments.forms.subscribe import MailAddressField
from commitments.services.error_reports import LIMITS, Reported


class ErrorReportForm(GuardedForm):
    """What is wrong, what should stand, where that can be read, and an address for the answer."""

    wrong = LongTextField(
        label=_("What is wrong?"),
        limit=LIMITS["wrong"],
        rows=5,
        error_messages={"required": _("Please say what is wrong.")},
    )
    right = LongTextField(
        label=_("What should stand there?"), limit=LIMITS["right"], rows=3, required=False
    )
    source = LongTextField(
        label=_("Where can that be read?"),
        help_text=_("The address of a page, or the name and date of a document."),
        limit=LIMITS["source"],
        rows=2,
        required=False,
    )
    contact = MailAddressField(
        label=_("Your e-mail address"),
        help_text=_(
            "Only if you want to be told of the answer. "
            "It is never shown and is deleted with the answer."
        ),
        required=False,
    )

    @property
    def said(self) -> Reported:
        names = ("wrong", "right", "source", "contact")
        return Reported(**{name: self.cleaned_data[name] for name in names})


class AnswerForm(forms.Form):
    """How a report ends, and what is said of it in public."""

    decision = forms.ChoiceField(
        label=_("How does it end?"),
        choices=[
            ("answered", _("Answered: there is nothing to correct")),
            ("accepted", _("Accepted: it will be corrected")),
            ("corrected", _("Accepted: it was corrected")),
            ("rejected", _("Rejected")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    corrected_by = forms.IntegerField(
        label=_("Number of the event that corrected it"),
        help_text=_("Only if it was corrected already. It stands in the public record."),
        min_value=1,
        max_value=2**53,
        required=False,
    )
    answer_vi = LongTextField(
        label=_("Public answer in Vietnamese"), limit=LIMITS["answer"], lang="vi", required=False
    )
    answer_en = LongTextField(
        label=_("Public answer in English"), limit=LIMITS["answer"], lang="en", required=False
    )


class CorrectionForm(forms.Form):
    """Which event corrected what was accepted."""

    corrected_by = forms.IntegerField(
        label=_("Number of the event that corrected it"),
        min_value=1,
        max_value=2**53,
        required=False,
    )
