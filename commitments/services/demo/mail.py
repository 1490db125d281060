"""The reminders that would have gone out before the demonstration was loaded."""

from datetime import datetime

from commitments.rules.moments import at_minute, day_of
from commitments.services import notices
from commitments.services.calendar import calendar_for
from commitments.services.demo.troubles import Troubles, troubles_of_demo

WORKDAYS = 8
"""How many working days back the reminders are played."""

MINUTE = 8 * 60 + 30
"""When they go out: the minute that people have from the start."""


def send_mail_of_last_days(*, now: datetime) -> int:
    """Play the reminders of the last working days, so that the mailbox holds mail on any day.

    Today is left to the worker. Returns how many mails went out.
    """
    today = day_of(now)
    calendar = calendar_for(today)
    troubles = troubles_of_demo()
    return sum(
        _play(back, at_minute(calendar.add(today, -back), MINUTE), troubles)
        for back in range(WORKDAYS, 0, -1)
    )


def _play(back: int, moment: datetime, troubles: Troubles | None) -> int:
    """One morning, with what went wrong on it; how many mails went out."""
    if troubles:
        troubles.before(back, moment)
    notices.plan_notices(now=moment)
    if troubles:
        troubles.between(moment)
    notices.make_digests(now=moment)
    if troubles:
        troubles.at_sending(back, moment)
    due = notices.digests_to_send(now=moment)
    sent = sum(notices.deliver_digest(digest_id, now=moment) for digest_id in due)
    if troubles:
        troubles.after(back, moment)
    return sent
