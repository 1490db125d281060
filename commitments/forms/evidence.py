"""Rows of evidence: publications that show what an update says."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import AddressField, LimitedDateField, LongTextField
from commitments.models import Relation
from commitments.rules.evidence import LIMITS, MOST_ROWS, check_row
from commitments.services.citations import EvidenceSaid

PREFIX = "evidence"
NAMES = ("title", "publisher", "url", "published", "relation", "shows")
"""What is typed of a row, in the order in which it is asked."""

RELATIONS = [
    ("", _("Please choose")),
    *((relation.value, capfirst(relation.label)) for relation in Relation),
]


class EvidenceForm(forms.Form):
    """One row; an empty one is no evidence and is left out."""

    title = forms.CharField(label=_("Title of the publication"), required=False)
    publisher = forms.CharField(label=_("Publisher"), required=False)
    url = AddressField(
        label=_("Address on the web"),
        help_text=_("Begins with https://. Leave it empty if it is not on the web."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        required=False,
    )
    published = LimitedDateField(
        label=_("Published on"),
        help_text=_("As far as it is known: 31/5/2026, 5/2026, Q2/2026 or 2026."),
        required=False,
    )
    relation = forms.ChoiceField(
        label=_("Who published it?"),
        choices=RELATIONS,
        help_text=_(
            "Your own organisation, or somebody else. Only somebody else's publication can "
            "confirm what you report."
        ),
        required=False,
    )
    shows = LongTextField(
        label=_("What does it show?"), limit=LIMITS["shows"], rows=2, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check(cleaned, complete=False)
        return cleaned

    def ask_for_all(self) -> None:
        """Add what has to be there before it is handed in."""
        if not self.is_empty:
            self._check(self.cleaned_data, complete=True)

    def _check(self, cleaned: dict[str, Any], *, complete: bool) -> None:
        texts = {name: cleaned.get(name, "") for name in ("title", "publisher", "shows")}
        relation = cleaned.get("relation", "")
        for refusal in check_row(**texts, relation=relation, complete=complete):
            if refusal.field not in self.errors:
                self.add_error(refusal.field, ValidationError(refusal.text, code=refusal.code))

    @property
    def is_empty(self) -> bool:
        return not any((self.data.get(self.add_prefix(name)) or "").strip() for name in NAMES)


class BaseEvidenceFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """All rows together: one address stands once."""

    default_error_messages = {
        "missing_management_form": _("The rows of evidence arrived incomplete. Please try again."),
        "too_many_forms": format_lazy(
            _("{limit} pieces of evidence are the most that one update can hold."), limit=MOST_ROWS
        ),
    }

    def clean(self) -> None:
        seen: dict[str, int] = {}
        for number, form in enumerate(self.forms, start=1):
            url = getattr(form, "cleaned_data", {}).get("url")
            if not url:
                continue
            if url in seen:
                text = format_lazy(_("This address stands in row {row} already."), row=seen[url])
                form.add_error("url", ValidationError(text, code="address_twice"))
            seen.setdefault(url, number)

    def rows(self) -> list[EvidenceSaid]:
        """What was typed, cleaned, without empty rows."""
        return [
            EvidenceSaid(
                **{name: form.cleaned_data[name] for name in NAMES if name != "published"},
                published=form.cleaned_data["published"],
            )
            for form in self.forms
            if not form.is_empty
        ]


EvidenceFormSet: type[BaseEvidenceFormSet] = forms.formset_factory(
    EvidenceForm,
    formset=BaseEvidenceFormSet,
    extra=0,
    max_num=MOST_ROWS,
    validate_max=True,
)  # type: ignore[assignment]


def typed_rows(data: Any) -> list[dict[str, str]]:
    """The rows of a request as they were typed, whatever its management form says."""
    return list(_typed_rows(data))


def _typed_rows(data: Any) -> Iterator[dict[str, str]]:
    for index in range(MOST_ROWS + 1):
        row = {name: data.get(f"{PREFIX}-{index}-{name}") for name in NAMES}
        if all(value is None for value in row.values()):
            return
        yield {name: value or "" for name, value in row.items()}
