"""One's own reminders and one's own calendar address, on the page of the account."""

import pytest

from commitments.models import CalendarAddress, Mute
from commitments.text.calendars import sign_nonce
from tests import factories
from tests.factories.clock import NOW
from tests.views.staff.reading import errors, told

pytestmark = pytest.mark.usefixtures("monday")

ACCOUNT = "/en/staff/account/"
REMINDERS = f"{ACCOUNT}reminders/"
MAKE, REMOVE = f"{ACCOUNT}calendar/make/", f"{ACCOUNT}calendar/remove/"


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.SITE_URL = "https://cam-ket.example.org"


def ticked(answer):
    return answer.context["topics_form"]["told"].value()


def muted(person):
    return list(Mute.objects.filter(person=person).values_list("topic", flat=True))


def test_account_shows_of_what_mail_comes_and_what_always_comes(alice, as_):
    factories.MuteFactory(person=alice, topic="R5")

    answer = as_(alice).get(ACCOUNT)

    assert ticked(answer) == ["R1", "R4", "R7"]
    assert "The last reminder before the day comes in any case." in answer.text
    assert "Everybody can read that it is late." in answer.text
    assert [one.rule for one in answer.context["always"]] == [
        "R2", "R3", "R4", "R6", "R8", "R9", "N1", None,
    ]  # fmt: skip


def test_topics_without_a_tick_are_muted(alice, bob, as_):
    client = as_(alice)

    answer = client.post(REMINDERS, {"told": ["R4", "R7"]})

    assert (answer.status_code, answer.url) == (302, f"{ACCOUNT}#reminders")
    assert told(answer) == [("success", "Saved. What no longer fits is called off.")]
    assert [muted(alice), muted(bob)] == [["R1", "R5"], []]
    assert ticked(client.get(ACCOUNT)) == ["R4", "R7"]
    assert {(one.route, one.history_user) for one in Mute.history.all()} == {("web", alice)}

    client.post(REMINDERS, {"told": ["R1", "R4", "R5", "R7"]})
    assert muted(alice) == []
    client.post(REMINDERS, {})
    assert muted(alice) == ["R1", "R4", "R5", "R7"]


def test_what_is_owed_cannot_be_chosen(alice, as_):
    answer = as_(alice).post(REMINDERS, {"told": ["R1", "R2"]})

    assert (answer.status_code, muted(alice)) == (422, [])
    assert errors(answer) == [
        ("id_told_0", "Select a valid choice. R2 is not one of the available choices.")
    ]
    assert ticked(answer) == ["R1", "R2"]


def test_what_was_typed_in_one_form_leaves_the_other_as_it_is(alice, as_):
    factories.MuteFactory(person=alice, topic="R1")

    answer = as_(alice).post(ACCOUNT, {"full_name": "", "language": "en", "digest_minute": "510"})

    assert (answer.status_code, ticked(answer)) == (422, ["R4", "R5", "R7"])


def test_address_is_made_shown_made_anew_and_removed(alice, as_):
    client = as_(alice)
    assert 'id="calendar-address"' not in client.get(ACCOUNT).text

    def shown():
        (row,) = CalendarAddress.objects.standing().filter(person=alice)
        text = client.get(ACCOUNT).text
        path = f"://cam-ket.example.org/calendar/people/{sign_nonce(row.nonce)}.ics?lang=en"
        assert f'value="https{path}"' in text
        assert f'href="webcal{path}"' in text
        return row

    answer = client.post(MAKE)
    assert (answer.status_code, answer.url) == (302, f"{ACCOUNT}#calendar")
    assert told(answer) == [
        ("success", "The address of your calendar is made. Keep it to yourself.")
    ]
    first = shown()
    client.post(MAKE)
    second = shown()
    assert first != second

    answer = client.post(REMOVE)
    assert told(answer)[-1] == ("success", "Your calendar has no address any more.")
    assert 'id="calendar-address"' not in client.get(ACCOUNT).text
    rows = CalendarAddress.objects.order_by("pk").values_list("revoked_at", flat=True)
    assert list(rows) == [NOW, NOW]


@pytest.mark.parametrize("path", [REMINDERS, MAKE, REMOVE])
def test_only_a_post_of_somebody_logged_in_acts(path, alice, client):
    answer = client.post(path, {"told": []})
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/en/staff/log-in/")

    client.force_login(alice)
    assert client.get(path).status_code == 405
    assert (Mute.objects.count(), CalendarAddress.objects.count()) == (0, 0)


def test_addresses_of_others_are_not_shown(alice, bob, as_):
    other = factories.CalendarAddressFactory(person=bob)

    text = as_(alice).get(ACCOUNT).text

    assert sign_nonce(other.nonce) not in text
