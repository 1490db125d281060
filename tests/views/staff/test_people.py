"""Pages of people: who sees whom, what a row says, giving and ending roles, closing accounts."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import User
from commitments.reports import people
from tests import factories
from tests.factories.clock import NOW
from tests.views.staff.factors import log_in, with_app, with_password
from tests.views.staff.reading import errors, refusal, rows, told, words

pytestmark = pytest.mark.usefixtures("monday")

LIST = "/en/staff/people/"


def page(person, deed=""):
    return f"{LIST}{person.pk}/{deed}"


def listed(answer):
    return [person.full_name for person in answer.context["page"].object_list]


# The list


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("alice", ["Alice", "Dan"]),
        ("dan", ["Alice", "Dan"]),
        ("bob", ["Bob"]),
        ("erin", ["Alice", "Bob", "Carol", "Dan", "Erin"]),
        ("carol", ["Alice", "Bob", "Carol", "Dan", "Erin"]),
    ],
)
def test_list_shows_whom_one_may_see(who, seen, alice, bob, carol, dan, erin, as_, request):
    answer = as_(request.getfixturevalue(who)).get(LIST)

    assert (answer.status_code, listed(answer)) == (200, seen)


def test_list_is_for_who_has_a_role(as_, db):
    assert as_(factories.UserFactory()).get(LIST).status_code == 403


def test_people_of_demonstration_and_record_do_not_see_each_other(erin, alice, as_):
    shown = factories.OrganisationFactory(is_demo=True)
    factories.ProgrammeFactory(delivery_unit=shown, is_demo=True)
    actor = factories.MembershipFactory(
        organisation=shown, role="administrator", user__full_name="Test actor"
    ).user

    assert listed(as_(erin).get(LIST)) == ["Alice", "Erin"]
    assert listed(as_(actor).get(LIST)) == ["Test actor"]
    assert as_(actor).get(page(alice)).status_code == 404
    assert as_(erin).get(page(actor)).status_code == 404


def test_row_says_roles_log_in_factor_and_sessions_to_officers_only(alice, erin, dan, as_, client):
    log_in(client, with_app(alice))
    User.objects.filter(pk=alice.pk).update(last_login=NOW)

    told_officer = words(as_(erin).get(LIST + "?q=alice").text)
    told_approver = words(as_(dan).get(LIST + "?q=alice").text)

    assert (
        "Alice alice@example.org Reporter, Test lead Last log-in on 1 June 2026 "
        "With a second factor 0 sessions open"
    ) in told_officer
    assert "Alice alice@example.org Reporter, Test lead" in told_approver
    assert [
        one for one in ("Last log-in", "second factor", "sessions open") if one in told_approver
    ] == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=ALICE", ["Alice"]),
        ("q=dan@example", ["Dan"]),
        ("q=nguyen", ["Nguyễn Thử"]),
        ("q=nobody", []),
        ("role=officer", ["Erin"]),
        ("body=test-unit", ["Carol", "Erin"]),
        ("body=test-lead&role=approver", ["Dan"]),
        ("state=closed", ["Nguyễn Thử"]),
        ("state=without_factor&q=al", ["Alice"]),
        ("state=never&role=reporter", ["Alice"]),
        ("role=nonsense&state=nonsense&body=nonsense", ["Alice", "Carol", "Dan", "Erin", "Nguyễn Thử"]),
        ("page=999", ["Alice", "Carol", "Dan", "Erin", "Nguyễn Thử"]),
    ],
)  # fmt: skip
def test_list_narrows(asked, found, alice, carol, dan, erin, world, as_):
    factories.MembershipFactory(
        user=factories.UserFactory(full_name="Nguyễn Thử", is_active=False),
        organisation=world.body, role="senior_official",
    )  # fmt: skip

    assert listed(as_(erin).get(f"{LIST}?{asked}")) == found


def test_list_asks_as_much_for_many_as_for_one(erin, world, as_):
    browser = as_(erin)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(LIST)
        return len(asked)

    queries()
    one = queries()
    for _person in range(12):
        held = factories.MembershipFactory(organisation=world.body)
        factories.MembershipFactory(user=held.user, organisation=world.body, role="approver")
        factories.InvitationFactory(organisation=world.body, invited_by=erin)

    assert queries() == one


def test_list_is_paged(erin, world, as_):
    for _person in range(60):
        factories.MembershipFactory(organisation=world.body)

    first, second = as_(erin).get(LIST), as_(erin).get(f"{LIST}?page=2")

    assert [len(listed(answer)) for answer in (first, second)] == [50, 11]


def test_export_rows_tell_log_ins_to_officers_only(alice, dan, erin):
    asked = people.PeopleAsked(words="alice")

    (for_officer,) = people.export_rows(erin, asked)
    (for_approver,) = people.export_rows(dan, asked)

    assert for_approver == {
        "name": "Alice", "email": "alice@example.org", "body": "Test lead", "role": "reporter",
        "since": NOW.date(), "is_open": True,
    }  # fmt: skip
    assert for_officer == for_approver | {"last_login": None, "has_factor": False}


# One person


def test_person_shows_roles_and_charges(alice, erin, world, as_):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    factories.MembershipFactory(
        user=alice, organisation=world.body, role="approver", started_on="2026-01-05", ended_on="2026-03-01"
    )  # fmt: skip

    answer = as_(erin).get(page(alice))

    assert rows(answer, "roles") == [
        "Reporter, Test lead Since 1 June 2026 End the role : reporter, Test lead",
        "Approver, Test lead From 5 January 2026 to 1 March 2026",
    ]
    assert "Test commitment" in words(answer.text)


@pytest.mark.parametrize("who", ["bob", "alice"])
def test_person_is_seen_by_who_may_only(who, erin, as_, alice, request):
    assert as_(request.getfixturevalue(who)).get(page(erin)).status_code == 404


@pytest.mark.parametrize(
    ("who", "deeds"),
    [
        ("carol", ["End the role", "Give the role", "Close the account"]),
        ("erin", ["End the role", "Give the role"]),
        ("dan", ["End the role", "Give the role"]),
        ("alice", []),
    ],
)
def test_person_offers_what_one_may_do(who, deeds, alice, as_, request):
    told_ = words(as_(request.getfixturevalue(who)).get(page(alice)).text.split("<main")[1])

    assert [
        one for one in ("End the role", "Give the role", "Close the account") if one in told_
    ] == deeds


def test_giving_a_role(alice, erin, world, as_):
    answer = as_(erin).post(
        page(alice, "roles/add/"), {"organisation": world.body.pk, "role": "approver"}
    )

    assert (answer.status_code, answer.url) == (302, page(alice))
    assert alice.memberships.current().filter(role="approver").count() == 1


def test_giving_a_role_that_is_held_says_so_at_the_field(alice, erin, world, as_):
    answer = as_(erin).post(
        page(alice, "roles/add/"), {"organisation": world.body.pk, "role": "reporter"}
    )

    assert (answer.status_code, errors(answer)) == (
        422, [("id_role_0", "This person has the role already.")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "role", "status"),
    [("erin", "administrator", 422), ("dan", "approver", 422), ("alice", "reporter", 422)],
)
def test_giving_a_role_that_is_not_theirs_to_give(who, role, status, dan, world, as_, request):
    by = request.getfixturevalue(who)
    before = list(dan.memberships.values())

    answer = as_(by).post(page(dan, "roles/add/"), {"organisation": world.unit.pk, "role": role})

    assert answer.status_code == status
    assert list(dan.memberships.values()) == before


def end(browser, held):
    return browser.post(f"/en/staff/memberships/{held.pk}/end/")


def test_ending_a_role(alice, erin, as_):
    held = alice.memberships.get()

    answer = end(as_(erin), held)

    held.refresh_from_db()
    assert (told(answer), held.ended_on) == ([("success", "The role has ended.")], NOW.date())
    assert end(as_(erin), held).status_code == 409


def test_ending_a_role_with_charges_leads_to_the_hand_over(alice, erin, world, as_):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)

    answer = end(as_(erin), alice.memberships.get())

    assert answer.status_code == 409
    assert refusal(answer) == (
        "This was not done This person still has charges at Test lead. Hand them over first."
    )


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("bob", 404), ("dan", 403)])
def test_ending_a_role_is_for_who_may_give_it(who, status, dan, as_, request):
    by = request.getfixturevalue(who)
    held = dan.memberships.get()

    assert end(as_(by), held).status_code == status
    held.refresh_from_db()
    assert held.ended_on is None


# Closing an account


def test_closing_says_what_follows_first(alice, carol, as_):
    browser = as_(carol)

    looked = browser.get(page(alice, "deactivate/"))
    assert (looked.status_code, User.objects.get(pk=alice.pk).is_active) == (200, True)
    closed = browser.post(page(alice, "deactivate/"))

    assert told(closed) == [("success", "The account is closed and its sessions have ended.")]
    assert "This account is closed: nobody can log in with it." in words(
        browser.get(page(alice)).text
    )
    opened = browser.post(page(alice, "reactivate/"))
    assert told(opened) == [("success", "The account is open again.")]
    assert User.objects.get(pk=alice.pk).is_active is True


@pytest.mark.parametrize("deed", ["deactivate/", "factor-reset/"])
@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("dan", 403), ("erin", 403), ("bob", 404)])  # fmt: skip
def test_closing_and_resetting_are_for_administrators(deed, who, status, dan, as_, request):
    browser = as_(request.getfixturevalue(who))

    answers = [browser.get(page(dan, deed)), browser.post(page(dan, deed))]

    assert [answer.status_code for answer in answers] == [status] * 2
    assert User.objects.get(pk=dan.pk).is_active is True


def test_nobody_closes_their_own_account(carol, as_):
    assert as_(carol).post(page(carol, "deactivate/")).status_code == 403


def test_closing_the_last_administrator_is_refused(carol, world, as_):
    other = factories.MembershipFactory(role="administrator").user
    factories.ProgrammeFactory(delivery_unit=other.memberships.get().organisation)

    answer = as_(other).post(page(carol, "deactivate/"))

    assert answer.status_code == 409
    assert "This is the last administrator of the unit." in refusal(answer)


def test_closing_asks_who_it_is_some_time_after_log_in(alice, carol, client):
    log_in(client, with_password(carol))

    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        answers = [
            client.post(page(alice, deed))
            for deed in ("deactivate/", "reactivate/", "factor-reset/")
        ]

    assert [answer.url.split("?")[0] for answer in answers] == ["/en/staff/account/confirm/"] * 3
    assert User.objects.get(pk=alice.pk).is_active is True


def test_taking_a_factor_away(alice, carol, as_):
    with_app(alice)
    browser = as_(carol)
    assert "call back by a number you know" in browser.get(page(alice, "factor-reset/")).text

    answer = browser.post(page(alice, "factor-reset/"))

    assert told(answer) == [
        ("success", "The second factor is taken away. The person is told by mail.")
    ]
    assert alice.authenticator_set.count() == 0
    assert browser.post(page(alice, "factor-reset/")).status_code == 409
