"""How the machinery of reminders is: when it last ran, what waits, what was given up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from commitments.models import Digest, DigestKind, DigestState, Heartbeat, Pause
from commitments.rules.moments import day_of
from commitments.rules.retries import waited

TICK = "tick-reminders"
LATELY = timedelta(days=14)
"""Mails given up longer ago are no news; the officer's page looks back as far."""

WAITING = (DigestState.PLANNED, DigestState.FAILED, DigestState.SENDING)


class State(TextChoices):
    """What is to be said in one word, the worst first."""

    NEVER = "never", _("has not run yet")
    OVERDUE = "overdue", _("does not run")
    PAUSED = "paused", _("runs, with programmes paused")
    OK = "ok", _("runs")


@dataclass(frozen=True, slots=True)
class Health:
    """`waiting` counts all mails that are to go out, `singles` those of them that are no day's
    mail; `dead` were given up lately, `dead_ever` since the beginning."""

    state: State
    last_tick: datetime | None
    next_run: datetime | None
    took_ms: int | None
    last_error: str
    waiting: int
    singles: int
    waiting_since: datetime | None
    dead: int
    dead_ever: int
    pauses: int

    @property
    def stands_still(self) -> bool:
        return self.state in (State.NEVER, State.OVERDUE)


class Queue(NamedTuple):
    waiting: int
    singles: int
    since: datetime | None
    dead: int
    dead_ever: int


def health(now: datetime) -> Health:
    """Three queries, whatever waits."""
    tick = Heartbeat.objects.filter(job=TICK).first() or Heartbeat(job=TICK)
    queue = _queue(now)
    pauses = Pause.objects.open().count()
    every = timedelta(seconds=settings.REMINDER_TICK_SECONDS)
    return Health(
        state=_state(tick.finished_at, pauses, now),
        last_tick=tick.finished_at,
        next_run=tick.started_at and max(tick.started_at + every, now),
        took_ms=tick.took_ms,
        last_error=tick.last_error,
        waiting=queue.waiting,
        singles=queue.singles,
        waiting_since=queue.since,
        dead=queue.dead,
        dead_ever=queue.dead_ever,
        pauses=pauses,
    )


def _state(last_tick: datetime | None, pauses: int, now: datetime) -> State:
    if last_tick is None:
        return State.NEVER
    if now - last_tick > timedelta(seconds=settings.REMINDERS_OVERDUE_AFTER):
        return State.OVERDUE
    return State.PAUSED if pauses else State.OK


def _queue(now: datetime) -> Queue:
    """Count what is not sent, in groups: a few rows, by an index that leaves out what is."""
    lately = Q(day_on__gte=day_of(now - LATELY))
    rows = (
        Digest.objects.filter(state__in=(*WAITING, DigestState.DEAD))
        .order_by()
        .values_list("state", "kind", "tries")
        .annotate(many=Count("pk"), recent=Count("pk", filter=lately), first=Min("next_try_at"))
    )
    return _summed(list(rows))


def _summed(rows: Iterable[tuple[str, str, int, int, int, datetime]]) -> Queue:
    waiting = singles = dead = dead_ever = 0
    since: list[datetime] = []
    for state, kind, tries, many, recent, first in rows:
        if state == DigestState.DEAD:
            dead, dead_ever = dead + recent, dead_ever + many
            continue
        waiting += many
        singles += many if kind == DigestKind.SINGLE else 0
        # A mail that failed was moved on by its waits so far; the present try is no failure yet.
        failures = tries - 1 if state == DigestState.SENDING else tries
        since.append(first - waited(failures))
    return Queue(waiting, singles, min(since, default=None), dead, dead_ever)
