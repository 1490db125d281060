"""What a mail says of each kind of thing that notices are about."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from commitments.emails.digest import Item
from commitments.models import Notice
from commitments.rules.reminders import Facts
from commitments.rules.workdays import WorkCalendar
from commitments.services.notices.about.obligations import owed_items
from commitments.services.notices.standing import Known

Items = Callable[[Sequence[Notice], Mapping[int, Facts], int, datetime, WorkCalendar], list[Item]]
"""What a mail to one recipient says of the notices of a kind that stand, by their facts."""

ITEMS: Mapping[str, Items] = {"obligation": owed_items}


def items_of(
    notices: Sequence[Notice], facts: Known, recipient: int, now: datetime, calendar: WorkCalendar
) -> list[Item]:
    """What a mail says of these notices, kind by kind."""
    found: list[Item] = []
    for kind, items in ITEMS.items():
        own = [notice for notice in notices if notice.subject_kind == kind]
        if own:
            known = {key: fact for (name, key), fact in facts.items() if name == kind}
            found += items(own, known, recipient, now, calendar)
    return found
