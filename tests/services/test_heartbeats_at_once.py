"""Many processes at one moment, on real connections: one tick runs, and one raises the alarm."""

from datetime import timedelta

import pytest

from commitments.services import alarms, heartbeats
from tests import factories
from tests.factories.clock import NOW
from tests.services.notices.test_claim import at_once

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(3))
def test_one_of_many_ticks_runs(attempt):
    lease = timedelta(minutes=3)

    begun = at_once(lambda: heartbeats.begin(job="test", now=NOW, lease=lease), 4)

    assert sorted(begun) == [False, False, False, True]


@pytest.mark.parametrize("attempt", range(3))
def test_one_of_many_watches_raises_each_alarm(attempt):
    factories.HeartbeatFactory(job="tick-reminders", finished_at=NOW)
    factories.DigestFactory(state="dead", next_try_at=NOW)
    factories.DigestFactory(next_try_at=NOW)
    later = NOW + timedelta(hours=2)

    told = at_once(lambda: alarms.look(now=later, watching_since=NOW), 4)

    assert sorted(alarm.kind.value for own in told for alarm in own) == [
        "mail_given_up",
        "mail_waiting",
        "reminders_overdue",
    ]
