"""The health page: 200 while the database can be asked, 503 when not."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine

from commitments.views.health import told_at, webhooks_at
from tests import factories
from tests.factories.clock import NOW
from tests.house.floors import HOME

ASK = """
import django; django.setup()
from django.test import Client
answer = Client(SERVER_NAME="127.0.0.1").get("/healthz")
print(answer.status_code, answer.content.decode())
"""


@pytest.fixture(autouse=True)
def nothing_kept():
    told_at.cache_clear()
    webhooks_at.cache_clear()
    yield
    told_at.cache_clear()
    webhooks_at.cache_clear()


def told(**changes):
    return {
        "state": "never",
        "last_tick": None,
        "next_run": None,
        "took_ms": None,
        "failed": False,
        "waiting": 0,
        "singles": 0,
        "waiting_since": None,
        "given_up": 0,
        "pauses": 0,
    } | changes


def test_health_is_ok_though_reminders_have_never_run(client, db):
    """The web is not to be ended because the beat is down."""
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "database": "ok", "reminders": told()},
    )
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("minutes", "status", "state"), [(1, 200, "ok"), (6, 503, "overdue")])
def test_health_of_reminders(client, db, minutes, status, state):
    moment = NOW.replace(second=0)
    at = moment - timedelta(minutes=minutes)
    factories.HeartbeatFactory(
        job="tick-reminders",
        started_at=at,
        finished_at=at,
        took_ms=5,
        last_error="alice@example.org",
    )
    with time_machine.travel(moment, tick=False):
        answer = client.get("/healthz/reminders")
        whole = client.get("/healthz")

    next_run = moment + timedelta(seconds=4)
    expected = told(
        state=state,
        last_tick=at.isoformat(),
        next_run=next_run.isoformat(),
        took_ms=5,
        failed=True,
    )
    assert (answer.status_code, answer.json()) == (status, expected)
    assert (whole.status_code, whole.json()["reminders"]) == (200, expected)


def test_health_of_reminders_that_never_ran_is_not_well(client, db):
    answer = client.get("/healthz/reminders")

    assert (answer.status_code, answer.json()) == (503, told())


def test_health_is_kept_for_a_few_seconds(client, db, django_assert_num_queries):
    with time_machine.travel(NOW.replace(second=0), tick=False) as clock:
        with django_assert_num_queries(4):
            client.get("/healthz")
        clock.shift(4)
        with django_assert_num_queries(1):
            client.get("/healthz")
        clock.shift(1)
        with django_assert_num_queries(4):
            client.get("/healthz")


def test_health_is_unavailable_without_the_database(tmp_path):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "DATABASE_URL": "postgres://test@127.0.0.1:1/test",
        "REDIS_URL": "",
        "SECRET_KEY": "test",
        "VAR_DIR": str(tmp_path),
    }
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK],
        cwd=HOME,
        env=env,
        capture_output=True,
        text=True,
    )
    status, _, body = asked.stdout.partition(" ")

    assert (status, json.loads(body)) == (
        "503",
        {"status": "unavailable", "database": "unreachable"},
    )


def test_health_of_webhooks_is_of_our_own_doing(client, db):
    """A receiver that fails is not our fault; what is due and does not go is."""
    at = NOW.replace(second=0)
    webhook = factories.WebhookFactory()
    factories.WebhookFactory(paused_at=NOW, pause_reason="failing")
    factories.WebhookDeliveryFactory(
        webhook=webhook, state="failed", next_try_at=at + timedelta(hours=2)
    )
    factories.WebhookDeliveryFactory(webhook=webhook, sequence=2, state="dead")
    with time_machine.travel(at, tick=False):
        well = client.get("/healthz/webhooks")
        factories.WebhookDeliveryFactory(
            webhook=webhook, sequence=3, next_try_at=at - timedelta(minutes=11)
        )
        webhooks_at.cache_clear()
        late = client.get("/healthz/webhooks")

    said = {
        "state": "ok", "listening": 1, "paused": 1, "waiting": 1, "overdue": 0,
        "overdue_since": None, "given_up": 1,
    }  # fmt: skip
    assert (well.status_code, well.json()) == (200, said)
    assert (late.status_code, late.json()) == (
        503,
        said | {"state": "overdue", "waiting": 2, "overdue": 1,
                "overdue_since": (at - timedelta(minutes=11)).isoformat()},
    )  # fmt: skip
