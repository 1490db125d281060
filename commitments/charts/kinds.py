"""The charts that the record has: of a target, and of an indicator."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.urls import reverse

from commitments.charts.chart import Chart
from commitments.charts.readings import of_indicator, of_target
from commitments.models import Indicator, IndicatorPoint, Measurement, Target
from commitments.text.display import said_text

TWO_PERIODS = timedelta(days=186)
"""Of quarterly reporting. Between values further apart something is missing."""


def target_chart(
    target: Target, former: Sequence[Target], series: Iterable[Measurement], today: date
) -> Chart:
    """Actual against target. Needs the measurements with their updates; `former` are the targets
    that this one replaces."""
    files = [target.commitment.slug, target.number]
    return Chart(
        key=f"{target.commitment.slug}-target-{target.number}",
        heading=said_text(target, "text"),
        unit=target.unit,
        readings=of_target(target, former, series),
        day=today,
        svg_url=reverse("target-svg", args=files),
        csv_url=reverse("target-csv", args=files),
        gap=TWO_PERIODS,
    )


def indicator_chart(indicator: Indicator, points: Iterable[IndicatorPoint], today: date) -> Chart:
    """Every published value, its kind and its aims. Needs points with their sources."""
    return Chart(
        key=f"{indicator.slug}-chart",
        heading=said_text(indicator, "name"),
        unit=indicator.unit,
        readings=of_indicator(points, indicator.unit),
        day=today,
        svg_url=reverse("indicator-svg", args=[indicator.slug]),
        csv_url=reverse("indicator-csv", args=[indicator.slug]),
    )
