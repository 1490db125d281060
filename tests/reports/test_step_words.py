"""When a step comes and who is told, in plain words."""

import pytest

from commitments.models import Role, Rule
from commitments.reports.step_words import again_words, audience_words, step_words, when_words
from commitments.rules.reminders import RULES, Anchor, Step, Unit

FREE = "; on a free day, the next working day"


@pytest.mark.parametrize(
    ("rule", "step", "words"),
    [
        ("R1", "+0", "reporting period opened"),
        ("R1", "+1", "reporting period opened: 1 working day after the period opened"),
        ("R2", "-5", "update due: 5 working days before the due date"),
        ("R2", "+0", "update due: on the due date"),
        ("R3", "+1", "update late: 1 working day after the due date"),
        ("R3", "+15", "update late: 15 working days after the due date"),
        ("R4", "-30d", "milestone or commitment due: 30 days before the due date"),
        ("R4", "+1d", "milestone or commitment due: 1 day after the due date"),
        ("R5", "+2", "waiting for review: 2 working days after it began to wait"),
        ("R6", "+0", "returned: at once"),
        ("R6", "+3", "returned: 3 working days after it was returned"),
        ("R7", "+7", "change request open: 7 working days after it was asked for"),
        ("R8", "+0d", "evidence broken or altered: on the day on which the fault is confirmed"),
        ("R8", "+14d", "evidence broken or altered: 14 days after the fault was confirmed"),
        ("R9", "+0", "nobody assigned, or mail bounced: at once"),
        ("R9", "+5", "nobody assigned, or mail bounced: 5 working days after it came to be so"),
        ("N1", "20260601", "reminded by hand"),
    ],
)
def test_step_words_say_why_a_notice_goes_out(rule, step, words):
    assert str(step_words(rule, step)) == words


def test_step_words_exist_for_whatever_a_rule_may_hold():
    for rule, spec in RULES.items():
        anchor = spec.steps[0].anchor
        for unit in Unit:
            for offset in (-2, 0, 2) if anchor == Anchor.DUE else (0, 2):
                step = Step(rule, anchor, offset, (Role.REPORTER,), unit)
                assert str(step_words(rule, step.name)), step


def test_when_words_of_the_usual_steps():
    found = {rule: [str(when_words(step)) for step in spec.steps] for rule, spec in RULES.items()}

    assert found[Rule.R4] == [
        f"30 days before the due date{FREE}",
        f"7 days before the due date{FREE}",
        "1 working day before the due date",
        f"1 day after the due date{FREE}",
        f"7 days after the due date{FREE}",
    ]
    assert found[Rule.R6] == ["at once", "3 working days after it was returned"]


def test_again_words_count_in_the_unit_of_the_last_step():
    found = {
        rule: str(again_words(spec.steps[-1], spec.repeat))
        for rule, spec in RULES.items()
        if spec.repeat
    }

    assert found == {
        Rule.R3: "then every 5 working days",
        Rule.R4: "then every 30 days",
        Rule.R8: "then every 14 days",
        Rule.R9: "then every 5 working days",
    }


def test_audience_words_are_those_of_the_rule():
    found = {
        rule: [str(text) for text in audience_words(rule, spec.steps[-1].to)]
        for rule, spec in RULES.items()
    }

    assert found == {
        Rule.R1: ["those who report"],
        Rule.R2: ["those who report"],
        Rule.R3: [
            "those who report",
            "approvers of the body",
            "officers of the delivery unit",
            "the body's senior official",
        ],
        Rule.R4: ["those who report", "officers of the delivery unit"],
        Rule.R5: ["approvers, while it waits for them", "officers, while it waits for them"],
        Rule.R6: ["its author"],
        Rule.R7: ["officers who may decide it"],
        Rule.R8: ["those who report"],
        Rule.R9: ["approvers of the body", "officers of the delivery unit"],
    }
