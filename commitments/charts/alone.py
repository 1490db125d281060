"""A chart as a file of its own: with its heading, who stated it, the day and the address."""

from textwrap import wrap
from xml.etree.ElementTree import Element

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.charts import marks
from commitments.charts.chart import Chart
from commitments.charts.drawing import WIDTH, drawn
from commitments.charts.element import NAMESPACE, tag, written

EDGE, HEAD_LINE, FOOT_LINE = 20.0, 21.0, 16.0
HEAD_LETTERS, FOOT_LETTERS = 42, 54
MOST_SOURCES = 6


def alone(chart: Chart, address: str) -> str:
    """The drawing with all that a reader needs who finds it without its page, at `address`."""
    heading = wrap(chart.heading, HEAD_LETTERS)
    foot = [line for words in _foot(chart, address) for line in wrap(words, FOOT_LETTERS)]
    picture = drawn(chart.picture)
    width, height = (float(part) for part in picture.attrib["viewBox"].split()[2:])
    top = EDGE + len(heading) * HEAD_LINE + 8
    below = top + height + 14
    for name, value in (("x", EDGE), ("y", top), ("width", width), ("height", height)):
        picture.set(name, f"{value:.0f}")
    whole = WIDTH + 2 * EDGE, below + len(foot) * FOOT_LINE + EDGE / 2
    return written(
        tag(
            "svg",
            tag("rect", width="100%", height="100%", fill=marks.PAPER),
            *_lines(heading, EDGE + 14, HEAD_LINE, font_size=16, font_weight=700, fill=marks.INK),
            picture,
            *_lines(foot, below, FOOT_LINE, font_size=11, fill=marks.SOFT),
            xmlns=NAMESPACE,
            lang=get_language(),
            viewBox=f"0 0 {whole[0]:.0f} {whole[1]:.0f}",
            width=f"{whole[0] * 2:.0f}",
            height=f"{whole[1] * 2:.0f}",
            font_family="'Be Vietnam Pro', Arial, sans-serif",
        )
    )


def _foot(chart: Chart, address: str) -> list[str]:
    """Sources once each, in the order of the values."""
    sources = list(dict.fromkeys(one.source for one in chart.stated if one.source))
    named = [f"– {title}" for title in sources[:MOST_SOURCES]]
    more = len(sources) - len(named)
    return [
        _("Sources:"),
        *named,
        *([_("and {number} more, in the table of the page").format(number=more)] if more else []),
        f"{chart.as_of}. {address}",
        _("Drawn by Cam Kết from the public record; the values are those of the sources."),
    ]


def _lines(lines: list[str], top: float, step: float, **look: object) -> list[Element]:
    return [
        tag("text", line, x=EDGE, y=top + number * step, **look)
        for number, line in enumerate(lines)
    ]
