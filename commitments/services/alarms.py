"""Alarms about the machinery of reminders: each is claimed by one process, whoever looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction

from commitments.models import Heartbeat
from commitments.reports.heartbeat import TICK, Health, State, health

REPEAT = timedelta(hours=1)
"""While it lasts, an alarm is raised again after so long."""
LONGEST_WAIT = timedelta(hours=1)
"""A mail that waits longer means that the mail server, or the workers, are down."""
GRACE = timedelta(minutes=2)
"""What a whole installation that has just been started has to run its first tick."""


class Kind(StrEnum):
    """What is wrong."""

    OVERDUE = "reminders_overdue"
    WAITING = "mail_waiting"
    DEAD = "mail_given_up"


class Phase(StrEnum):
    RAISED = "raised"
    REPEATED = "repeated"
    RECOVERED = "recovered"


ROWS = {Kind.OVERDUE: TICK, Kind.WAITING: "send-digests", Kind.DEAD: "mail-given-up"}
"""The heartbeat whose row holds the claim."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to be told to the operator, whoever that is; nothing of people is in it."""

    kind: Kind
    phase: Phase
    text: str
    at: datetime
    health: Health

    def as_json(self) -> Mapping[str, object]:
        last, since = self.health.last_tick, self.health.waiting_since
        return {
            "alarm": self.kind.value,
            "phase": self.phase.value,
            "text": f"{settings.SITE_URL}: {self.text}",
            "site": settings.SITE_URL,
            "at": self.at.isoformat(),
            "last_tick": last.isoformat() if last else None,
            "waiting": self.health.waiting,
            "waiting_since": since.isoformat() if since else None,
            "given_up": self.health.dead,
        }


def look(*, now: datetime, watching_since: datetime) -> list[Alarm]:
    """The alarms that this process is to hand on; of many that look at once one gets each.

    What was claimed is not claimed again, also where handing it on fails: it is in the log, and
    comes again within the hour.
    """
    found = health(now)
    told = [
        _lasting(Kind.OVERDUE, _is_overdue(found, now, watching_since), found, now),
        _lasting(Kind.WAITING, _waits_long(found, now), found, now),
        _given_up(found, now),
    ]
    return [alarm for alarm in told if alarm]


def _is_overdue(found: Health, now: datetime, watching_since: datetime) -> bool | None:
    """None: too early to say."""
    if not found.stands_still:
        return False
    patience = timedelta(seconds=settings.REMINDERS_OVERDUE_AFTER)
    if found.state == State.OVERDUE:
        patience = min(patience, GRACE)
    return True if now - watching_since > patience else None


def _waits_long(found: Health, now: datetime) -> bool:
    return found.waiting_since is not None and now - found.waiting_since > LONGEST_WAIT


def _lasting(kind: Kind, is_wrong: bool | None, found: Health, now: datetime) -> Alarm | None:
    """Something that begins, lasts and ends."""
    phase = None
    if is_wrong:
        phase = _claim(ROWS[kind], now)
    elif is_wrong is False:
        phase = _settle(ROWS[kind])
    return Alarm(kind, phase, _text(kind, phase, found), now, found) if phase else None


def _claim(job: str, now: datetime) -> Phase | None:
    """One UPDATE decides who raises it."""
    Heartbeat.objects.bulk_create([Heartbeat(job=job)], ignore_conflicts=True)
    rows = Heartbeat.objects.filter(job=job)
    if rows.filter(alarmed_at=None).update(alarmed_at=now):
        return Phase.RAISED
    if rows.filter(alarmed_at__lte=now - REPEAT).update(alarmed_at=now):
        return Phase.REPEATED
    return None


def _settle(job: str) -> Phase | None:
    rows = Heartbeat.objects.filter(job=job, alarmed_at__isnull=False)
    return Phase.RECOVERED if rows.update(alarmed_at=None) else None


def _text(kind: Kind, phase: Phase, found: Health) -> str:
    if kind == Kind.OVERDUE:
        if phase == Phase.RECOVERED:
            return "Reminders are looked at again."
        if found.last_tick is None:
            return "Reminders have never been looked at. Do the beat and a worker run?"
        last = found.last_tick.isoformat(timespec="seconds")
        return f"Reminders were last looked at {last}. Do the beat and a worker run?"
    if phase == Phase.RECOVERED or found.waiting_since is None:
        return "Mail goes out again."
    since = found.waiting_since.isoformat(timespec="seconds")
    return f"{found.waiting} mails wait, the oldest since {since}. Does the mail server answer?"


def _given_up(found: Health, now: datetime) -> Alarm | None:
    """Mails given up since anybody last looked; what was tried again by hand lowers the count."""
    job = ROWS[Kind.DEAD]
    row = Heartbeat.objects.filter(job=job).first()
    if (row.found if row else {}).get("dead", 0) == found.dead_ever:
        return None
    new = _count_up(job, found.dead_ever, now)
    if new <= 0:
        return None
    text = f"{new} mails were given up since the last look. The officer's page names them."
    return Alarm(Kind.DEAD, Phase.RAISED, text, now, found)


@transaction.atomic
def _count_up(job: str, dead: int, now: datetime) -> int:
    """Write down how many there are; how many more than before. The second to look finds none."""
    Heartbeat.objects.bulk_create([Heartbeat(job=job)], ignore_conflicts=True)
    row = Heartbeat.objects.select_for_update(no_key=True).get(job=job)
    before = row.found.get("dead", 0)
    if before != dead:
        row.found, row.alarmed_at = {"dead": dead}, now
        row.save(update_fields=["found", "alarmed_at"])
    return int(dead - before)
