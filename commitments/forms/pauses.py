"""Why the reminders of a programme stop for a while."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import LongTextField
from commitments.services.pauses import LONGEST


class PauseForm(forms.Form):
    """A reason, read by everybody who sees the reminders."""

    reason = LongTextField(
        label=_("Why do they stop?"),
        help_text=_("The officers of the programme read this. It is not public."),
        limit=LONGEST,
        required=False,
    )
