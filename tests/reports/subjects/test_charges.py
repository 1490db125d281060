"""R9: commitments that nobody reports on."""

from datetime import timedelta

import pytest

from commitments.models import Cancelled
from commitments.rules.reminders import RULES, Anchor
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.reports.subjects.conftest import (
    facts_of,
    is_open,
    local,
    on,
    plan,
    queries,
    rows,
    said,
    set_to,
    told,
)


def facts(commitment, day=TODAY):
    return facts_of("charge", commitment, day)


def alone(commitment):
    return is_open("charge", commitment), facts(commitment).settled


@pytest.fixture
def left_alone(asked):
    """Alice had the charge until Friday 5 June 2026, at noon."""
    set_to(asked.charge, ended_at=local(6, 5, 12))
    return asked.commitment


def test_somebody_in_charge_settles_it(asked, alice):
    found = {"in charge": alone(asked.commitment)}
    factories.AbsenceFactory(person=alice)
    found["away"] = alone(asked.commitment)
    set_to(asked.charge, is_deputy=True)
    found["a deputy"] = alone(asked.commitment)
    set_to(alice, is_active=False)
    found["account closed"] = alone(asked.commitment)
    set_to(alice, is_active=True)
    held = alice.memberships.get()
    set_to(held, role="approver")
    found["reports no more"] = alone(asked.commitment)
    set_to(held, role="reporter")
    set_to(asked.lead, organisation=asked.unit)
    found["another leads"] = alone(asked.commitment)
    set_to(asked.lead, organisation=asked.body, ended_on=TODAY)
    found["nobody leads"] = alone(asked.commitment)
    set_to(asked.lead, ended_on=None)
    set_to(asked.charge, charge="approve")
    found["approves only"] = alone(asked.commitment)

    somebody, nobody = (False, Cancelled.DONE), (True, None)
    assert found == {
        "in charge": somebody, "away": somebody, "a deputy": somebody,
        "account closed": nobody, "reports no more": nobody, "another leads": nobody,
        "nobody leads": nobody, "approves only": nobody,
    }  # fmt: skip


def test_of_what_is_not_asked_nobody_is_told(left_alone):
    closed = {"stage": "complete", "stage_as_of_on": TODAY, "closed_on": TODAY}
    for columns in (closed, {"reporting_opened_on": None, "reporting_opened_by": None}):
        set_to(left_alone, **columns)
        assert alone(left_alone) == (False, Cancelled.CLOSED)


def test_facts_name_who_may_give_the_charge(left_alone):
    known = facts(left_alone, on(6, 8))

    assert (known.kind, known.subject, known.commitment) == ("charge", left_alone.pk, left_alone.pk)
    assert (known.cycle, known.renewed) == ("2026-06-05", Cancelled.DONE)
    assert known.anchors == ((Anchor.SINCE, on(6, 5)),)
    assert known.began_at == local(6, 5, 0, 0)
    assert known.ladder.steps == RULES["R9"].steps
    assert told(known) == {"approver": ["Dan"], "officer": ["Erin"]}


def test_without_a_lead_officers_alone_are_told(left_alone, asked):
    set_to(asked.lead, ended_on=on(6, 9))

    known = facts(left_alone, on(6, 10))

    assert (told(known), known.cycle) == ({"officer": ["Erin"]}, "2026-06-09")


def test_it_is_so_since_the_last_who_could_report_ended(asked, alice, erin):
    def since(*day):
        return facts(asked.commitment, on(*(day or (6, 30)))).cycle

    found = {}
    set_to(asked.charge, assigned_at=local(5, 4))
    found["account closed, reporting opened"] = since()
    set_to(asked.charge, assigned_at=local(6, 3))
    found["account closed, charge given"] = since()
    elsewhere = factories.MembershipFactory(user=alice, ended_on=on(6, 12))
    found["left another body"] = since()
    set_to(alice.memberships.get(organisation=asked.body), ended_on=on(6, 9))
    found["left the body"] = since()
    set_to(asked.charge, ended_at=local(6, 10))
    found["charge ended"] = since()
    factories.AssignmentFactory(
        commitment=asked.commitment, charge="approve", ended_at=NOW + timedelta(days=20)
    )
    found["another charge ended"] = since()
    found["asked of an earlier day"] = since(6, 9)

    assert elsewhere.organisation != asked.body
    assert found == {
        "account closed, reporting opened": "2026-06-01",
        "account closed, charge given": "2026-06-03",
        "left another body": "2026-06-03",
        "left the body": "2026-06-09",
        "charge ended": "2026-06-10",
        "another charge ended": "2026-06-10",
        "asked of an earlier day": "2026-06-09",
    }


def test_notices_go_at_once_and_weekly_until_somebody_has_the_charge(asked, left_alone, alice):
    """On Friday the 5th at noon; every five working days from then on."""
    assert said((6, 5, 12), (6, 8), (6, 11), (6, 12), (6, 19)) == [
        ((6, 5), "R9", "+0", ["Dan", "Erin"]),
        ((6, 12), "R9", "+5", ["Dan", "Erin"]),
        ((6, 19), "R9", "+10", ["Dan", "Erin"]),
    ]
    plan(6, 26)
    factories.AssignmentFactory(
        commitment=asked.commitment, person=alice, assigned_at=local(6, 26, 9)
    )

    assert said((6, 26, 9), (7, 3)) == []
    assert rows()[-2:] == [("R9", "+15", "Dan", "done"), ("R9", "+15", "Erin", "done")]


def test_a_free_day_does_not_delay_the_first_but_the_next(asked):
    """Alone since Saturday 14 February 2026, in Tết, which is free until the 22nd."""
    set_to(asked.commitment, reporting_opened_on=on(1, 5))
    set_to(asked.charge, assigned_at=local(1, 5), ended_at=local(2, 14))

    assert said(*((2, day) for day in range(14, 29)), (3, 2)) == [
        ((2, 14), "R9", "+0", ["Dan", "Erin"]),
        ((2, 27), "R9", "+5", ["Dan", "Erin"]),
    ]


def test_who_gave_up_the_charge_before_and_leaves_later_starts_nothing_anew(
    left_alone, asked, alice
):
    assert said((6, 5, 12)) == [((6, 5), "R9", "+0", ["Dan", "Erin"])]

    set_to(alice.memberships.get(organisation=asked.body), ended_on=on(6, 9))

    assert facts(left_alone, on(6, 10)).cycle == "2026-06-05"
    assert said((6, 10), (6, 12)) == [((6, 12), "R9", "+5", ["Dan", "Erin"])]


def test_left_alone_again_it_begins_anew(asked, left_alone, alice):
    plan(6, 8)
    again = factories.AssignmentFactory(
        commitment=asked.commitment, person=alice, assigned_at=local(6, 8, 9)
    )
    set_to(again, ended_at=local(6, 8, 10))

    assert said((6, 8, 11)) == [((6, 8), "R9", "+0", ["Dan", "Erin"])]
    assert rows()[:2] == [("R9", "+0", "Dan", "done"), ("R9", "+0", "Erin", "done")]


def test_many_take_as_many_queries_as_one(left_alone, more):
    one = queries("charge")
    for _ in range(3):
        more().assignments.update(ended_at=NOW)

    assert (queries("charge"), one) == (9, 9)
