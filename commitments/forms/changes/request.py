"""A change itself: what each kind asks for, why, since when, and who says so."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.forms.changes import kinds
from commitments.forms.fields import AddressField, DayField, LimitedDateField, LongTextField
from commitments.models import ChangeKind, Commitment, Source
from commitments.reports.present import mark_of, stands
from commitments.rules.changes import KEYS, LIMITS, Json, spelled
from commitments.rules.dates import LimitedDate
from commitments.services.changes import SourceSaid
from commitments.text.canonical import decimal_text

ANOTHER = "new"
TYPED = ("title", "publisher", "url", "published")


class ChangeForm(forms.Form):
    """Everything may be wrong with it at once; what was typed stays."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, commitment: Commitment, kind: str, subject: str, **kwargs: Any
    ) -> None:
        self.kind, self.commitment = kind, commitment
        self.stands = stands(commitment, kind, subject) or {}
        kwargs.setdefault(
            "initial", {"seen": mark_of(self.stands), **kinds.typed(kind, self.stands)}
        )
        super().__init__(*args, **kwargs)
        self.fields |= kinds.fields_for(kind, commitment)
        self.names_of_kind = [name for name in self.fields if name != "seen"]
        self.fields |= _grounds(commitment)

    def of_kind(self) -> list[forms.BoundField]:
        """The fields that this kind of change asks for."""
        return [self[name] for name in self.names_of_kind]

    def clean(self) -> dict[str, Any]:
        """A new publication is typed only where none of the record is chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("source") not in ("", ANOTHER, None):
            for name in TYPED:
                self.errors.pop(name, None)
        return cleaned

    def proposed(self) -> Json:
        """What is proposed, in the plain values of a request."""
        said = {name: _plain(self.cleaned_data.get(name)) for name in KEYS[self.kind]}
        if self.kind == ChangeKind.TEXT_FOUND:
            said["basis"] = "quoted"
        return said

    def spelled(self) -> Json:
        """The same as it would be kept."""
        return spelled(self.kind, self.proposed())

    def source(self) -> Source | SourceSaid | None:
        """The source that was chosen, or the one that was typed; None where neither was."""
        said = self.cleaned_data
        if said["source"] and said["source"] != ANOTHER:
            return sources_of(self.commitment).get(slug=said["source"])
        typed: dict[str, Any] = {name: said.get(name) for name in TYPED}
        return SourceSaid(**typed) if any(typed.values()) or said["source"] else None

    def said(self) -> dict[str, Any]:
        """The arguments of the service that keeps the request."""
        names = ("reason_vi", "reason_en", "stated_on", "seen")
        return {name: self.cleaned_data[name] for name in names} | {
            "proposed": self.proposed(),
            "source": self.source(),
        }


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return decimal_text(value)
        case date():
            return value.isoformat()
        case LimitedDate():
            return value.text
        case _:
            return value


def sources_of(commitment: Commitment) -> QuerySet[Source]:
    """The public sources that the commitment rests on already, newest first."""
    rows = Source.objects.public().filter(commitments=commitment)
    return rows.order_by("-published_latest", "slug").distinct()


def _grounds(commitment: Commitment) -> dict[str, forms.Field]:
    known = [(row.slug, _source_words(row)) for row in sources_of(commitment)]
    choose: list[Any] = [("", _("Please choose")), *known, (ANOTHER, _("Another publication"))]
    return {
        "reason_vi": _reason(_("Public reason, in Vietnamese"), "vi"),
        "reason_en": _reason(_("Public reason, in English"), "en"),
        "stated_on": DayField(
            label=_("On which day does the source state the change?"),
            help_text=_("Day, month and year, for example 31/5/2026. Not a day in the future."),
            required=False,
        ),
        "source": forms.ChoiceField(
            label=_("Which source states it?"),
            help_text=_("One that the commitment rests on already, or another one typed below."),
            choices=choose,
            required=False,
        ),
        "title": forms.CharField(label=_("Title of the publication"), required=False),
        "publisher": forms.CharField(label=_("Publisher"), required=False),
        "url": AddressField(
            label=_("Address on the web"),
            help_text=_("Begins with https://. Leave it empty if it is not on the web."),
            widget=forms.TextInput(
                {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
            ),
            required=False,
        ),
        "published": LimitedDateField(
            label=_("Published on"),
            help_text=_("As far as it is known: 31/5/2026, 5/2026, Q2/2026 or 2026."),
            required=False,
        ),
    }


def _reason(label: Any, lang: str) -> LongTextField:
    return LongTextField(label=label, limit=LIMITS["reason"], lang=lang, rows=4, required=False)


def _source_words(source: Source) -> str:
    parts = [source.title, source.publisher, source.published]
    return " · ".join(part for part in parts if part)[:160]
