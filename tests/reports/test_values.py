"""Values of an indicator, period by period."""

from datetime import date

import pytest

from commitments.reports.values import by_period, newest
from tests.factories import IndicatorFactory, IndicatorPointFactory


@pytest.fixture
def indicator(db):
    return IndicatorFactory()


def _point(indicator, year, value, kind="actual", **columns):
    return IndicatorPointFactory(
        indicator=indicator,
        period=str(year),
        period_earliest=date(year, 1, 1),
        period_latest=date(year, 12, 31),
        value=value,
        kind=kind,
        **columns,
    )


def test_by_period_is_newest_first_and_puts_aims_last(indicator):
    old = _point(indicator, 2023, 5)
    aim = _point(indicator, 2024, 9, "target")
    told = _point(indicator, 2024, 8, "estimate")

    periods = by_period(indicator.points.all())

    assert [(of.period, list(of.points)) for of in periods] == [
        ("2024", [told, aim]),
        ("2023", [old]),
    ]


@pytest.mark.parametrize(
    ("others", "different"),
    [
        ([], 1),
        ([(142, "estimate", "")], 1),
        ([(137, "estimate", "")], 2),
        ([(142, "actual", "more_than")], 2),
        ([(137, "target", "")], 1),
    ],
)
def test_different_values_of_a_period_disagree_unless_one_is_an_aim(indicator, others, different):
    _point(indicator, 2023, 142)
    for value, kind, comparator in others:
        _point(indicator, 2023, value, kind, comparator=comparator)

    (period,) = by_period(indicator.points.all())

    assert (period.different, period.disagree) == (different, different > 1)


def test_newest_is_what_is_told_before_what_is_aimed_at(indicator):
    assert newest(indicator.points.all()) is None

    _point(indicator, 2035, 9, "target")
    _point(indicator, 2030, 9, "target")
    assert newest(indicator.points.all()).period == "2030"

    _point(indicator, 2024, 8)
    assert newest(indicator.points.all()).period == "2024"
