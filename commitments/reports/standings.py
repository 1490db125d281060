"""Where each commitment stands in one word, and how many stand where; nothing is averaged."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Value, When
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from commitments.models import CLOSED, CommitmentKind, Stage
from commitments.models.commitment import CommitmentQuerySet

WORST_FIRST = (
    "past_due",
    "off_track",
    "late",
    "never_reported",
    "at_risk",
    "stale",
    "paused",
    "",
    "not_started",
    "in_progress",
    "reported_complete",
    "complete",
    "superseded",
    "withdrawn",
)
"""The words in the order in which they are shown. Empty: no stage was stated."""

_COUNTED: Mapping[str, Any] = {
    CommitmentKind.GOVERNMENT_TASK: ngettext_lazy("%(count)d task", "%(count)d tasks", "count"),
    CommitmentKind.NATIONAL_MISSION: ngettext_lazy(
        "%(count)d national mission", "%(count)d national missions", "count"
    ),
    CommitmentKind.CORPORATE_PLEDGE: ngettext_lazy(
        "%(count)d corporate pledge", "%(count)d corporate pledges", "count"
    ),
    "": ngettext_lazy("%(count)d commitment", "%(count)d commitments", "count"),
}


@dataclass(frozen=True)
class Distribution:
    """How many commitments stand where, worst first; each is counted once."""

    counts: tuple[tuple[str, int], ...]
    kind: str = ""

    @property
    def total(self) -> int:
        return sum(count for _standing, count in self.counts)

    @property
    def title(self) -> str | Promise:
        """How many there are, in words: "4 tasks"."""
        return counted(self.total, self.kind)


NOTHING = Distribution(())


def counted(count: int, kind: str = "") -> str:
    """A number of commitments of a kind, in words."""
    return str(_COUNTED[kind] % {"count": count})


def _place(word: str) -> Value:
    return Value(WORST_FIRST.index(word))


_RANK = Case(
    *(When(stage=stage, then=_place(stage)) for stage in CLOSED),
    When(is_past_due=True, then=_place("past_due")),
    When(forecast="off_track", then=_place("off_track")),
    When(reporting="late", then=_place("late")),
    When(reporting="never_reported", then=_place("never_reported")),
    When(forecast="at_risk", then=_place("at_risk")),
    When(reporting="stale", then=_place("stale")),
    *(When(stage=stage, then=_place(stage)) for stage in Stage if stage not in CLOSED),
    default=_place(""),
    output_field=IntegerField(),
)
"""The place among `WORST_FIRST` of the one word under which a commitment is counted.

What is closed stands by its stage. Of the others the gravest applies: past due, off track,
update late, never reported, at risk, out of date; else the stage that was stated. Needs the
annotations of the axes. The database gets the place and never the word: a word that is looked up
again would repeat the whole computation in its SQL.
"""


def for_list(rows: CommitmentQuerySet, on: date) -> CommitmentQuerySet:
    """Load what a row shows, with its `rank`, 0 for the worst."""
    return rows.for_list(on).annotate(rank=_RANK)


def worst_first(rows: CommitmentQuerySet, on: date, *words: str) -> CommitmentQuerySet:
    """The same, worst first; where `words` are given, only what stands under one of them."""
    known: Any = for_list(rows, on)
    if words:
        known = known.filter(rank__in=[WORST_FIRST.index(word) for word in words])
    ordered: CommitmentQuerySet = known.order_by(
        "rank", F("due_latest").asc(nulls_last=True), "reference"
    )
    return ordered


def distribution(rows: CommitmentQuerySet, on: date, kind: str = "") -> Distribution:
    """How many of `rows` stand where, in one query."""
    return distributions(rows, on, kind=kind).get((), NOTHING)


def distributions(
    rows: CommitmentQuerySet, on: date, *by: str, kind: str = ""
) -> dict[tuple[Any, ...], Distribution]:
    """The same for each group of rows that share the columns `by`, all in one query."""
    counts: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    known = rows.with_past_due(on).with_reporting(on).annotate(rank=_RANK)
    found = known.order_by().values_list(*by, "rank")
    for *group, rank, number in found.annotate(number=Count("pk", distinct=True)):
        counts[tuple(group)][WORST_FIRST[rank]] = number
    return {group: Distribution(_in_order(of), kind) for group, of in counts.items()}


def _in_order(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((word, counts[word]) for word in WORST_FIRST if counts.get(word))
