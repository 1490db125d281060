"""Draws what planning costs, as a picture that can be read aloud."""

import math
from collections.abc import Sequence
from html import escape

from commitments.management.planning_bench import FIRST, LATE, STEADY, Run

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 80, 190, 30, 60
LINES = ((FIRST, "#1f5fa8", ""), (STEADY, "#1a7f4b", "6 3"), (LATE, "#a8471f", "2 3"))
"""What is drawn, in which colour, dashed how: the dashes tell them apart without colour."""


def figure(runs: Sequence[Run]) -> str:
    """CPU seconds against owed updates, both in powers of ten: a straight line at 45° is linear."""
    sizes = sorted({run.rows for run in runs})
    low, high = _decades([run.own for run in runs])
    parts = [_axes(sizes, low, high)]
    for name, colour, dashes in LINES:
        own = sorted((run.rows, run.own) for run in runs if run.name == name)
        parts.append(_line(name, colour, dashes, own, sizes, low, high))
    said = "; ".join(f"{run.name}, {run.rows:,} owed: {run.own:.1f} s" for run in runs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="title desc" font-family="sans-serif" font-size="13">'
        f'<title id="title">What planning costs</title><desc id="desc">{escape(said)}.</desc>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low = math.floor(math.log10(max(min(values), 0.001)))
    return low, max(math.ceil(math.log10(max(values))), low + 1)


def _x(size: float, sizes: Sequence[int]) -> float:
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])
    share = (math.log10(size) - first) / ((last - first) or 1)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(seconds: float, low: int, high: int) -> float:
    share = (math.log10(max(seconds, 10**low)) - low) / (high - low)
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _axes(sizes: Sequence[int], low: int, high: int) -> str:
    parts = []
    for power in range(low, high + 1):
        y = _y(10**power, low, high)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ccc"/>'
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:g} CPU s</text>'
        )
    for size in sizes:
        x = _x(size, sizes)
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(
        f'<text x="{middle:.0f}" y="{HEIGHT - 14}" text-anchor="middle">updates owed</text>'
    )
    return "".join(parts)


def _line(
    name: str,
    colour: str,
    dashes: str,
    points: Sequence[tuple[int, float]],
    sizes: Sequence[int],
    low: int,
    high: int,
) -> str:
    if not points:
        return ""
    at = [(_x(size, sizes), _y(seconds, low, high)) for size, seconds in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in at)
    end_x, end_y = at[-1]
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="{dashes}"/>{dots}'
        f'<text x="{end_x + 10:.1f}" y="{end_y + 4:.1f}" fill="{colour}">{escape(name)}</text>'
    )
