"""A programme's own steps, as they are kept in a row, read back into steps."""

from collections.abc import Mapping, Sequence
from typing import Any

from commitments.models import Role, Rule
from commitments.rules.reminders.ladders import RULES, Step, Unit, marked


def read_steps(rule: Rule, kept: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps of a row of RuleSteps. The row was checked when it was written."""
    spec = RULES[rule]
    anchor = spec.steps[0].anchor
    steps = [
        Step(
            rule,
            anchor,
            int(one["offset"]),
            tuple(Role(role) for role in one["to"]),
            Unit(one["unit"]),
        )
        for one in kept
    ]
    return marked(spec, steps)


def kept_steps(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The same as a row keeps them."""
    return [
        {"offset": step.offset, "unit": step.unit.value, "to": [role.value for role in step.to]}
        for step in steps
    ]
