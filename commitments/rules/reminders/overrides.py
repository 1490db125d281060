"""A programme's own steps: read back from their row, and what they may be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal, Text
from commitments.models import Role, Rule
from commitments.rules.reminders.ladders import (
    APPROVER,
    AT_ONCE,
    OFFICER,
    REPORTER,
    RULES,
    SENIOR,
    Step,
    Unit,
    marked,
)

MOST = 10
"""How many steps a rule may have, without those that come again."""
FARTHEST = 365
"""How far from its anchor a step may be, in either unit."""
REACH: Mapping[Rule, tuple[int, int]] = {
    **dict.fromkeys(RULES, (0, FARTHEST)),
    Rule.R2: (-FARTHEST, 0),
    Rule.R3: (1, FARTHEST),
    Rule.R4: (-FARTHEST, FARTHEST),
}
"""The offsets a rule may have. R2 ends where R3 begins; R4 stands on both sides."""
MAY_BE_OFF = frozenset({Rule.R1, Rule.R4, Rule.R5, Rule.R7, Rule.R8})
"""Rules that a programme may do without; of the others silence would not be seen any more."""
ALWAYS_TOLD: Mapping[Rule, Role] = {
    Rule.R2: REPORTER,
    Rule.R3: REPORTER,
    Rule.R6: REPORTER,
    Rule.R9: OFFICER,
}
"""Whom every step of these rules names."""
_UPWARDS = (REPORTER, APPROVER, OFFICER, SENIOR)


def read_steps(rule: Rule, kept: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps of a row of RuleSteps. The row was checked when it was written."""
    return marked(
        RULES[rule],
        [step_of(rule, int(one["offset"]), one["unit"], one["to"]) for one in kept],
    )


def kept_steps(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The same as a row keeps them."""
    return [
        {"offset": step.offset, "unit": step.unit.value, "to": [role.value for role in step.to]}
        for step in steps
    ]


def step_of(rule: Rule, offset: int, unit: str, to: Iterable[str]) -> Step:
    """A step of the rule, counted from its anchor; whom it names in their lasting order.

    On the day itself the unit is the rule's own: in either it is the same day, and a step under
    another name would be said a second time.
    """
    first = RULES[rule].steps[0]
    named = {Role(role) for role in to}
    roles = tuple(role for role in _UPWARDS if role in named)
    counted = Unit(unit) if offset else _unit_of_the_day(rule)
    return Step(rule, first.anchor, offset, roles, counted)


def _unit_of_the_day(rule: Rule) -> Unit:
    usual = (step.unit for step in RULES[rule].steps if step.offset == 0)
    return next(usual, Unit.WORKING_DAY)


def audiences_of(rule: Rule) -> tuple[Role, ...]:
    """Whom the rule may name at all, the nearest to the work first."""
    named = {role for step in RULES[rule].steps for role in step.to}
    return tuple(role for role in _UPWARDS if role in named)


def place_in_time(step: Step) -> int:
    """Where a step stands in an ordinary week, whose five working days are seven days."""
    return step.offset * (7 if step.unit == Unit.WORKING_DAY else 5)


def in_order(steps: Iterable[Step]) -> list[Step]:
    return sorted(steps, key=place_in_time)


def is_usual(rule: Rule, steps: Sequence[Step]) -> bool:
    return kept_steps(steps) == kept_steps(RULES[rule].steps)


def check_steps(rule: Rule, steps: Sequence[Step]) -> list[Refusal]:
    """Why a programme may not have these steps, lowest first; nothing when it may.

    The field is that of a row of the form, `2-days` for the third; None: all of them.
    """
    if not steps and rule not in MAY_BE_OFF:
        return [Invalid("rule_stays_on", _STAYS_ON)]
    if len(steps) > MOST:
        return [Invalid("too_many_steps", format_lazy(_TOO_MANY, most=MOST))]
    found = [one for place, step in enumerate(steps) for one in _of_one(rule, place, step)]
    return found or [*_of_neighbours(rule, steps), *_of_ends(rule, steps)]


def _of_one(rule: Rule, place: int, step: Step) -> Iterator[Refusal]:
    lowest, highest = REACH[rule]
    if abs(step.offset) > FARTHEST:
        text = format_lazy(_TOO_FAR, most=FARTHEST)
        yield Invalid("step_too_far", text, f"{place}-days")
    elif not lowest <= step.offset <= highest:
        yield Invalid("step_on_the_wrong_side", _sided(lowest, highest), f"{place}-side")
    if not step.to or not set(step.to) <= set(audiences_of(rule)):
        yield Invalid("step_to_nobody", _TO_NOBODY, f"{place}-to")
    elif rule in ALWAYS_TOLD and ALWAYS_TOLD[rule] not in step.to:
        text = _OFFICERS_STAY if ALWAYS_TOLD[rule] == OFFICER else _REPORTERS_STAY
        yield Invalid("step_leaves_out", text, f"{place}-to")


def _of_neighbours(rule: Rule, steps: Sequence[Step]) -> Iterator[Refusal]:
    for place in range(1, len(steps)):
        before, step = steps[place - 1], steps[place]
        if place_in_time(before) >= place_in_time(step):
            yield Invalid("steps_not_ascending", _NOT_ASCENDING, f"{place}-days")
        if rule == Rule.R3 and not set(before.to) <= set(step.to):
            yield Invalid("circle_narrows", _NARROWS, f"{place}-to")


def _of_ends(rule: Rule, steps: Sequence[Step]) -> Iterator[Refusal]:
    """The first step of what goes at once, and the last one of what comes again."""
    if rule in AT_ONCE and steps[0].name != RULES[rule].steps[0].name:
        yield Invalid("first_goes_at_once", _FIRST_AT_ONCE, "0-days")
    if not steps or not RULES[rule].repeat:
        return
    place, last = len(steps) - 1, steps[-1]
    if rule == Rule.R4 and last.offset <= 0:
        yield Invalid("last_before_due", _LAST_PAST_DUE, f"{place}-side")
    elif last.unit != RULES[rule].steps[-1].unit:
        text = _LAST_IN_WORKING_DAYS if last.unit == Unit.DAY else _LAST_IN_DAYS
        yield Invalid("last_in_another_unit", text, f"{place}-unit")


def _sided(lowest: int, highest: int) -> Text:
    if lowest > 0:
        return _ONLY_AFTER
    return _NOT_AFTER if highest <= 0 else _NOT_BEFORE


_STAYS_ON = _("This rule cannot be switched off: nobody would see any more that nothing came.")
_TOO_MANY = _("A rule has at most {most} steps. Please take some away.")
_TOO_FAR = _("A step is at most {most} days away.")
_ONLY_AFTER = _("Steps of this rule come after the due date; those before it are of rule R2.")
_NOT_AFTER = _("Steps of this rule come no later than the due date; those after it are of rule R3.")
_NOT_BEFORE = _("Steps of this rule cannot come before the day from which they are counted.")
_TO_NOBODY = _("Please choose who is told.")
_REPORTERS_STAY = _("Those whose work it is are told at every step of this rule.")
_OFFICERS_STAY = _("Officers are told at every step of this rule.")
_NOT_ASCENDING = _("There is a step on the same day already. Please choose another day.")
_NARROWS = _("Whoever was told before is told at every later step, too.")
_FIRST_AT_ONCE = _("The first step of this rule goes at once and stays on the day itself.")
_LAST_PAST_DUE = _("The last step comes again and again, so it has to be after the due date.")
_LAST_IN_WORKING_DAYS = _(
    "The last step comes again and again, so it has to be counted in working days."
)
_LAST_IN_DAYS = _(
    "The last step comes again and again, so it has to be counted in days, not in working days."
)
