"""The beat's schedule names jobs that exist, and every job has a queue."""

import json
import os
import subprocess
import sys

from django.conf import settings

from tests.house.floors import HOME
from tracker.celery import app

app.loader.import_default_modules()
OURS = {name for name in app.tasks if name.startswith("commitments.")}


def queue_of(name):
    return app.amqp.router.route({}, name)["queue"].name


def test_schedule_names_jobs_that_exist():
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert scheduled - OURS == set()


def test_schedule_drops_what_waits_past_its_successor():
    """Every job asks what is owed by now: a queue of old ones would only repeat the newest."""
    late = {
        name: entry["options"]["expires"]
        for name, entry in app.conf.beat_schedule.items()
        if entry["schedule"] == 60.0
    }

    assert set(late.values()) == {55}


def test_jobs_that_send_do_not_wait_behind_those_that_plan():
    queues = {name.removeprefix("commitments.tasks."): queue_of(name) for name in sorted(OURS)}

    assert {queue for name, queue in queues.items() if name.startswith("send_")} == {"mail"}
    assert {queue for name, queue in queues.items() if name.startswith("call_")} == {"hooks"}
    rest = {name for name in queues if not name.startswith(("send_", "call_"))}
    assert {queues[name] for name in rest} == {"planning"}


def test_jobs_survive_a_worker_and_end_in_time():
    kept = {
        name: getattr(app.conf, name)
        for name in (
            "task_acks_late",
            "task_reject_on_worker_lost",
            "task_time_limit",
            "task_soft_time_limit",
            "task_ignore_result",
            "worker_prefetch_multiplier",
            "worker_soft_shutdown_timeout",
            "broker_connection_max_retries",
        )
    }

    assert kept == {
        "task_acks_late": True,
        "task_reject_on_worker_lost": False,
        "task_time_limit": 300,
        "task_soft_time_limit": 240,
        "task_ignore_result": True,
        "worker_prefetch_multiplier": 1,
        "worker_soft_shutdown_timeout": 20.0,
        "broker_connection_max_retries": None,
    }


def test_jobs_end_before_anybody_else_takes_them_up():
    """A mail's job is shorter than its lease, every job shorter than the broker's patience."""
    limits = {
        name.removeprefix("commitments.tasks."): (
            app.tasks[name].soft_time_limit,
            app.tasks[name].time_limit,
        )
        for name in OURS
        if app.tasks[name].time_limit != app.conf.task_time_limit
    }

    mail, walk = (150, 180), (1500, 1800)
    assert limits == {
        "send_digest": mail,
        "send_invitation": mail,
        "send_account_mail": mail,
        "send_citizen_mail": mail,
        "call_webhook": (90, 120),
        "tick_reminders": walk,
        "keep_periods": walk,
        "make_releases": walk,
    }
    assert mail[1] < settings.DIGEST_LEASE_SECONDS
    assert walk[1] < 3600


DESCRIBE = """
import json
from tracker.celery import app
app.loader.import_default_modules()
names = ["beat_schedule", "task_routes", "task_acks_late", "task_time_limit", "task_ignore_result",
    "worker_prefetch_multiplier", "task_publish_retry_policy"]
print(json.dumps({
    "tasks": sorted((name, task.time_limit, task.acks_late) for name, task in app.tasks.items()),
    "conf": {name: str(getattr(app.conf, name)) for name in names},
    "broker": sorted(app.conf.broker_transport_options),
}))
"""


def described(tmp_path, **env):
    given = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", DESCRIBE],
        cwd=HOME,
        env=given | {"VAR_DIR": str(tmp_path)} | env,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_the_embedded_default_and_redis_run_the_same_jobs_alike(tmp_path):
    """Only how the broker is kept in touch with differs."""
    embedded = described(tmp_path)
    redis = described(tmp_path, REDIS_URL="redis://127.0.0.1:1/0")

    assert (embedded["tasks"], embedded["conf"]) == (redis["tasks"], redis["conf"])
    assert embedded["broker"] == []
    assert redis["broker"] == [
        "health_check_interval",
        "retry_on_timeout",
        "socket_connect_timeout",
        "socket_keepalive",
        "socket_timeout",
        "visibility_timeout",
    ]
