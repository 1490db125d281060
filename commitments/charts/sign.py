"""The mark of the site as a small picture, for pictures that hold it."""

from functools import cache

from PIL import Image, ImageDraw

LACQUER, GOLD = "#5b1718", "#f0c867"
_KNOT = (
    (4.2, 20.2, 10.6, 23.8), (4.2, 4.2, 7.8, 23.8), (4.2, 4.2, 23.8, 7.8),
    (20.2, 4.2, 23.8, 23.8), (17.4, 20.2, 23.8, 23.8),
    (25.4, 12.2, 31.8, 15.8), (28.2, 12.2, 31.8, 31.8), (12.2, 28.2, 31.8, 31.8),
    (12.2, 12.2, 15.8, 31.8), (12.2, 12.2, 18.6, 15.8),
)  # fmt: skip
"""The two threads of `mark.svg` as boxes, before they are turned by an eighth."""
_SIDE, _CORNER, _INSET, _FINER = 48, 7, 6, 16


@cache
def sign(size: int) -> Image.Image:
    """The mark, drawn large and made small, so that its edges are smooth."""
    side = _SIDE * _FINER
    knot = Image.new("L", (side, side), 0)
    threads = ImageDraw.Draw(knot)
    for box in _KNOT:
        threads.rectangle([(one + _INSET) * _FINER for one in box], 255)
    whole = Image.new("RGBA", (side, side))
    corner = _CORNER * _FINER
    ImageDraw.Draw(whole).rounded_rectangle((0, 0, side - 1, side - 1), corner, LACQUER)
    whole.paste(GOLD, (0, 0), knot.rotate(45, Image.Resampling.BICUBIC))
    return whole.resize((size, size), Image.Resampling.LANCZOS)
