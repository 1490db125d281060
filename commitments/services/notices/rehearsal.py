"""What the next tick would do, told without writing anything: what it would plan, end and send."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from commitments.models import (
    Cancelled,
    Commitment,
    Digest,
    DigestKind,
    DigestState,
    Notice,
    NoticeState,
    Pause,
    Programme,
    User,
)
from commitments.models.notice import NoticeQuerySet
from commitments.reports.reminders.scope import concerning
from commitments.reports.subjects import BATCH, SUBJECTS, Subject
from commitments.rules.moments import day_of, minute_of
from commitments.rules.retries import MAX_TRIES
from commitments.rules.workdays import WorkCalendar
from commitments.services.notices.planning import gaps_of, working_days
from commitments.services.notices.singles import WAITING
from commitments.services.notices.standing import facts_about, outcomes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that the tick would send: the one that is there, or a new one."""

    person: User
    kind: DigestKind
    notices: Sequence[Notice]
    digest: Digest | None = None


@dataclass(slots=True)
class Rehearsal:
    """What one tick would change. What is in `planned` and `skipped` may not be in the database
    yet: `skipped` would be noted as overtaken the moment it is noted."""

    planned: list[Notice] = field(default_factory=list)
    skipped: list[Notice] = field(default_factory=list)
    superseded: list[Notice] = field(default_factory=list)
    cancelled: list[tuple[Notice, Cancelled]] = field(default_factory=list)
    standing: list[Notice] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)

    @property
    def pending(self) -> list[Notice]:
        """What would wait to go out, or go out, after the planning."""
        return [*self.standing, *self.planned]


def rehearse(
    *, now: datetime, programmes: Iterable[Programme] | None = None, at_once: int = BATCH
) -> Rehearsal:
    """Play a tick in memory, for some programmes or for all of them.

    The planner's own functions judge what is noted and what is missing; only the gathering is
    told anew, in `_Gathering`, and a test holds it against the real one.
    """
    calendar, found = working_days(now), Rehearsal()
    within = None if programmes is None else list(programmes)
    for pending in _batches(_pending(within), at_once):
        _judge(pending, found, now, calendar)
    for subject in SUBJECTS.values():
        rows = subject.open(day_of(now))
        rows = rows if within is None else subject.within(rows, within)
        for batch in subject.batches(rows, at_once):
            _fill(subject, batch, found, now, calendar)
    _name(found.planned + found.skipped)
    found.mails = _Gathering(found.pending, now, calendar).mails()
    return found


def _pending(within: Sequence[Programme] | None) -> NoticeQuerySet:
    rows = Notice.objects.planned().filter(subject_kind__in=SUBJECTS)
    return rows if within is None else rows.filter(concerning(within))


def _batches(rows: NoticeQuerySet, at_once: int) -> Iterator[list[Notice]]:
    rows = rows.select_related("recipient", "commitment", "digest").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:at_once]):
        yield batch
        last = batch[-1].pk


def _judge(
    pending: Sequence[Notice], found: Rehearsal, now: datetime, calendar: WorkCalendar
) -> None:
    """What becomes of those that are noted already."""
    for notice, (state, reason) in outcomes(pending, facts_about(pending, now), now, calendar):
        if state == NoticeState.PLANNED:
            found.standing.append(notice)
        elif state == NoticeState.SUPERSEDED:
            found.superseded.append(notice)
        elif reason is not None:
            found.cancelled.append((notice, reason))


def _fill(
    subject: Subject, batch: Sequence[Any], found: Rehearsal, now: datetime, calendar: WorkCalendar
) -> None:
    """What would be noted anew, or taken back."""
    gaps = gaps_of(subject, batch, now, calendar)
    for notice in gaps.missing:
        is_planned = notice.state == NoticeState.PLANNED
        (found.planned if is_planned else found.skipped).append(notice)
    if gaps.revived:
        for notice in Notice.objects.filter(pk__in=gaps.revived):
            notice.digest = None
            found.planned.append(notice)
    if gaps.overtaken:
        found.skipped += Notice.objects.filter(pk__in=gaps.overtaken)


def _name(notices: Sequence[Notice]) -> None:
    """Join people and commitments to rows that are not in the database yet."""
    people = User.objects.in_bulk({one.recipient_id for one in notices})
    about = Commitment.objects.in_bulk(
        {one.commitment_id for one in notices if one.commitment_id is not None}
    )
    for one in notices:
        one.recipient = people[one.recipient_id]
        one.commitment = about.get(one.commitment_id or 0)


class _Gathering:
    """Which mails would go out now with what: as `digests`, `singles` and `delivery` do it."""

    def __init__(self, pending: Iterable[Notice], now: datetime, calendar: WorkCalendar) -> None:
        self.now, self.today = now, day_of(now)
        self.is_working = calendar.is_working(self.today)
        paused = set(Pause.objects.open().values_list("programme_id", flat=True))
        self.due = [
            one
            for one in pending
            if one.due_at <= now and not (one.commitment and one.commitment.programme_id in paused)
        ]
        todays = Digest.objects.filter(
            recipient__in={one.recipient_id for one in self.due},
            day_on=self.today,
            kind=DigestKind.DAILY,
        )
        self.todays = {mail.recipient_id: mail for mail in todays}

    def mails(self) -> list[Mail]:
        found: dict[tuple[int, DigestKind, int], list[Notice]] = defaultdict(list)
        there: dict[int, Digest] = {}
        for one in self.due:
            place = self._place(one)
            if place is not None:
                kind, mail = place
                there |= {mail.pk: mail} if mail else {}
                found[one.recipient_id, kind, mail.pk if mail else 0].append(one)
        return [
            Mail(own[0].recipient, kind, own, there.get(key))
            for (_person, kind, key), own in found.items()
        ]

    def _place(self, notice: Notice) -> tuple[DigestKind, Digest | None] | None:
        """The mail in which it would go now: one that is there, or a new one; None: in none."""
        mail = notice.digest
        if mail is not None and self._holds(mail):
            return (DigestKind(mail.kind), mail) if self._goes(mail) else None
        if notice.by_itself and mail is None:
            return DigestKind.SINGLE, None
        if not self.is_working or notice.recipient.digest_minute > minute_of(self.now):
            return None
        own = self.todays.get(notice.recipient_id)
        if own is None or own.state == DigestState.CANCELLED:
            return DigestKind.DAILY, None
        joins = own.state in WAITING and self._goes(own)
        return (DigestKind.DAILY, own) if joins else None

    def _holds(self, mail: Digest) -> bool:
        """Whether what it carries stays in it: it is being sent, or still to be."""
        of_now = mail.kind == DigestKind.SINGLE or mail.day_on == self.today
        if mail.state == DigestState.SENDING:
            is_over = mail.leased_until is not None and mail.leased_until <= self.now
            return not is_over or (of_now and mail.tries < MAX_TRIES)
        return mail.state in WAITING and of_now

    def _goes(self, mail: Digest) -> bool:
        """Whether a sender would take it now."""
        if mail.tries >= MAX_TRIES:
            return False
        if mail.state == DigestState.SENDING:
            return mail.leased_until is not None and mail.leased_until <= self.now
        return mail.next_try_at <= self.now
