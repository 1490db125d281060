"""The Celery app: which jobs the beat sends out, how often, and to which queue."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_routes = {
    "commitments.tasks.send_*": {"queue": "mail"},
    "commitments.tasks.*": {"queue": "planning"},
}
TICK = float(settings.REMINDER_TICK_SECONDS)


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
    "tidy-sessions": every("tidy_sessions", crontab(minute=35, hour=3), 3500),
    "keep-periods": every("keep_periods", crontab(minute=5), 3500),
    "clear-files": every("clear_files", crontab(minute=35), 3500),
}
app.autodiscover_tasks()


@beat_init.connect  # type: ignore[untyped-decorator]
def start_with_one_of_each(**_signal: Any) -> None:
    """Send every job once when the beat starts: it keeps no file of what it sent before."""
    for entry in app.conf.beat_schedule.values():
        app.send_task(entry["task"], **entry["options"])
