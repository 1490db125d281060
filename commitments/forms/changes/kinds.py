"""The fields that each kind of change asks for, filled in with what stands now."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import DayField, FigureField, LimitedDateField, LongTextField
from commitments.models import (
    Basis,
    ChangeKind,
    Commitment,
    Comparator,
    Confidence,
    Cumulation,
    Direction,
    LinkKind,
    TakenOn,
)
from commitments.reports.present import bodies_for, successors_for
from commitments.rules.changes import LIMITS, WORDINGS, Json
from commitments.text.display import said_text
from commitments.text.typed import typed_limited

Fields = dict[str, forms.Field]
_AS_KNOWN = _("As far as it is known: 31/5/2026, 5/2026, Q2/2026 or 2026.")


def fields_for(kind: str, commitment: Commitment) -> Fields:
    if kind in WORDINGS:
        return _wording(kind)
    make = _FIELDS.get(kind)
    return make(commitment) if make else {}


def typed(kind: str, stands: Json) -> dict[str, Any]:
    """What stands now, as it would be typed; where the change is a new date, nothing."""
    if kind in (ChangeKind.DATE_MOVED, ChangeKind.TEXT_FOUND):
        return {}
    if kind == ChangeKind.LEAD_CHANGED:
        return {"confidence": Confidence.CONFIRMED.value}
    return {name: _as_typed(name, value) for name, value in stands.items()}


def _as_typed(name: str, value: Any) -> Any:
    if not value:
        return value or ""
    if name in ("value", "value_max", "baseline"):
        return Decimal(value)
    if name == "baseline_on":
        return date.fromisoformat(value)
    return typed_limited(value) if name == "due" else value


def _text(label: Any, lang: str, limit: int, rows: int = 4) -> LongTextField:
    return LongTextField(label=label, limit=limit, lang=lang, rows=rows, required=False)


def _choice(label: Any, choices: Any, empty: Any = None) -> forms.ChoiceField:
    named = [(one.value, capfirst(one.label)) for one in choices]
    options = [("", empty), *named] if empty is not None else named
    return forms.ChoiceField(label=label, choices=options, required=False)


def _wording(kind: str) -> Fields:
    fields: Fields = {
        "text_vi": _text(_("Wording in Vietnamese"), "vi", LIMITS["text"], rows=8),
        "text_en": _text(_("Wording in English"), "en", LIMITS["text"], rows=8),
    }
    if kind != ChangeKind.TEXT_FOUND:
        fields["basis"] = forms.ChoiceField(
            label=_("Is the text quoted, or a summary?"),
            choices=Basis.choices,
            widget=forms.RadioSelect,
            required=False,
        )
    return fields


def _due(label: Any) -> LimitedDateField:
    return LimitedDateField(label=label, help_text=_AS_KNOWN, required=False)


def _moved(_commitment: Commitment) -> Fields:
    return {"due": _due(_("New date"))}


def _figure(label: Any) -> FigureField:
    return FigureField(label=label, unit="", negative=True, required=False)


def _target(_commitment: Commitment) -> Fields:
    return {
        "text_vi": _text(_("What is promised, in Vietnamese"), "vi", 1000, rows=3),
        "text_en": _text(_("What is promised, in English"), "en", 1000, rows=3),
        "metric": forms.CharField(
            label=_("What is counted"),
            help_text=_("What is counted, its unit and the figure: all three, or none."),
            required=False,
        ),
        "unit": forms.CharField(label=_("Unit"), required=False),
        "comparator": _choice(_("Comparison"), Comparator, _("not stated")),
        "value": _figure(_("Figure")),
        "value_max": _figure(_("Upper figure, of a range")),
        "baseline": _figure(_("Starting from")),
        "baseline_on": DayField(label=_("Starting figure as of"), required=False),
        "direction": _choice(_("Which way is better"), Direction, _("not stated")),
        "cumulation": _choice(_("How values add up"), Cumulation, _("not stated")),
        "due": _due(_("Due")),
    }


def _milestone(_commitment: Commitment) -> Fields:
    return {
        "title_vi": forms.CharField(label=_("Step, in Vietnamese"), required=False),
        "title_en": forms.CharField(label=_("Step, in English"), required=False),
        "due": _due(_("Due")),
    }


def _lead(commitment: Commitment) -> Fields:
    bodies = bodies_for(commitment).filter(merged_into=None)
    named = sorted(((row.slug, said_text(row, "name")) for row in bodies), key=lambda one: one[1])
    return {
        "lead": forms.ChoiceField(
            label=_("Who answers for it from now on?"),
            choices=[("", _("Nobody is named any more")), *named],
            required=False,
        ),
        "stage": _choice(_("How it was taken on"), TakenOn, _("not stated")),
        "since": LimitedDateField(label=_("Since"), help_text=_AS_KNOWN, required=False),
        "confidence": _choice(_("How sure this is"), Confidence),
    }


class ReferencesField(forms.CharField):
    """References of commitments, separated by blanks or commas; cleaned to their slugs."""

    def __init__(self, *, commitment: Commitment, **options: Any) -> None:
        super().__init__(**options)
        self.commitment = commitment

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        typed = super().clean(value)
        asked = list(dict.fromkeys(typed.upper().replace(",", " ").replace(";", " ").split()))
        rows = successors_for(self.commitment).filter(reference__in=asked)
        found = dict(rows.values_list("reference", "slug"))
        for reference in asked:
            if reference not in found:
                text = _("“{name}” is not the reference of another open, published commitment.")
                told = format_lazy(text, name=reference[:40])
                raise ValidationError(told, code="reference_unknown")
        return [found[reference] for reference in asked]


def _superseded(commitment: Commitment) -> Fields:
    kinds = (LinkKind.SUPERSEDES, LinkKind.SPLIT_FROM, LinkKind.MERGES)
    words = {
        LinkKind.SUPERSEDES: _("One commitment takes its place"),
        LinkKind.SPLIT_FROM: _("It is split into several commitments"),
        LinkKind.MERGES: _("It is merged with others into one commitment"),
    }
    return {
        "link": forms.ChoiceField(
            label=_("How does the one follow the other?"),
            choices=[(kind.value, words[kind]) for kind in kinds],
            widget=forms.RadioSelect,
            required=False,
        ),
        "by": ReferencesField(
            label=_("References of the commitments that take its place"),
            help_text=_("For example NM26-001. Several are separated by commas."),
            commitment=commitment,
            required=False,
        ),
    }


_FIELDS: dict[str, Callable[[Commitment], Fields]] = {
    ChangeKind.DATE_MOVED: _moved,
    ChangeKind.TARGET_CHANGED: _target,
    ChangeKind.TARGET_ADDED: _target,
    ChangeKind.MILESTONE_ADDED: _milestone,
    ChangeKind.LEAD_CHANGED: _lead,
    ChangeKind.SUPERSEDED: _superseded,
}
