"""The steps of a rule, a row each: so many days before or after, told to whom."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from commitments.models import Rule
from commitments.reports.step_words import audience_words
from commitments.rules.reminders import Step, Unit
from commitments.rules.reminders.overrides import (
    MOST,
    REACH,
    audiences_of,
    check_steps,
    place_in_time,
    step_of,
)

PREFIX = "steps"
BEFORE, ON, AFTER = "before", "on", "after"
_SIDES = {BEFORE: _("before the day"), ON: _("on the day itself"), AFTER: _("after the day")}
_UNITS = [(Unit.WORKING_DAY.value, _("working days")), (Unit.DAY.value, _("days"))]
_NO_DAYS = _("Please enter how many days, as a whole number above 0.")
Row = dict[str, Any]
"""What stands in one row, by the name of its field, as a person typed it."""


class StepForm(forms.Form):
    """One step. Whom it names is asked only where the rule leaves a choice."""

    days = forms.IntegerField(
        label=_("How many"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _NO_DAYS},
    )
    unit = forms.ChoiceField(label=_("Counted in"), choices=_UNITS)
    side = forms.ChoiceField(label=_("When"))
    to = forms.MultipleChoiceField(
        label=_("Who is told"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose who is told.")},
    )

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        lowest, highest = REACH[rule]
        there = {BEFORE: lowest < 0, ON: lowest <= 0 <= highest, AFTER: highest > 0}
        sides = [(side, words) for side, words in _SIDES.items() if there[side]]
        self.fields["side"].choices = sides  # type: ignore[attr-defined]
        roles = audiences_of(rule)
        if len(roles) == 1:
            del self.fields["to"]
        else:
            words = audience_words(rule, roles)
            named = [(role.value, text) for role, text in zip(roles, words, strict=True)]
            self.fields["to"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> Row:
        said = super().clean() or self.cleaned_data
        if said.get("side") in (BEFORE, AFTER) and "days" in said and (said["days"] or 0) < 1:
            self.add_error("days", ValidationError(_NO_DAYS, code="days_missing"))
        return said

    def step(self) -> Step:
        """The step that a valid row says."""
        said = self.cleaned_data
        sign = {BEFORE: -1, ON: 0, AFTER: 1}[said["side"]]
        to = said.get("to", audiences_of(self.rule))
        return step_of(self.rule, sign * (said["days"] or 0), said["unit"], to)


class BaseStepFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows in any order; `steps` has them in the order of time once it is valid."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        rule: Rule,
        initial: Sequence[Row] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, prefix=PREFIX, form_kwargs={"rule": rule})
        self.rule = rule
        self.steps: Sequence[Step] = ()

    def _construct_form(self, i: int, **kwargs: Any) -> StepForm:
        form: StepForm = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.empty_permitted = False  # a row that says nothing is taken away, not passed over
        return form

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = sorted(
            ((form.step(), form) for form in self.forms), key=lambda row: place_in_time(row[0])
        )
        self.steps = [step for step, _form in rows]
        for refusal in check_steps(self.rule, self.steps):
            error = ValidationError(refusal.text, code=refusal.code)
            if refusal.field is None:
                raise error
            place, _dash, name = refusal.field.partition("-")
            form = rows[int(place)][1]
            form.add_error(name if name in form.fields else None, error)


StepFormSet: type[BaseStepFormSet] = forms.formset_factory(  # type: ignore[assignment]
    StepForm, formset=BaseStepFormSet, extra=0, max_num=MOST, validate_max=True,
    absolute_max=2 * MOST,
)  # fmt: skip


def rows_of(steps: Iterable[Step]) -> list[Row]:
    """What the rows of these steps say."""
    return [
        {
            "days": abs(step.offset) or "",
            "unit": step.unit.value,
            "side": BEFORE if step.offset < 0 else AFTER if step.offset else ON,
            "to": [role.value for role in step.to],
        }
        for step in steps
    ]


def rows_typed(data: QueryDict) -> list[Row]:
    """What stands in the rows that were sent, whatever it is."""
    count = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    number = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    return [_row_typed(data, place) for place in range(min(number, 2 * MOST))]


def _row_typed(data: QueryDict, place: int) -> Row:
    names: Mapping[str, Any] = {name: f"{PREFIX}-{place}-{name}" for name in StepForm.base_fields}
    return {
        name: data.getlist(key) if name == "to" else data.get(key, "")
        for name, key in names.items()
    }
