"""Folds words so that Vietnamese is found with and without its diacritics.

A row keeps `search_text(...)` in a column; a query is the AND of `contains " " + word` over
`terms(query)`: every word is looked for from its beginning, and both databases answer alike.
"""

import unicodedata
from functools import lru_cache

MOST_TERMS = 8
LONGEST_TERM = 40


def fold(text: str) -> str:
    """Bare words in small letters, one blank between: `Nghị quyết 57-NQ` → `nghi quyet 57 nq`.

    Marks fall away with NFD; đ is a letter of its own in Unicode and is replaced by hand.
    Invisible format characters (soft hyphens, joiners) go without leaving a gap.
    """
    # Twice: folding the case of some letters brings forth marks or letters that fold again.
    for _ in range(2):
        text = unicodedata.normalize("NFD", text).casefold()
    bare = "".join(_bare(character) for character in unicodedata.normalize("NFD", text))
    return " ".join(bare.split())


@lru_cache(maxsize=8192)
def _bare(character: str) -> str:
    if character == "đ":
        return "d"
    if unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}:
        return ""
    return character if character.isalnum() else " "


def search_text(*parts: str | None) -> str:
    """What the search column of a row holds: a blank before every word, the first included."""
    words = fold(" ".join(part for part in parts if part))
    return f" {words}" if words else ""


def terms(query: str) -> list[str]:
    """The different words looked for, few and short enough to search for in earnest."""
    words = dict.fromkeys(word[:LONGEST_TERM] for word in fold(query[:1000]).split())
    return list(words)[:MOST_TERMS]
