"""R9: people whom mail does not reach."""

import pytest

from commitments.models import Cancelled, MailFault, Programme
from commitments.reports.subjects import SUBJECTS
from commitments.rules.reminders import RULES, Anchor
from tests import factories
from tests.factories.clock import TODAY
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


def fail(person, *days, address=None):
    return [
        factories.MailFaultFactory(
            person=person, address=address or person.email, happened_at=local(*day)
        )
        for day in days
    ]


THRICE = ((6, 2), (6, 3), (6, 6, 20, 0))
"""The third on Saturday 6 June 2026, at eight in the evening."""


@pytest.fixture
def faults(asked, alice):
    return fail(alice, *THRICE)


def test_facts_name_colleagues_and_officers(faults, alice):
    known = facts_of("address", alice)

    assert (known.kind, known.subject, known.commitment) == ("address", alice.pk, None)
    assert (known.cycle, known.renewed) == (f"f{faults[2].pk}", Cancelled.DONE)
    assert (known.anchors, known.began_at) == (((Anchor.SINCE, on(6, 6)),), local(6, 6, 20, 0))
    assert (known.ladder.steps, known.settled) == (RULES["R9"].steps, None)
    assert told(known) == {"approver": ["Dan"], "officer": ["Erin"]}


def test_nobody_is_told_of_their_own_address(asked, dan, erin):
    eva = factories.MembershipFactory(
        organisation=asked.body, role="approver", user__full_name="Eva"
    ).user
    for person in (dan, erin):
        fail(person, *THRICE)
    fay = factories.MembershipFactory(
        organisation=asked.unit, role="officer", user__full_name="Fay"
    ).user

    found = {one.full_name: told(facts_of("address", one)) for one in (dan, erin)}

    assert found == {
        dan.full_name: {"approver": [eva.full_name], "officer": ["Erin", fay.full_name]},
        erin.full_name: {"officer": [fay.full_name]},
    }


def test_fewer_than_three_of_the_present_address_are_not_enough(asked, alice):
    def state():
        return is_open("address", alice), facts_of("address", alice).settled

    found = {}
    fail(alice, (6, 2), (6, 3))
    fail(alice, (6, 4), address="test-former@example.org")
    found["two and a former address"] = state()
    third = fail(alice, (6, 5), address="Alice@Example.ORG")[0]
    found["three, capitalised"] = state()
    set_to(third, cleared_at=local(6, 6))
    found["cleared"] = state()
    set_to(third, cleared_at=None)
    set_to(alice, email="alice-new@example.org")
    found["a new address"] = state()
    set_to(alice, email="alice@example.org", is_active=False)
    found["account closed"] = state()

    settled = (False, Cancelled.DONE)
    assert found == {
        "two and a former address": settled,
        "three, capitalised": (True, None),
        "cleared": settled,
        "a new address": settled,
        "account closed": settled,
    }


def test_only_who_is_asked_for_updates_matters(asked, faults, alice, bob):
    """Of bodies that lead nothing asked of them nobody is told, nor of their programmes."""
    fail(bob, *THRICE)
    assert told(facts_of("address", bob)) == {}
    other = factories.ProgrammeFactory()
    within = SUBJECTS["address"].within
    rows_ = SUBJECTS["address"].open(TODAY)
    here = Programme.objects.filter(pk=asked.programme.pk)
    assert list(within(rows_, here)) == [alice]
    assert list(within(rows_, [other])) == []

    set_to(asked.commitment, reporting_opened_on=None, reporting_opened_by=None)

    assert told(facts_of("address", alice)) == {}
    assert list(within(rows_, here)) == []


def test_officers_of_every_unit_that_asks_are_told(asked, faults, alice):
    unit = factories.OrganisationFactory()
    gil = factories.MembershipFactory(organisation=unit, role="officer", user__full_name="Gil").user
    commitment = factories.CommitmentFactory(
        programme__delivery_unit=unit, reporting_opened_on=TODAY, reporting_opened_by=gil
    )
    factories.ParticipationFactory(commitment=commitment, organisation=asked.body)
    factories.AbsenceFactory(person=gil, starts_on=on(6, 10), ends_on=on(6, 12))

    assert told(facts_of("address", alice))["officer"] == ["Erin", "Gil"]
    assert told(facts_of("address", alice, on(6, 10)))["officer"] == ["Erin"]


def test_notices_go_at_once_and_weekly_until_mail_arrives_again(faults, alice):
    assert said((6, 6, 19), (6, 6, 20), (6, 11), (6, 12)) == [
        ((6, 6), "R9", "+0", ["Dan", "Erin"]), ((6, 12), "R9", "+5", ["Dan", "Erin"]),
    ]  # fmt: skip
    plan(6, 19)
    MailFault.objects.update(cleared_at=local(6, 19, 9))
    assert said((6, 19, 10)) == []
    assert rows()[-1] == ("R9", "+10", "Erin", "done")
    assert set(rows(commitment=None)) == set(rows())

    fail(alice, (6, 22, 9), (6, 22, 10), (6, 22, 11))
    assert said((6, 22, 12)) == [((6, 22), "R9", "+0", ["Dan", "Erin"])]


def test_many_take_as_many_queries_as_one(asked, faults):
    one = queries("address")
    for number in range(3):
        held = factories.MembershipFactory(organisation=asked.body, user__full_name=f"P{number}")
        fail(held.user, *THRICE)

    assert (queries("address"), one) == (7, 7)
