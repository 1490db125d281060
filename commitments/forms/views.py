"""The name of a saved view."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.services.views import LONGEST_NAME


class ViewForm(forms.Form):
    """What the person calls it."""

    name = forms.CharField(
        label=_("Name of the view"),
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("Please give the view a name."),
            "max_length": _("A name has at most 80 characters."),
        },
    )
