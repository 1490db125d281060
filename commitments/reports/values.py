"""The values of an indicator, period by period, with disagreements in plain sight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from commitments.models import IndicatorPoint, PointKind


@dataclass(frozen=True)
class PeriodValues:
    """Every value published for one period, what is said to be so before what was aimed at."""

    period: str
    points: Sequence[IndicatorPoint]

    @property
    def stated(self) -> list[IndicatorPoint]:
        """What is said to be so."""
        return [point for point in self.points if point.kind != PointKind.TARGET]

    @property
    def different(self) -> int:
        """How many different values are said to be so; an aim never contradicts them."""
        return len({(point.value, point.comparator) for point in self.stated})

    @property
    def disagree(self) -> bool:
        return self.different > 1


def by_period(points: Iterable[IndicatorPoint]) -> list[PeriodValues]:
    """Group an indicator's points by their period, the newest first."""
    rows = sorted(points, key=_newest_first)
    return [PeriodValues(period, list(group)) for period, group in groupby(rows, _period)]


def newest(points: Iterable[IndicatorPoint]) -> PeriodValues | None:
    """The newest period for which something is said to be so; else the nearest aim."""
    periods = by_period(points)
    told = [of for of in periods if any(point.kind != PointKind.TARGET for point in of.points)]
    return next(iter(told), periods[-1] if periods else None)


def _period(point: IndicatorPoint) -> str:
    return point.period


def _newest_first(point: IndicatorPoint) -> tuple[int, int, str, bool, int]:
    return (
        -point.period_latest.toordinal(),
        -point.period_earliest.toordinal(),
        point.period,
        point.kind == PointKind.TARGET,
        point.number,
    )
