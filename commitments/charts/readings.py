"""A published value as a chart draws it and as its table says it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models import IndicatorPoint, Measurement, PointKind, Speaker, Target
from commitments.text.display import limited_date, said_lang, said_text
from commitments.text.quantities import figure

SHORT = timedelta(days=10)
"""A period that is not longer looks like a day."""


class Kind(StrEnum):
    """What a value says: how it is, how it was at first, or how it is meant to be."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    BASELINE = "baseline"
    TARGET = "target"
    FORMER = "former"

    @property
    def words(self) -> str:
        return str(_KINDS[self])

    @property
    def is_aim(self) -> bool:
        return self in {Kind.TARGET, Kind.FORMER}


_KINDS = {
    Kind.ACTUAL: PointKind.ACTUAL.label,
    Kind.ESTIMATE: PointKind.ESTIMATE.label,
    Kind.BASELINE: gettext_lazy("starting value"),
    Kind.TARGET: PointKind.TARGET.label,
    Kind.FORMER: gettext_lazy("earlier target, replaced"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One value. Its days are None only where no date was published; then it has no place."""

    kind: Kind
    period: str
    earliest: date | None
    latest: date | None
    value: Decimal
    unit: str
    comparator: str = ""
    value_max: Decimal | None = None
    speaker: str = ""
    source: str = ""
    url: str = ""
    source_lang: str = ""
    note: str = ""

    @property
    def when(self) -> str:
        return limited_date(self.period) if self.period else _("no date published")

    @property
    def who(self) -> str:
        return str(Speaker(self.speaker).label) if self.speaker else ""

    @property
    def number(self) -> str:
        """Without its unit: the heading of the column names that."""
        return figure(self.value, "", self.comparator, self.value_max)

    @property
    def words(self) -> str:
        """ "actual, 31 May 2026: at least 12 bridges" """
        said = figure(self.value, self.unit, self.comparator, self.value_max)
        return f"{self.kind.words}, {self.when}: {said}"

    @property
    def most(self) -> Decimal:
        return self.value if self.value_max is None else self.value_max


class Spot(NamedTuple):
    """A reading with its place in time."""

    of: Reading
    earliest: date
    latest: date

    @property
    def is_long(self) -> bool:
        return self.latest - self.earliest > SHORT

    def meets(self, other: "Spot") -> bool:
        return self.earliest <= other.latest and other.earliest <= self.latest


def spots(readings: Iterable[Reading]) -> list[Spot]:
    """Those that have one."""
    return [Spot(one, one.earliest, one.latest) for one in readings if one.earliest and one.latest]


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """By time; what has no date comes last."""
    return sorted(readings, key=lambda one: (one.latest or date.max, one.earliest or date.max))


def of_target(
    target: Target, former: Sequence[Target], series: Iterable[Measurement]
) -> list[Reading]:
    """The target, those before it that counted the same, where it started, and what was reported.

    Needs the measurements with their updates, and the commitment of the target.
    """
    same = [one for one in former if (one.metric, one.unit) == (target.metric, target.unit)]
    found = [_aim(one, Kind.FORMER) for one in same if one.value is not None]
    if target.baseline is not None and target.baseline_on:
        found.append(_start(target, target.baseline, target.baseline_on))
    found += [_measured(one, target) for one in series]
    return in_order([*found, *([_aim(target, Kind.TARGET)] if target.value is not None else [])])


def _aim(target: Target, kind: Kind) -> Reading:
    assert target.value is not None  # a target of words is never drawn
    return Reading(
        kind,
        target.due,
        target.due_earliest,
        target.due_latest,
        target.value,
        target.unit,
        target.comparator,
        target.value_max,
        source=said_text(target, "text"),
        source_lang=said_lang(target, "text"),
    )


def _start(target: Target, value: Decimal, day: date) -> Reading:
    return Reading(Kind.BASELINE, day.isoformat(), day, day, value, target.unit)


def _measured(row: Measurement, target: Target) -> Reading:
    update, day = row.update, row.as_of_on
    return Reading(
        Kind.ACTUAL,
        day.isoformat(),
        day,
        day,
        row.value,
        target.unit,
        speaker=update.speaker,
        source=_("update {number}").format(number=update.number),
        url=reverse("update-detail", args=[target.commitment.slug, update.number]),
    )


def of_indicator(points: Iterable[IndicatorPoint], unit: str) -> list[Reading]:
    """Every value that was published, each by itself. Needs points with their sources."""
    return in_order(_point(row, unit) for row in points)


def _point(row: IndicatorPoint, unit: str) -> Reading:
    return Reading(
        Kind(row.kind),
        row.period,
        row.period_earliest,
        row.period_latest,
        row.value,
        unit,
        row.comparator,
        speaker=row.speaker,
        source=row.source.title,
        url=reverse("source-detail", args=[row.source.slug]),
        source_lang=row.source.language,
        note=row.note,
    )
