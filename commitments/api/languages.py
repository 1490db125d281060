"""Answers in one language instead of both: `title` and its `title_lang`."""

from collections.abc import Iterable, Iterator
from typing import Any

from commitments.rules.negotiation import language_for

LANGUAGES = ("vi", "en")
BOTH, AUTO = "", "auto"
_FIRST, _SECOND = "_vi", "_en"


def chosen(asked: str, accepted: str) -> str:
    """The one language of the answer by what was asked for; `BOTH` where nothing was."""
    return language_for(accepted, LANGUAGES) if asked == AUTO else asked


def in_one(said: Any, language: str) -> Any:
    """The same with one text for each pair; where it is not there in the language, in the other.

    `…_lang` names the language in which it then is, null where there is none.
    """
    if isinstance(said, list):
        return [in_one(one, language) for one in said]
    if not isinstance(said, dict):
        return said
    found: dict[str, Any] = {}
    for name, value in said.items():
        if name.endswith(_FIRST) and _other(name) in said:
            found |= _text(name.removesuffix(_FIRST), value, said[_other(name)], language)
        elif not (name.endswith(_SECOND) and _former(name) in said):
            found[name] = in_one(value, language)
    return found


def _text(name: str, vi: Any, en: Any, language: str) -> dict[str, Any]:
    texts = {"vi": vi, "en": en}
    order = sorted(LANGUAGES, key=lambda one: one != language)
    there = next((one for one in order if texts[one] is not None), None)
    return {name: texts[there] if there else None, f"{name}_lang": there}


def names_in_one(names: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The members of an answer in one language, each with the members that it is made of."""
    every = list(names)
    for name in every:
        if name.endswith(_FIRST) and _other(name) in every:
            base, pair = name.removesuffix(_FIRST), (name, _other(name))
            yield base, pair
            yield f"{base}_lang", pair
        elif not (name.endswith(_SECOND) and _former(name) in every):
            yield name, (name,)


def _other(name: str) -> str:
    return name.removesuffix(_FIRST) + _SECOND


def _former(name: str) -> str:
    return name.removesuffix(_SECOND) + _FIRST
