"""Everything of one person, given to another in one act; and what would be left without an owner."""

import pytest

from commitments.services.hand_overs import OwesLeft, owes_left
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def ben(world):
    person = factories.UserFactory(full_name="Ben", email="ben@example.org")
    factories.MembershipFactory(user=person, organisation=world.body)
    return person


def left(person, world, role=""):
    found = owes_left(person, world.body, role, today=TODAY)
    return found.charges, found.updates, found.covers


def test_owes_left_is_nothing_for_who_has_nothing(alice, world):
    assert not owes_left(alice, world.body, today=TODAY)
    assert owes_left(alice, world.body, today=TODAY) == OwesLeft()


def test_owes_left_names_charges_that_nobody_else_holds(alice, ben, dan, world):
    alone = factories.AssignmentFactory(commitment=world.commitment, person=alice)
    approves = factories.AssignmentFactory(
        commitment=world.commitment, person=dan, charge="approve"
    )
    elsewhere = factories.CommitmentFactory(programme=world.programme, slug="test-elsewhere")
    factories.ParticipationFactory(commitment=elsewhere)
    factories.AssignmentFactory(commitment=elsewhere, person=alice)

    assert left(alice, world) == ([alone], [], [])
    assert left(dan, world) == ([approves], [], [])

    factories.AssignmentFactory(commitment=world.commitment, person=ben, is_deputy=True)
    assert left(alice, world) == ([], [], [])


@pytest.mark.parametrize("gone", ["inactive", "member no more", "ended", "another charge"])
def test_owes_left_does_not_count_on_who_cannot(gone, alice, ben, world):
    alone = factories.AssignmentFactory(commitment=world.commitment, person=alice)
    other = factories.AssignmentFactory(commitment=world.commitment, person=ben)
    if gone == "inactive":
        type(ben).objects.filter(pk=ben.pk).update(is_active=False)
    elif gone == "member no more":
        ben.memberships.update(ended_on=TODAY)
    elif gone == "ended":
        type(other).objects.filter(pk=other.pk).update(ended_at=NOW)
    else:
        type(other).objects.filter(pk=other.pk).update(charge="approve")

    assert left(alice, world) == ([alone], [], [])


def test_owes_left_names_drafts_returned_updates_and_covers(alice, ben, dan, world):
    returned = deeds.returned(alice, dan, world.commitment)
    draft = deeds.draft(alice, world.commitment)
    cover = factories.AbsenceFactory(person=ben, cover=alice)
    factories.AbsenceFactory(person=ben, cover=alice, cancelled_at=NOW)
    factories.AbsenceFactory(person=ben, cover=alice, starts_on="2026-05-01", ends_on="2026-05-31")

    assert left(alice, world) == ([], [returned, draft], [cover])


def test_owes_left_asks_of_one_role(alice, world):
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")
    reports = factories.AssignmentFactory(commitment=world.commitment, person=alice)
    approves = factories.AssignmentFactory(
        commitment=world.commitment, person=alice, charge="approve"
    )
    draft = deeds.draft(alice, world.commitment)

    assert left(alice, world, "reporter") == ([reports], [draft], [])
    assert left(alice, world, "approver") == ([approves], [], [])
    assert left(alice, world, "senior_official") == ([], [], [])
    assert left(alice, world) == ([approves, reports], [draft], [])
