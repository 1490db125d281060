"""One's own account: profile, password, sessions, and how long a session lasts."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from commitments.models import AccountMail, User
from commitments.services import access
from tests import factories
from tests.factories.clock import NOW
from tests.views.staff.factors import LOG_IN, PASSWORD, is_in, log_in, with_password
from tests.views.staff.reading import errors, rows, told, words

pytestmark = pytest.mark.usefixtures("monday")

ACCOUNT = "/en/staff/account/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def anna(db):
    return with_password(factories.UserFactory(email="anna@example.org", full_name="Test Anna"))


def fresh(person):
    return User.objects.get(pk=person.pk)


# Profile


def test_account_saves_name_language_and_time_of_mail(anna, as_):
    said = {"full_name": "Test renamed", "language": "vi", "digest_minute": "420"}

    answer = as_(anna).post(ACCOUNT, said)

    assert (answer.status_code, answer.url, told(answer)) == (302, ACCOUNT, [("success", "Saved.")])
    saved = fresh(anna)
    assert (saved.full_name, saved.language, saved.digest_minute) == ("Test renamed", "vi", 420)


def test_account_offers_the_hours_from_midnight_to_eleven_at_night(anna, as_):
    choices = as_(anna).get(ACCOUNT).context["form"].fields["digest_minute"].choices

    shown = [label for _minute, label in choices]
    assert (shown[0], shown[17], shown[-1], len(shown)) == ("00:00", "08:30", "23:00", 47)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"full_name": " "}, ("id_full_name", "Please enter your name.")),
        ({"digest_minute": "1410"}, ("id_digest_minute", "Select a valid choice. 1410 is not one of the available choices.")),
        ({"language": "fr"}, ("id_language_0", "Select a valid choice. fr is not one of the available choices.")),
    ],
)  # fmt: skip
def test_account_says_what_is_wrong_and_keeps_what_was_typed(changed, said, anna, as_):
    typed = {"full_name": "Test typed", "language": "vi", "digest_minute": "420"} | changed

    answer = as_(anna).post(ACCOUNT, typed)

    assert (answer.status_code, errors(answer)) == (422, [said])
    assert fresh(anna).full_name == "Test Anna"


def test_account_changes_nobody_else(anna, alice, as_):
    """Whose account it is comes from the session alone."""
    as_(anna).post(
        f"{ACCOUNT}?pk={alice.pk}",
        {"pk": alice.pk, "email": "x@example.org", "is_staff": "1", "is_superuser": "1",
         "full_name": "Test Anna", "language": "en", "digest_minute": "510"},
    )  # fmt: skip

    saved = fresh(anna)
    assert (saved.email, saved.is_staff, saved.is_superuser) == ("anna@example.org", False, False)
    assert fresh(alice).full_name == "Alice"


# Password


CHANGE = "/en/staff/account/password/"


def change(client, old=PASSWORD, new="quite another phrase", again="quite another phrase"):
    return client.post(
        CHANGE, {"oldpassword": old, "password1": new, "password2": again, "next": ACCOUNT}
    )


def test_change_of_password_keeps_this_session_and_ends_the_others(anna, client):
    other = Client()
    log_in(client, anna)
    log_in(other, anna)

    answer = change(client)

    assert (answer.status_code, answer.url) == (302, ACCOUNT)
    assert [one.get(ACCOUNT).status_code for one in (client, other)] == [200, 302]
    assert fresh(anna).check_password("quite another phrase")
    assert AccountMail.objects.get().kind == "password_changed"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"old": "wrong"}, ("id_oldpassword", "This is not your present password.")),
        ({"again": "something else"}, ("id_password2", "The two passwords are not the same. Type it twice.")),
        ({"new": "elevenchars", "again": "elevenchars"}, ("id_password1", "This password is too short. It must contain at least 12 characters.")),
    ],
)  # fmt: skip
def test_change_of_password_says_what_is_wrong(typed, said, anna, client):
    log_in(client, anna)

    answer = change(client, **typed)

    assert (answer.status_code, errors(answer)) == (422, [said])
    assert fresh(anna).check_password(PASSWORD)


def reset_link(person):
    link = access.password_link(person)
    return link.removeprefix("http://127.0.0.1:8000")


def choose(client, address, password="quite another phrase"):
    return client.post(address, {"password1": password, "password2": password})


def test_a_link_sets_a_new_password_once(anna, client):
    link = reset_link(anna)
    opened = client.get(link, follow=True)
    form = opened.redirect_chain[-1][0]
    assert link not in opened.text

    set_ = choose(client, form)

    assert (set_.status_code, set_.url) == (302, "/en/staff/account/forgotten/done/")
    assert fresh(anna).check_password("quite another phrase")
    assert not is_in(client)
    again = Client().get(link)
    assert (again.status_code, "This link is no good" in again.text) == (200, True)


def test_a_link_ends_every_session(anna, client):
    log_in(client, anna)
    other = Client()

    form = other.get(reset_link(fresh(anna)), follow=True).redirect_chain[-1][0]
    choose(other, form)

    assert client.get(ACCOUNT).status_code == 302


def test_a_link_gets_old(anna, client):
    link = reset_link(anna)

    with time_machine.travel(NOW + timedelta(hours=2, minutes=1), tick=False):
        assert "This link is no good" in client.get(link).text


def test_a_link_of_another_is_no_link_of_ours(anna, alice, client):
    own, other = reset_link(anna), reset_link(alice)
    swapped = own.rsplit("/", 2)[0] + "/" + other.split("/")[-2].split("-")[0] + "-" + own.split("/")[-2].split("-", 1)[1] + "/"  # fmt: skip

    assert "This link is no good" in client.get(swapped).text


def test_a_link_keeps_to_the_rules_of_passwords(anna, client):
    form = client.get(reset_link(anna), follow=True).redirect_chain[-1][0]

    answer = choose(client, form, "123456789012345")

    assert answer.status_code == 422
    assert errors(answer) == [("id_password1", "This password is entirely numeric.")]


# Sessions


def test_sessions_are_listed_with_device_and_place_and_can_be_ended(anna, client):
    other = Client(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="192.0.2.9")
    log_in(client, anna)
    log_in(other, anna)

    page = client.get(ACCOUNT)
    shown = [row.split(" End all others")[0] for row in rows(page, "sessions")]
    assert shown == [
        "a device that does not say · this one From 127.0.0.1, since 1 June 2026, last seen on 1 June 2026 at 09:00 Log out : a device that does not say",
        "Firefox, Windows From 192.0.2.9, since 1 June 2026, last seen on 1 June 2026 at 09:00 End : Firefox, Windows",
    ]  # fmt: skip
    theirs = UserSession.objects.get(ip="192.0.2.9")

    answer = client.post(f"{ACCOUNT}sessions/{theirs.pk}/end/")

    assert (answer.status_code, told(answer)) == (302, [("success", "The session has ended.")])
    assert [one.get(ACCOUNT).status_code for one in (client, other)] == [200, 302]


def test_all_other_sessions_end_at_once(anna, client):
    others = [Client(), Client()]
    for one in [client, *others]:
        log_in(one, anna)

    answer = client.post(f"{ACCOUNT}sessions/end-others/")

    assert told(answer) == [("success", "2 sessions have ended.")]
    assert [one.get(ACCOUNT).status_code for one in [client, *others]] == [200, 302, 302]


def test_nobody_ends_the_session_of_another(anna, alice, client):
    other = Client()
    log_in(other, with_password(alice))
    log_in(client, anna)

    answer = client.post(f"{ACCOUNT}sessions/{UserSession.objects.get(user=alice).pk}/end/")

    assert answer.status_code == 404
    assert other.get(ACCOUNT).status_code == 200


def test_ending_this_session_logs_out(anna, client):
    log_in(client, anna)

    answer = client.post(f"{ACCOUNT}sessions/{UserSession.objects.get().pk}/end/")

    assert (answer.url, is_in(client)) == ("/en/", False)


def test_log_in_takes_another_session_than_before(anna, client):
    """A session that somebody planted in the browser is worth nothing afterwards."""
    client.get(LOG_IN)
    session = client.session
    session["planted"] = "test"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted

    log_in(client, anna)

    assert client.session.session_key != planted
    other = Client()
    other.cookies["sessionid"] = planted
    assert other.get(ACCOUNT).status_code == 302


def at(moment):
    return time_machine.travel(moment, tick=False)


def test_a_session_ends_when_it_was_not_used_for_twelve_hours(anna, client):
    log_in(client, anna)

    with at(NOW + timedelta(hours=11, minutes=59)):
        assert client.get(ACCOUNT).status_code == 200
    with at(NOW + timedelta(hours=23)):
        assert client.get(ACCOUNT).status_code == 200
    with at(NOW + timedelta(hours=36)):
        assert client.get(ACCOUNT).status_code == 302


def test_a_session_ends_after_two_weeks_however_busy(anna, client):
    log_in(client, anna)
    moment = NOW
    while (moment := moment + timedelta(hours=10)) < NOW + timedelta(days=14):
        with at(moment):
            assert client.get(ACCOUNT).status_code == 200
    with at(NOW + timedelta(days=14)):
        answer = client.get(ACCOUNT)

    assert answer.status_code == 302
    assert told(answer) == [("info", "You logged in long ago. Please log in again.")]


def test_being_seen_is_noted_every_five_minutes_only(anna, client, django_assert_num_queries):
    log_in(client, anna)
    client.get(ACCOUNT)
    for minutes, seen in ((4, 0), (6, 6), (10, 6), (12, 12)):
        with at(NOW + timedelta(minutes=minutes)):
            client.get(ACCOUNT)
        noted = UserSession.objects.get().last_seen_at
        assert noted == NOW + timedelta(minutes=seen)


@pytest.mark.parametrize("https", [True, False])
def test_the_cookie_is_for_our_pages_alone(https, anna, client, settings):
    settings.SESSION_COOKIE_SECURE = https

    log_in(client, anna)

    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", https)
    assert cookie["max-age"] == 12 * 60 * 60


def test_open_sign_up_has_no_page(client, db):
    paths = ("signup/", "account/signup/", "account/email/", "account/social/connections/")

    assert [client.get(f"/en/staff/{path}").status_code for path in paths] == [404] * 4


@pytest.mark.parametrize(
    "path", ["account/", "account/password/", "account/factors/", "account/forgotten/", "log-in/"]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_answer_of_an_account_may_be_kept(path, language, anna, client):
    log_in(client, anna)

    answer = client.get(f"/{language}/staff/{path}")

    assert answer["Cache-Control"] == "private, no-store"
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", answer.text)
    assert words(answer.text) or answer.status_code == 302


def test_log_in_of_a_demonstration_says_that_it_asks_no_second_factor(client, db, settings):
    said = "officers and administrators are not asked for a second factor here"
    assert said not in client.get(LOG_IN).text

    settings.DEMO = True
    assert said in client.get(LOG_IN).text
    settings.SECOND_FACTOR_REQUIRED = True
    assert said not in client.get(LOG_IN).text
