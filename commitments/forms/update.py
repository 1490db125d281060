"""The form of a status update: what is said, by the columns that its author fills in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import DayField, FigureField, LongTextField
from commitments.models import BODY_STAGES, Forecast, Stage, StoredFile, Target, UpdateKind
from commitments.rules.figures import may_be_negative
from commitments.rules.validators import LIMITS
from commitments.services.drafts import SAID
from commitments.text.display import said_text
from commitments.text.quantities import unit_words

KINDS: list[tuple[str, str | Promise]] = [
    (UpdateKind.PROGRESS, _("Progress")),
    (UpdateKind.NO_CHANGE, _("No material change")),
    (UpdateKind.CONTEXT, _("Related news")),
]
GIVEN = (Forecast.ON_TRACK, Forecast.AT_RISK, Forecast.OFF_TRACK)
TEXTS: dict[str, tuple[str | Promise, str | Promise]] = {
    "summary": (_("What has happened, in Vietnamese"), _("What has happened, in English")),
    "problem": (_("The problem, in Vietnamese"), _("The problem, in English")),
    "asked": (_("What is asked of whom, in Vietnamese"), _("What is asked of whom, in English")),
    "correction_reason": (
        _("Public reason of the correction, in Vietnamese"),
        _("Public reason of the correction, in English"),
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form has to ask: figures for these targets, a forecast, why it corrects."""

    targets: Sequence[Target] = ()
    forecast: bool = False
    is_correction: bool = False
    files: "QuerySet[StoredFile] | None" = None
    """Those that the author may give as evidence."""
    suggest: str = ""
    """Where known publications are offered."""


def labelled(choices: Sequence[Stage] | Sequence[Forecast]) -> list[tuple[str, str | Promise]]:
    return [(choice.value, capfirst(choice.label)) for choice in choices]


class UpdateForm(forms.Form):
    """Everything may be left empty in a draft; what is handed in, the rules check."""

    kind = forms.ChoiceField(
        label=_("What kind of update is this?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        required=False,
    )
    as_of_on = DayField(
        label=_("As of which day is this true?"),
        help_text=_("Day, month and year, for example 31/5/2026. Not a day in the future."),
        required=False,
    )
    stage = forms.ChoiceField(
        label=_("Stage: what has happened?"),
        choices=labelled(BODY_STAGES),
        widget=forms.RadioSelect,
        required=False,
    )
    forecast = forms.ChoiceField(
        label=_("Forecast: will the present date and target be met?"),
        choices=labelled(GIVEN),
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        if not asked.forecast:
            del self.fields["forecast"]
        for noun, labels in TEXTS.items():
            if noun == "correction_reason" and not asked.is_correction:
                continue
            for language, label in zip(("vi", "en"), labels, strict=True):
                self.fields[f"{noun}_{language}"] = LongTextField(
                    label=label,
                    limit=LIMITS[noun],
                    lang=language,
                    rows=6 if noun == "summary" else 3,
                    required=False,
                )
        for target in asked.targets:
            self.fields[figure_name(target.pk)] = figure_field(target)

    def said(self) -> dict[str, Any]:
        """The columns to keep. Related news carries neither stage nor forecast, as it tells."""
        cleaned = {name: self.cleaned_data[name] for name in SAID if name in self.cleaned_data}
        cleaned["kind"] = cleaned.get("kind") or UpdateKind.PROGRESS
        if cleaned["kind"] == UpdateKind.CONTEXT:
            cleaned |= {"stage": "", "forecast": Forecast.NOT_GIVEN}
        return cleaned | {"forecast": cleaned.get("forecast") or Forecast.NOT_GIVEN}

    def measured(self) -> dict[int, Decimal]:
        """The figure of each target, where one was given."""
        given = {target.pk: figure_name(target.pk) for target in self.asked.targets}
        found = {key: self.cleaned_data.get(name) for key, name in given.items()}
        return {key: value for key, value in found.items() if value is not None}


def figure_name(target_id: int) -> str:
    return f"target_{target_id}"


def figure_field(target: Target) -> FigureField:
    """Below zero only where the promise or its baseline is."""
    field = FigureField(
        label=said_text(target, "text"),
        unit=unit_words(target.unit),
        percent=target.unit in ("%", "percent"),
        negative=may_be_negative(target.value, target.baseline),
        required=False,
    )
    field.widget.attrs |= {
        "hx-get": reverse("staff:figure-read", args=[target.pk]),
        "hx-trigger": "input changed delay:400ms",
        "hx-target": f"#read-{target.pk}",
        "hx-swap": "innerHTML",
        "hx-sync": "this:replace",
    }
    return field
