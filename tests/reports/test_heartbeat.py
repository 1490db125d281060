"""How the machinery is: what is said of ticks, of waiting mail and of what was given up."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from commitments.models import Digest, DigestKind, DigestState
from commitments.reports.heartbeat import Health, State, health
from commitments.rules.moments import day_of
from tests import factories
from tests.factories.clock import NOW

MINUTE = timedelta(minutes=1)


def tick(**values):
    return factories.HeartbeatFactory(job="tick-reminders", **values)


def digest(state=DigestState.PLANNED, tries=0, next_try_at=NOW, **values):
    if state == DigestState.SENDING:
        values["leased_until"] = NOW + MINUTE
    return factories.DigestFactory(
        state=state,
        tries=tries,
        next_try_at=next_try_at,
        sent_at=NOW if state == DigestState.SENT else None,
        **{"day_on": day_of(NOW)} | values,
    )


NOTHING = Health(
    state=State.NEVER,
    last_tick=None,
    next_run=None,
    took_ms=None,
    last_error="",
    waiting=0,
    singles=0,
    waiting_since=None,
    dead=0,
    dead_ever=0,
    pauses=0,
)


def test_health_of_a_new_installation(db):
    assert health(NOW) == NOTHING


def test_health_tells_when_it_ran_and_runs_next(db):
    tick(started_at=NOW - MINUTE / 2, finished_at=NOW - MINUTE / 3, took_ms=7, last_error="Test")

    found = health(NOW)

    assert (found.state, found.last_tick, found.took_ms) == (State.OK, NOW - MINUTE / 3, 7)
    assert (found.next_run, found.last_error) == (NOW + MINUTE / 2, "Test")
    assert health(NOW + 2 * MINUTE).next_run == NOW + 2 * MINUTE


@pytest.mark.parametrize(
    ("minutes", "paused", "state"),
    [
        (5, 0, "ok"),
        (5, 1, "paused"),
        (5.1, 0, "overdue"),
        (5.1, 1, "overdue"),
        (9999, 0, "overdue"),
    ],
)
def test_health_state(db, minutes, paused, state):
    tick(finished_at=NOW - minutes * MINUTE)
    for _number in range(paused):
        factories.PauseFactory()

    found = health(NOW)

    assert (found.state, found.pauses, found.stands_still) == (state, paused, state == "overdue")


def test_health_counts_what_waits_in_three_queries(db, django_assert_num_queries):
    digest()
    digest(DigestState.SENT)
    digest(DigestState.CANCELLED)
    digest(DigestState.DEAD)
    digest(DigestState.DEAD, day_on=day_of(NOW) - timedelta(days=15))
    digest(kind=DigestKind.SINGLE)
    digest(DigestState.SENDING, tries=1)

    with django_assert_num_queries(3):
        found = health(NOW)

    assert (found.waiting, found.singles, found.dead, found.dead_ever) == (3, 1, 1, 2)
    assert found.waiting_since == NOW


@pytest.mark.parametrize(
    ("state", "tries", "waited"),
    [("planned", 0, 0), ("failed", 1, 1), ("failed", 4, 81), ("sending", 4, 21)],
)
def test_health_counts_a_wait_from_the_first_try(db, state, tries, waited):
    """1, 5, 15, 60 … minutes lie between the tries of a mail."""
    digest(state, tries=tries)

    assert health(NOW).waiting_since == NOW - waited * MINUTE
    assert Digest.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, "Nobody has looked yet"),
        ({"state": State.OVERDUE, "last_tick": NOW}, "nothing goes out"),
        ({"state": State.OK, "last_tick": NOW, "next_run": NOW, "took_ms": 7}, "took 7 ms"),
        ({"waiting": 3, "singles": 1, "waiting_since": NOW}, "1 of them is a single mail"),
        ({"last_error": "Test <b>"}, "Test &lt;b&gt;"),
        ({"state": State.PAUSED, "pauses": 1}, "Runs, with programmes paused"),
    ],
)
def test_health_is_said_in_words(change, says):
    fields = {name: getattr(NOTHING, name) for name in NOTHING.__slots__}

    page = render_to_string("staff/reminders/_health.html", {"health": Health(**fields | change)})

    assert says in page
