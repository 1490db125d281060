"""National headline figures, with every value as it was published."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.charts import Chart, indicator_chart
from commitments.models import Indicator, IndicatorPoint
from commitments.reports import values
from commitments.reports.findings import contradictions_on
from commitments.text.display import said
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail
from commitments.views.public.citing import cited

PER_PAGE = 50


@require_safe
def indicator_list(request: PublicRequest) -> HttpResponse:
    """Each figure with the values of its newest period, and its course as a small picture."""
    page = Paginator(_with_points(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            (row, values.newest(row.points.all()), _chart(row, request.today)) for row in page
        ],
        "trail": trail((_("Indicators"), "")),
    }
    return render(request, "public/indicators/list.html", context)


@require_safe
def indicator_detail(request: PublicRequest, slug: str) -> HttpResponse:
    found = _with_points().prefetch_related("notes__sources")
    indicator = get_object_or_404(found, slug=slug)
    periods = values.by_period(indicator.points.all())
    context = {
        "indicator": indicator,
        "chart": _chart(indicator, request.today),
        "newest": values.newest(indicator.points.all()),
        "periods": periods,
        "disagreements": [period for period in periods if period.disagree],
        "contradictions": contradictions_on(indicator),
        "citation": cited(request, indicator),
        "trail": trail((_("Indicators"), reverse("indicator-list")), (said(indicator, "name"), "")),
    }
    return render(request, "public/indicators/detail.html", context)


def _with_points() -> QuerySet[Indicator]:
    points = IndicatorPoint.objects.select_related("source")
    return Indicator.objects.prefetch_related(Prefetch("points", queryset=points))


def _chart(indicator: Indicator, today: date) -> Chart:
    return indicator_chart(indicator, indicator.points.all(), today)
