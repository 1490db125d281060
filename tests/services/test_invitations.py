"""Invitations: offered once, taken once, by nobody else, and good for nothing afterwards."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core import mail

from commitments.errors import Forbidden, Invalid, Refusals, WrongState
from commitments.models import Invitation, Membership, User
from commitments.services.invitation_mails import (
    deliver_invitation,
    invitations_to_send,
    message_name,
)
from commitments.services.invitations import (
    DeadLink,
    accept_invitation,
    find_invitation,
    invite,
    invite_again,
    revoke_invitation,
    token_of,
)
from tests import factories
from tests.deeds import later
from tests.factories.clock import NOW, TODAY
from tests.services.notices.backends import Choosy

PASSWORD = "a password of the test"
WEEK = timedelta(days=7)


def offer(by, organisation, **said):
    return invite(**{
        "email": "new@example.org", "full_name": "Test new", "organisation": organisation,
        "role": "reporter", "language": "en", "by": by, "now": NOW,
    } | said)  # fmt: skip


@pytest.fixture
def offered(erin, world):
    return offer(erin, world.body)


def code_of(deed):
    with pytest.raises((Forbidden, Invalid, WrongState, DeadLink)) as refused:
        deed()
    return refused.value.code, refused.value.field


# Offering


def test_invite_makes_one_row_that_the_beat_finds(erin, world):
    made = offer(erin, world.body, email=" New@Example.ORG ", full_name=" Test new ")

    assert (made.email, made.full_name, made.role, made.language) == (
        "new@example.org", "Test new", "reporter", "en",
    )  # fmt: skip
    assert (made.invited_by, made.invited_at, made.expires_at) == (erin, NOW, NOW + WEEK)
    assert len(made.nonce) == 32
    assert invitations_to_send(now=NOW) == [made.pk]


@pytest.mark.parametrize(
    ("who", "where", "role", "may"),
    [
        ("carol", "unit", "administrator", True),
        ("carol", "unit", "officer", True),
        ("carol", "body", "reporter", True),
        ("carol", "body", "officer", False),
        ("erin", "body", "senior_official", True),
        ("erin", "body", "approver", True),
        ("erin", "unit", "officer", False),
        ("erin", "unit", "administrator", False),
        ("dan", "body", "reporter", True),
        ("dan", "body", "approver", False),
        ("dan", "unit", "reporter", False),
        ("alice", "body", "reporter", False),
        ("bob", "body", "reporter", False),
    ],
)
def test_invite_is_for_who_may_give_the_role(who, where, role, may, world, request):
    by = request.getfixturevalue(who)
    organisation = getattr(world, where)

    if may:
        assert offer(by, organisation, role=role).role == role
    else:
        assert code_of(partial(offer, by, organisation, role=role)) == ("forbidden", None)
        assert Invitation.objects.count() == 0


@pytest.mark.parametrize("address", ["", "nobody", "a@", "a b@example.org", "a@example"])
def test_invite_refuses_what_is_no_address(address, erin, world):
    assert code_of(partial(offer, erin, world.body, email=address)) == ("bad_address", "email")


def test_invite_refuses_a_name_of_blanks(erin, world):
    assert code_of(partial(offer, erin, world.body, full_name="  ")) == (
        "name_missing", "full_name",
    )  # fmt: skip


def test_invite_twice_is_refused_at_the_address(offered, erin, world):
    again = partial(offer, erin, world.body, email="NEW@example.org")

    assert code_of(again) == ("invited_already", "email")
    assert Invitation.objects.count() == 1


def test_invite_to_another_role_or_body_is_another_offer(offered, erin, world):
    other = factories.OrganisationFactory()

    offer(erin, world.body, role="approver")
    offer(erin, other)

    assert Invitation.objects.standing().count() == 3


def test_invite_after_expiry_withdraws_the_old_offer(offered, erin, world):
    later_on = NOW + WEEK

    new = offer(erin, world.body, now=later_on)

    offered.refresh_from_db()
    assert (offered.revoked_at, list(Invitation.objects.standing())) == (later_on, [new])


def test_invite_refuses_who_has_the_role(alice, erin, world):
    given = partial(offer, erin, world.body, email="Alice@example.org")

    assert code_of(given) == ("has_role", "email")


def test_invite_refuses_a_merged_body(erin, world):
    gone = factories.OrganisationFactory(
        merged_into=world.body,
        merged="2026-06-01",
        merged_earliest=TODAY,
        merged_latest=TODAY,
    )

    assert code_of(partial(offer, erin, gone)) == ("body_merged", "organisation")


def test_invite_keeps_demonstration_and_record_apart(erin, world):
    shown = factories.OrganisationFactory(is_demo=True)
    actor = factories.MembershipFactory(organisation=shown).user

    asked = partial(offer, erin, world.body, email=actor.email)

    assert code_of(asked) == ("other_world", "email")
    assert code_of(partial(offer, erin, shown)) == ("forbidden", None)


@pytest.mark.parametrize(
    ("who", "where", "role"),
    [("carol", "unit", "officer"), ("erin", "body", "approver"), ("dan", "body", "reporter")],
)
def test_nobody_gives_themselves_a_role_by_an_invitation(who, where, role, world, request):
    by = request.getfixturevalue(who)
    asked = partial(offer, by, getattr(world, where), role=role, email=by.email.upper())

    assert code_of(asked) == ("own_role", None)


def test_nobody_sends_their_own_invitation_again(carol, erin, world):
    offered = offer(carol, world.body, role="approver", email=erin.email)

    assert code_of(partial(invite_again, invitation=offered, by=erin, now=NOW)) == (
        "own_role", None,
    )  # fmt: skip


# Sending again, withdrawing


def test_invite_again_makes_the_old_link_void(offered, erin):
    old = token_of(offered)
    Invitation.objects.update(sent_at=NOW, tries=3, last_error="Test")

    new = invite_again(invitation=offered, by=erin, now=later(5))

    assert (new.sent_at, new.tries, new.last_error, new.expires_at) == (
        None, 0, "", later(5) + WEEK,
    )  # fmt: skip
    assert code_of(partial(find_invitation, old, now=later(6))) == ("replaced", None)
    assert find_invitation(token_of(new), now=later(6)) == new


def test_invite_again_stands_for_who_lost_the_right_to(offered, erin, carol):
    Membership.objects.filter(user=erin).update(ended_on=TODAY)

    new = invite_again(invitation=offered, by=carol, now=NOW)

    assert find_invitation(token_of(new), now=NOW).invited_by == carol


def test_revoke_makes_the_link_void(offered, erin):
    revoke_invitation(invitation=offered, by=erin, now=NOW)

    assert code_of(partial(find_invitation, token_of(offered), now=NOW)) == ("revoked", None)
    for deed in (revoke_invitation, invite_again):
        repeated = partial(deed, invitation=offered, by=erin, now=NOW)
        assert code_of(repeated) == ("not_standing", None)


@pytest.mark.parametrize("deed", [revoke_invitation, invite_again])
@pytest.mark.parametrize("who", ["alice", "bob"])
def test_again_and_revoke_are_for_who_may_give_the_role(deed, who, offered, request):
    by = request.getfixturevalue(who)

    assert code_of(partial(deed, invitation=offered, by=by, now=NOW)) == ("forbidden", None)


# Taking


def test_accept_makes_an_account_with_the_role_from_today(offered):
    taken = accept_invitation(
        token=token_of(offered), password=PASSWORD, full_name="Test renamed", now=NOW
    )

    person = taken.user
    assert (person.email, person.full_name, person.language) == (
        "new@example.org", "Test renamed", "en",
    )  # fmt: skip
    assert person.check_password(PASSWORD)
    assert (taken.role, taken.started_on, taken.ended_on) == ("reporter", TODAY, None)
    offered.refresh_from_db()
    assert (offered.accepted_by, offered.accepted_at) == (person, NOW)


def test_accept_adds_the_role_to_the_account_that_is_there(bob, erin, world):
    offered = offer(erin, world.body, email=bob.email)

    taken = accept_invitation(token=token_of(offered), person=bob, now=NOW)

    assert (taken.user, User.objects.filter(email__iexact=bob.email).count()) == (bob, 1)
    assert bob.memberships.current().count() == 2


def test_accept_twice_makes_one_account(offered):
    token = token_of(offered)
    accept_invitation(token=token, password=PASSWORD, now=NOW)

    assert code_of(partial(accept_invitation, token=token, password=PASSWORD, now=NOW)) == (
        "taken", None,
    )  # fmt: skip
    assert Membership.objects.filter(user__email="new@example.org").count() == 1


def test_accept_is_for_nobody_else(bob, offered):
    """The link of somebody else gives no role to who is logged in."""
    token = token_of(offered)

    assert code_of(partial(accept_invitation, token=token, person=bob, now=NOW)) == (
        "other_address", None,
    )  # fmt: skip
    assert bob.memberships.count() == 1


def test_accept_for_a_known_address_asks_for_its_log_in(bob, alice, erin, world):
    """Whoever reads the mail sets no new password of an account that exists."""
    token = token_of(offer(erin, world.body, email=bob.email))

    unknown = partial(accept_invitation, token=token, password=PASSWORD, now=NOW)
    other = partial(accept_invitation, token=token, person=alice, now=NOW)

    assert [code_of(unknown), code_of(other)] == [("log_in_first", None), ("other_address", None)]
    bob.refresh_from_db()
    assert not bob.check_password(PASSWORD)


def test_accept_by_a_closed_account_is_refused(bob, erin, world):
    token = token_of(offer(erin, world.body, email=bob.email))
    User.objects.filter(pk=bob.pk).update(is_active=False)

    assert code_of(partial(accept_invitation, token=token, person=bob, now=NOW)) == ("closed", None)


@pytest.mark.parametrize(
    "password", ["short", "123456789012345", "password1234", "new@example.org"]
)
def test_accept_asks_for_a_good_password(password, offered):
    with pytest.raises((Invalid, Refusals)) as refused:
        accept_invitation(token=token_of(offered), password=password, now=NOW)

    assert {(one.code, one.field) for one in refused.value.refusals} == {
        ("weak_password", "password")
    }
    assert not User.objects.filter(email="new@example.org").exists()


def test_link_is_good_for_seven_days(offered):
    token = token_of(offered)

    assert find_invitation(token, now=NOW + WEEK - timedelta(seconds=1)) == offered
    assert code_of(partial(find_invitation, token, now=NOW + WEEK)) == ("expired", None)


def test_link_that_was_tampered_with_tells_nothing(offered):
    token = token_of(offered)
    pk, rest = token.split(".", 1)
    forged = [
        "", "test", token[:-1], token + "x", f"{int(pk) + 1}.{rest}", f"{pk}.x{rest}",
        token.replace("~", "~~"), "1.2~3",
    ]  # fmt: skip

    found = {code_of(partial(find_invitation, one, now=NOW)) for one in forged}

    assert found == {("forged", None)}


def test_link_dies_with_the_right_of_who_gave_it(carol, world):
    """Whoever was dismissed leaves no door open behind them."""
    offered = offer(carol, world.unit, role="administrator")
    User.objects.filter(pk=carol.pk).update(is_active=False)

    assert code_of(partial(find_invitation, token_of(offered), now=NOW)) == ("lost_right", None)


# The mail


def test_deliver_sends_once_in_the_language_of_the_person(offered):
    Invitation.objects.update(language="vi")

    assert deliver_invitation(offered.pk, now=NOW) is True
    assert deliver_invitation(offered.pk, now=later(30)) is False
    assert [
        (one.to, one.reply_to, one.extra_headers["Content-Language"]) for one in mail.outbox
    ] == [(["new@example.org"], ["erin@example.org"], "vi")]
    assert f"/vi/staff/invitations/accept/{token_of(offered)}/" in mail.outbox[0].body
    assert invitations_to_send(now=later(30)) == []


def test_deliver_tries_again_with_the_same_message_id(offered, settings):
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Choosy"
    Choosy.refused.add("new@example.org")
    try:
        assert deliver_invitation(offered.pk, now=NOW) is False
    finally:
        Choosy.refused.clear()
    offered.refresh_from_db()
    assert (offered.tries, offered.next_try_at, bool(offered.last_error)) == (1, later(1), True)

    assert deliver_invitation(offered.pk, now=later(1)) is True
    offered.refresh_from_db()
    name = message_name(offered)
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{name}@127.0.0.1>"
    assert (offered.sent_at, offered.last_error) == (later(1), "")


def test_deliver_leases(offered):
    """A sender that died half-way is followed by another, once its lease ran out."""
    Invitation.objects.update(tries=1, next_try_at=later(10))

    assert invitations_to_send(now=later(9)) == []
    assert invitations_to_send(now=later(10)) == [offered.pk]


@pytest.mark.parametrize("columns", [{"revoked_at": NOW}, {"expires_at": later(1)}])
def test_deliver_sends_nothing_that_leads_nowhere(columns, offered):
    Invitation.objects.update(**columns)

    with time_machine.travel(NOW, tick=False):
        assert deliver_invitation(offered.pk, now=later(2)) is False
    assert mail.outbox == []
