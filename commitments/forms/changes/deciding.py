"""The decision on a request, and the filters of the list of requests."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import LongTextField
from commitments.models import ChangeKind, Decision, Programme
from commitments.rules.changes import LIMITS
from commitments.text.display import said_text

OPEN = "open"


class DecideForm(forms.Form):
    """Which way, by the button that is pressed, and why."""

    decision = forms.CharField(widget=forms.HiddenInput, required=False)
    note = LongTextField(
        label=_("Reason of the decision"),
        help_text=_("It is public. A refusal needs one."),
        limit=LIMITS["note"],
        required=False,
    )


class FilterForm(forms.Form):
    """Programme, kind and state, by GET; what is left empty filters nothing."""

    programme = forms.ChoiceField(label=_("Programme"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of change"),
        choices=[("", _("All")), *((one.value, capfirst(one.label)) for one in ChangeKind)],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("All")),
            (OPEN, _("Open")),
            *((one.value, capfirst(one.label)) for one in Decision),
        ],
        required=False,
    )

    def __init__(self, *args: Any, programmes: Iterable[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ChoiceField)
        names = [(row.slug, said_text(row, "name")) for row in programmes]
        field.choices = [("", _("All")), *names]

    def asked(self) -> dict[str, Any]:
        """What the list is filtered by; a filter that cannot be read finds nothing."""
        said = self.cleaned_data
        state = {OPEN: ""}.get(said["state"], said["state"])
        found = {"commitment__programme__slug": said["programme"], "kind": said["kind"]}
        kept = {name: value for name, value in found.items() if value}
        return kept | ({"decision": state} if said["state"] else {})
