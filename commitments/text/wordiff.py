"""Compares two texts word by word: what stayed, what was taken out, what came in."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

SAME, REMOVED, ADDED = "same", "removed", "added"

_TOKEN = re.compile(r"\s*(?:[\w\u0300-\u036f]+|[^\w\s])|\s+$")
# A word or a sign with the blanks before it; Vietnamese words are separate syllables.


class Run(NamedTuple):
    """Words that follow each other and share one fate."""

    kind: str
    text: str


def runs(before: str, after: str) -> list[Run]:
    """The two texts as one: runs that are the same, removed or added.

    Same and added runs together are the later text, letter by letter. A line break counts as a
    blank, and a letter with its marks as one, however it was typed.
    """
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(None, _words(old), _words(new), autojunk=False)
    return list(_joined(_runs(matcher, old, new)))


def is_same(before: str, after: str) -> bool:
    """Whether both say the same words."""
    return _words(_tokens(before)) == _words(_tokens(after))


def one_side(found: Sequence[Run], kind: str) -> list[Run]:
    """The earlier text with what was taken out of it, or the later with what came in."""
    return [run for run in found if run.kind in (SAME, kind)]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", text.replace("\r\n", "\n")))


def _words(tokens: list[str]) -> list[str]:
    return [token.strip() for token in tokens]


def _runs(matcher: "SequenceMatcher[str]", old: list[str], new: list[str]) -> Iterator[Run]:
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield Run(SAME, "".join(new[j1:j2]))
            continue
        yield Run(REMOVED, "".join(old[i1:i2]))
        yield Run(ADDED, "".join(new[j1:j2]))


def _joined(found: Iterator[Run]) -> Iterator[Run]:
    """Neighbours of one kind become one run, empty ones none."""
    told = (run for run in found if run.text)
    for kind, group in groupby(told, key=lambda run: run.kind):
        yield Run(kind, "".join(run.text for run in group))
