"""Too many attempts: refused in words, per address and per caller, and nobody is found out."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from commitments.models import AccountMail, User
from tests import factories
from tests.factories.clock import NOW
from tests.views.staff.factors import LOG_IN, PASSWORD, is_in, log_in, with_password
from tests.views.staff.reading import errors, words

pytestmark = pytest.mark.usefixtures("monday")

FORGOTTEN = "/en/staff/account/forgotten/"
TOO_MANY = [("", "There were too many attempts. Please wait some minutes and try again.")]


@pytest.fixture
def anna(db):
    return with_password(factories.UserFactory(email="anna@example.org"))


def tries(client, person, number, **more):
    return [log_in(client, person, password=f"wrong {one}", **more) for one in range(number)]


def test_an_address_takes_five_wrong_passwords_in_five_minutes(anna, client):
    answers = tries(client, anna, 6)
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert (errors(answers[-1]), answers[-1]["Retry-After"]) == (TOO_MANY, "301")

    right = log_in(client, anna)
    assert (right.status_code, is_in(client)) == (429, False)

    with time_machine.travel(NOW + timedelta(minutes=5, seconds=1), tick=False):
        assert log_in(client, anna).status_code == 302
    assert is_in(client)


def test_an_address_is_one_however_it_is_written(anna, client):
    tries(client, anna, 5)
    anna.email = " ANNA@Example.ORG "

    assert log_in(client, anna).status_code == 429


def test_an_unknown_address_is_slowed_down_just_so(db, client):
    """Else the limit would tell which addresses have an account."""
    nobody = factories.UserFactory.build(email="nobody@example.org")

    answers = tries(client, nobody, 6)

    assert [(answer.status_code, errors(answer)) for answer in answers[5:]] == [(429, TOO_MANY)]


def test_right_passwords_do_not_count(anna, client):
    for _time in range(8):
        assert log_in(client, anna).status_code == 302
        client.post("/en/staff/log-out/")


def test_a_caller_takes_ten_wrong_passwords_a_minute_over_all_addresses(db, client):
    people = [factories.UserFactory.build(email=f"p{one}@example.org") for one in range(11)]

    answers = [tries(client, person, 1)[0] for person in people]

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    other = log_in(client, people[0], password="wrong")
    assert other.status_code == 429


def test_another_caller_is_not_slowed_down_by_it(db, client):
    people = [factories.UserFactory.build(email=f"p{one}@example.org") for one in range(12)]
    for person in people[:11]:
        tries(client, person, 1)

    answer = client.post(
        LOG_IN, {"username": people[11].email, "password": "wrong"}, REMOTE_ADDR="192.0.2.7"
    )

    assert answer.status_code == 422


def test_a_caller_cannot_name_other_addresses_of_itself(db, client):
    """X-Forwarded-For is nothing where no proxy is trusted."""
    people = [factories.UserFactory.build(email=f"p{one}@example.org") for one in range(11)]

    answers = [
        client.post(
            LOG_IN,
            {"username": person.email, "password": "wrong"},
            HTTP_X_FORWARDED_FOR=f"192.0.2.{number}",
        )
        for number, person in enumerate(people)
    ]

    assert answers[-1].status_code == 429


def test_behind_a_proxy_the_caller_is_who_the_proxy_names(db, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    people = [factories.UserFactory.build(email=f"p{one}@example.org") for one in range(12)]

    def attempt(person, forwarded):
        said = {"username": person.email, "password": "wrong"}
        return client.post(LOG_IN, said, HTTP_X_FORWARDED_FOR=forwarded).status_code

    same = [
        attempt(person, f"198.51.100.{number}, 192.0.2.1")
        for number, person in enumerate(people[:11])
    ]

    assert same == [422] * 10 + [429]
    assert attempt(people[11], "192.0.2.1, 192.0.2.2") == 422


def test_who_comes_round_the_proxies_is_turned_away(db, client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    answer = client.post(
        LOG_IN, {"username": "a@example.org", "password": "wrong"}, HTTP_X_FORWARDED_FOR="192.0.2.1"
    )

    assert answer.status_code == 403


# A new password


def ask(client, email):
    return client.post(FORGOTTEN, {"email": email})


def test_forgotten_answers_everybody_alike(anna, client):
    known, unknown = ask(client, anna.email), ask(client, "nobody@example.org")

    assert [(one.status_code, one.url) for one in (known, unknown)] == [
        (302, f"{FORGOTTEN}sent/")
    ] * 2
    assert AccountMail.objects.count() == 2
    assert "If the address has an account" in words(client.get(known.url).text)


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Please enter your e-mail address."),
        ("nobody", "This is not an e-mail address. It looks like name@example.org."),
    ],
)
def test_forgotten_says_what_is_no_address(email, said, client, db):
    answer = ask(client, email)

    assert (answer.status_code, errors(answer)) == (422, [("id_email", said)])


def test_forgotten_sends_no_flood_to_one_address(anna, client):
    answers = [ask(client, anna.email) for _time in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert AccountMail.objects.count() == 5
    assert "Please wait 2 minutes and try again." in words(answers[-1].text)
    assert answers[-1]["Retry-After"] == "61"


def test_settings_let_real_installations_not_do_without_the_factor(monkeypatch):
    """The check of tracker/settings.py, asked of a settings file read afresh."""
    import os
    import subprocess
    import sys

    said = subprocess.run(
        [sys.executable, "-c", "import tracker.settings"],
        env=os.environ | {"SECOND_FACTOR_REQUIRED": "0", "DEMO": "0", "SECRET_KEY": "test"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ImproperlyConfigured.__name__ in said.stderr
    assert "SECOND_FACTOR_REQUIRED=0 is for demonstrations" in said.stderr


def test_passwords_are_not_kept_in_the_clear(anna):
    assert PASSWORD not in User.objects.get(pk=anna.pk).password
