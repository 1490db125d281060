"""The engine against a naive count of design §6's table, day by day: all rules, any calendar."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.models import Role, Rule
from commitments.rules.moments import day_of
from commitments.rules.presence import Person
from commitments.rules.reminders import (
    RULES,
    Anchor,
    Facts,
    Ladder,
    Step,
    Unit,
    ladder,
    owed_now,
)
from commitments.rules.workdays import WorkCalendar
from tests.rules.naive_ladder import EVERY, LADDERS, TABLE, Line, Said, said_by

SPAN = st.integers(min_value=-60, max_value=60)
BASE = date(2026, 2, 10)
"""Shortly before Tết; the free and make-up days of these tests are drawn all the same."""
DAYS = SPAN.map(lambda number: BASE + timedelta(days=number))
MINUTES = st.integers(min_value=0, max_value=60 * 24 * 150)
PEOPLE = st.lists(
    st.tuples(
        st.integers(min_value=1, max_value=4),
        st.sampled_from([0, 450, 510, 1439]),
        st.frozensets(st.sampled_from(["R1", "R4", "R5", "R7"])),
        st.sets(st.sampled_from(["reporter", "approver", "officer", "senior_official"])),
    ),
    unique_by=lambda one: one[0],
    max_size=4,
)
FREE = st.frozensets(DAYS, max_size=12)
WORKING = st.frozensets(
    SPAN.map(lambda number: BASE + timedelta(days=number)).filter(lambda day: day.weekday() > 4),
    max_size=4,
)


@st.composite
def own_steps(draw):
    """A rule with any steps, as a programme could have them: in an order in which they climb."""
    offsets = draw(st.lists(st.integers(-20, 20), unique=True, max_size=5).map(sorted))
    unit = draw(st.sampled_from(["wd", "d"]))
    roles = st.sampled_from([("reporter",), ("reporter", "officer"), ("approver", "officer")])
    return [(offset, unit, draw(roles)) for offset in offsets]


def engine_ladder(lines, every):
    return Ladder(
        tuple(
            Step(
                Rule(line.rule),
                Anchor(line.anchor),
                line.offset,
                tuple(Role(role) for role in line.to),
                Unit(line.unit),
                line.at_once,
                line.topic or None,
            )
            for line in lines
        ),
        every,
    )


def sayings(found):
    return {
        Said(one.step.rule.value, one.step.name, one.person.pk, one.due_at, one.is_highest)
        for one in found
    }


def asked_of(lines, climbing, every, drawn):
    """What the engine says and what the naive count says, of the same state."""
    anchors, people, free, working, not_before, began, after = drawn
    midnight = datetime.combine(BASE - timedelta(days=60), datetime.min.time(), UTC)
    now = midnight + timedelta(minutes=after)
    began_at = now - timedelta(minutes=began)
    anchors = anchors | dict.fromkeys(("returned_on", "since_on"), day_of(began_at))
    told = {
        role: tuple(
            Person(pk, minute, muted) for pk, minute, muted, roles in people if role in roles
        )
        for role in Role
    }
    facts = Facts(
        kind="test",
        subject=1,
        commitment=1,
        ladder=climbing,
        anchors=tuple((anchor, anchors[anchor.value]) for anchor in Anchor),
        cycle="1",
        people=told,
        members=frozenset(one[0] for one in people),
        not_before=not_before,
        began_at=began_at,
    )
    found = owed_now(facts, now, WorkCalendar(free, working))
    naive = said_by(now, lines, every, anchors, people, began_at, not_before, free, working)
    assert len(found) == len(sayings(found)), "no person has one step twice"
    return sayings(found), naive


STATES = st.tuples(
    st.fixed_dictionaries({anchor.value: DAYS for anchor in Anchor}),
    PEOPLE,
    FREE,
    WORKING,
    st.just(date(2025, 12, 1)) | DAYS,
    st.integers(0, 60 * 24 * 9),
    MINUTES,
)


def test_the_table_and_the_product_name_the_same_steps():
    assert {
        rule.value: [
            (one.anchor.value, one.offset, one.unit.value, one.to, one.topic or "", one.at_once)
            for one in spec.steps
        ]
        for rule, spec in RULES.items()
    } == {rule: [(*one[1:6], one.at_once) for one in lines] for rule, lines in TABLE.items()}
    assert {rule.value: spec.repeat for rule, spec in RULES.items() if spec.repeat} == EVERY


@settings(max_examples=600)
@given(st.sampled_from(LADDERS), STATES)
def test_every_rule_says_what_a_count_day_by_day_says(rules, drawn):
    lines = [line for rule in rules for line in TABLE[rule]]
    climbing = ladder([Rule(rule) for rule in rules])
    said, naive = asked_of(lines, climbing, EVERY.get(rules[-1]), drawn)
    assert said == naive


@settings(max_examples=300)
@given(own_steps(), st.none() | st.integers(1, 20), STATES)
def test_any_own_steps_say_what_a_count_day_by_day_says(steps, every, drawn):
    lines = [Line("R3", "due_on", *step) for step in steps]
    said, naive = asked_of(lines, engine_ladder(lines, every), every, drawn)
    assert said == naive


def test_what_was_returned_on_a_saturday_is_said_on_that_saturday():
    saturday = datetime(2026, 6, 6, 3, 0, tzinfo=UTC)
    facts = Facts(
        kind="update",
        subject=1,
        commitment=1,
        ladder=ladder([Rule.R6]),
        anchors=((Anchor.RETURNED, date(2026, 6, 6)),),
        cycle="a1",
        people={Role.REPORTER: (Person(1, 510),)},
        members=frozenset({1}),
        began_at=saturday,
    )
    now = saturday + timedelta(minutes=1)
    assert sayings(owed_now(facts, now, WorkCalendar())) == {Said("R6", "+0", 1, saturday, True)}
