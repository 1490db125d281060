"""The Celery app: which jobs the beat sends out, how often, and to which queue."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init

# From the module itself: settings that build on it may be half loaded here.
from tracker.settings import CELERY_BROKER_URL, REMINDER_TICK_SECONDS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_routes={
        "commitments.tasks.send_*": {"queue": "mail"},
        "commitments.tasks.call_*": {"queue": "hooks"},
        "commitments.tasks.*": {"queue": "planning"},
    },
    task_ignore_result=True,
    # A job is taken off the queue when it is done. One whose process dies is not given back: if
    # it was the job that killed it, it would come round for ever, and its row is found anyway.
    task_acks_late=True,
    task_reject_on_worker_lost=False,
    task_time_limit=300,
    task_soft_time_limit=240,
    task_publish_retry_policy={
        "max_retries": 3,
        "interval_start": 0.1,
        "interval_step": 0.3,
        "interval_max": 1,
    },
    worker_prefetch_multiplier=1,
    # Told to end at once (SIGQUIT), a worker leaves its jobs so many seconds, then gives them back.
    worker_soft_shutdown_timeout=20.0,
    worker_cancel_long_running_tasks_on_connection_loss=False,  # half a mail is worse
    worker_hijack_root_logger=False,
    beat_scheduler="celery.beat.Scheduler",  # keeps no file; see start_with_one_of_each
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # a broker may be away as long as it likes
    broker_pool_limit=4,
)
if CELERY_BROKER_URL.startswith("redis"):  # the one in a SQLite file takes none of these
    app.conf.broker_transport_options = {
        # Longer than the longest job, so that none is handed out again while it runs.
        "visibility_timeout": 3600,
        "socket_connect_timeout": 5,
        "socket_timeout": 30,
        "socket_keepalive": True,
        "health_check_interval": 10,
        "retry_on_timeout": True,
    }
TICK = float(REMINDER_TICK_SECONDS)


def every(task: str, schedule: float | crontab, expires: float) -> dict[str, Any]:
    """One line of the schedule. A job asks what is owed by now, so that one that waited past its
    successor is of no use: it expires before that comes."""
    name = f"commitments.tasks.{task}"
    return {"task": name, "schedule": schedule, "options": {"expires": expires}}


app.conf.beat_schedule = {
    "tick-reminders": every("tick_reminders", TICK, TICK * 11 / 12),
    "send-digests": every("send_digests", TICK, TICK * 11 / 12),
    "release-due": every("release_due", 60.0, 55),
    "send-account-mails": every("send_account_mails", 60.0, 55),
    "send-citizen-mails": every("send_citizen_mails", 60.0, 55),
    "hand-out-webhooks": every("hand_out_webhooks", 20.0, 18),
    "tidy-citizens": every("tidy_citizens", crontab(minute=50), 3500),
    "tidy-sessions": every("tidy_sessions", crontab(minute=35, hour=3), 3500),
    "keep-periods": every("keep_periods", crontab(minute=5), 3500),
    "clear-files": every("clear_files", crontab(minute=35), 3500),
    "clear-answers": every("clear_answers", crontab(minute=40), 3500),
    "make-releases": every("make_releases", crontab(minute=15), 3500),
}
app.autodiscover_tasks()


@beat_init.connect  # type: ignore[untyped-decorator]
def start_with_one_of_each(**_signal: Any) -> None:
    """Send every job once when the beat starts: it keeps no file of what it sent before."""
    for entry in app.conf.beat_schedule.values():
        app.send_task(entry["task"], **entry["options"])
