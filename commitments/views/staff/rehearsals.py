"""The dry run: what the next tick would do, on a page that writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.models import Notice
from commitments.reports.reminders import Thing, Worded, pauses_of, things_of, worded
from commitments.services import notices
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.reminders import ROWS, programmes_reminded

Key = tuple[str, int]


@dataclass(frozen=True)
class Part:
    """The first notices of one sort, and how many there are."""

    lines: list[Worded]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True)
class MailPart:
    """A mail that would go out now, with the first of what it would carry."""

    mail: notices.Mail
    part: Part


@require_safe
@login_required
def reminder_dry_run(request: StaffRequest) -> HttpResponse:
    """What would be noted, overtaken, called off and sent, of the officer's programmes."""
    programmes, now = programmes_reminded(request), timezone.now()
    found = notices.rehearse(now=now, programmes=programmes)
    for one, reason in found.cancelled:
        one.cancelled_because = reason  # of the row in memory: the page reads it there
    sorts = {
        "planned": found.planned,
        "skipped": found.skipped,
        "superseded": found.superseded,
        "cancelled": [one for one, _reason in found.cancelled],
    }
    first = [one for rows in sorts.values() for one in rows[:ROWS]]
    first += [one for mail in found.mails[:ROWS] for one in mail.notices[:ROWS]]
    things = things_of({(one.subject_kind, one.subject_id) for one in first})
    context = {
        "now": now,
        **{name: _part(rows, things) for name, rows in sorts.items()},
        "mails": [MailPart(mail, _part(mail.notices, things)) for mail in found.mails[:ROWS]],
        "mail_count": len(found.mails),
        "more_mails": max(len(found.mails) - ROWS, 0),
        "pauses": pauses_of(programmes),
    }
    return page(request, "staff/reminders/dry_run.html", context)


def _part(rows: Iterable[Notice], things: dict[Key, Thing]) -> Part:
    own = list(rows)
    return Part([worded(one, things) for one in own[:ROWS]], len(own))
