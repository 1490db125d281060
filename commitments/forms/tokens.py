"""What a token of the API is for, what it may do and how long."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.models import Scope
from commitments.rules.tokens import LONGEST_NAME

DAYS = (
    (30, _("30 days")),
    (90, _("90 days")),
    (180, _("180 days")),
    (366, _("a year")),
)


class TokenForm(forms.Form):
    """A name, scopes and an end; the rules judge them (`rules/tokens.py`)."""

    name = forms.CharField(
        label=_("Which system will use it?"),
        help_text=_("A name by which your colleagues know it, for example “Planning system”."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        help_text=_("It never signs off and never publishes. Choose no more than it needs."),
        choices=[(scope.value, capfirst(scope.label)) for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    days = forms.TypedChoiceField(
        label=_("For how long does it work?"),
        choices=DAYS,
        coerce=int,
        empty_value=None,
        initial=90,
        widget=forms.RadioSelect,
        required=False,
    )
