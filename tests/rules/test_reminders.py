"""Which reminder is due for whom on which day, and what becomes of a pending one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.models import Cancelled, NoticeState, Role, Rule
from commitments.rules.moments import VIETNAM, at_minute, day_of, minute_of
from commitments.rules.presence import Person
from commitments.rules.reminders import (
    Anchor,
    Facts,
    Key,
    climb,
    coming,
    everybody,
    fate,
    ladder,
    owed_now,
)
from commitments.rules.workdays import WorkCalendar, vietnam_calendar

CALENDAR = vietnam_calendar([2025, 2026, 2027])
ALICE, DAN, ERIN, SENIOR = Person(1, 510), Person(2, 510), Person(3, 540), Person(4, 510)
PEOPLE = {
    Role.REPORTER: (ALICE,),
    Role.APPROVER: (DAN,),
    Role.OFFICER: (ERIN,),
    Role.SENIOR_OFFICIAL: (SENIOR,),
}
OWED = ladder((Rule.R1, Rule.R2, Rule.R3))


def update_owed(opens_on, due_on, **about):
    """An update that is owed, as the planner knows it."""
    return Facts(
        kind="obligation",
        subject=1,
        commitment=1,
        ladder=OWED,
        anchors=((Anchor.OPENS, opens_on), (Anchor.DUE, due_on)),
        cycle=due_on.isoformat(),
        not_before=opens_on,
        **{"people": PEOPLE, "members": frozenset({1, 2, 3, 4})} | about,
    )


JANUARY = update_owed(date(2026, 2, 2), date(2026, 2, 23))
BEFORE_TET = update_owed(date(2026, 1, 30), date(2026, 2, 13))


def local(*parts):
    return datetime(*parts, tzinfo=VIETNAM)


def rungs(facts, until, calendar=CALENDAR):
    found = []
    for step, day in climb(facts, calendar):
        if day > until:
            return found
        found.append((step.rule.value, step.name, day))
    return found


def highest(facts, now):
    return {
        saying.person.pk: (saying.step.rule.value, saying.step.name)
        for saying in owed_now(facts, now, CALENDAR)
        if saying.is_highest
    }


def test_climb_steps_over_tet_before_the_due_date():
    assert rungs(JANUARY, date(2026, 3, 23)) == [
        ("R1", "+0", date(2026, 2, 2)),
        ("R2", "-5", date(2026, 2, 9)),
        ("R2", "-2", date(2026, 2, 12)),
        ("R2", "+0", date(2026, 2, 23)),
        ("R3", "+1", date(2026, 2, 24)),
        ("R3", "+3", date(2026, 2, 26)),
        ("R3", "+5", date(2026, 3, 2)),
        ("R3", "+10", date(2026, 3, 9)),
        ("R3", "+15", date(2026, 3, 16)),
        ("R3", "+20", date(2026, 3, 23)),
    ]


def test_climb_steps_over_tet_after_the_due_date():
    assert rungs(BEFORE_TET, date(2026, 3, 6)) == [
        ("R1", "+0", date(2026, 1, 30)),
        ("R2", "-5", date(2026, 2, 6)),
        ("R2", "-2", date(2026, 2, 11)),
        ("R2", "+0", date(2026, 2, 13)),
        ("R3", "+1", date(2026, 2, 23)),
        ("R3", "+3", date(2026, 2, 25)),
        ("R3", "+5", date(2026, 2, 27)),
        ("R3", "+10", date(2026, 3, 6)),
    ]


def test_climb_starts_on_the_opening_day():
    """A period whose due date is near asks nobody before it opens."""
    short = update_owed(date(2026, 6, 1), date(2026, 6, 4))

    assert rungs(short, date(2026, 6, 5)) == [
        ("R1", "+0", date(2026, 6, 1)),
        ("R2", "-5", date(2026, 6, 1)),
        ("R2", "-2", date(2026, 6, 2)),
        ("R2", "+0", date(2026, 6, 4)),
        ("R3", "+1", date(2026, 6, 5)),
    ]


def test_climb_moves_to_working_days_when_a_holiday_is_entered_late():
    calendar = vietnam_calendar([2026], [(date(2026, 6, 1), True), (date(2026, 6, 15), True)])
    june = update_owed(date(2026, 6, 1), date(2026, 6, 15))

    assert rungs(june, date(2026, 6, 16), calendar) == [
        ("R1", "+0", date(2026, 6, 2)),
        ("R2", "-5", date(2026, 6, 8)),
        ("R2", "-2", date(2026, 6, 11)),
        ("R2", "+0", date(2026, 6, 16)),
        ("R3", "+1", date(2026, 6, 16)),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 2), {1: ("R1", "+0")}),
        (date(2026, 2, 8), {1: ("R1", "+0")}),
        (date(2026, 2, 9), {1: ("R2", "-5")}),
        (date(2026, 2, 12), {1: ("R2", "-2")}),
        (date(2026, 2, 22), {1: ("R2", "-2")}),
        (date(2026, 2, 23), {1: ("R2", "+0")}),
        (date(2026, 2, 24), {1: ("R3", "+1")}),
        (date(2026, 2, 26), {1: ("R3", "+3"), 2: ("R3", "+3")}),
        (date(2026, 3, 2), {1: ("R3", "+5"), 2: ("R3", "+5"), 3: ("R3", "+5")}),
        (date(2026, 3, 9), dict.fromkeys((1, 2, 3, 4), ("R3", "+10"))),
        (date(2026, 3, 15), dict.fromkeys((1, 2, 3, 4), ("R3", "+10"))),
        (date(2026, 3, 16), dict.fromkeys((1, 2, 3, 4), ("R3", "+15"))),
        (date(2026, 3, 24), dict.fromkeys((1, 2, 3, 4), ("R3", "+20"))),
    ],
)
def test_owed_now_widens_the_circle(day, expected):
    assert highest(JANUARY, local(day.year, day.month, day.day, 12)) == expected


def test_owed_now_waits_for_the_minute_of_the_digest():
    assert owed_now(JANUARY, local(2026, 2, 2, 8, 29), CALENDAR) == []
    assert highest(JANUARY, local(2026, 2, 2, 8, 30)) == {1: ("R1", "+0")}
    assert highest(JANUARY, local(2026, 3, 2, 8, 59)).keys() == {1, 2}
    assert highest(JANUARY, local(2026, 3, 2, 9, 0)).keys() == {1, 2, 3}


def test_owed_now_counts_the_days_of_viet_nam():
    late_evening_in_london = datetime(2026, 2, 2, 1, 30, tzinfo=UTC)

    assert highest(JANUARY, late_evening_in_london) == {1: ("R1", "+0")}
    assert owed_now(JANUARY, late_evening_in_london - timedelta(minutes=1), CALENDAR) == []


def test_owed_now_after_an_outage_names_one_highest_step_and_all_that_were_missed():
    only_alice = replace(JANUARY, people={Role.REPORTER: (ALICE,)})

    found = owed_now(only_alice, local(2026, 3, 4, 8, 30), CALENDAR)

    assert [(one.step.rule.value, one.step.name, one.is_highest) for one in found] == [
        ("R1", "+0", False),
        ("R2", "-5", False),
        ("R2", "-2", False),
        ("R2", "+0", False),
        ("R3", "+1", False),
        ("R3", "+3", False),
        ("R3", "+5", True),
    ]
    assert [one.due_at for one in found][-1] == local(2026, 3, 2, 8, 30)


def test_owed_now_tells_a_person_of_two_roles_once():
    both = replace(JANUARY, people={Role.REPORTER: (ALICE,), Role.APPROVER: (ALICE,)})

    found = owed_now(both, local(2026, 2, 26, 9), CALENDAR)

    assert len(found) == len({(one.step.rule, one.step.name) for one in found}) == 6


@pytest.mark.parametrize("reason", [Cancelled.DONE, Cancelled.WAIVED, Cancelled.CLOSED])
def test_nothing_is_owed_once_it_is_settled(reason):
    settled = replace(JANUARY, settled=reason)
    now = local(2026, 3, 9, 12)

    assert owed_now(settled, now, CALENDAR) == []
    assert coming(settled, now, now + timedelta(days=14), CALENDAR) == []


def test_coming_lists_the_days_ahead():
    found = coming(JANUARY, local(2026, 2, 24, 9), local(2026, 3, 2, 12), CALENDAR)

    assert [(one.person.pk, one.step.name, one.due_at) for one in found] == [
        (1, "+3", local(2026, 2, 26, 8, 30)),
        (1, "+5", local(2026, 3, 2, 8, 30)),
        (2, "+3", local(2026, 2, 26, 8, 30)),
        (2, "+5", local(2026, 3, 2, 8, 30)),
        (3, "+5", local(2026, 3, 2, 9, 0)),
    ]


KEY = Key("R3", "2026-02-23", "+1", 1)
STANDS = (NoticeState.PLANNED, None)
NOON = local(2026, 2, 24, 12)


def cancelled(reason):
    return NoticeState.CANCELLED, reason


@pytest.mark.parametrize(
    ("key", "facts", "expected"),
    [
        (KEY, JANUARY, STANDS),
        (KEY, replace(JANUARY, settled=Cancelled.DONE), cancelled(Cancelled.DONE)),
        (KEY, replace(JANUARY, settled=Cancelled.WAIVED), cancelled(Cancelled.WAIVED)),
        (KEY, replace(JANUARY, settled=Cancelled.CLOSED), cancelled(Cancelled.CLOSED)),
        (KEY, None, cancelled(Cancelled.CLOSED)),
        (KEY, update_owed(date(2026, 2, 2), date(2026, 2, 24)), cancelled(Cancelled.MOVED)),
        (KEY, replace(JANUARY, people=PEOPLE | {Role.REPORTER: ()}), cancelled("reassigned")),
        (KEY, replace(JANUARY, members=frozenset({2, 3, 4})), cancelled(Cancelled.LEFT)),
        (KEY._replace(recipient=2), JANUARY, cancelled(Cancelled.REASSIGNED)),
        (KEY._replace(rule="R2", step="+0"), JANUARY, (NoticeState.SUPERSEDED, None)),
        (KEY._replace(rule="R1", step="+0"), JANUARY, (NoticeState.SUPERSEDED, None)),
        (KEY._replace(step="+25", recipient=4), JANUARY, STANDS),
    ],
)
def test_fate(key, facts, expected):
    assert fate(key, facts, NOON, CALENDAR) == expected


def test_the_day_and_its_minute_are_those_of_viet_nam():
    moment = datetime(2026, 2, 1, 17, 5, tzinfo=UTC)

    assert (day_of(moment), minute_of(moment)) == (date(2026, 2, 2), 5)
    assert at_minute(date(2026, 2, 2), 5) == moment


DUE = st.dates(date(2025, 2, 1), date(2026, 12, 1))


@given(DUE, st.integers(0, 120), st.sets(st.integers(-30, 30)))
def test_every_person_has_one_highest_step_and_it_is_the_last_they_reached(due_on, later, free):
    calendar = WorkCalendar(free=frozenset(due_on + timedelta(days=number) for number in free))
    facts = update_owed(due_on - timedelta(days=14), due_on)
    now = at_minute(facts.not_before + timedelta(days=later), 720)

    found = owed_now(facts, now, calendar)

    assert all(calendar.is_working(day_of(one.due_at)) and one.due_at <= now for one in found)
    for person in everybody(facts):
        own = [one for one in found if one.person == person]
        assert [one.is_highest for one in own] == [False] * (len(own) - 1) + [True] * bool(own)
        places = [OWED.position(one.step.rule, one.step.name) for one in own]
        assert places == sorted(set(places))


@given(DUE, st.integers(0, 90), st.integers(1, 30))
def test_what_is_coming_is_what_will_have_been_said(due_on, day, span):
    facts = update_owed(due_on - timedelta(days=14), due_on)
    now = at_minute(facts.not_before + timedelta(days=day), 515)
    later = now + timedelta(days=span)
    owed = {(one.step, one.person) for one in owed_now(facts, later, CALENDAR)}
    before = {(one.step, one.person) for one in owed_now(facts, now, CALENDAR)}

    ahead = {(one.step, one.person) for one in coming(facts, now, later, CALENDAR)}

    assert ahead == owed - before


def test_a_ladder_knows_its_rungs_and_repetitions_and_no_other():
    dates = ladder((Rule.R4,))
    asked = (
        "-30d",
        "+7d",
        "+37d",
        "+67d",
        "+38d",
        "+37",
        "+7",
        "",
        "d",
        "soon",
        "+1e9",
        "20260601",
    )

    assert {name: dates.position("R4", name) for name in asked if dates.position("R4", name)} == {
        "+7d": 4,
        "+37d": 5,
        "+67d": 6,
    }
    assert dates.position("R4", "-30d") == 0
    assert OWED.position("R3", "+15") == len(OWED.steps)
    assert (OWED.position("R2", "+5"), OWED.position("R4", "-30d")) == (None, None)
