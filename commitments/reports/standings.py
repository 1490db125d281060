"""Where each commitment stands in one word, and how many stand where; nothing is averaged."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
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


KEPT = ("rank", "is_past_due", "reporting", "verification", "owed_since_on", "in_review_since")
"""What the read model `Standing` keeps of a commitment, by the names of the annotations."""

_kept_for: ContextVar[date | None] = ContextVar("kept_for", default=None)


@contextmanager
def kept_for(day: date) -> Iterator[None]:
    """Read what is kept, for as long as a page is made of a day for which `Standing` was brought
    up to date (`services.read_models.standings`)."""
    token = _kept_for.set(day)
    try:
        yield
    finally:
        _kept_for.reset(token)


def known(rows: CommitmentQuerySet, on: date) -> CommitmentQuerySet:
    """Annotate all of `KEPT` as it stands on a day: as it was kept, where it was, else computed.

    The one way to ask for these: nobody else reads the columns of `Standing`.
    """
    if _kept_for.get() != on:
        return computed(rows, on)
    kept: CommitmentQuerySet = rows.annotate(**{name: F(f"standing__{name}") for name in KEPT})
    return kept


def computed(rows: CommitmentQuerySet, on: date) -> CommitmentQuerySet:
    """The same from the rows themselves, however it was kept."""
    ranked: CommitmentQuerySet = rows.with_axes(on).annotate(rank=_RANK)
    return ranked


def for_list(rows: CommitmentQuerySet, on: date) -> CommitmentQuerySet:
    """Load what a row shows, with its `rank`, 0 for the worst."""
    return known(rows.with_row(), on)


def worst_first(rows: CommitmentQuerySet, on: date, *words: str) -> CommitmentQuerySet:
    """The same, worst first; where `words` are given, only what stands under one of them."""
    listed: Any = for_list(rows, on)
    if words:
        listed = listed.filter(rank__in=[WORST_FIRST.index(word) for word in words])
    ordered: CommitmentQuerySet = listed.order_by(
        "rank", F("due_latest").asc(nulls_last=True), "reference"
    )
    return ordered


def first(rows: CommitmentQuerySet, most: int) -> list[int]:
    """The keys of the first few: to sort all rows with what is loaded along would cost much."""
    return list(rows.values_list("pk", flat=True)[:most])


def distribution(rows: CommitmentQuerySet, on: date, kind: str = "") -> Distribution:
    """How many of `rows` stand where, in one query."""
    return distributions(rows, on, kind=kind).get((), NOTHING)


def distributions(
    rows: CommitmentQuerySet, on: date, *by: str, kind: str = ""
) -> dict[tuple[Any, ...], Distribution]:
    """The same for each group of rows that share the columns `by`, all in one query."""
    counts: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    found: Any = known(rows, on).order_by().values_list(*by, "rank")
    for *group, rank, number in found.annotate(number=Count("pk", distinct=True)):
        counts[tuple(group)][WORST_FIRST[rank]] = number
    return {group: Distribution(_in_order(of), kind) for group, of in counts.items()}


def _in_order(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((word, counts[word]) for word in WORST_FIRST if counts.get(word))
