"""Everything of one person, given to another in one act; and what would be left without an owner."""

from types import SimpleNamespace

import pytest

from commitments.errors import Forbidden, Invalid, OwnWork, WrongState
from commitments.models import Absence, Assignment, HandOver, StatusUpdate
from commitments.services import hand_overs, updates
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


# The act


def give(world, giver, taker, by, *, leaves=False, after=0, note="", now=NOW):
    return hand_overs.hand_over(
        organisation=world.body, giver=giver, taker=taker, giver_leaves=leaves, note=note,
        after=after, by=by, now=now,
    )  # fmt: skip


def charges(**asked):
    rows = Assignment.objects.standing().filter(**asked).order_by("pk")
    return list(rows.values_list("person__full_name", "charge", "is_deputy"))


def led(world, slug):
    commitment = factories.CommitmentFactory(programme=world.programme, slug=slug)
    factories.ParticipationFactory(commitment=commitment, organisation=world.body)
    return commitment


@pytest.fixture
def full(alice, ben, dan, world):
    """Alice has a charge, a deputy's charge, a draft, a returned update, and covers Chi."""
    second = led(world, "test-second")
    factories.AssignmentFactory(commitment=world.commitment, person=alice, assigned_by=dan)
    factories.AssignmentFactory(commitment=second, person=alice, assigned_by=dan, is_deputy=True)
    returned = deeds.returned(alice, dan, world.commitment)
    draft = deeds.draft(alice, second)
    chi = factories.UserFactory(full_name="Chi")
    factories.MembershipFactory(user=chi, organisation=world.body)
    cover = factories.AbsenceFactory(person=chi, cover=alice)
    return SimpleNamespace(second=second, returned=returned, draft=draft, chi=chi, cover=cover)


@pytest.mark.parametrize("who", ["alice", "dan", "erin", "carol"])
def test_hand_over_moves_everything(who, full, alice, ben, world, request):
    by = request.getfixturevalue(who)

    made = give(world, alice, ben, by, note=" Test note ")

    assert charges() == [("Ben", "report", False), ("Ben", "report", True)]
    assert set(StatusUpdate.objects.values_list("author", flat=True)) == {ben.pk}
    full.cover.refresh_from_db()
    assert (full.cover.cover, made.note, made.done_by, made.done_at) == (ben, "Test note", by, NOW)
    assert made.moved == {
        "charges": 2, "updates": 2, "covers": 1, "absences": 0, "kept_updates": [],
        "kept_covers": [],
    }  # fmt: skip
    assert not owes_left(alice, world.body, today=TODAY)
    assert alice.memberships.current().count() == 1


@pytest.mark.parametrize("who", ["ben", "bob"])
def test_hand_over_is_for_nobody_else(who, full, alice, ben, world, request):
    person = request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        give(world, alice, ben, person)
    assert HandOver.objects.count() == 0


def test_hand_over_of_somebody_who_is_no_member(bob, ben, dan, world):
    with pytest.raises(Forbidden):
        give(world, bob, ben, dan)


def test_hand_over_sent_twice_is_once(full, alice, ben, world):
    first = give(world, alice, ben, alice, leaves=True)
    again = give(world, alice, ben, alice, leaves=True)

    assert (again, HandOver.objects.count(), len(charges())) == (first, 1, 2)


def test_hand_over_of_a_later_form_is_another(full, alice, ben, dan, world):
    first = give(world, alice, ben, dan)
    back = give(world, ben, alice, dan)

    second = give(world, alice, ben, dan, after=back.pk)

    assert second.pk not in (first.pk, back.pk)
    assert charges() == [("Ben", "report", False), ("Ben", "report", True)]


def test_hand_over_leaves_it_the_own_work_of_the_giver(full, alice, ben, world):
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")
    give(world, alice, ben, alice)
    draft = StatusUpdate.objects.get(pk=full.draft.pk)
    handed_in = updates.submit_update(update=draft, author=ben, today=TODAY, now=NOW)

    with pytest.raises(OwnWork):
        updates.approve_update(
            update=handed_in, approver=type(alice).objects.get(pk=alice.pk), now=NOW
        )
    assert list(draft.actions.values_list("deed", "person")) == [
        ("handed_over", alice.pk), ("submitted", ben.pk),
    ]  # fmt: skip


def test_hand_over_lets_an_approver_who_moved_it_still_approve(full, alice, ben, dan, world):
    give(world, alice, ben, dan)
    draft = StatusUpdate.objects.get(pk=full.draft.pk)
    handed_in = updates.submit_update(update=draft, author=ben, today=TODAY, now=NOW)

    approved = updates.approve_update(update=handed_in, approver=dan, now=NOW)

    assert approved.state == "approved"


def test_hand_over_leaves_a_draft_behind_where_the_taker_has_one(full, alice, ben, world):
    deeds.draft(ben, full.second)

    made = give(world, alice, ben, alice)

    assert made.moved["kept_updates"] == [full.draft.pk]
    assert StatusUpdate.objects.get(pk=full.draft.pk).author == alice
    assert StatusUpdate.objects.get(pk=full.returned.pk).author == ben


def test_hand_over_leaves_a_cover_behind_that_the_taker_cannot_give(full, alice, world):
    made = give(world, alice, full.chi, alice)

    assert made.moved["kept_covers"] == [full.cover.pk]
    full.cover.refresh_from_db()
    assert full.cover.cover == alice


def test_hand_over_makes_a_deputy_the_one_in_charge(full, alice, ben, world):
    factories.AssignmentFactory(
        commitment=world.commitment, person=ben, assigned_by=alice, is_deputy=True
    )

    give(world, alice, ben, alice)

    assert charges(commitment=world.commitment) == [("Ben", "report", False)]


def test_hand_over_leaves_what_is_in_review_with_its_author(alice, ben, dan, world):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    handed_in = deeds.submitted(alice, world.commitment)

    give(world, alice, ben, dan)

    handed_in.refresh_from_db()
    assert (handed_in.author, handed_in.state) == (alice, "submitted")


def test_hand_over_of_who_leaves_ends_roles_and_absences(full, alice, ben, dan, world):
    factories.AbsenceFactory(person=alice, starts_on="2026-07-01", ends_on="2026-07-31")

    made = give(world, alice, ben, alice, leaves=True)

    assert (made.giver_leaves, made.moved["roles"], made.moved["absences"]) == (True, 1, 1)
    assert list(alice.memberships.values_list("ended_on", flat=True)) == [TODAY]
    assert Absence.objects.get(person=alice).cancelled_at == NOW


def test_hand_over_of_who_leaves_one_body_keeps_absences_and_other_roles(full, alice, ben, world):
    elsewhere = factories.MembershipFactory(user=alice)
    absence = factories.AbsenceFactory(person=alice)

    give(world, alice, ben, alice, leaves=True)

    absence.refresh_from_db()
    assert list(alice.memberships.current()) == [elsewhere]
    assert absence.cancelled_at is None


def test_hand_over_ends_no_role_that_is_not_the_doers_to_end(alice, ben, dan, world):
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")
    factories.AssignmentFactory(commitment=world.commitment, person=alice)

    with pytest.raises(Invalid) as refused:
        give(world, alice, ben, dan, leaves=True)

    assert (refused.value.code, refused.value.field) == ("may_not_end_roles", "giver_leaves")
    assert charges() == [("Alice", "report", False)]


@pytest.mark.parametrize(
    ("taker", "code"),
    [("alice", "taker_unfit"), ("bob", "taker_unfit"), ("dan", "taker_lacks_role")],
)
def test_hand_over_needs_a_taker_who_can(taker, code, full, alice, erin, world, request):
    with pytest.raises(Invalid) as refused:
        give(world, alice, request.getfixturevalue(taker), erin)

    assert (refused.value.code, refused.value.field) == (code, "taker")
    assert HandOver.objects.count() == 0


def test_hand_over_says_which_role_the_taker_lacks(full, alice, dan, world):
    with pytest.raises(Invalid) as refused:
        give(world, alice, dan, alice)
    assert str(refused.value) == ("Dan would have to be reporter of this body to take this over.")


def test_hand_over_of_nothing(alice, ben, world):
    with pytest.raises(WrongState) as refused:
        give(world, alice, ben, alice)
    assert refused.value.code == "nothing_to_hand_over"
    assert give(world, alice, ben, alice, leaves=True).moved["roles"] == 1


def test_hand_over_keeps_history_of_every_row(full, alice, ben, world):
    give(world, alice, ben, alice)

    assert Assignment.history.filter(history_type="~").count() == 2
    assert Absence.history.filter(history_type="~").count() == 1
    assert StatusUpdate.history.filter(author=ben).count() == 2


def test_mark_seen_is_for_the_taker_and_once(alice, ben, world):
    made = factories.HandOverFactory(organisation=world.body, giver=alice, taker=ben)

    hand_overs.mark_seen(hand_over=made, by=ben, now=NOW)
    again = hand_overs.mark_seen(hand_over=made, by=ben, now=deeds.later(5))
    with pytest.raises(Forbidden):
        hand_overs.mark_seen(hand_over=made, by=alice, now=NOW)

    assert again.seen_at == NOW


# Going on with what somebody left


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_take_over_goes_on_with_what_its_author_left(state, alice, ben, dan, world):
    update = (
        deeds.draft(alice, world.commitment)
        if state == "draft"
        else deeds.returned(alice, dan, world.commitment)
    )
    alice.memberships.update(ended_on=TODAY)

    taken = updates.take_over(update=update, by=ben, now=NOW)
    again = updates.take_over(update=update, by=ben, now=NOW)

    assert (taken.author, again.author, taken.hands) == (ben, ben, {alice.pk, ben.pk})
    assert taken.actions.filter(deed="handed_over").count() == 1


def test_take_over_waits_while_the_author_reports(alice, ben, world):
    with pytest.raises(WrongState) as refused:
        updates.take_over(update=deeds.draft(alice, world.commitment), by=ben, now=NOW)
    assert refused.value.code == "author_reports"


@pytest.mark.parametrize("who", ["dan", "erin", "bob"])
def test_take_over_is_for_reporters_of_the_body(who, alice, world, request):
    draft = deeds.draft(alice, world.commitment)
    alice.memberships.update(ended_on=TODAY)

    with pytest.raises(Forbidden):
        updates.take_over(update=draft, by=request.getfixturevalue(who), now=NOW)


def test_take_over_meets_an_own_draft(alice, ben, world):
    left_behind = deeds.draft(alice, world.commitment)
    deeds.draft(ben, world.commitment)
    alice.memberships.update(ended_on=TODAY)

    with pytest.raises(WrongState) as refused:
        updates.take_over(update=left_behind, by=ben, now=NOW)
    assert refused.value.code == "draft_is_about_something_else"


def test_take_over_of_what_is_in_review(alice, ben, world):
    handed_in = deeds.submitted(alice, world.commitment)
    alice.memberships.update(ended_on=TODAY)

    with pytest.raises(WrongState):
        updates.take_over(update=handed_in, by=ben, now=NOW)
