"""Who is given the charge of a commitment, by whom, and how it ends."""

import pytest

from commitments.errors import Forbidden, Invalid, WrongState
from commitments.models import Assignment
from commitments.services import people
from tests import factories
from tests.factories.clock import NOW, TODAY


def assign(world, person, by):
    return people.assign_reporter(commitment=world.commitment, person=person, by=by, now=NOW)


@pytest.mark.parametrize("who", ["dan", "erin"])
def test_assign_reporter_is_for_approver_and_officer(who, alice, world, request):
    charge = assign(world, alice, request.getfixturevalue(who))

    assert (charge.person, charge.commitment, charge.ended_at) == (alice, world.commitment, None)


def test_assign_reporter_twice_is_once(alice, dan, erin, world):
    first, second = assign(world, alice, dan), assign(world, alice, erin)

    assert (first, Assignment.objects.count()) == (second, 1)


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
def test_assign_reporter_is_for_nobody_else(who, alice, world, request):
    person = request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        assign(world, alice, person)
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize("who", ["bob", "dan"])
def test_assign_reporter_takes_reporters_of_the_lead_only(who, erin, world, request):
    with pytest.raises(Invalid) as refused:
        assign(world, request.getfixturevalue(who), erin)
    assert (refused.value.field, Assignment.objects.count()) == ("person", 0)


def test_assign_reporter_takes_nobody_who_left(alice, erin, world):
    alice.memberships.update(ended_on=TODAY)

    with pytest.raises(Invalid):
        assign(world, alice, erin)


def test_assign_reporter_needs_a_body(alice, erin, world):
    world.lead.delete()

    with pytest.raises(Invalid):
        assign(world, alice, erin)


def test_end_assignment_keeps_that_there_was_one(alice, erin, world):
    charge = assign(world, alice, erin)

    people.end_assignment(assignment=charge, by=erin, now=NOW)
    again = assign(world, alice, erin)

    assert list(Assignment.objects.values_list("person", "ended_at")) == [
        (alice.pk, NOW),
        (alice.pk, None),
    ]
    assert again != charge


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
def test_end_assignment_is_for_approver_and_officer(who, alice, erin, world, request):
    charge, person = assign(world, alice, erin), request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        people.end_assignment(assignment=charge, by=person, now=NOW)
    assert Assignment.objects.get().ended_at is None


def test_end_assignment_once(alice, erin, world):
    charge = factories.AssignmentFactory(commitment=world.commitment, person=alice, ended_at=NOW)

    with pytest.raises(WrongState) as refused:
        people.end_assignment(assignment=charge, by=erin, now=NOW)
    assert refused.value.code == "already_ended"
