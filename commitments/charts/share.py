"""The picture of a page where it is shared: 1200 × 630 points of PNG, as other sites ask for it.

The letters are those of the pages, out of the same files. The same words give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from unicodedata import normalize

from PIL import Image, ImageDraw

from commitments.charts.letters import Face
from commitments.charts.sign import GOLD, LACQUER, sign

WIDTH, HEIGHT, MARGIN, BAND = 1200, 630, 80, 22
LONGEST = 600
"""Signs of a text that are looked at; no picture has room for so many."""
TITLES = ((76, 2), (60, 3), (48, 4))
"""The size of a title, and the lines that it may take at that size; the first that holds it all."""
LEADING = 1.42
"""Marks stand on marks in Vietnamese, and below letters too: closer lines would touch."""
SMALL, FACT, FOOT = 28, 32, 30
GOLD_DEEP, SHELL, INK, SOFT = "#b8862b", "#fbf8f2", "#211a17", "#574c45"
COLOURS = 128


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of a picture. `tag` warns of what is invented; `foot` says the day."""

    kicker: str
    title: str
    facts: Sequence[tuple[str, str]]
    foot: str
    tag: str = ""


def titled(text: str, width: float = WIDTH - 2 * MARGIN) -> tuple[Face, list[str]]:
    """The largest letters that hold the whole title, else the smallest with what fits of it."""
    face, lines = Face(700, TITLES[0][0]), list[str]()
    for size, most in TITLES:
        face = Face(700, size)
        lines = list(face.lines(text, width))
        if len(lines) <= most:
            return face, lines
    most = TITLES[-1][1]
    return face, [*lines[: most - 1], face.cut(" ".join(lines[most - 1 :]), width)]


def drawn(shown: Shown) -> bytes:
    """The picture as the bytes of a PNG file."""
    image = Image.new("RGB", (WIDTH, HEIGHT), SHELL)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, BAND), LACQUER)
    below = _kicker(canvas, _plain(shown.kicker), _plain(shown.tag))
    face, lines = titled(_plain(shown.title))
    for line in lines:
        below += face.size * LEADING
        face.draw(canvas, (MARGIN, below), line, INK)
    canvas.rectangle((MARGIN, below + 30, MARGIN + 160, below + 35), GOLD_DEEP)
    below += 46
    for name, value in shown.facts:
        below += FACT * LEADING
        _fact(canvas, below, _plain(name), _plain(value))
    _foot(image, canvas, _plain(shown.foot))
    out = BytesIO()
    # Few colours, all of them between those above: a third of the bytes, and nobody sees it.
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _plain(text: str) -> str:
    """On one line and composed: the fonts have no loose marks for most letters."""
    return " ".join(normalize("NFC", text[:LONGEST]).split())


def _kicker(canvas: ImageDraw.ImageDraw, text: str, tag: str) -> float:
    """Returns the base line."""
    base, left = BAND + 66.0, float(MARGIN)
    if tag:
        face = Face(700, SMALL)
        end = left + face.length(tag) + 24
        canvas.rounded_rectangle((left, base - 32, end, base + 12), 6, GOLD)
        face.draw(canvas, (left + 12, base), tag, INK)
        left = end + 20
    face = Face(400, SMALL)
    face.draw(canvas, (left, base), face.cut(text, WIDTH - MARGIN - left), SOFT)
    return base + 4


def _fact(canvas: ImageDraw.ImageDraw, base: float, name: str, value: str) -> None:
    plain, strong = Face(400, FACT), Face(700, FACT)
    plain.draw(canvas, (MARGIN, base), f"{name}:", SOFT)
    left = MARGIN + plain.length(f"{name}: ")
    strong.draw(canvas, (left, base), strong.cut(value, WIDTH - MARGIN - left), INK)


def _foot(image: Image.Image, canvas: ImageDraw.ImageDraw, text: str) -> None:
    top, base = HEIGHT - 92, HEIGHT - 54
    mark = sign(56)
    image.paste(mark, (MARGIN, top), mark)
    name, face = Face(700, 36), Face(400, FOOT)
    name.draw(canvas, (MARGIN + 74, base), "Cam Kết", LACQUER)
    face.draw(canvas, (WIDTH - MARGIN - face.length(text), base), text, SOFT)
