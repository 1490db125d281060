"""Roles given and ended, accounts closed: nothing is left without an owner."""

from functools import partial

import pytest
from allauth.usersessions.models import UserSession

from commitments.errors import Forbidden, Invalid, WrongState
from commitments.models import User
from commitments.services.memberships import (
    HandOverFirst,
    deactivate,
    end_role,
    give_role,
    reactivate,
)
from tests import factories
from tests.factories.clock import NOW, TODAY


def code_of(deed):
    with pytest.raises((Forbidden, Invalid, WrongState)) as refused:
        deed()
    return refused.value.code, refused.value.field


def role_of(person):
    return person.memberships.current().get()


def fresh(person):
    return User.objects.get(pk=person.pk)


# Giving


def test_give_role_begins_today(alice, erin, world):
    given = give_role(person=alice, organisation=world.body, role="approver", by=erin, today=TODAY)

    assert (given.user, given.organisation, given.role, given.started_on, given.ended_on) == (
        alice, world.body, "approver", TODAY, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "where", "role", "expected"),
    [
        ("alice", "body", "approver", ("forbidden", None)),
        ("dan", "body", "approver", ("forbidden", None)),
        ("erin", "unit", "officer", ("forbidden", None)),
        ("bob", "body", "reporter", ("forbidden", None)),
        ("carol", "body", "officer", ("forbidden", None)),
        ("erin", "body", "reporter", ("has_role", "role")),
    ],
)
def test_give_role_refuses(who, where, role, expected, alice, world, request):
    by, organisation = request.getfixturevalue(who), getattr(world, where)

    given = partial(
        give_role, person=alice, organisation=organisation, role=role, by=by, today=TODAY
    )

    assert code_of(given) == expected
    assert alice.memberships.count() == 1


def test_nobody_gives_themselves_a_role(carol, erin, world):
    own = partial(
        give_role, person=carol, organisation=world.unit, role="officer", by=carol, today=TODAY
    )

    assert code_of(own) == ("own_role", None)


def test_give_role_keeps_demonstration_and_record_apart(alice, world):
    """Neither do officers of the demonstration reach real people, nor do people have both."""
    shown = factories.OrganisationFactory(is_demo=True)
    factories.ProgrammeFactory(delivery_unit=shown, is_demo=True)
    officer = factories.MembershipFactory(organisation=shown, role="officer").user

    mixed = partial(
        give_role, person=alice, organisation=shown, role="reporter", by=officer, today=TODAY
    )
    reached = partial(
        give_role, person=alice, organisation=world.body, role="approver", by=officer, today=TODAY
    )

    assert [code_of(mixed), code_of(reached)] == [
        ("other_world", "organisation"), ("forbidden", None),
    ]  # fmt: skip


def test_give_role_to_a_closed_account_is_refused(alice, erin, world):
    User.objects.filter(pk=alice.pk).update(is_active=False)

    given = partial(
        give_role, person=alice, organisation=world.body, role="approver", by=erin, today=TODAY
    )

    assert code_of(given) == ("account_closed", None)


# Ending


def test_end_role_ends_today_and_is_kept_in_the_history(alice, erin):
    ended = end_role(membership=role_of(alice), by=erin, today=TODAY)

    assert (ended.ended_on, fresh(alice).roles) == (TODAY, frozenset())
    assert [row.history_type for row in ended.history.all()] == ["~", "+"]
    again = partial(end_role, membership=ended, by=erin, today=TODAY)
    assert code_of(again) == ("already_ended", None)


@pytest.mark.parametrize("who", ["alice", "bob", "dan_of_others"])
def test_end_role_is_for_who_may_give_it_and_never_ones_own(who, alice, bob, dan, request):
    if who == "dan_of_others":
        by, held = dan, role_of(bob)
    else:
        by, held = request.getfixturevalue(who), role_of(alice)

    assert code_of(partial(end_role, membership=held, by=by, today=TODAY)) == ("forbidden", None)


def test_end_role_waits_for_the_hand_over(alice, erin, world):
    charge = factories.AssignmentFactory(commitment=world.commitment, person=alice)

    with pytest.raises(HandOverFirst) as refused:
        end_role(membership=role_of(alice), by=erin, today=TODAY)
    assert refused.value.organisation == world.body

    charge.ended_at = NOW
    charge.save(update_fields=["ended_at"])
    assert end_role(membership=role_of(alice), by=erin, today=TODAY).ended_on == TODAY


def test_a_unit_keeps_its_last_administrator(carol, world):
    second = factories.MembershipFactory(organisation=world.unit, role="administrator").user
    end_role(membership=role_of(carol), by=second, today=TODAY)

    third = factories.MembershipFactory(role="administrator").user
    factories.ProgrammeFactory(delivery_unit=role_of(third).organisation)

    ended = partial(end_role, membership=role_of(second), by=third, today=TODAY)
    closed = partial(deactivate, person=second, by=third, now=NOW)
    assert [code_of(ended), code_of(closed)] == [("last_administrator", None)] * 2


def test_an_administrator_who_cannot_log_in_is_none(carol, world):
    factories.MembershipFactory(
        organisation=world.unit, role="administrator", user=factories.UserFactory(is_active=False)
    )
    other = factories.MembershipFactory(role="administrator").user
    factories.ProgrammeFactory(delivery_unit=role_of(other).organisation)

    ended = partial(end_role, membership=role_of(carol), by=other, today=TODAY)

    assert code_of(ended) == ("last_administrator", None)


# Closing


def test_deactivate_ends_sessions_and_calls_off_reminders(alice, carol, client, world):
    client.force_login(alice)
    session = UserSession.objects.create(
        user=alice, session_key=client.session.session_key, ip="192.0.2.1", user_agent="Test"
    )
    notice = factories.NoticeFactory(recipient=alice, commitment=world.commitment)
    other = factories.NoticeFactory(recipient=carol, commitment=world.commitment)

    closed = deactivate(person=alice, by=carol, now=NOW)

    assert (closed.is_active, UserSession.objects.filter(pk=session.pk).exists()) == (False, False)
    assert client.get("/en/staff/").status_code == 302
    notice.refresh_from_db()
    other.refresh_from_db()
    assert [(one.state, one.cancelled_because) for one in (notice, other)] == [
        ("cancelled", "left"), ("planned", ""),
    ]  # fmt: skip
    assert fresh(alice).roles == frozenset()
    assert code_of(partial(deactivate, person=alice, by=carol, now=NOW)) == ("closed_already", None)


def test_deactivate_waits_for_the_hand_over(alice, carol, world):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)

    assert code_of(partial(deactivate, person=alice, by=carol, now=NOW)) == ("owes_left", None)
    assert fresh(alice).is_active is True


@pytest.mark.parametrize("who", ["alice", "dan", "erin", "bob"])
def test_deactivate_is_for_administrators(who, alice, carol, request):
    by = request.getfixturevalue(who)

    for deed in (
        partial(deactivate, person=alice, by=by, now=NOW),
        partial(deactivate, person=carol, by=by, now=NOW),
        partial(reactivate, person=alice, by=by),
    ):
        assert code_of(deed) == ("forbidden", None)


def test_nobody_closes_their_own_account(carol, world):
    factories.MembershipFactory(organisation=world.unit, role="administrator")

    assert code_of(partial(deactivate, person=carol, by=carol, now=NOW)) == ("forbidden", None)


def test_reactivate_brings_the_roles_back(alice, carol, world):
    deactivate(person=alice, by=carol, now=NOW)

    reactivate(person=alice, by=carol)

    assert fresh(alice).roles == frozenset({(world.body.pk, "reporter")})
    assert code_of(partial(reactivate, person=alice, by=carol)) == ("open_already", None)
