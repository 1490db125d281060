"""A sum of commitments as words and as a strip with one cell for each of them."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .axes import AXES, State, icon
from .icons import DRAWINGS

CELL, GAP, GROUP_GAP, PER_ROW = 22, 2, 8, 12
WIDEST = PER_ROW * (CELL + GAP) + 2 * GROUP_GAP
CELLS = 60
"""Beyond so many commitments, one part for each state stands for all that are in it."""
NARROWEST = 6
NOT_A_STAGE = {
    "past_due": "deadline",
    "off_track": "forecast",
    "at_risk": "forecast",
    "disputed": "verification",
}


def _state(key: str) -> State:
    if key in AXES["stage"]:
        return AXES["stage"][key]
    return AXES[NOT_A_STAGE.get(key, "reporting")][key]


def label_of(key: str) -> str:
    """The word of a state under which a commitment is counted."""
    return str(_state(key).label)


def _phrase(key: str, count: int) -> str:
    return _("%(count)s %(state)s") % {"count": count, "state": _state(key).label}


def _cell(left: int, top: int, state: State) -> str:
    return (
        f'<g class="cell cell--{state.tone}" transform="translate({left} {top})">'
        f'<rect width="{CELL}" height="{CELL}" rx="3"/>'
        f'<g class="icon" transform="translate(3 3)">{DRAWINGS[state.drawing]}</g></g>'
    )


def _drawn(counts: list[tuple[str, int]]) -> tuple[str, int, int]:
    """The drawing with its width and height: a cell a commitment, or a part a state."""
    total = sum(count for _key, count in counts)
    if total > CELLS:
        return _parts(counts, total), WIDEST, CELL
    cells, left, row, widest = [], 0, 0, 0
    for key, count in counts:
        for _number in range(count):
            if left + CELL > WIDEST:
                left, row = 0, row + 1
            cells.append(_cell(left, row * (CELL + GAP), _state(key)))
            widest = max(widest, left + CELL)
            left += CELL + GAP
        left += GROUP_GAP - GAP
    return "".join(cells), widest, row * (CELL + GAP) + CELL


def _parts(counts: list[tuple[str, int]], total: int) -> str:
    """Parts as wide as their share; even the smallest can be seen."""
    room = WIDEST - len(counts) * (NARROWEST + GAP)
    parts, left = [], 0.0
    for key, count in counts:
        width = NARROWEST + room * count / total
        parts.append(
            f'<g class="cell cell--{_state(key).tone}"><rect x="{left:.1f}" width="{width:.1f}"'
            f' height="{CELL}" rx="3"/></g>'
        )
        left += width + GAP
    return "".join(parts)


def _strip(counts: list[tuple[str, int]], title: str, words: str) -> SafeString:
    cells, width, height = _drawn(counts)
    return format_html(
        '<svg class="strip" role="img" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        "<title>{title}</title><desc>{words}</desc>{cells}</svg>",
        w=width,
        h=height,
        title=title,
        words=words,
        cells=mark_safe(cells),
    )


def distribution(counts: Iterable[tuple[str, int]], title: str) -> SafeString:
    """Show `title` ("4 tasks"), a strip and "1 past due, 2 in progress", in the given order.

    Each pair is a state and how many are in it; a commitment is counted in one state only.
    States: every stage ('' too) and reporting value, and those of `NOT_A_STAGE`.
    """
    present = [(key, count) for key, count in counts if count]
    if not present:
        return format_html('<p class="distribution distribution--none">{}</p>', title)
    phrases = [_phrase(key, count) for key, count in present]
    legend = format_html_join(
        "",
        '<li class="tone--{}">{}<span>{}</span></li>',
        (
            (_state(key).tone, icon(_state(key).drawing), phrase)
            for (key, _count), phrase in zip(present, phrases, strict=True)
        ),
    )
    return format_html(
        '<div class="distribution"><p class="distribution__title">{}</p>{}'
        '<ul class="distribution__legend">{}</ul></div>',
        title,
        _strip(present, title, ", ".join(phrases)),
        legend,
    )
