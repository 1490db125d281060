"""Compares two texts word by word: what stayed, what was taken out, what came in."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
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


def sides(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """Both texts, letter by letter: the earlier with what was taken out of it marked, the later
    with what came in.

    Blanks and line breaks do not count as differences, nor how a letter with its marks was typed.
    """
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(None, _words(old), _words(new), autojunk=False)
    left, right = [], []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        is_same = kind == "equal"
        left.append(Run(SAME if is_same else REMOVED, "".join(old[i1:i2])))
        right.append(Run(SAME if is_same else ADDED, "".join(new[j1:j2])))
    return list(_joined(left)), list(_joined(right))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", text.replace("\r\n", "\n")))


def _words(tokens: list[str]) -> list[str]:
    return [token.strip() for token in tokens]


def _joined(found: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one kind become one run, empty ones none."""
    told = (run for run in found if run.text)
    for kind, group in groupby(told, key=lambda run: run.kind):
        yield Run(kind, "".join(run.text for run in group))
