"""What a kind of thing has to tell, so that people can be reminded of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import QuerySet

from commitments.models import Programme, Rule
from commitments.rules.reminders import Facts

BATCH = 500


class Roster(Protocol):
    """What is known of some things for a span of days, whoever is away when."""

    def facts(self, on: date) -> Mapping[int, Facts]:
        """How each stands, by its id, as people are there on a day of the span."""


def of_programmes(rows: QuerySet[Any], programmes: Iterable[Programme]) -> QuerySet[Any]:
    """Rows whose commitment is in one of the programmes."""
    return rows.filter(commitment__programme__in=programmes)


def of_own_programmes(rows: QuerySet[Any], programmes: Iterable[Programme]) -> QuerySet[Any]:
    """Commitments of one of the programmes."""
    return rows.filter(programme__in=programmes)


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing, by the name that its notices carry.

    `open` gives the rows of which something may have to be said up to a day, whoever they wait
    for; `known` those of some ids, also where nothing is open any more; `roster` what the rules
    need of such rows, in as many queries for one as for a batch. `within` narrows rows to those
    that concern some programmes.
    """

    kind: str
    rules: tuple[Rule, ...]
    open: Callable[[date], QuerySet[Any]]
    known: Callable[[Collection[int]], Sequence[Any]]
    roster: Callable[[Sequence[Any], date, date], Roster]
    within: Callable[[QuerySet[Any], Iterable[Programme]], QuerySet[Any]] = of_programmes

    def batches(self, rows: QuerySet[Any], at_once: int = BATCH) -> Iterator[list[Any]]:
        """Walk any number of rows by key, a batch in memory at a time."""
        ordered = rows.order_by("pk")
        last = 0
        while batch := list(ordered.filter(pk__gt=last)[:at_once]):
            yield batch
            last = batch[-1].pk

    def facts(self, rows: Sequence[Any], on: date) -> Mapping[int, Facts]:
        """The facts of some rows by their ids, as people are there on a day."""
        return self.roster(rows, on, on).facts(on) if rows else {}
