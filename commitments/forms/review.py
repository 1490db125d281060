"""What reviewers and officers say with a deed: a comment, a public reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import LongTextField

LONGEST = 2000


class ReturnForm(forms.Form):
    """Why an update goes back to its author."""

    comment = LongTextField(
        label=_("What has to change?"),
        help_text=_("The author reads this. It is not public."),
        limit=LONGEST,
        required=False,
    )


class ReasonForm(forms.Form):
    """A public reason in at least one language."""

    reason_vi = LongTextField(
        label=_("Public reason, in Vietnamese"), limit=LONGEST, lang="vi", rows=3, required=False
    )
    reason_en = LongTextField(
        label=_("Public reason, in English"), limit=LONGEST, lang="en", rows=3, required=False
    )
