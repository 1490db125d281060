"""What becomes of reminders when a programme changes its steps: said beforehand, then done."""

import pytest

from commitments.models import Commitment, Notice, Rule
from commitments.rules.reminders import RULES, ladder
from commitments.rules.reminders.overrides import step_of
from commitments.services import notices
from commitments.services.notices.rule_effects import effect_of, with_steps
from commitments.services.rule_steps import set_steps
from tests import factories
from tests.services.notices.conftest import local


def steps(rule, *rows):
    return [step_of(Rule(rule), offset, unit, to) for offset, unit, *to in rows]


@pytest.fixture
def change(owed, erin):
    def do(rule, own, version=0):
        set_steps(
            programme=owed.programme, rule=Rule(rule), steps=own, version=version, officer=erin
        )

    return do


@pytest.fixture
def effect(owed):
    def ask(rule, own, now):
        return effect_of(programme=owed.programme, rule=Rule(rule), steps=own, now=now)

    return ask


def said():
    """Rule, step, first name, state and why of the notices, in the order in which they came."""
    found = Notice.objects.select_related("recipient").order_by("pk")
    return [
        (one.rule, one.step, one.recipient.full_name, one.state, one.cancelled_because)
        for one in found
    ]


def send(now):
    notices.plan_notices(now=now)
    notices.make_digests(now=now)
    for digest in notices.digests_to_send(now=now):
        notices.deliver_digest(digest, now=now)


def test_a_step_that_is_gone_is_called_off_and_comes_back_with_the_usual_ones(change, effect):
    own = steps("R2", (-1, "wd", "reporter"))
    notices.plan_notices(now=local(6, 8, 8, 30))  # five working days before 15 June
    planned = [line for line in said() if line[3] == "planned"]
    assert planned == [("R2", "-5", "Alice", "planned", "")]

    assert effect("R2", own, local(6, 8, 9)) == (1, 0)
    change("R2", own)
    notices.plan_notices(now=local(6, 8, 9))

    assert said()[-1] == ("R2", "-5", "Alice", "cancelled", "changed")
    usual = RULES[Rule.R2].steps
    assert effect("R2", usual, local(6, 8, 9)) == (0, 1)
    change("R2", usual, version=1)
    notices.plan_notices(now=local(6, 8, 10))
    assert said()[-1] == ("R2", "-5", "Alice", "planned", "")


def test_what_was_sent_stays_sent_and_is_not_sent_again(change, effect, mailoutbox):
    send(local(6, 8, 8, 30))
    before = said()
    assert before[-1] == ("R2", "-5", "Alice", "sent", "")

    own = steps("R2", (-2, "wd", "reporter"))
    assert effect("R2", own, local(6, 8, 9)) == (0, 0)
    change("R2", own)
    send(local(6, 9, 8, 30))
    change("R2", RULES[Rule.R2].steps, version=1)
    send(local(6, 10, 8, 30))

    assert said() == before
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("kept", [(-5, -2), (-2,)])
def test_a_step_overtaken_by_one_that_is_given_up_unsaid_is_said_after_an_earlier_one(
    kept, change, mailoutbox
):
    send(local(6, 8))
    for day in (11, 15):
        notices.plan_notices(now=local(6, day))
    assert [line[1] for line in said() if line[3] == "planned"] == ["+0"]

    change("R2", steps("R2", *((offset, "wd", "reporter") for offset in kept)))
    send(local(6, 15, 9))
    send(local(6, 15, 10))

    assert [line[1] for line in said() if line[3] == "sent"] == ["-5", "-2"]
    assert len(mailoutbox) == 2


def test_a_step_whose_day_has_come_is_added_for_whoever_was_not_told(change, effect, erin):
    send(local(6, 16, 8, 30))  # one working day late: Alice
    own = steps(
        "R3", (1, "wd", "reporter", "officer"), (5, "wd", "reporter", "approver", "officer")
    )

    assert effect("R3", own, local(6, 16, 9)) == (0, 1)
    change("R3", own)
    notices.plan_notices(now=local(6, 16, 9))

    late = [line for line in said() if line[0] == "R3"]
    assert late == [
        ("R3", "+1", "Alice", "sent", ""),
        ("R3", "+1", "Erin", "planned", ""),
    ]


def test_a_rule_switched_off_says_nothing_and_may_come_back(change, effect):
    now = local(6, 1, 8, 30)
    assert effect("R1", (), now) == (0, 0)
    notices.plan_notices(now=now)
    assert effect("R1", (), now) == (1, 0)
    change("R1", ())
    notices.plan_notices(now=now)

    assert said() == [("R1", "+0", "Alice", "cancelled", "changed")]
    assert effect("R1", RULES[Rule.R1].steps, now) == (0, 1)


def test_the_steps_of_a_milestone_change_by_themselves(change, effect, owed):
    Commitment.objects.filter(pk=owed.commitment.pk).update(
        reporting_opened_on="2026-01-01", reporting_opened_by=owed.sam
    )
    factories.MilestoneFactory(
        commitment=owed.commitment, due="2026-07-01",
        due_earliest="2026-07-01", due_latest="2026-07-01",
    )  # fmt: skip
    notices.plan_notices(now=local(6, 1, 9))
    assert ("R4", "-30d", "Alice", "planned", "") in said()
    own = steps("R4", (-60, "d", "reporter"), (1, "d", "reporter", "officer"))

    assert effect("R4", own, local(6, 1, 10)) == (1, 1)
    change("R4", own)
    notices.plan_notices(now=local(6, 1, 10))

    assert [line for line in said() if line[0] == "R4"] == [
        ("R4", "-30d", "Alice", "cancelled", "changed"),
        ("R4", "-60d", "Alice", "planned", ""),
    ]


def test_effect_of_what_is_so_already_is_none_for_every_rule(owed, effect):
    now = local(6, 16, 9)
    notices.plan_notices(now=now)

    assert {rule.value: effect(rule, spec.steps, now) for rule, spec in RULES.items()} == {
        rule.value: (0, 0) for rule in RULES
    }


def test_effect_of_another_programmes_reminders_is_none(owed, effect):
    notices.plan_notices(now=local(6, 8, 8, 30))
    other = factories.ProgrammeFactory(slug="test-other", code="O", delivery_unit=owed.unit)
    found = effect_of(
        programme=other, rule=Rule.R2, steps=steps("R2", (-1, "wd", "reporter")),
        now=local(6, 8, 9),
    )  # fmt: skip
    assert found == (0, 0)


def test_effect_of_writes_nothing(owed, effect):
    notices.plan_notices(now=local(6, 8, 8, 30))
    before = said()

    effect("R2", steps("R2", (-1, "wd", "reporter")), local(6, 8, 9))

    assert said() == before


def test_with_steps_changes_only_ladders_of_the_rule():
    owed_update = ladder([Rule.R1, Rule.R2, Rule.R3])
    own = steps("R2", (-1, "wd", "reporter"))
    first = RULES[Rule.R1].steps

    changed = with_steps(owed_update, Rule.R2, own)
    assert [step.name for step in changed.steps] == ["+0", "-1", "+1", "+3", "+5", "+10"]
    assert with_steps(with_steps(owed_update, Rule.R1, ()), Rule.R1, first) == owed_update
    returned, nothing = ladder([Rule.R6]), ladder([Rule.R5], {Rule.R5: ()})
    assert with_steps(returned, Rule.R5, own) == returned
    assert with_steps(nothing, Rule.R5, RULES[Rule.R5].steps) == ladder([Rule.R5])
