"""The record as it stood: its public events, replayed up to a day or up to one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Max, Min, QuerySet

from commitments.models import PublicEvent


@dataclass(frozen=True, slots=True)
class Moment:
    """Up to where the record is replayed (design §4.5).

    Without `version` every event counts that takes effect by `on`, whenever it was written; with
    it every event up to that sequence, whatever day it speaks of, and `on` is the day of writing.
    """

    on: date
    version: int | None = None

    def events(self) -> QuerySet[PublicEvent]:
        if self.version is not None:
            return PublicEvent.objects.filter(sequence__lte=self.version)
        return PublicEvent.objects.filter(effective_on__lte=self.on)

    def edge(self) -> int:
        """The last event that counts, 0 for none: while it is the same, so is what stood."""
        last: int | None = self.events().aggregate(last=Max("sequence"))["last"]
        return last or 0


class Stood(NamedTuple):
    """One object as an event left it; `data` is its public view, `said_at` when it was written."""

    key: str
    data: dict[str, Any]
    said_at: datetime


def stood(moment: Moment, kind: str) -> Iterator[Stood]:
    """Every object of a kind that was public then, in the order in which they first appeared.

    Of the events about one object the last in sequence holds, as the record was written.
    Memory: the objects of this one kind.
    """
    objects: dict[str, Stood] = {}
    rows = moment.events().filter(object_kind=kind).order_by("sequence")
    for key, data, at in rows.values_list("object_key", "after", "recorded_at").iterator(
        chunk_size=500
    ):
        if data is None:
            objects.pop(key, None)
        else:
            objects[key] = Stood(key, data, at)
    yield from objects.values()


def begun_at() -> datetime | None:
    """When the record was begun: what it says of earlier days was entered later."""
    first: datetime | None = PublicEvent.objects.aggregate(first=Min("recorded_at"))["first"]
    return first
