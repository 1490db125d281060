"""The heartbeat of a job: begun, finished, failed, and leased to one run at a time."""

from datetime import timedelta

from commitments.models import Heartbeat
from commitments.services import heartbeats
from tests.factories.clock import NOW

LEASE = timedelta(minutes=3)
LATER = NOW + timedelta(seconds=2)


def row():
    return Heartbeat.objects.values(
        "job", "started_at", "finished_at", "leased_until", "took_ms", "found", "last_error"
    ).get()


def finish(started, now=LATER):
    took = timedelta(seconds=1.5)
    heartbeats.finish(job="test", started=started, now=now, took=took, found={"new": 3})


def test_a_run_leaves_word_of_its_beginning_and_its_end(db):
    assert heartbeats.begin(job="test", now=NOW, lease=LEASE) is True
    begun = row()
    finish(NOW)

    assert begun == {
        "job": "test",
        "started_at": NOW,
        "finished_at": None,
        "leased_until": NOW + LEASE,
        "took_ms": None,
        "found": {},
        "last_error": "",
    }
    assert row() == begun | {
        "finished_at": LATER,
        "leased_until": None,
        "took_ms": 1500,
        "found": {"new": 3},
    }


def test_a_failure_is_kept_until_the_next_good_run(db):
    heartbeats.begin(job="test", now=NOW)
    finish(NOW)
    heartbeats.begin(job="test", now=LATER, lease=LEASE)
    heartbeats.fail(job="test", started=LATER, took=timedelta(0), error="Test: " + "x" * 3000)
    failed = row()
    heartbeats.begin(job="test", now=LATER + LEASE)
    finish(LATER + LEASE, now=LATER + LEASE)

    assert (failed["finished_at"], failed["leased_until"], failed["took_ms"]) == (LATER, None, 0)
    assert failed["last_error"] == "Test: " + "x" * 1994
    assert (row()["last_error"], row()["finished_at"]) == ("", LATER + LEASE)


def test_the_lease_keeps_a_second_run_away_until_it_runs_out(db):
    moments = [NOW, LATER, NOW + LEASE - timedelta(seconds=1), NOW + LEASE]

    begun = [heartbeats.begin(job="test", now=moment, lease=LEASE) for moment in moments]

    assert begun == [True, False, False, True]
    assert heartbeats.begin(job="other", now=LATER, lease=LEASE) is True


def test_a_pulse_makes_the_lease_longer(db):
    heartbeats.begin(job="test", now=NOW, lease=LEASE)
    heartbeats.pulse(job="test", started=NOW, now=LATER, lease=LEASE)

    assert heartbeats.begin(job="test", now=NOW + LEASE, lease=LEASE) is False


def test_a_run_that_was_overtaken_says_nothing_of_the_later_one(db):
    heartbeats.begin(job="test", now=NOW, lease=LEASE)
    heartbeats.begin(job="test", now=NOW + LEASE, lease=LEASE)
    later = row()
    finish(NOW, now=NOW + LEASE)
    heartbeats.fail(job="test", started=NOW, took=LEASE, error="Test")
    heartbeats.pulse(job="test", started=NOW, now=NOW + LEASE, lease=LEASE * 9)

    assert row() == later
