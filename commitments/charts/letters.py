"""The letters of the pages, for pictures: out of the same two files for each weight."""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

ELLIPSIS = "…"
_FONTS = Path(__file__).parent.parent / "static" / "commitments" / "fonts"
_VIETNAMESE = (
    (0x102, 0x103), (0x110, 0x111), (0x128, 0x129), (0x168, 0x169), (0x1A0, 0x1A1),
    (0x1AF, 0x1B0), (0x300, 0x301), (0x303, 0x304), (0x308, 0x309), (0x323, 0x323),
    (0x1EA0, 0x1EF9), (0x20AB, 0x20AB),
)  # fmt: skip
"""The signs that stand in the second file of a weight, as the style sheet divides them."""


class Face:
    """A weight (400 or 700) in one size; a word of both files is put together of runs."""

    def __init__(self, weight: int, size: int) -> None:
        self.weight, self.size = weight, size

    def length(self, text: str) -> float:
        """How wide it is drawn at most: pairs of letters that stand closer are not looked for."""
        return sum(_advance(sign, self.weight, self.size) for sign in text)

    def draw(
        self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, fill: str
    ) -> None:
        """With the left end of its base line at a point."""
        left, base = at
        for is_vietnamese, signs in groupby(text, _is_vietnamese):
            run, font = "".join(signs), _font(is_vietnamese, self.weight, self.size)
            canvas.text((left, base), run, fill, font, anchor="ls")
            left += font.getlength(run)

    def cut(self, text: str, width: float) -> str:
        """As many words as fit, of one that alone is too wide its beginning; an ellipsis marks
        what is left out."""
        if self.length(text) <= width:
            return text
        fits = text[: self._fitting(text, width - self.length(f" {ELLIPSIS}")) + 1]
        words = fits.rpartition(" ")[0].rstrip(" ,;:–-")
        return f"{words} {ELLIPSIS}" if words else f"{fits[:-1]}{ELLIPSIS}"

    def lines(self, text: str, width: float) -> Iterator[str]:
        """Broken between words; within one only where it is wider than a line."""
        line, used, blank = "", 0.0, self.length(" ")
        for word in self._pieces(text.split(), width):
            wide = self.length(word)
            if line and used + blank + wide > width:
                yield line
                line, used = word, wide
            else:
                line, used = f"{line} {word}".lstrip(), used + (blank if line else 0) + wide
        if line:
            yield line

    def _pieces(self, words: list[str], width: float) -> Iterator[str]:
        for word in words:
            rest = word
            while self.length(rest) > width:
                end = max(1, self._fitting(rest, width))
                yield rest[:end]
                rest = rest[end:]
            yield rest

    def _fitting(self, text: str, width: float) -> int:
        """How many signs at its beginning fit."""
        used = 0.0
        for place, sign in enumerate(text):
            used += _advance(sign, self.weight, self.size)
            if used > width:
                return place
        return len(text)


def _is_vietnamese(sign: str) -> bool:
    return any(first <= ord(sign) <= last for first, last in _VIETNAMESE)


@lru_cache(maxsize=4096)
def _advance(sign: str, weight: int, size: int) -> float:
    return _font(_is_vietnamese(sign), weight, size).getlength(sign)


@cache
def _font(is_vietnamese: bool, weight: int, size: int) -> ImageFont.FreeTypeFont:
    path = _FONTS / f"be-vietnam-pro-{'vietnamese' if is_vietnamese else 'latin'}-{weight}.woff2"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
