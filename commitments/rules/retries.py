"""When a mail that could not be sent is tried again, and when it is given up."""

import zlib
from datetime import datetime, timedelta

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 240, 240))
"""How long to wait after each failed try; after one try more the mail is given up."""

MAX_TRIES = len(RETRY_AFTER) + 1
JITTER = 0.25
"""How much of the wait is added at most, so that what failed together does not return together."""


def next_try(tries: int, now: datetime, name: str = "") -> datetime | None:
    """When to try again after so many tries; None: never.

    `name` spreads mails that failed at one time: the same mail always waits the same.
    """
    if tries >= MAX_TRIES:
        return None
    wait = RETRY_AFTER[tries - 1]
    return now + wait + wait * JITTER * _share(f"{name}/{tries}" if name else "")


def _share(name: str) -> float:
    """A number from 0 up to 1 that is the same for the same name."""
    return zlib.crc32(name.encode()) % 1000 / 1000 if name else 0.0


def waited(failures: int) -> timedelta:
    """How long a mail that failed so often has waited by its next try, at least."""
    return sum(RETRY_AFTER[:failures], timedelta())
