"""Which commitments are asked to report, and from when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import DayField
from commitments.models import Commitment, Programme
from commitments.services.obligations import why_unfit
from commitments.text.display import said_text


class CommitmentsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of commitments, each by its reference, title and responsible body."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        lead = obj.lead
        parts = [obj.reference or "", said_text(obj, "title")]
        return " · ".join([*parts, said_text(lead.organisation, "name")] if lead else parts)


class OpenReportingForm(forms.Form):
    """Nothing is ticked beforehand; what cannot be asked is not offered, and says why.

    What is chosen all the same is the service's to refuse, with its reason.
    """

    starts_on = DayField(
        label=_("From which day is reported?"),
        help_text=_(
            "The first reporting period is the one that holds this day. For example 1/6/2026."
        ),
        error_messages={"required": _("Please say from which day is reported.")},
    )
    commitments = CommitmentsField(
        label=_("Which commitments are asked to report?"),
        queryset=Commitment.objects.none(),
        error_messages={"required": _("Please choose at least one commitment.")},
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if programme.reporting_starts_on is not None:
            del self.fields["starts_on"]
        field = self.fields["commitments"]
        assert isinstance(field, CommitmentsField)
        field.queryset = programme.commitments.public().with_bodies().order_by("reference")
        reasons = [(row, why_unfit(row)) for row in field.queryset]
        self.fit = [row for row, reason in reasons if not reason]
        self.unfit = [(row, reason) for row, reason in reasons if reason]
        field.choices = [(row.pk, field.label_from_instance(row)) for row in self.fit]
