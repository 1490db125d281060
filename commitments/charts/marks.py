"""The marks of a chart: each kind of value has a form of its own, and a tone that helps the eye."""

from xml.etree.ElementTree import Element

from commitments.charts.element import tag
from commitments.charts.readings import Kind

INK, SOFT, GRID, PAPER = "#211a17", "#574c45", "#dfd5c4", "#fff"
INDIGO, LACQUER = "#213c76", "#8a1b10"
TONES = {
    Kind.ACTUAL: INDIGO,
    Kind.ESTIMATE: INDIGO,
    Kind.BASELINE: SOFT,
    Kind.TARGET: LACQUER,
    Kind.FORMER: SOFT,
}
DASHES = {Kind.TARGET: "6 4", Kind.FORMER: "2 4"}
"""Colours stand as attributes, which every rule of a style sheet may replace (css/charts.css)."""


def mark(kind: Kind, x: float, y: float) -> Element:
    """Stated values are round, the first one is square, aims are diamonds; only facts are full."""
    tone, name = TONES[kind], f"chart__mark chart__mark--{kind}"
    match kind:
        case Kind.ACTUAL:
            return tag("circle", cx=x, cy=y, r=4.5, fill=tone, stroke=tone, class_=name)
        case Kind.ESTIMATE:
            return tag(
                "circle", cx=x, cy=y, r=4, fill=PAPER, stroke=tone, stroke_width=2, class_=name
            )
        case Kind.BASELINE:
            return tag(
                "rect", x=x - 4, y=y - 4, width=8, height=8, fill=tone, stroke=tone, class_=name
            )
        case _:
            return tag(
                "path",
                d=f"M{x:.1f} {y - 6:.1f}l6 6-6 6-6-6z",
                fill=PAPER,
                stroke=tone,
                stroke_width=2,
                class_=name,
            )


def over(kind: Kind, x1: float, x2: float, y: float) -> Element:
    """The time that one value speaks of, or the line up to an aim."""
    return tag(
        "path",
        d=f"M{x1:.1f} {y:.1f}H{x2:.1f}",
        fill="none",
        stroke=TONES[kind],
        stroke_width=2 if kind != Kind.FORMER else 1.5,
        stroke_dasharray=DASHES.get(kind),
        class_=f"chart__over chart__over--{kind}",
    )


def line(
    x1: float, y1: float, x2: float, y2: float, name: str, tone: str, dash: str = ""
) -> Element:
    return tag(
        "path",
        d=f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}",
        fill="none",
        stroke=tone,
        stroke_dasharray=dash or None,
        class_=f"chart__{name}",
    )


def text(x: float, y: float, words: str, anchor: str = "start", *, name: str = "text") -> Element:
    """Words; a page gives numbers a border of paper too, which few programs but browsers draw."""
    return tag(
        "text",
        words,
        x=x,
        y=y,
        text_anchor=None if anchor == "start" else anchor,
        fill=SOFT if name in {"tick", "unit"} else INK,
        font_weight=700 if name.startswith("number") else None,
        class_=f"chart__{name}",
    )
