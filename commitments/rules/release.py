"""When an approved update may be published by itself: a day and a time in Viet Nam."""

import re
from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal

LONGEST = timedelta(days=90)
"""How far ahead a time may be set: what is held back longer is no news any more."""

TIME = re.compile(r"([01]?\d|2[0-3])(?:[:hg.]([0-5]\d)|[hg])", re.ASCII)


def parse_time(typed: str) -> time:
    """A time of the day as people write it: `8:30`, `08:30`, `8h30`, `8h`, `8g30`."""
    matched = TIME.fullmatch(typed.replace(" ", "").lower())
    if not matched:
        raise Invalid("time_unreadable", _UNREADABLE)
    hour, minute = matched.groups()
    return time(int(hour), int(minute or 0))


def check_release(at: datetime, now: datetime) -> list[Refusal]:
    """Later than now, and within 90 days."""
    if at <= now:
        return [Invalid("release_past", _PAST, "release_on")]
    if at > now + LONGEST:
        return [Invalid("release_far", _FAR, "release_on")]
    return []


_UNREADABLE = _("Please write the time as hour and minute, for example 8:30 or 16:00.")
_PAST = _("This time has passed. Choose a later one, or publish at once.")
_FAR = _("This is more than 90 days away. Choose an earlier day.")
