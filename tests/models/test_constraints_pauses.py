"""Constraints of pauses of reminders."""

import pytest

from tests import factories as f
from tests.deeds import later
from tests.factories.clock import NOW
from tests.models.breaking import Rule, cases, once


def somebody(_row):
    return f.UserFactory().pk


RULES = [
    once(
        "pause_is_one_at_a_time_per_programme",
        f.PauseFactory,
        {},
        but={"resumed_by_id": somebody, "resumed_at": NOW},
    ),
    Rule("pause_gives_a_reason", f.PauseFactory, {}, [{"reason": ""}], [{"reason": "Test"}]),
    Rule(
        "pause_resumed_by_somebody_at_a_time",
        f.PauseFactory,
        {},
        [{"resumed_at": NOW}, {"resumed_by_id": somebody}],
        [{"resumed_at": NOW, "resumed_by_id": somebody}],
    ),
    Rule(
        "pause_ends_after_it_starts",
        f.PauseFactory,
        {"paused_at": later(1)},
        [{"resumed_at": NOW, "resumed_by_id": somebody}],
        [{"resumed_at": later(1), "resumed_by_id": somebody}],
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint_of_pauses(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
