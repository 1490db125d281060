"""Charts where a template has the rows at hand: `{% load charts %}`."""

from datetime import date

from django.template import Library

from commitments.charts import Chart, spark, target_chart
from commitments.reports.plan import TargetLine

register = Library()

register.filter(spark)


@register.simple_tag(name="target_chart")
def chart_of_target(line: TargetLine, today: date) -> Chart:
    """`{% target_chart line request.today as chart %}`, then components/chart.html shows it."""
    return target_chart(line.target, line.former, line.series, today)
