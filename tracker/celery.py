"""The Celery app: which jobs the beat sends out, how often, and to which queue."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_routes = {
    "commitments.tasks.send_*": {"queue": "mail"},
    "commitments.tasks.*": {"queue": "planning"},
}
# Every job asks what is owed by now, so one that waited past its successor is of no use.
app.conf.beat_schedule = {
    "tick-reminders": {
        "task": "commitments.tasks.tick_reminders",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "send-digests": {
        "task": "commitments.tasks.send_digests",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "release-due": {
        "task": "commitments.tasks.release_due",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "send-account-mails": {
        "task": "commitments.tasks.send_account_mails",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "tidy-sessions": {
        "task": "commitments.tasks.tidy_sessions",
        "schedule": crontab(minute=35, hour=3),
        "options": {"expires": 3500},
    },
    "keep-periods": {
        "task": "commitments.tasks.keep_periods",
        "schedule": crontab(minute=5),
        "options": {"expires": 3500},
    },
    "clear-files": {
        "task": "commitments.tasks.clear_files",
        "schedule": crontab(minute=35),
        "options": {"expires": 3500},
    },
}
app.autodiscover_tasks()


@beat_init.connect  # type: ignore[untyped-decorator]
def start_with_one_of_each(**_signal: Any) -> None:
    """Send every job once when the beat starts: it keeps no file of what it sent before."""
    for entry in app.conf.beat_schedule.values():
        app.send_task(entry["task"], **entry["options"])
