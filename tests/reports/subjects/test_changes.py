"""R7: change requests that wait for a decision."""

import pytest

from commitments.models import Cancelled, User
from commitments.rules import access
from commitments.rules.reminders import RULES, Anchor
from tests import factories
from tests.reports.subjects.conftest import facts_of, is_open, local, on, queries, rows, said, told
from tests.reports.subjects.conftest import set_to as change_to


@pytest.fixture
def request_of_fay(asked):
    """Asked for on Friday 5 June 2026, by an officer."""
    fay = factories.MembershipFactory(
        organisation=asked.unit, role="officer", user__full_name="Fay"
    ).user
    return factories.ChangeRequestFactory(
        commitment=asked.commitment, requester=fay, requested_at=local(6, 5, 16)
    )


def test_facts_name_those_who_may_decide(request_of_fay, asked):
    known = facts_of("change", request_of_fay)

    assert (known.kind, known.subject, known.commitment) == (
        "change", request_of_fay.pk, asked.commitment.pk,
    )  # fmt: skip
    assert (known.cycle, known.settled) == (f"c{request_of_fay.pk}", None)
    assert known.anchors == ((Anchor.REQUESTED, on(6, 5)),)
    assert known.ladder.steps == RULES["R7"].steps
    deciders = [one for one in User.objects.all() if access.may_decide_change(one, request_of_fay)]
    assert told(known) == {"officer": [one.full_name for one in deciders]} == {"officer": ["Erin"]}


def test_an_officer_who_is_away_is_covered_but_not_by_who_asked(request_of_fay, asked, erin):
    away = factories.AbsenceFactory(
        person=erin, cover=request_of_fay.requester, starts_on=on(6, 8), ends_on=on(6, 12)
    )
    assert told(facts_of("change", request_of_fay, on(6, 8))) == {"officer": ["Erin"]}

    gil = factories.MembershipFactory(
        organisation=asked.unit, role="officer", user__full_name="Gil"
    ).user
    change_to(away, cover=gil)
    assert told(facts_of("change", request_of_fay, on(6, 8))) == {"officer": ["Gil"]}


def test_notices_come_after_three_and_seven_working_days_until_it_is_decided(request_of_fay, erin):
    assert said((6, 8), (6, 9), (6, 10), (6, 15)) == [((6, 10), "R7", "+3", ["Erin"])]
    assert rows(state="planned") == []
    assert said((6, 16)) == [((6, 16), "R7", "+7", ["Erin"])]

    change_to(request_of_fay, decision="refused", decider=erin, decided_at=local(6, 16, 9),
              decision_note="Test")  # fmt: skip
    assert facts_of("change", request_of_fay).settled == Cancelled.DONE
    assert not is_open("change", request_of_fay)
    assert said((6, 30)) == []


def test_many_take_as_many_queries_as_one(request_of_fay, more):
    one = queries("change")
    for _ in range(3):
        factories.ChangeRequestFactory(commitment=more())

    assert (queries("change"), one) == (6, 6)
