"""How many are in which state, as bars: one a state, in the order given."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString

from commitments.charts import marks
from commitments.charts.element import tag, written
from commitments.charts.labels import SIZE

WIDTH, ROW, WORDS = 340.0, 24.0, 170.0
Count = tuple[str, int]


def bars(counts: Sequence[Count], title: str) -> SafeString:
    """Each state by its words, a bar, and the number; all bars together are as long as one row."""
    present = [(words, count) for words, count in counts if count]
    return written(_drawn(present, title)) if present else SafeString("")


def _drawn(counts: Sequence[Count], title: str) -> Element:
    said = ", ".join(f"{count} {words}" for words, count in counts)
    return tag(
        "svg",
        tag("title", title),
        tag("desc", said),
        *(part for number, count in enumerate(counts) for part in _row(number, count, counts)),
        class_="chart__bars",
        role="img",
        viewBox=f"0 0 {WIDTH:.0f} {len(counts) * ROW:.0f}",
        font_family="'Be Vietnam Pro', Arial, sans-serif",
        font_size=SIZE,
    )


def _row(number: int, row: Count, counts: Sequence[Count]) -> Iterator[Element]:
    words, count = row
    top, total = number * ROW, sum(count for _words, count in counts)
    long = (WIDTH - WORDS - 30) * count / total
    yield marks.text(0, top + 16, words)
    yield tag(
        "rect",
        x=WORDS,
        y=top + 4,
        width=long,
        height=ROW - 8,
        fill=marks.INDIGO,
        class_="chart__bar",
    )
    yield marks.text(WORDS + long + 8, top + 16, str(count))
