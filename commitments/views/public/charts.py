"""Charts as files: the picture by itself, and every value behind it."""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments.charts import Chart, alone, indicator_chart, target_chart
from commitments.models import Commitment, Indicator
from commitments.reports.plan import plan_of, with_plan
from commitments.sheets import Column, Table, write_csv
from commitments.sheets.tables import Value
from commitments.views.public._page import PublicRequest

COLUMNS = (
    Column("period", _("Period")),
    Column("period_earliest", _("First day")),
    Column("period_latest", _("Last day")),
    Column("kind", _("What kind")),
    Column("comparator", _("Comparator")),
    Column("value", _("Value")),
    Column("value_max", _("Upper value")),
    Column("unit", _("Unit")),
    Column("stated_by", _("Stated by")),
    Column("source", _("Source")),
    Column("source_address", _("Address of the source in the record")),
    Column("note", _("Note")),
)


@require_safe
def target_svg(request: PublicRequest, slug: str, number: int) -> HttpResponse:
    return _picture(_of_target(request, slug, number), "commitment-detail", slug)


@require_safe
def target_csv(request: PublicRequest, slug: str, number: int) -> HttpResponse:
    return _values(_of_target(request, slug, number))


@require_safe
def indicator_svg(request: PublicRequest, slug: str) -> HttpResponse:
    return _picture(_of_indicator(request, slug), "indicator-detail", slug)


@require_safe
def indicator_csv(request: PublicRequest, slug: str) -> HttpResponse:
    return _values(_of_indicator(request, slug))


def _of_target(request: PublicRequest, slug: str, number: int) -> Chart:
    """The chart of one target; a target of words has none, and is not found."""
    commitment = get_object_or_404(with_plan(Commitment.objects.public()), slug=slug)
    for line in plan_of(commitment).targets:
        if line.target.number == number and line.target.value is not None:
            return target_chart(line.target, line.former, line.series, request.today)
    raise Http404


def _of_indicator(request: PublicRequest, slug: str) -> Chart:
    indicator = get_object_or_404(Indicator.objects, slug=slug)
    points = indicator.points.select_related("source")
    return indicator_chart(indicator, points, request.today)


def _picture(chart: Chart, name: str, slug: str) -> HttpResponse:
    if not chart.is_drawn:
        raise Http404
    address = f"{settings.SITE_URL}{reverse(name, args=[slug])}"
    return _file(alone(chart, address), "image/svg+xml", chart, "svg")


def _values(chart: Chart) -> HttpResponse:
    table = Table(chart.key, COLUMNS, _rows(chart))
    return _file("".join(write_csv(table)), "text/csv", chart, "csv")


def _rows(chart: Chart) -> Iterator[list[Value]]:
    for one in chart.readings:
        yield [
            one.period,
            one.earliest,
            one.latest,
            one.kind.value,
            one.comparator,
            one.value,
            one.value_max,
            one.unit,
            one.speaker,
            one.source,
            f"{settings.SITE_URL}{one.url}" if one.url else "",
            one.note,
        ]


def _file(text: str, media_type: str, chart: Chart, ending: str) -> HttpResponse:
    """Shown by a browser and named for who keeps it."""
    name = f'inline; filename="{chart.key}.{ending}"'
    return HttpResponse(
        text,
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": name},
    )
