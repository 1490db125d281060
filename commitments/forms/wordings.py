"""Which two versions of a text are to be compared."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.models import Wording

ENDS = ("from", "to")


class CompareForm(forms.Form):
    """Two numbers by GET, `from` and `to`; without them the original and the newest."""

    def __init__(self, *args: Any, wordings: Sequence[Wording], **kwargs: Any) -> None:
        numbers = [row.number for row in wordings]
        self.ends = (numbers[0], numbers[-1]) if numbers else (0, 0)
        kwargs.setdefault("initial", dict(zip(ENDS, self.ends, strict=True)))
        super().__init__(*args, **kwargs)
        choices = [(row.number, version_words(row)) for row in wordings]
        for name, label in zip(ENDS, (_("One version"), _("Another version")), strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=label, coerce=int, required=False, choices=choices
            )

    def chosen(self) -> tuple[int, int]:
        said = getattr(self, "cleaned_data", {})
        first, last = self.ends
        return said.get("from") or first, said.get("to") or last


def version_words(wording: Wording) -> str:
    """ "1: the original wording", "2: Clarified"."""
    kind = wording.get_kind_of_change_display()
    words = capfirst(str(kind)) if kind else _("the original wording")
    return f"{wording.number}: {words}"
