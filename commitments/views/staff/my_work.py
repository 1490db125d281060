"""My work: what a person owes, what waits for them, and an officer's Monday."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from commitments.models import Digest, DigestKind, DigestState, ErrorReport, Programme, Role
from commitments.reports.my_work import beside, owed_by, waiting_for, written_by
from commitments.reports.officer import corrected_since, owed_in, programmes_of
from commitments.reports.reminders import notices_of, pauses_of
from commitments.services import notices
from commitments.services.calendar import calendar_for
from commitments.views.staff._page import StaffRequest, page

RECENT = timedelta(days=30)
"""How long a correction stays on the first page of an officer."""
MOST_LATE = 50
"""How many late ones stand on the first page; the page of reporting lists them all."""
COUNTED = 5_000
"""How many owed updates are read at once where only people are counted."""


@require_safe
@login_required
def my_work(request: StaffRequest) -> HttpResponse:
    today = localdate()
    written = written_by(request.user)
    reviews = bool(request.user.organisations_as(Role.APPROVER, Role.OFFICER))
    context: dict[str, Any] = {
        "today": today,
        "is_reporter": bool(request.user.organisations_as(Role.REPORTER)),
        "is_reviewer": reviews,
        "has_role": bool(request.user.roles),
        "owed": owed_by(request.user, today),
        "written": written,
        "waiting": waiting_for(request.user, today, calendar_for(today)) if reviews else [],
        "beside": beside(request.user, today),
    }
    if request.user.organisations_as(Role.OFFICER):
        context |= _monday(request)
    return page(request, "staff/my_work.html", context)


def _monday(request: StaffRequest) -> dict[str, Any]:
    """What an officer looks for: who is late, who was told, what goes out, what was corrected."""
    programmes = list(programmes_of(request.user))
    owed = owed_in(programmes, localdate())
    late = [line for line in owed if line.owed.is_late]
    pauses = pauses_of(programmes)
    corrections, retractions = corrected_since(programmes, timezone.now() - RECENT)
    return {
        "late": late[:MOST_LATE],
        "late_in_all": len(late),
        "due": [line for line in owed if not line.owed.is_late],
        "programmes": programmes,
        "mail": _mail_of_today(programmes, [one.programme for one in pauses]),
        "pauses": pauses,
        "corrections": corrections,
        "reported_errors": ErrorReport.objects.for_officer(request.user).open().count(),
        "retractions": retractions,
    }


@dataclass(frozen=True, slots=True)
class MailOfToday:
    """How many people of these programmes get a digest today, and how many have theirs.

    On a free day `to_come` counts those who get one on the next working day.
    """

    is_working_day: bool
    sent: int
    to_come: int


def _mail_of_today(programmes: list[Programme], paused: Iterable[Programme]) -> MailOfToday:
    """Nothing of a paused programme is still to come."""
    going = [one for one in programmes if one not in paused]
    now, today = timezone.now(), localdate()
    day = calendar_for(today).next_working(today)
    end = timezone.make_aware(datetime.combine(day, time.max))
    carried = notices_of(programmes).filter(digest=OuterRef("pk"))
    sent = Digest.objects.filter(
        Exists(carried), day_on=today, kind=DigestKind.DAILY, state=DigestState.SENT
    )
    told = set(sent.values_list("recipient_id", flat=True))
    coming = {
        one.recipient_id
        for one in notices.preview(now=max(now, end), programmes=going, at_once=COUNTED)
        if one.due_at <= end
    }
    return MailOfToday(day == today, len(told), len(coming - told))
