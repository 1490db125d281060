"""Where the words of a drawing go, so that none lies on another."""

from collections.abc import Iterable
from typing import NamedTuple

SIZE = 13
LETTER = 7.4
"""How wide a letter or digit of that size is at most, on average of a line of text."""
MARK = 6


class Box(NamedTuple):
    """What a mark or a text covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


class Place(NamedTuple):
    """Where a text stands: the end of its base line that `anchor` names."""

    x: float
    y: float
    anchor: str

    def box(self, text: str) -> Box:
        wide = width(text)
        left = {"start": self.x, "middle": self.x - wide / 2, "end": self.x - wide}[self.anchor]
        return Box(left, self.y - SIZE, left + wide, self.y + 3)


def width(text: str) -> float:
    return len(text) * LETTER


def mark_box(x: float, y: float) -> Box:
    return Box(x - MARK, y - MARK, x + MARK, y + MARK)


class Labels:
    """Gives each text the first free place beside its mark; where none is free it stays out."""

    def __init__(self, frame: Box, marks: Iterable[Box]) -> None:
        self._frame, self._taken = frame, list(marks)

    def place(self, x: float, y: float, text: str) -> Place | None:
        for place in (
            Place(x, y - 11, "middle"),
            Place(x + MARK, y - 11, "end"),
            Place(x + 10, y + 4, "start"),
            Place(x - 10, y + 4, "end"),
            Place(x, y + 21, "middle"),
        ):
            box = place.box(text)
            if box.within(self._frame) and not any(box.meets(taken) for taken in self._taken):
                self._taken.append(box)
                return place
        return None


def lines_of(widths: Iterable[float], most: float) -> list[tuple[int, float]]:
    """For things of those widths set one after another: on which line each is, and how far in."""
    found, line, left = [], 0, 0.0
    for wide in widths:
        if left and left + wide > most:
            line, left = line + 1, 0.0
        found.append((line, left))
        left += wide
    return found
