"""Finds folded words in a text as it was written, and cuts out what stands around them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from commitments.text.folding import fold

LONGEST = 240
"""How many letters of a text an excerpt shows at most, marks of cuts not counted."""
LEAD = 60
"""How many of them stand before the first word that was found, where no sentence begins later."""
MOST_READ = 20_000
"""Of a longer text only the beginning is looked through."""
ENDS = frozenset(".!?…;\n")


class Piece(NamedTuple):
    """Letters that follow each other, and whether they were looked for."""

    text: str
    is_hit: bool


class Excerpt(NamedTuple):
    """A stretch of a text; joined, the pieces are a part of it, letter by letter."""

    pieces: tuple[Piece, ...]
    is_cut_before: bool
    is_cut_after: bool


class Hit(NamedTuple):
    """Where a word stands that begins with one that was looked for."""

    start: int
    end: int
    term: str


def marked(text: str, terms: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text with every word marked that begins with one of `terms`, which are folded."""
    return tuple(_pieces(text, hits_in(text, terms), 0, len(text)))


def excerpt(text: str, terms: Sequence[str], longest: int = LONGEST) -> Excerpt:
    """The stretch of the text that holds the most different words; its beginning if none."""
    hits = hits_in(text, terms)
    start, end = _stretch(text, hits, longest)
    return Excerpt(
        tuple(_pieces(text, hits, start, end)),
        bool(text[:start].strip()),
        bool(text[end:].strip()),
    )


def hits_in(text: str, terms: Sequence[str]) -> list[Hit]:
    """Every word of the text that begins with one of the terms, whole."""
    known = tuple(terms)
    found = []
    for start, end, word in _words(text[:MOST_READ]):
        if known and word.startswith(known):
            found.append(Hit(start, end, next(term for term in known if word.startswith(term))))
    return found


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text as `fold` gives them, each with where it begins and ends in the text."""
    letters: list[str] = []
    start = end = 0
    for place, character in enumerate(text):
        folded = _folded(character)
        if folded == " ":
            if letters:
                yield start, end, "".join(letters)
                letters = []
            continue
        if not letters:
            start = place
        # A character may fold to several words (½ is "1 2"); the last one goes on.
        *whole, last = (("".join(letters)) + folded).split(" ")
        for word in whole:
            if word:
                yield start, place + 1, word
        letters = [last] if last else []
        end = place + 1
    if letters:
        yield start, end, "".join(letters)


@lru_cache(maxsize=8192)
def _folded(character: str) -> str:
    """What one character becomes; a blank where it parts words, nothing where it is a mark."""
    bare = fold(f"a{character}a")[1:-1]
    return " " if bare.isspace() else bare


def _stretch(text: str, hits: Sequence[Hit], longest: int) -> tuple[int, int]:
    if len(text) <= longest:
        return 0, len(text)
    start = _begin(text, _best(hits, longest - LEAD)) if hits else 0
    end = min(len(text), start + longest)
    if end < len(text):
        held = max((hit.end for hit in hits if hit.start < end), default=start)
        blank = text.rfind(" ", max(start + 1, min(held, end)), end)
        end = blank if blank > 0 else end
    return start, end


def _best(hits: Sequence[Hit], width: int) -> int:
    """Where to begin so that the most different words lie within `width`; the first such place."""

    def held(first: int) -> int:
        near = hits[first : first + 40]
        return len({hit.term for hit in near if hit.end <= near[0].start + width})

    best = max(range(min(len(hits), 200)), key=lambda first: (held(first), -first))
    return hits[best].start


def _begin(text: str, hit: int) -> int:
    """The beginning of the sentence, or of a word not too far before the hit."""
    early = max(0, hit - LEAD)
    for place in range(hit - 1, early - 1, -1):
        if text[place] in ENDS and text[place + 1].isspace():
            return _after_blanks(text, place + 1, hit)
    if early == 0:
        return 0
    blank = text.find(" ", early, hit)
    return blank + 1 if blank >= 0 else hit


def _after_blanks(text: str, place: int, until: int) -> int:
    while place < until and text[place].isspace():
        place += 1
    return place


def _pieces(text: str, hits: Iterable[Hit], start: int, end: int) -> Iterator[Piece]:
    place = start
    for hit in hits:
        if hit.start < place or hit.end > end:
            continue
        if hit.start > place:
            yield Piece(text[place : hit.start], False)
        yield Piece(text[hit.start : hit.end], True)
        place = hit.end
    if place < end:
        yield Piece(text[place:end], False)
