"""The web process watches over the beat: a thread that looks every minute and raises the alarm.

Not a job: who watches over the jobs must not be one of them.
"""

import logging
import os
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from commitments.gateways import alarms as gateway
from commitments.services import alarms

EVERY = 60.0
"""Seconds between two looks."""
LEAST = 5.0
"""Seconds that lie between two looks at least, however often somebody asks."""

logger = logging.getLogger(__name__)


def look(watching_since: datetime) -> None:
    """Log and hand on what is wrong, unless another process does."""
    try:
        told = alarms.look(now=timezone.now(), watching_since=watching_since)
    except DatabaseError as error:
        logger.error("Nobody can look at the reminders: the database says %s", error)
        return
    for alarm in told:
        level = logging.WARNING if alarm.phase == alarms.Phase.RECOVERED else logging.ERROR
        logger.log(level, "%s (%s) %s", alarm.kind.value, alarm.phase.value, alarm.text)
        if settings.ALARM_WEBHOOK:
            gateway.post(settings.ALARM_WEBHOOK, alarm.as_json())


class Watch:
    """A thread of this process that looks now and then, and goes on whatever it meets."""

    def __init__(self, look: Callable[[datetime], None], every: float = EVERY) -> None:
        self._look = look
        self._every = every
        self._asked = Event()
        self._ended = Event()
        self._thread: Thread | None = None

    @property
    def runs(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin, unless it runs; in a forked child it does not, for threads stay behind."""
        if not self.runs:
            self._asked, self._ended = Event(), Event()
            self._thread = Thread(target=self._live, name="watch over the beat", daemon=True)
            self._thread.start()

    def ask(self) -> None:
        """Look soon, out of turn."""
        self._asked.set()

    def end(self) -> None:
        self._ended.set()
        self._asked.set()
        if self._thread:
            self._thread.join()

    def _live(self) -> None:
        since = timezone.now()
        while not self._ended.is_set():
            self._asked.wait(self._every)
            self._asked.clear()
            if self._ended.is_set():
                return
            try:
                self._look(since)
            except Exception:
                logger.exception("The watch over the beat met an error and goes on")
            finally:
                connections.close_all()
            self._ended.wait(min(LEAST, self._every))


watch = Watch(look)
"""The one of this process; it does nothing until it is started."""


def start() -> None:
    """Watch in this process, and in those that it forks."""
    watch.start()
    os.register_at_fork(after_in_child=watch.start)
