"""An internal note, and who may read it."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import LongTextField
from commitments.models import Commitment, Organisation
from commitments.services.notes import LONGEST
from commitments.text.display import said_text

OWN, SHARED = "own", "shared"


class NoteForm(forms.Form):
    """Only the own body reads it, unless the writer chooses otherwise."""

    text = LongTextField(
        label=_("Note"),
        help_text=_("Never public. It cannot be changed or deleted later."),
        limit=LONGEST,
        required=False,
    )
    readers = forms.ChoiceField(
        label=_("Who may read it?"),
        widget=forms.RadioSelect,
        choices=[],
        initial=OWN,
        error_messages={"required": _("Please choose who may read it.")},
    )

    def __init__(
        self, *args: Any, commitment: Commitment, writes_for: Organisation, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        only = _("Only {body}")
        choices = [(OWN, format_lazy(only, body=said_text(writes_for, "name")))]
        if others := _other_side(commitment, writes_for):
            both = _("{body} and {other}")
            names = {"body": said_text(writes_for, "name"), "other": said_text(others, "name")}
            choices.append((SHARED, format_lazy(both, **names)))
        self.fields["readers"].choices = choices  # type: ignore[attr-defined]

    @property
    def is_shared(self) -> bool:
        return bool(self.cleaned_data["readers"] == SHARED)


def _other_side(commitment: Commitment, writes_for: Organisation) -> Organisation | None:
    """The one with which a note is shared: of lead and delivery unit, whoever does not write."""
    lead = commitment.lead
    sides = [lead.organisation if lead else None, commitment.programme.delivery_unit]
    return (
        next((side for side in sides if side and side.pk != writes_for.pk), None) if lead else None
    )
