"""Constraints of what people chose for themselves: muted topics, calendar addresses."""

import pytest

from tests import factories as f
from tests.factories.clock import NOW
from tests.models.breaking import cases, known, once

RULES = [
    once("mute_is_one_per_topic", f.MuteFactory, {}, but={"topic": "R4"}),
    known("mute_topic_is_known", f.MuteFactory, "topic", "R7"),
    once(
        "calendar_address_is_one_at_a_time",
        f.CalendarAddressFactory,
        {},
        also={"nonce": "another"},
        but={"revoked_at": NOW},
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint_of_preferences(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
