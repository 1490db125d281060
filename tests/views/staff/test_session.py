"""Logging in and out, and that no staff page is for anybody else."""

from uuid import UUID

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.translation import override

from commitments.urls.staff import routes as staff
from tests import deeds, factories
from tests.views.staff.reading import errors

LOG_IN = "/en/staff/log-in/"
WORK = "/en/staff/"
PASSWORD = "a password of the test"


@pytest.fixture
def anna(db):
    user = factories.UserFactory(email="anna@example.org", full_name="Test Anna")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client, email="anna@example.org", password=PASSWORD, **more):
    return client.post(LOG_IN, {"username": email, "password": password} | more)


def is_in(client):
    return "_auth_user_id" in client.session


def test_log_in_leads_to_my_work(client, anna):
    answer = log_in(client)

    assert (answer.status_code, answer.url, is_in(client)) == (302, WORK, True)


def test_log_in_takes_the_address_in_any_letters(client, anna):
    log_in(client, email="ANNA@Example.ORG")

    assert is_in(client)


@pytest.mark.parametrize(
    ("wanted", "to"),
    [
        ("/vi/staff/commitments/a/updates/add/?corrects=1", None),
        ("https://elsewhere.example.org/", WORK),
        ("//elsewhere.example.org/", WORK),
        ("javascript:alert(1)", WORK),
        ("\\\\elsewhere.example.org", WORK),
    ],
)
def test_log_in_goes_on_to_pages_of_ours_only(wanted, to, client, anna):
    page = client.get(LOG_IN, {"next": wanted})
    answer = log_in(client, next=wanted)

    assert (answer.status_code, answer.url) == (302, to or wanted)
    assert page.context["next"] == (to or wanted)


WRONG = (
    "This e-mail address and password do not belong together. "
    "Check both; the password distinguishes capital and small letters."
)


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("anna@example.org", "wrong", [("", WRONG)]),
        ("nobody@example.org", PASSWORD, [("", WRONG)]),
        ("", "", [
            ("id_username", "Please enter your e-mail address."),
            ("id_password", "Please enter your password."),
        ]),
    ],
)  # fmt: skip
def test_log_in_says_what_is_wrong_and_keeps_the_address(email, password, said, client, anna):
    answer = log_in(client, email=email, password=password)

    assert (answer.status_code, errors(answer), is_in(client)) == (422, said, False)
    assert answer.context["form"]["username"].value() == email
    assert PASSWORD not in answer.text


def test_log_in_refuses_a_closed_account_like_a_wrong_password(client, anna):
    type(anna).objects.update(is_active=False)

    answer = log_in(client)

    assert (answer.status_code, errors(answer), is_in(client)) == (422, [("", WRONG)], False)


def test_log_in_of_who_is_in_already_goes_on(client, anna):
    client.force_login(anna)

    answer = client.get(LOG_IN, {"next": "/en/staff/reporting/"})

    assert (answer.status_code, answer.url) == (302, "/en/staff/reporting/")


def test_log_out_takes_a_button_not_a_link(client, anna):
    client.force_login(anna)

    followed = client.get("/en/staff/log-out/")
    stayed = is_in(client)
    pressed = client.post("/en/staff/log-out/")

    assert (followed.url, stayed) == (WORK, True)
    assert (pressed.url, is_in(client)) == ("/en/", False)


OPEN = ("log-in", "log-out", "invitation-accept")
"""Where somebody comes who is not logged in."""


def addresses(world, update, evidence, obligation, assignment):
    """The address of every staff page and deed; what is not named here need not exist."""
    keys = {
        "update": update.pk, "evidence": evidence.pk, "obligation": obligation.pk,
        "assignment": assignment.pk,
    }  # fmt: skip
    found = []
    for pattern in staff:
        values = {
            "slug": world.programme.slug if "reporting" in pattern.name else world.commitment.slug,
            "pk": keys.get(pattern.name.split("-")[0], 999),
        }
        names = pattern.pattern.converters
        kwargs = {name: values.get(name, PLAIN[type(names[name]).__name__]) for name in names}
        with override("en"):
            found.append((pattern.name, reverse(f"staff:{pattern.name}", kwargs=kwargs)))
    return [address for name, address in found if name not in OPEN]


PLAIN = {
    "IntConverter": 999,
    "SlugConverter": "person",
    "StringConverter": "test",
    "UUIDConverter": UUID(int=0),
}


@pytest.fixture
def doors(world, alice, dan, erin):
    update = deeds.published(alice, dan, erin, world.commitment, evidence=[deeds.PAGE])
    obligation = factories.ObligationFactory(commitment=world.commitment)
    assignment = factories.AssignmentFactory(commitment=world.commitment, person=alice)
    return addresses(world, update, update.evidence.get(), obligation, assignment)


def test_every_staff_page_asks_for_a_log_in_first(doors, client):
    """Some pages are only read, some only pressed; one way or the other each asks who it is."""
    before = counts()
    for address in doors:
        answers = [client.get(address), client.post(address)]

        told = {(answer.status_code, answer.get("Location")) for answer in answers}
        assert told - {(405, None)} == {(302, f"{LOG_IN}?next={address}")}, address
        assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}
    assert counts() == before


@pytest.mark.parametrize("who", ["alice", "dan", "erin", "bob", "carol"])
def test_no_answer_of_a_staff_page_may_be_kept_and_no_link_changes_anything(
    who, doors, client, request
):
    client.force_login(request.getfixturevalue(who))
    before = counts()
    for address in [*doors, "/en/staff/updates/999/", LOG_IN]:
        answer = client.get(address)

        assert (address, answer["Cache-Control"]) == (address, "private, no-store")
    assert counts() == before


def counts():
    """Every row of every table of ours."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("commitments").get_models()
    }
