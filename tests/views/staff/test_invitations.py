"""Pages of invitations: the form, sending again, and taking one by its link."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from commitments.models import Invitation, User
from commitments.services import invitations
from tests import factories
from tests.factories.clock import NOW
from tests.views.staff.factors import PASSWORD, is_in, log_in, with_app, with_password
from tests.views.staff.reading import errors, rows, told, words

pytestmark = pytest.mark.usefixtures("monday")

ADD = "/en/staff/invitations/add/"
LIST = "/en/staff/people/"


def typed(organisation, **changed):
    return {
        "email": "new@example.org", "full_name": "Test new", "organisation": organisation.pk,
        "role": "reporter", "language": "en",
    } | changed  # fmt: skip


def offer(by, organisation, **said):
    return invitations.invite(**{
        "email": "new@example.org", "full_name": "Test new", "organisation": organisation,
        "role": "reporter", "language": "en", "by": by, "now": NOW,
    } | said)  # fmt: skip


@pytest.fixture
def offered(erin, world):
    return offer(erin, world.body)


def link(invitation):
    return f"/en/staff/invitations/accept/{invitations.token_of(invitation)}/"


# Inviting


@pytest.mark.parametrize(
    ("who", "bodies", "roles"),
    [
        ("carol", ["Test delivery unit", "Test lead"], 7),
        ("erin", ["Test delivery unit", "Test lead"], 3),
        ("dan", ["Test lead"], 1),
    ],
)
def test_invitation_form_offers_what_is_theirs_to_give(who, bodies, roles, world, as_, request):
    form = as_(request.getfixturevalue(who)).get(ADD).context["form"]

    shown = [str(label) for _value, label in form.fields["organisation"].choices][1:]
    assert (sorted(shown), len(form.fields["role"].choices)) == (bodies, roles)


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_invitation_form_is_for_who_may_give_a_role(who, as_, world, request):
    browser = as_(request.getfixturevalue(who))

    assert [browser.get(ADD).status_code, browser.post(ADD, typed(world.body)).status_code] == [
        403, 403,
    ]  # fmt: skip
    assert Invitation.objects.count() == 0


def test_inviting_leads_to_the_list_with_the_invitation(erin, world, as_):
    browser = as_(erin)

    answer = browser.post(ADD, typed(world.body))

    assert (answer.status_code, answer.url) == (302, f"{LIST}#invitations")
    assert told(answer) == [
        ("success", "Test new is invited. The mail to new@example.org goes out within a minute.")
    ]
    assert rows(browser.get(LIST), "invitations") == [
        "Test new new@example.org Reporter, Test lead Invited by Erin on 1 June 2026 · good until "
        "8 June 2026 · the mail is about to go out Send again : Test new Withdraw : Test new"
    ]


def test_inviting_twice_by_a_double_click_makes_one(erin, world, as_):
    browser = as_(erin)

    answers = [browser.post(ADD, typed(world.body)) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 422]
    assert errors(answers[1]) == [
        (
            "id_email",
            "This address has a standing invitation to this role. Send that one again instead.",
        )
    ]
    assert answers[1].context["form"]["full_name"].value() == "Test new"
    assert Invitation.objects.count() == 1


def test_inviting_says_what_is_missing(erin, world, as_):
    answer = as_(erin).post(ADD, {"email": "nobody"})

    assert (answer.status_code, errors(answer)) == (
        422,
        [
            ("id_email", "This is not an e-mail address. It looks like name@example.org."),
            ("id_full_name", "Please enter the person's name."),
            ("id_organisation", "Please choose the body the person works for."),
            ("id_role_0", "Please choose a role."),
            ("id_language_0", "Please choose a language."),
        ],
    )


def test_an_officer_cannot_smuggle_an_administrator_in(erin, world, as_):
    answer = as_(erin).post(ADD, typed(world.unit, role="administrator"))

    assert (answer.status_code, Invitation.objects.count()) == (422, 0)


def test_an_approver_cannot_smuggle_somebody_into_another_body(dan, world, as_):
    answer = as_(dan).post(ADD, typed(world.unit))

    assert (answer.status_code, Invitation.objects.count()) == (422, 0)


def test_inviting_an_administrator_asks_who_it_is_some_time_after_log_in(carol, world, client):
    log_in(client, with_password(carol))
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        asked = client.post(ADD, typed(world.unit, role="administrator"))
        assert asked.status_code == 302
        assert asked.url.startswith("/en/staff/account/confirm/?next=")
        assert Invitation.objects.count() == 0

        client.post("/en/staff/account/confirm/", {"password": PASSWORD, "next": ADD})

        assert [one.role for one in Invitation.objects.all()] == ["administrator"]


def test_again_and_withdraw(offered, erin, as_):
    browser, old = as_(erin), link(offered)

    again = browser.post(f"/en/staff/invitations/{offered.pk}/again/")
    offered.refresh_from_db()
    new = link(offered)

    assert (again.status_code, again.url) == (302, f"{LIST}#invitations")
    assert "replaced by a newer one" in Client().get(old).text
    assert Client().get(new).status_code == 200
    browser.post(f"/en/staff/invitations/{offered.pk}/revoke/")
    assert "This invitation was withdrawn." in words(Client().get(new).text)


def test_again_for_oneself_is_refused_in_words(carol, erin, world, as_):
    offered = offer(carol, world.body, role="approver", email=erin.email)

    page = as_(erin).post(f"/en/staff/invitations/{offered.pk}/again/", follow=True)

    assert "Nobody gives themselves a role." in words(page.text)
    assert Invitation.objects.get().nonce == offered.nonce


@pytest.mark.parametrize("who", ["alice", "bob", "dan"])
@pytest.mark.parametrize("deed", ["again", "revoke"])
def test_again_and_withdraw_are_for_who_may_give_the_role(who, deed, erin, world, as_, request):
    offered = offer(erin, world.body, role="approver")

    answer = as_(request.getfixturevalue(who)).post(f"/en/staff/invitations/{offered.pk}/{deed}/")

    assert answer.status_code == 404
    assert Invitation.objects.standing().get().nonce == offered.nonce


# Taking


def accept(client, invitation, password=PASSWORD, again=PASSWORD, **more):
    said = {"full_name": "Test new", "password": password, "password2": again}
    return client.post(link(invitation), said | more)


def test_taking_makes_the_account_and_logs_in(offered, client):
    shown = client.get(link(offered))
    assert "Test lead Role Reporter Invited by Erin" in words(shown.text)

    answer = accept(client, offered, full_name="Test renamed")

    assert (answer.status_code, answer.url, is_in(client)) == (302, "/en/staff/", True)
    assert client.get("/en/staff/").status_code == 200
    assert User.objects.get(email="new@example.org").full_name == "Test renamed"


def test_a_new_officer_sets_up_the_second_factor_next(carol, world, client, settings):
    settings.SECOND_FACTOR_REQUIRED = True

    accept(client, offer(carol, world.unit, role="officer"))

    assert client.get("/en/staff/").url == "/en/staff/account/factors/"
    assert client.get("/en/staff/account/factors/app/add/").status_code == 200


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", [("id_password", "This password is too short. It must contain at least 12 characters.")]),
        (PASSWORD, "another", [("id_password2", "The two passwords are not the same. Type it twice.")]),
        ("", "", [("id_password", "Please enter a password."), ("id_password2", "Please enter a password.")]),
        ("new@example.org", "new@example.org", [("id_password", "The password is too similar to the e-mail address.")]),
    ],
)  # fmt: skip
def test_taking_asks_for_a_good_password(password, again, said, offered, client):
    answer = accept(client, offered, password, again)

    assert (answer.status_code, errors(answer), is_in(client)) == (422, said, False)
    assert Invitation.objects.standing().count() == 1


def test_taking_twice_makes_one_account(offered, client):
    accept(client, offered)

    second = accept(Client(), offered)

    assert (second.status_code, User.objects.filter(email="new@example.org").count()) == (410, 1)
    assert "This invitation was accepted already. You can log in." in words(second.text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"revoked_at": NOW}, "This invitation was withdrawn. Ask whoever invited you."),
        ({"expires_at": NOW, "invited_at": NOW - timedelta(days=7)}, "This invitation has expired. Ask whoever invited you to send it again."),
        ({"nonce": "other"}, "This link was replaced by a newer one. Use the link of the newest mail."),
    ],
)  # fmt: skip
def test_a_dead_link_says_why_and_nothing_of_anybody(change, said, offered, client):
    address = link(offered)
    Invitation.objects.update(**change)

    for answer in (client.get(address), client.post(address, {"password": PASSWORD})):
        assert (answer.status_code, said in words(answer.text)) == (410, True)
        assert [
            name for name in ("new@example.org", "Erin", "Test lead") if name in answer.text
        ] == []


@pytest.mark.parametrize("token", ["x", "1.abc~def", "999.a~b", "a" * 300])
def test_a_forged_link_says_that_it_is_none(token, offered, client):
    answer = client.get(f"/en/staff/invitations/accept/{token}/")

    assert (answer.status_code, "This link is not one of ours" in answer.text) == (410, True)


def test_a_link_for_somebody_else_is_refused(offered, bob, as_):
    browser = as_(bob)

    answers = [browser.get(link(offered)), accept(browser, offered)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "This invitation is for another address" in words(answers[0].text)
    assert "new@example.org" not in answers[0].text
    assert bob.memberships.count() == 1
    assert not User.objects.filter(email="new@example.org").exists()


def test_whoever_has_an_account_logs_in_first_with_the_factor_they_have(bob, erin, world, client):
    """The link in a stolen mail sets no password and skips no factor."""
    with_app(bob)
    offered = offer(erin, world.body, email=bob.email)

    asked = client.get(link(offered))
    posted = accept(client, offered)

    assert (asked.status_code, posted.status_code) == (200, 403)
    assert f"/en/staff/log-in/?next={link(offered).replace('~', '~')}" in asked.text
    assert not is_in(client)
    assert User.objects.get(pk=bob.pk).check_password(PASSWORD)
    assert bob.memberships.count() == 1


def test_whoever_is_logged_in_takes_the_role_by_a_button(bob, erin, world, as_):
    offered, browser = offer(erin, world.body, email=bob.email), as_(bob)

    looked = browser.get(link(offered))
    assert (looked.status_code, bob.memberships.count()) == (200, 1)
    taken = browser.post(link(offered))

    assert (taken.status_code, taken.url) == (302, "/en/staff/")
    assert told(taken) == [("success", "Welcome. The role is yours from now on.")]
    assert bob.memberships.filter(organisation=world.body).count() == 1


def test_an_unknown_body_of_an_invitation_is_refused(erin, world, as_):
    gone = factories.OrganisationFactory()
    sent = typed(gone)
    gone.delete()

    answer = as_(erin).post(ADD, sent)

    assert [field for field, _text in errors(answer)] == ["id_organisation"]
