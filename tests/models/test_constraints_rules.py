"""Constraints of a programme's own steps of a rule."""

import pytest

from tests import factories as f
from tests.models.breaking import Rule, cases, once

RULES = [
    once("rule_steps_are_one_per_programme", f.RuleStepsFactory, {}, but={"rule": "R3"}),
    Rule(
        "rule_steps_are_of_a_rule_that_comes_by_itself",
        f.RuleStepsFactory,
        {},
        [{"rule": "N1"}, {"rule": "??"}],
        [{"rule": "R9"}],
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint_refuses_what_breaks_it(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
