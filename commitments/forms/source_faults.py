"""What is wrong with a source, and how that was mended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import LongTextField
from commitments.models import SourceFaultEnd, SourceFaultKind
from commitments.services.source_faults import LONGEST

_INSIDE = _("The delivery unit and those who report read this. It is not public.")


class FaultForm(forms.Form):
    """Broken or altered, and what was found."""

    kind = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=SourceFaultKind,
        widget=forms.RadioSelect,
        required=False,
    )
    note = LongTextField(
        label=_("What did you find?"), help_text=_INSIDE, limit=LONGEST, required=False
    )


class FaultEndForm(forms.Form):
    """How it was mended, and what was done."""

    how = forms.ChoiceField(
        label=_("How was it resolved?"),
        choices=SourceFaultEnd,
        widget=forms.RadioSelect,
        required=False,
    )
    note = LongTextField(
        label=_("What was done?"), help_text=_INSIDE, limit=LONGEST, required=False
    )
