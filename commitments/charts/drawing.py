"""Draws dated values: a grid, what was stated, what is aimed at, and a key to the marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from commitments.charts import labels, marks
from commitments.charts.course import joined
from commitments.charts.element import tag
from commitments.charts.labels import Box, Labels
from commitments.charts.readings import Kind, Reading, Spot
from commitments.charts.scales import Days, Values, values_of
from commitments.text.display import active_language, amount, limited_date

WIDTH, PLOT_TOP, PLOT_BOTTOM = 340.0, 34.0, 214.0
RIGHT = 10.0
UNIT_LINE, KEY_LINE = 14.0, 22.0
SIGNS = {"at_least": "≥ ", "more_than": "> ", "about": "≈ ", "exactly": "= "}


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, and the words that stand for it."""

    key: str
    title: str
    words: str
    unit: str
    spots: Sequence[Spot]
    day: date
    gap: timedelta


@dataclass(frozen=True, slots=True)
class Plot:
    """The field of a picture: where a day and a value have their place."""

    days: Days
    values: Values

    def at(self, spot: Spot) -> tuple[float, float]:
        middle = self.days.middle(spot.earliest, spot.latest)
        return middle, self.values.at(spot.of.value)


def drawn(picture: Picture) -> Element:
    """The whole drawing; its texts follow the reader's language."""
    plot = _plot(picture)
    key, height = _key(picture)
    return tag(
        "svg",
        tag("title", picture.title, id=f"{picture.key}-title"),
        tag("desc", picture.words, id=f"{picture.key}-words"),
        *_grid(plot),
        marks.text(0, UNIT_LINE, picture.unit, name="unit"),
        *_day_line(picture.day, plot),
        *_lines(picture, plot),
        *(marks.mark(spot.of.kind, *plot.at(spot)) for spot in facts_on_top(picture.spots)),
        *_numbers(picture.spots, plot, picture.unit),
        *key,
        class_="chart__drawing",
        role="img",
        aria_labelledby=f"{picture.key}-title",
        aria_describedby=f"{picture.key}-words",
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        font_family="'Be Vietnam Pro', Arial, sans-serif",
        font_size=labels.SIZE,
    )


def plot_of(spots: Sequence[Spot], frame: Box) -> Plot:
    """Scales that show all of `spots` within a frame; years are shown whole."""
    values = values_of(
        (value for spot in spots for value in (spot.of.value, spot.of.most)),
        frame.bottom,
        frame.top,
    )
    first, last = min(spot.earliest for spot in spots), max(spot.latest for spot in spots)
    if (last - first).days > 366 and any(spot.is_long for spot in spots):
        first, last = date(first.year, 1, 1), date(last.year, 12, 31)
    return Plot(Days(first, last, frame.left, frame.right), values)


def _plot(picture: Picture) -> Plot:
    """Leaves room for the values at the left."""
    narrow = plot_of(picture.spots, Box(0, PLOT_TOP, WIDTH - RIGHT, PLOT_BOTTOM))
    left = max(labels.width(amount(tick)) for tick in narrow.values.ticks) + 14
    return replace(narrow, days=replace(narrow.days, left=left))


def _grid(plot: Plot) -> Iterator[Element]:
    left, right = plot.days.left - 6, WIDTH
    for tick in plot.values.ticks:
        y = plot.values.at(tick)
        name, tone = ("axis", marks.SOFT) if tick == 0 else ("grid", marks.GRID)
        yield marks.line(left, y, right, y, name, tone)
        yield marks.text(left - 6, y + 4.5, amount(tick), "end", name="tick")
    days = plot.days
    for x, words in _years(days) if days.is_of_years else _months(days):
        place = labels.Place(x, PLOT_BOTTOM + 19, "middle")
        box = place.box(words)
        x += max(0, left - box.left) - max(0, box.right - right)
        yield marks.text(x, place.y, words, "middle", name="tick")


def _years(days: Days) -> Iterator[tuple[float, str]]:
    for year in days.years():
        first, last = max(date(year, 1, 1), days.first), min(date(year, 12, 31), days.last)
        yield days.middle(first, last), str(year)


def _months(days: Days) -> Iterator[tuple[float, str]]:
    for day in days.months():
        vietnamese = active_language() == "vi"
        name = f"{day.month}/{day.year}" if vietnamese else f"{MONTHS_3[day.month]} {day.year}"
        yield days.at(day), str(name).title()


def _day_line(day: date, plot: Plot) -> Iterator[Element]:
    if plot.days.first < day < plot.days.last:
        x = plot.days.at(day)
        yield marks.line(x, PLOT_TOP, x, PLOT_BOTTOM, "day", marks.SOFT, "1 3")


def _lines(picture: Picture, plot: Plot) -> Iterator[Element]:
    """How far each value reaches in time, and from one to the next where none is missing."""
    for spot in picture.spots:
        left, right = plot.days.at(spot.earliest), plot.days.at(spot.latest)
        if spot.of.kind.is_aim:
            yield from _aim(spot.of, plot, right)
        elif spot.is_long:
            yield marks.over(spot.of.kind, left, right, plot.values.at(spot.of.value))
    for one, other in joined(picture.spots, picture.gap):
        yield marks.line(*plot.at(one), *plot.at(other), "join", marks.INDIGO)


def _aim(one: Reading, plot: Plot, right: float) -> Iterator[Element]:
    left, y = plot.days.left - 6, plot.values.at(one.value)
    if one.value_max is not None:
        top = plot.values.at(one.value_max)
        yield tag(
            "rect", x=left, y=top, width=right - left, height=y - top, fill=marks.GRID,
            fill_opacity="0.5", class_="chart__range",
        )  # fmt: skip
        yield marks.over(one.kind, left, right, top)
    yield marks.over(one.kind, left, right, y)


def _numbers(spots: Sequence[Spot], plot: Plot, unit: str) -> Iterator[Element]:
    """The values beside their marks, the newest first; the table has those that find no room."""
    taken = [labels.mark_box(*plot.at(spot)) for spot in spots]
    taken += [_line_box(spot, plot) for spot in spots if spot.of.kind.is_aim]
    taken.append(labels.Place(0, UNIT_LINE, "start").box(unit))
    free = Labels(Box(plot.days.left - 6, 0, WIDTH, PLOT_BOTTOM), taken)
    for spot in sorted(spots, key=_importance):
        words = _short(spot.of)
        if place := free.place(*plot.at(spot), words):
            name = f"number chart__number--{spot.of.kind}"
            yield marks.text(place.x, place.y, words, place.anchor, name=name)


def facts_on_top(spots: Sequence[Spot]) -> list[Spot]:
    """In the order of drawing: where both have one place, the wider diamond shows behind."""
    return sorted(spots, key=lambda spot: not spot.of.kind.is_aim)


def _line_box(spot: Spot, plot: Plot) -> Box:
    """The line that leads up to an aim."""
    y = plot.values.at(spot.of.value)
    return Box(plot.days.left, y - 1, plot.days.at(spot.latest), y + 1)


def _importance(spot: Spot) -> tuple[bool, int]:
    return spot.of.kind == Kind.FORMER, -spot.latest.toordinal()


def _short(one: Reading) -> str:
    if one.value_max is not None:
        return f"{amount(one.value)}–{amount(one.value_max)}"
    return SIGNS.get(one.comparator, "") + amount(one.value)


def _key(picture: Picture) -> tuple[list[Element], float]:
    """What each form means, for those that are there; and the height with it."""
    present = [kind for kind in Kind if any(spot.of.kind == kind for spot in picture.spots)]
    words = [kind.words for kind in present]
    found, bottom = [], PLOT_BOTTOM + 46
    places = labels.lines_of((labels.width(word) + 34 for word in words), WIDTH)
    for kind, word, (row, left) in zip(present, words, places, strict=True):
        y = bottom + row * KEY_LINE
        found += [marks.mark(kind, left + 7, y - 4), marks.text(left + 18, y, word)]
    bottom += (places[-1][0] if places else 0) * KEY_LINE
    day = _plot(picture).days
    if day.first < picture.day < day.last:
        bottom += KEY_LINE
        found += [
            marks.line(7, bottom - 11, 7, bottom + 3, "day", marks.SOFT, "1 3"),
            marks.text(18, bottom, _("As of {date}").format(date=limited_date(picture.day))),
        ]
    return found, bottom + 8
