"""A chart in the size of a word: the course of what was stated, without axes."""

from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString

from commitments.charts import marks
from commitments.charts.chart import Chart
from commitments.charts.course import joined
from commitments.charts.drawing import facts_on_top, plot_of
from commitments.charts.element import tag, written
from commitments.charts.labels import Box
from commitments.charts.readings import spots

WIDTH, HEIGHT, EDGE = 140.0, 44.0, 7.0


def spark(chart: Chart) -> SafeString:
    """The stated values and the aims as marks; nothing where there is no picture to make."""
    return written(_drawn(chart)) if chart.is_drawn else SafeString("")


def _drawn(chart: Chart) -> Element:
    found = spots(chart.readings)
    plot = plot_of(found, Box(EDGE, EDGE, WIDTH - EDGE, HEIGHT - EDGE))
    floor = plot.values.bottom
    return tag(
        "svg",
        tag("title", f"{chart.heading}: {chart.words}"),
        marks.line(0, floor, WIDTH, floor, "axis", marks.SOFT),
        *(
            marks.line(*plot.at(one), *plot.at(other), "join", marks.INDIGO)
            for one, other in joined(found, chart.gap)
        ),
        *(marks.mark(spot.of.kind, *plot.at(spot)) for spot in facts_on_top(found)),
        class_="chart__spark",
        role="img",
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        width=f"{WIDTH:.0f}",
        height=f"{HEIGHT:.0f}",
    )
