"""Alarms: who raises them, when they come again, and when all is well."""

from datetime import timedelta

import pytest

from commitments.models import Digest, Heartbeat
from commitments.services import alarms
from tests import factories
from tests.factories.clock import NOW

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def ticked(db):
    return factories.HeartbeatFactory(job="tick-reminders", started_at=NOW, finished_at=NOW)


def tick(at):
    Heartbeat.objects.filter(job="tick-reminders").update(finished_at=at)


def looks(*moments, since=NOW):
    """What each look claims; two processes look at every moment."""
    return [
        [
            (alarm.kind.value, alarm.phase.value)
            for _process in range(2)
            for alarm in alarms.look(now=moment, watching_since=since)
        ]
        for moment in moments
    ]


OVERDUE = "reminders_overdue"


def test_a_tick_that_stays_away_is_told_once_again_each_hour_and_when_it_is_back(ticked):
    late = NOW + 5 * MINUTE + SECOND
    first = looks(NOW + 5 * MINUTE, late, late + MINUTE, late + HOUR - SECOND, late + HOUR)
    tick(late + HOUR + MINUTE)
    then = looks(late + HOUR + MINUTE, late + HOUR + 2 * MINUTE)

    assert first == [[], [(OVERDUE, "raised")], [], [], [(OVERDUE, "repeated")]]
    assert then == [[(OVERDUE, "recovered")], []]


def test_a_tick_that_never_came_counts_from_the_start_of_the_web(db):
    late = NOW + 5 * MINUTE + SECOND

    assert looks(NOW, late - SECOND, late) == [[], [], [(OVERDUE, "raised")]]


def test_an_installation_just_started_has_a_grace(ticked):
    """The ticks of a machine that was off are overdue, and come in a moment."""
    start = NOW + 9 * HOUR
    found = looks(start, start + 2 * MINUTE, start + 2 * MINUTE + SECOND, since=start)

    assert found == [[], [], [(OVERDUE, "raised")]]


def test_mail_that_waits_too_long_is_told(ticked):
    factories.DigestFactory(next_try_at=NOW)
    late = NOW + HOUR + SECOND
    tick(late)
    first = looks(NOW + HOUR, late, late + MINUTE)
    Digest.objects.update(state="sent", sent_at=late)

    assert first == [[], [("mail_waiting", "raised")], []]
    assert looks(late + 2 * MINUTE) == [[("mail_waiting", "recovered")]]


def test_mails_given_up_are_told_once(ticked):
    factories.DigestFactory(state="dead")
    factories.DigestFactory(state="dead")
    first = alarms.look(now=NOW, watching_since=NOW)
    again = looks(NOW, NOW + MINUTE)
    Digest.objects.filter(pk=Digest.objects.first().pk).update(state="cancelled")
    fewer = looks(NOW)
    Digest.objects.update(state="dead")

    assert [alarm.text for alarm in first] == [
        "2 mails were given up since the last look. The officer's page names them."
    ]
    assert (again, fewer, looks(NOW)) == ([[], []], [[]], [[("mail_given_up", "raised")]])


def test_an_alarm_says_what_is_wrong_and_nothing_of_people(ticked, settings):
    settings.SITE_URL = "https://cam-ket.example.org"
    factories.DigestFactory(next_try_at=NOW)
    found = alarms.look(now=NOW + 2 * HOUR, watching_since=NOW)

    common = {
        "phase": "raised",
        "site": "https://cam-ket.example.org",
        "at": (NOW + 2 * HOUR).isoformat(),
        "last_tick": NOW.isoformat(),
        "waiting": 1,
        "waiting_since": NOW.isoformat(),
        "given_up": 0,
    }
    when = NOW.isoformat(timespec="seconds")
    assert [alarm.as_json() for alarm in found] == [
        common
        | {
            "alarm": "reminders_overdue",
            "text": "https://cam-ket.example.org: Reminders were last looked at "
            f"{when}. Do the beat and a worker run?",
        },
        common
        | {
            "alarm": "mail_waiting",
            "text": f"https://cam-ket.example.org: 1 mails wait, the oldest since {when}."
            " Does the mail server answer?",
        },
    ]
