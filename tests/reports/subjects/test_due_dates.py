"""R4: milestones and commitments that fall due, from thirty days before to long after."""

import pytest

from commitments.models import Cancelled, Milestone, Notice
from commitments.rules.reminders import RULES, Anchor
from tests import factories
from tests.reports.subjects.conftest import (
    facts_of,
    is_open,
    on,
    plan,
    queries,
    rows,
    said,
    set_to,
    told,
)

EVERYBODY = {"reporter": ["Alice"], "approver": ["Dan"], "officer": ["Erin"]}


def due(day):
    """The columns of a present due date."""
    return {"due": day.isoformat(), "due_earliest": day, "due_latest": day}


@pytest.fixture
def milestone(asked):
    return factories.MilestoneFactory(commitment=asked.commitment, **due(on(7, 10)))


@pytest.fixture
def dated(asked):
    set_to(asked.commitment, **due(on(7, 10)))
    return asked.commitment


@pytest.fixture(params=["milestone", "commitment"])
def either(request):
    row = request.getfixturevalue("milestone" if request.param == "milestone" else "dated")
    return request.param, row


def test_facts_name_who_is_told_of_which_date(either, asked):
    kind, row = either

    facts = facts_of(kind, row)

    assert (facts.kind, facts.subject, facts.commitment) == (kind, row.pk, asked.commitment.pk)
    assert (facts.cycle, facts.anchors) == ("2026-07-10", ((Anchor.DUE, on(7, 10)),))
    assert (facts.not_before, facts.settled, facts.renewed) == (on(6, 1), None, Cancelled.MOVED)
    assert facts.ladder.steps == RULES["R4"].steps
    assert told(facts) == EVERYBODY


def test_facts_say_why_nobody_is_told_any_more(either, asked):
    kind, row = either
    cases = {
        "reported complete": ({"stage": "reported_complete", "stage_as_of_on": on(6, 1)}, "done"),
        "complete": (
            {"stage": "complete", "stage_as_of_on": on(6, 1), "closed_on": on(6, 1)}, "closed",
        ),
        "paused": (
            {"stage": "paused", "stage_as_of_on": on(6, 1), "closed_on": None}, None,
        ),
        "not asked": ({"reporting_opened_on": None, "reporting_opened_by": None}, "closed"),
        "not public": ({"published_at": None, "reference": None}, "closed"),
    }  # fmt: skip

    found = {}
    for name, (columns, _why) in cases.items():
        set_to(asked.commitment, **columns)
        found[name] = facts_of(kind, row).settled
        assert is_open(kind, row, on(7, 1)) == (found[name] is None)

    assert found == {name: why for name, (_columns, why) in cases.items()}


def test_a_milestone_that_is_done_and_a_date_that_is_gone_are_settled(milestone, dated):
    set_to(milestone, done_on=on(6, 1))
    set_to(dated, due="", due_earliest=None, due_latest=None)

    assert facts_of("milestone", milestone).settled == Cancelled.DONE
    assert facts_of("commitment", dated).settled == Cancelled.MOVED
    assert not is_open("milestone", milestone, on(7, 1))
    assert not is_open("commitment", dated, on(7, 1))


def test_only_what_may_be_said_by_then_is_looked_at(either, asked):
    """The one working day before it may lie three weeks back, in the longest of holidays."""
    kind, row = either
    assert [is_open(kind, row, day) for day in (on(6, 9), on(6, 10))] == [False, True]

    factories.RuleStepsFactory(
        programme=asked.programme,
        rule="R4",
        steps=[{"offset": -10, "unit": "wd", "to": ["reporter"]}],
    )
    assert is_open(kind, row, on(6, 4))

    factories.RuleStepsFactory(rule="R4", steps=[{"offset": -60, "unit": "d", "to": ["reporter"]}])
    assert [is_open(kind, row, day) for day in (on(5, 10), on(5, 11))] == [False, True]


def test_notices_climb_over_weekends_to_officers_past_due(either):
    """Due on Friday 10 July 2026; the day after is a Saturday."""
    days = [(6, 9), (6, 10), (7, 3), (7, 8), (7, 9), (7, 10), (7, 11), (7, 13), (7, 17)]
    days += [(8, 14), (8, 17), (9, 15)]

    assert said(*days) == [
        ((6, 10), "R4", "-30d", ["Alice"]),
        ((7, 3), "R4", "-7d", ["Alice"]),
        ((7, 9), "R4", "-1", ["Alice"]),
        ((7, 13), "R4", "+1d", ["Alice", "Erin"]),
        ((7, 17), "R4", "+7d", ["Alice", "Erin"]),
        ((8, 17), "R4", "+37d", ["Alice", "Erin"]),
        ((9, 15), "R4", "+67d", ["Alice", "Erin"]),
    ]


def test_notices_of_a_date_after_tet_come_before_and_after_it(asked, milestone):
    """Tết 2026 is free from 14 to 22 February; due on Monday 23 February."""
    set_to(asked.commitment, reporting_opened_on=on(1, 5))
    set_to(milestone, **due(on(2, 23)))
    days = [(1, day) for day in range(19, 31)] + [(2, day) for day in range(1, 29)]

    assert said(*days) == [
        ((1, 26), "R4", "-30d", ["Alice"]),
        ((2, 13), "R4", "-1", ["Alice"]),
        ((2, 24), "R4", "+1d", ["Alice", "Erin"]),
    ]  # the 24th of January is a Saturday; -7d falls into Tết, and the last day before it has more


def test_what_was_due_before_reporting_opened_is_said_once_from_then_on(asked, milestone):
    set_to(milestone, **due(on(5, 4)))

    assert said((6, 1, 8, 29), (6, 1), (6, 2), (6, 9), (6, 10)) == [
        ((6, 1), "R4", "+7d", ["Alice", "Erin"]),
        ((6, 10), "R4", "+37d", ["Alice", "Erin"]),
    ]
    assert rows(state="superseded") == [
        ("R4", step, "Alice", "superseded") for step in ("-30d", "-7d", "-1", "+1d")
    ] + [("R4", "+1d", "Erin", "superseded")]


def test_a_date_that_is_moved_begins_anew(either):
    kind, row = either
    plan(7, 3)
    set_to(row, **due(on(8, 20)))

    assert said((7, 6), (7, 20), (7, 21)) == [((7, 21), "R4", "-30d", ["Alice"])]
    assert rows(cycle="2026-07-10") == [
        ("R4", "-30d", "Alice", "superseded"), ("R4", "-7d", "Alice", "moved"),
    ]  # fmt: skip
    assert set(Notice.objects.values_list("subject_kind", "cycle")) == {
        (kind, "2026-07-10"), (kind, "2026-08-20"),
    }  # fmt: skip


def test_what_waits_is_called_off_once_it_is_done(milestone):
    plan(7, 3)
    Milestone.objects.update(done_on=on(7, 3))

    assert (said((7, 6)), rows()[-1]) == ([], ("R4", "-7d", "Alice", "done"))


def test_without_a_reporter_the_officer_alone_is_told_past_due(asked, milestone):
    set_to(asked.charge, ended_at=asked.charge.assigned_at)

    assert told(facts_of("milestone", milestone)) == {"approver": ["Dan"], "officer": ["Erin"]}


def test_many_take_as_many_queries_as_one(asked, milestone, dated, more):
    until = on(7, 1)
    one = [queries(kind, until) for kind in ("milestone", "commitment")]
    for _ in range(4):
        factories.MilestoneFactory(commitment=more(**due(on(7, 10))), **due(on(7, 10)))

    assert [queries(kind, until) for kind in ("milestone", "commitment")] == one == [6, 6]
