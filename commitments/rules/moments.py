"""Vietnamese days and minutes: the clock that people who are reminded live by."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def minute_of(moment: datetime) -> int:
    """The minute of the Vietnamese day."""
    local = moment.astimezone(VIETNAM)
    return local.hour * 60 + local.minute


def day_of(moment: datetime) -> date:
    """The Vietnamese day."""
    return moment.astimezone(VIETNAM).date()


@lru_cache(maxsize=4096)
def at_minute(day: date, minute: int) -> datetime:
    """The instant of a Vietnamese day and minute."""
    return datetime.combine(day, time(minute // 60, minute % 60), VIETNAM)
