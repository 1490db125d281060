"""Which two versions of a text are to be compared."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models import Wording


class CompareForm(forms.Form):
    """Two numbers by GET; without them the original and the newest."""

    a = forms.TypedChoiceField(label=gettext_lazy("One version"), coerce=int, required=False)
    b = forms.TypedChoiceField(label=gettext_lazy("Another version"), coerce=int, required=False)

    def __init__(self, *args: Any, wordings: Sequence[Wording], **kwargs: Any) -> None:
        numbers = [row.number for row in wordings]
        self.ends = (numbers[0], numbers[-1]) if numbers else (0, 0)
        kwargs.setdefault("initial", dict(zip(("a", "b"), self.ends, strict=True)))
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [(row.number, version_words(row)) for row in wordings]

    def chosen(self) -> tuple[int, int]:
        said = getattr(self, "cleaned_data", {})
        first, last = self.ends
        return said.get("a") or first, said.get("b") or last


def version_words(wording: Wording) -> str:
    """ "1: the original wording", "2: Clarified"."""
    kind = wording.get_kind_of_change_display()
    words = capfirst(str(kind)) if kind else _("the original wording")
    return f"{wording.number}: {words}"
