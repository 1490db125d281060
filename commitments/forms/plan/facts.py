"""What officers say of a public commitment: a step is done, it contributes to another."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal
from commitments.forms.fields import DayField, LineField
from commitments.forms.plan.offered import Offered, find_sources
from commitments.forms.plan.rows import SourceForm
from commitments.models import Commitment

PREFIX = "source"


class DoneForm(forms.Form):
    """On which day a step was done."""

    done_on = DayField(
        label=_("On which day was it done?"),
        help_text=_("Day, month and year, for example 31/5/2026. Not a day in the future."),
        required=False,
    )


class OneSourceForm(SourceForm):
    """A source that stands alone in a form."""

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, offered=offered, prefix=PREFIX, **kwargs)
        del self.fields["slug"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        url, title = cleaned.get("url", ""), cleaned.get("title", "")
        self.look_up(find_sources(self.offered.programme, slugs=(), urls=[url], titles=[title]))
        return cleaned

    def answer(self, refusal: Refusal) -> None:
        """Put a refusal of the source at its field, by the name without the prefix."""
        name = (refusal.field or "").removeprefix(f"{PREFIX}-")
        error = ValidationError(refusal.text, code=refusal.code)
        self.add_error(name if name in self.fields else None, error)


class LinkForm(forms.Form):
    """The other commitment, by its reference or the word in its address."""

    to = LineField(
        label=_("Which commitment does it contribute to?"),
        help_text=_("Its reference, for example NM26-001, or the word in its address."),
        widget=forms.TextInput({"list": "commitments-known", "autocomplete": "off"}),
        error_messages={"required": _("Please say which commitment.")},
    )
    stated_on = DayField(
        label=_("On which day was that said?"),
        help_text=_("Day, month and year, for example 31/5/2026."),
        required=False,
    )

    def __init__(self, *args: Any, seen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seen = seen

    def clean_to(self) -> Commitment:
        typed = str(self.cleaned_data["to"]).strip()
        found = self._seen.filter(Q(reference__iexact=typed) | Q(slug=typed.lower())).first()
        if found is None:
            text = _("There is no such commitment. Please choose one of the list.")
            raise ValidationError(text, code="link_unknown")
        commitment: Commitment = found
        return commitment
