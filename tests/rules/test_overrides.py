"""What a programme's own steps may be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.models import Role, Rule
from commitments.rules.reminders import RULES, Anchor, Facts, Unit, climb, ladder, overrides
from commitments.rules.workdays import WorkCalendar

REPORTER, APPROVER, OFFICER, SENIOR = "reporter", "approver", "officer", "senior_official"


def steps(rule, *rows):
    """Of `(offset, unit, *roles)`."""
    return [
        overrides.step_of(Rule(rule), offset, unit, roles or [REPORTER])
        for offset, unit, *roles in rows
    ]


def refused(rule, *rows):
    return [(one.field, one.code) for one in overrides.check_steps(Rule(rule), steps(rule, *rows))]


@pytest.mark.parametrize("rule", list(RULES))
def test_the_usual_steps_are_allowed(rule):
    assert overrides.check_steps(rule, RULES[rule].steps) == []
    assert overrides.is_usual(rule, RULES[rule].steps)


@pytest.mark.parametrize("rule", list(RULES))
def test_the_usual_steps_are_read_as_they_are_kept(rule):
    usual = RULES[rule].steps

    assert overrides.read_steps(rule, overrides.kept_steps(usual)) == usual


def test_which_rules_may_be_switched_off():
    assert {rule.value: refused(rule) for rule in RULES} == {
        "R1": [],
        "R2": [(None, "rule_stays_on")],
        "R3": [(None, "rule_stays_on")],
        "R4": [],
        "R5": [],
        "R6": [(None, "rule_stays_on")],
        "R7": [],
        "R8": [],
        "R9": [(None, "rule_stays_on")],
    }


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ("R1", [(0, "wd"), (3, "wd")]),
        ("R2", [(-365, "d"), (-20, "wd")]),
        ("R2", [(0, "wd")]),
        ("R3", [(1, "d"), (365, "wd")]),
        ("R3", [(1, "wd"), (2, "wd", REPORTER, OFFICER), (4, "wd", REPORTER, OFFICER, SENIOR)]),
        ("R4", [(-1, "wd"), (0, "wd"), (1, "d")]),
        ("R5", [(0, "wd", APPROVER), (365, "d", OFFICER)]),
        ("R6", [(0, "wd"), (2, "d")]),
        ("R7", [(1, "wd", OFFICER)]),
        ("R8", [(0, "d"), (3, "d")]),
        ("R9", [(0, "wd", OFFICER)]),
        ("R1", [(day, "wd") for day in range(10)]),
    ],
)
def test_own_steps_are_allowed(rule, rows):
    assert refused(rule, *rows) == []


@pytest.mark.parametrize(
    ("rule", "rows", "found"),
    [
        ("R1", [(-1, "wd")], [("0-side", "step_on_the_wrong_side")]),
        ("R2", [(-1, "wd"), (1, "d")], [("1-side", "step_on_the_wrong_side")]),
        ("R3", [(0, "wd")], [("0-side", "step_on_the_wrong_side")]),
        ("R3", [(-2, "wd")], [("0-side", "step_on_the_wrong_side")]),
        *((rule, [(-1, "wd", *to)], [("0-side", "step_on_the_wrong_side")])
          for rule, *to in (("R5", APPROVER), ("R6", REPORTER), ("R7", OFFICER), ("R8", REPORTER),
                            ("R9", OFFICER))),
        ("R1", [(366, "d")], [("0-days", "step_too_far")]),
        ("R4", [(-366, "d"), (1, "d")], [("0-days", "step_too_far")]),
        ("R1", [(day, "wd") for day in range(11)], [(None, "too_many_steps")]),
        ("R1", [(1, "wd"), (1, "wd")], [("1-days", "steps_not_ascending")]),
        ("R1", [(5, "wd"), (7, "d")], [("1-days", "steps_not_ascending")]),
        ("R1", [(0, "wd"), (0, "d")], [("1-days", "steps_not_ascending")]),
        ("R1", [(2, "wd"), (2, "d")], [("1-days", "steps_not_ascending")]),
        ("R1", [(0, "wd", APPROVER)], [("0-to", "step_to_nobody")]),
        ("R2", [(0, "wd", REPORTER, OFFICER)], [("0-to", "step_to_nobody")]),
        ("R3", [(1, "wd", OFFICER)], [("0-to", "step_leaves_out")]),
        ("R9", [(0, "wd", APPROVER)], [("0-to", "step_leaves_out")]),
        ("R3", [(1, "wd", REPORTER, OFFICER), (2, "wd")], [("1-to", "circle_narrows")]),
        ("R6", [(1, "wd")], [("0-days", "first_goes_at_once")]),
        ("R9", [(2, "wd", OFFICER)], [("0-days", "first_goes_at_once")]),
        ("R4", [(-7, "d")], [("0-side", "last_before_due")]),
        ("R4", [(-7, "d"), (0, "wd")], [("1-side", "last_before_due")]),
        ("R3", [(1, "wd"), (7, "d")], [("1-unit", "last_in_another_unit")]),
        ("R4", [(1, "wd")], [("0-unit", "last_in_another_unit")]),
        ("R8", [(0, "d"), (3, "wd")], [("1-unit", "last_in_another_unit")]),
        ("R9", [(0, "wd", OFFICER), (9, "d", OFFICER)], [("1-unit", "last_in_another_unit")]),
    ],
)  # fmt: skip
def test_own_steps_are_refused(rule, rows, found):
    assert refused(rule, *rows) == found


def test_a_step_that_names_nobody_is_refused():
    step = overrides.step_of(Rule.R7, 3, "wd", [])

    found = overrides.check_steps(Rule.R7, [step])
    assert [(one.field, one.code) for one in found] == [("0-to", "step_to_nobody")]


def test_a_step_on_the_day_itself_keeps_its_name_in_either_unit():
    names = {
        (rule, unit): overrides.step_of(rule, 0, unit, []).name
        for rule in (Rule.R2, Rule.R8)
        for unit in ("wd", "d")
    }

    assert names == {
        (Rule.R2, "wd"): "+0",
        (Rule.R2, "d"): "+0",
        (Rule.R8, "wd"): "+0d",
        (Rule.R8, "d"): "+0d",
    }


def test_in_order_sorts_by_time_in_an_ordinary_week():
    mixed = steps("R4", (1, "d"), (-1, "wd"), (5, "wd"), (-30, "d"), (6, "d"))

    assert [step.name for step in overrides.in_order(mixed)] == ["-30d", "-1", "+1d", "+6d", "+5"]


def test_audiences_of_are_those_whom_a_rule_may_name():
    found = {rule.value: [role.value for role in overrides.audiences_of(rule)] for rule in RULES}

    assert found == {
        "R1": [REPORTER],
        "R2": [REPORTER],
        "R3": [REPORTER, APPROVER, OFFICER, SENIOR],
        "R4": [REPORTER, OFFICER],
        "R5": [APPROVER, OFFICER],
        "R6": [REPORTER],
        "R7": [OFFICER],
        "R8": [REPORTER],
        "R9": [APPROVER, OFFICER],
    }


def test_read_steps_marks_what_goes_at_once_and_what_may_be_muted():
    kept = [{"offset": 0, "unit": "wd", "to": [REPORTER]}]
    early = [{"offset": offset, "unit": "d", "to": [REPORTER]} for offset in (-60, -10, 1)]

    assert [step.at_once for step in overrides.read_steps(Rule.R6, kept)] == [True]
    assert [step.topic for step in overrides.read_steps(Rule.R4, early)] == ["R4", None, None]


ROWS = st.lists(
    st.tuples(st.integers(-40, 40), st.sampled_from(["wd", "d"]), st.just(REPORTER)), max_size=10
)


@given(ROWS, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_allowed_steps_come_one_after_the_other_in_time(rows, due):
    own = overrides.in_order(steps("R4", *rows))
    if overrides.check_steps(Rule.R4, own):
        return
    facts = Facts(
        "milestone", 1, 1, ladder([Rule.R4], {Rule.R4: tuple(own)}), ((Anchor.DUE, due),), "cycle"
    )
    rungs = climb(facts, WorkCalendar())
    days = [day for (_step, day), _place in zip(rungs, range(len(own) + 3), strict=False)]

    assert days == sorted(days) if own else days == []
    assert len({step.name for step in own}) == len(own)


def test_step_of_names_roles_in_their_lasting_order():
    step = overrides.step_of(Rule.R3, 3, "d", [SENIOR, REPORTER])

    assert (step.to, step.unit, step.anchor) == (
        (Role.REPORTER, Role.SENIOR_OFFICIAL), Unit.DAY, Anchor.DUE,
    )  # fmt: skip
