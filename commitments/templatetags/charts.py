"""Charts where a template has the rows at hand: `{% load charts %}`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.template import Library
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from commitments.charts import Chart, bars, spark, target_chart
from commitments.reports.plan import TargetLine
from commitments.templatetags.ui.bars import label_of

register = Library()

register.filter(spark)


@register.simple_tag(name="target_chart")
def chart_of_target(line: TargetLine, today: date) -> Chart:
    """`{% target_chart line request.today as chart %}`, then components/chart.html shows it."""
    return target_chart(line.target, line.former, line.series, today)


@register.simple_tag
def distribution_bars(counts: Iterable[tuple[str, int]], title: str) -> SafeString:
    """Where commitments stand, as bars that need no style sheet: for paper and for files."""
    return bars([(str(capfirst(label_of(key))), count) for key, count in counts], str(title))


@register.simple_tag
def site_url(name: str, *args: Any) -> str:
    """The whole address of a page, for what leaves the site."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
