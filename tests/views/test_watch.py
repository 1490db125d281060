"""The watch of the web process: it looks, hands on, goes on whatever it meets, and starts by itself."""

import os
import subprocess
import sys
from threading import Event

import pytest
import time_machine
from django.db import DatabaseError, connection

from commitments.models import Heartbeat
from commitments.views import watch as room
from commitments.views.watch import Watch, look
from tests import factories
from tests.factories.clock import NOW
from tests.gateways.listener import listening, said
from tests.house.floors import HOME


def test_look_logs_and_hands_on(db, settings, caplog, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    factories.HeartbeatFactory(job="tick-reminders", finished_at=NOW)
    with listening() as (settings.ALARM_WEBHOOK, posted):
        with time_machine.travel(NOW.replace(hour=NOW.hour + 1), tick=False):
            look(NOW)
            look(NOW)
        Heartbeat.objects.update(finished_at=NOW)
        with time_machine.travel(NOW, tick=False):
            look(NOW)

    assert [(one["alarm"], one["phase"]) for one in said(posted)] == [
        ("reminders_overdue", "raised"),
        ("reminders_overdue", "recovered"),
    ]
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_look_only_logs_without_a_webhook(db, settings, caplog):
    settings.ALARM_WEBHOOK = ""
    factories.HeartbeatFactory(job="tick-reminders", finished_at=NOW)
    with time_machine.travel(NOW.replace(hour=NOW.hour + 1), tick=False):
        look(NOW)

    assert [message[:27] for message in caplog.messages] == ["reminders_overdue (raised) "]


def test_look_survives_a_database_that_does_not_answer(db, caplog):
    def away(*_args):
        raise DatabaseError("Test: gone")

    with connection.execute_wrapper(away):
        look(NOW)

    assert caplog.messages == ["Nobody can look at the reminders: the database says Test: gone"]


def test_watch_looks_now_and_then_when_asked_and_after_an_error(caplog, monkeypatch):
    monkeypatch.setattr(room, "LEAST", 0.01)
    looked, seen = Event(), []

    def look_twice(since):
        seen.append(since)
        if len(seen) == 1:
            raise ValueError("Test")
        looked.set()

    watch = Watch(look_twice, every=0.02)
    watch.start()
    watch.start()
    assert looked.wait(5) is True
    watch.end()

    slow = Watch(lambda _since: answered.set(), every=600)
    answered = Event()
    slow.start()
    slow.ask()
    assert answered.wait(5) is True
    slow.end()

    assert "The watch over the beat met an error and goes on" in caplog.messages
    assert (watch.runs, slow.runs, len(set(seen))) == (False, False, 1)


@pytest.mark.parametrize(
    ("code", "threads"),
    [
        ("import tracker.wsgi", "1"),
        ("import django; django.setup(); import commitments.views.watch", "0"),
        (
            "import os, tracker.wsgi\npid = os.fork()\nif pid: os.waitpid(pid, 0); os._exit(0)",
            "1",
        ),
    ],
)
def test_who_serves_watches_and_nobody_else(tmp_path, code, threads):
    """A server's worker, also one that is forked off; not a job, a command or a shell."""
    count = "import threading; print(sum(t.name == 'watch over the beat' for t in threading.enumerate()), flush=True)"
    given = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    env = given | {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"{code}\n{count}"],
        cwd=HOME, env=env, capture_output=True, text=True,
    )  # fmt: skip

    assert done.stdout.split() == [threads], done.stderr
