"""Passwords, second factors, sessions, and the mails about them."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail

from commitments.errors import Forbidden, Invalid, WrongState
from commitments.models import AccountMail, User
from commitments.services import access
from tests import factories
from tests.deeds import later
from tests.factories.clock import NOW

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def mails():
    return [(one.to, one.subject) for one in mail.outbox]


def deliver_all(now=NOW):
    return [
        access.deliver_account_mail(pk, now=now) for pk in access.account_mails_to_send(now=now)
    ]


def session(person, key):
    return UserSession.objects.create(
        user=person, session_key=key, ip="192.0.2.1", user_agent="Test"
    )


# Links to a new password


def test_password_link_goes_to_the_account_only(alice):
    access.ask_password_link(email=" Alice@Example.org ", language="vi", now=NOW)
    access.ask_password_link(email="nobody@example.org", language="vi", now=NOW)
    assert AccountMail.objects.count() == 2

    assert deliver_all() == [True, False]
    assert mails() == [(["alice@example.org"], "A new password for Cam Kết")]
    assert "http://127.0.0.1:8000/en/staff/account/forgotten/" in mail.outbox[0].body
    assert [(one.email, one.sent_at) for one in AccountMail.objects.all()] == [
        ("alice@example.org", NOW)
    ]
    assert deliver_all(later(60)) == []


def test_password_link_of_a_closed_account_goes_nowhere(alice):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    access.ask_password_link(email=alice.email, language="en", now=NOW)

    assert (deliver_all(), mails(), AccountMail.objects.count()) == ([False], [], 0)


@pytest.mark.parametrize(("demo", "sent"), [(True, [True]), (False, [False])])
def test_password_link_of_demonstration_people_goes_out_in_demo_mode_only(demo, sent, db, settings):
    settings.DEMO = demo
    shown = factories.OrganisationFactory(is_demo=True)
    person = factories.MembershipFactory(organisation=shown).user
    access.ask_password_link(email=person.email, language="en", now=NOW)

    assert deliver_all() == sent


def test_account_mail_is_tried_again_and_leased(alice, settings):
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Unreachable"
    access.ask_password_link(email=alice.email, language="en", now=NOW)

    assert deliver_all() == [False]
    row = AccountMail.objects.get()
    assert (row.tries, row.next_try_at, row.sent_at) == (1, later(1), None)
    assert access.account_mails_to_send(now=NOW) == []
    for _try in range(20):
        deliver_all(NOW + timedelta(days=_try + 1))
    row.refresh_from_db()
    assert (row.next_try_at, row.tries) == (None, 8)


# Passwords and profile


def test_change_password_tells_the_person(alice):
    access.change_password(person=alice, password="quite another phrase", now=NOW)

    assert User.objects.get(pk=alice.pk).check_password("quite another phrase")
    deliver_all()
    assert mails() == [(["alice@example.org"], "Your password was changed")]


@pytest.mark.parametrize("password", ["elevenchars", "123456789012", "alice@example.org"])
def test_change_password_keeps_to_the_rules(password, alice):
    with pytest.raises(Invalid) as refused:
        access.change_password(person=alice, password=password, now=NOW)

    assert (refused.value.code, refused.value.field) == ("weak_password", "password")
    assert AccountMail.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, None),
        ({"digest_minute": 0}, None),
        ({"digest_minute": 23 * 60}, None),
        ({"digest_minute": 23 * 60 + 1}, ("minute_out_of_day", "digest_minute")),
        ({"full_name": " "}, ("name_missing", "full_name")),
    ],
)
def test_save_profile(said, expected, alice):
    said = {"full_name": "Test name", "language": "vi", "digest_minute": 420} | said
    if expected:
        with pytest.raises(Invalid) as refused:
            access.save_profile(person=alice, **said)
        assert (refused.value.code, refused.value.field) == expected
    else:
        saved = access.save_profile(person=alice, **said)
        assert {name: getattr(saved, name) for name in said} == said


# Second factor


@pytest.fixture
def guarded(alice):
    TOTP.activate(alice, SECRET)
    RecoveryCodes.activate(alice)
    return alice


def test_reset_factor_takes_all_of_it_and_ends_the_sessions(guarded, carol):
    session(guarded, "a" * 32)

    access.reset_factor(person=guarded, by=carol, now=NOW)

    assert Authenticator.objects.count() == 0
    assert UserSession.objects.count() == 0
    newest, before = guarded.history.all()[:2]
    assert (newest.factor_reset_at, before.factor_reset_at) == (NOW, None)
    deliver_all()
    assert mails() == [(["alice@example.org"], "Your second factor was taken away")]


@pytest.mark.parametrize("who", ["alice", "dan", "erin", "bob"])
def test_reset_factor_is_for_administrators(who, guarded, carol, request):
    with pytest.raises(Forbidden):
        access.reset_factor(person=guarded, by=request.getfixturevalue(who), now=NOW)

    assert Authenticator.objects.count() == 2


def test_nobody_resets_their_own_factor(carol):
    TOTP.activate(carol, SECRET)

    with pytest.raises(Forbidden):
        access.reset_factor(person=carol, by=carol, now=NOW)


def test_reset_factor_needs_one(alice, carol):
    with pytest.raises(WrongState) as refused:
        access.reset_factor(person=alice, by=carol, now=NOW)

    assert refused.value.code == "no_factor"


def test_an_administrator_of_the_demonstration_resets_nobody_of_the_record(guarded):
    shown = factories.OrganisationFactory(is_demo=True)
    factories.ProgrammeFactory(delivery_unit=shown, is_demo=True)
    other = factories.MembershipFactory(organisation=shown, role="administrator").user

    with pytest.raises(Forbidden):
        access.reset_factor(person=guarded, by=other, now=NOW)


# Sessions


def test_end_sessions_ends_ones_own_only(alice, dan):
    one, two = session(alice, "a" * 32), session(alice, "b" * 32)
    others = session(dan, "c" * 32)

    assert access.end_sessions(person=alice, only=others.pk) == 0
    assert access.end_sessions(person=alice, but_key=one.session_key) == 1
    assert set(UserSession.objects.all()) == {one, others}
    assert access.end_sessions(person=alice) == 1
    assert two.pk not in UserSession.objects.values_list("pk", flat=True)


def test_tidy_sessions_forgets_what_expired(alice):
    for key, ends in (("a" * 32, later(1)), ("b" * 32, later(-1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
        session(alice, key)

    access.tidy_sessions(now=NOW)

    assert [row.session_key for row in Session.objects.all()] == ["a" * 32]
    assert [row.session_key for row in UserSession.objects.all()] == ["a" * 32]
