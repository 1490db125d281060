"""What may be muted and what is always said, held against the rules themselves."""

from commitments.models import Rule, Topic
from commitments.rules.reminders import RULES
from commitments.rules.reminders.muting import ALWAYS_SAID, MAY_BE_MUTED


def test_every_topic_is_offered_once():
    assert [one.topic for one in MAY_BE_MUTED] == list(Topic)
    muted = {step.topic for spec in RULES.values() for step in spec.steps if step.topic}
    assert muted == set(Topic)


def test_every_rule_with_a_step_that_cannot_be_muted_is_named():
    always = [rule for rule, spec in RULES.items() if any(not step.topic for step in spec.steps)]

    assert [one.rule for one in ALWAYS_SAID] == [*always, Rule.N1, None]
