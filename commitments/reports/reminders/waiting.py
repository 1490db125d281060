"""What is due and has not gone out, and why not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from commitments.errors import Text
from commitments.models import Digest, DigestKind, DigestState, Notice, Pause, Programme
from commitments.reports.reminders.scope import notices_of
from commitments.reports.reminders.things import Thing, things_of
from commitments.reports.step_words import step_words
from commitments.rules.moments import VIETNAM, at_minute, day_of
from commitments.rules.workdays import WorkCalendar
from commitments.text.display import limited_date


@dataclass(frozen=True, slots=True)
class Waits:
    """A notice that waits, what it is about, and why it has not gone out."""

    notice: Notice
    thing: Thing | None
    words: Text
    why: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The first of what waits, the longest waiting first, and how many there are."""

    first: Sequence[Waits]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.first)


def waiting_in(
    programmes: Iterable[Programme], now: datetime, calendar: WorkCalendar, most: int
) -> Waiting:
    due = notices_of(programmes) & Notice.objects.due(now)
    rows = list(
        due.select_related("recipient", "commitment", "digest").order_by("due_at", "pk")[:most]
    )
    things = things_of({(one.subject_kind, one.subject_id) for one in rows})
    reasons = _Reasons(rows, now, calendar)
    first = [
        Waits(
            one,
            things.get((one.subject_kind, one.subject_id)),
            step_words(one.rule, one.step),
            reasons.why(one),
        )
        for one in rows
    ]
    return Waiting(first, len(rows) if len(rows) < most else due.count())


class _Reasons:
    """Why each of some notices has not gone out: two queries for all."""

    def __init__(self, rows: Sequence[Notice], now: datetime, calendar: WorkCalendar) -> None:
        self.now, self.calendar, self.today = now, calendar, day_of(now)
        self.paused = set(Pause.objects.open().values_list("programme_id", flat=True))
        closed = Digest.objects.filter(
            recipient__in={one.recipient_id for one in rows},
            day_on=self.today,
            kind=DigestKind.DAILY,
            state__in=(DigestState.SENT, DigestState.DEAD),
        )
        self.closed = set(closed.values_list("recipient_id", flat=True))

    def why(self, notice: Notice) -> str:
        if notice.commitment and notice.commitment.programme_id in self.paused:
            return _("held back: the reminders of its programme are paused")
        mail = notice.digest
        if mail is not None and mail.state == DigestState.FAILED:
            said = _("the mail could not be sent; the next try is at {time}")
            return said.format(time=_clock(mail.next_try_at))
        if mail is not None and mail.state == DigestState.SENDING:
            return _("its mail is being sent")
        if notice.by_itself and (mail is None or mail.state == DigestState.PLANNED):
            return _("goes out by itself within some minutes")
        return self._of_the_day(notice)

    def _of_the_day(self, notice: Notice) -> str:
        minute = notice.recipient.digest_minute
        if not self.calendar.is_working(self.today):
            said = _("a free day: it goes out on {day} at {time}")
        elif notice.recipient_id in self.closed:
            said = _("the mail of today is closed: it goes out on {day} at {time}")
        elif at_minute(self.today, minute) > self.now:
            said = _("goes out today at {time}")
        else:
            return _("goes out within some minutes")
        day = self._next_day(notice.recipient_id in self.closed)
        return said.format(day=limited_date(day), time=_clock(at_minute(day, minute)))

    def _next_day(self, is_closed: bool) -> date:
        if is_closed:
            return self.calendar.add(self.today, 1)
        return self.calendar.next_working(self.today)


def _clock(moment: datetime) -> str:
    return time_format(moment.astimezone(VIETNAM), "H:i")
