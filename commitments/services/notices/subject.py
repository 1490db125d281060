"""What a kind of thing has to tell, so that notices can be about it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commitments.emails.digest import Item
from commitments.models import Cancelled, Notice, NoticeState
from commitments.rules.reminders import Key
from commitments.rules.workdays import WorkCalendar

Outcome = tuple[NoticeState, Cancelled | None]


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing, by the name that its notices carry.

    `facts` says how things stand with those of these ids, in so many queries for all of them;
    `fate` what becomes of a notice by them (None: the thing is gone); `items` what a mail to one
    recipient says of the notices that stand.
    """

    kind: str
    facts: Callable[[Collection[int], datetime], Mapping[int, Any]]
    fate: Callable[[Key, Any, datetime, WorkCalendar], Outcome]
    items: Callable[[Sequence[Notice], Mapping[int, Any], int, datetime, WorkCalendar], list[Item]]
