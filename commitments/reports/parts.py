"""Parts of public pages, kept in this process for as long as nothing public changes.

A page is put together anew each time it is asked for, out of parts that many pages share: the
frame, the choices of a filter, the row of a commitment. A part is kept for one moment, which is
the version of all that is public and the day; with another one all of them are made anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, TypeVar, cast

from django.utils.translation import get_language

Made = TypeVar("Made")
Key = tuple[Hashable, ...]

LONGEST_KEY = 1000
"""Characters of an address beyond which nothing is kept under it."""


class Parts:
    """The parts used last, of one moment, in about so many bytes. For any number of threads."""

    def __init__(self, room: int) -> None:
        self._room, self._used = room, 0
        self._moment: Hashable = None
        self._parts: OrderedDict[Key, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, moment: Hashable, key: Key) -> tuple[Any, int] | None:
        """What is kept with its size."""
        with self._lock:
            found = self._parts.get(key) if moment == self._moment else None
            if found:
                self._parts.move_to_end(key)
            return found

    def put(self, moment: Hashable, key: Key, made: object) -> None:
        size = _size(made)
        with self._lock:
            if moment != self._moment:
                self._parts.clear()
                self._moment, self._used = moment, 0
            if former := self._parts.pop(key, None):
                self._used -= former[1]
            self._parts[key] = (made, size)
            self._used += size
            while self._used > self._room:
                _oldest, (_dropped, freed) = self._parts.popitem(last=False)
                self._used -= freed


_at_hand: ContextVar[tuple[Parts, Hashable] | None] = ContextVar("parts_at_hand", default=None)


@contextmanager
def at_hand(parts: Parts | None, moment: Hashable) -> Iterator[None]:
    """Keep parts, and answer from them, while a page is made of the present at this moment."""
    token = _at_hand.set((parts, moment) if parts else None)
    try:
        yield
    finally:
        _at_hand.reset(token)


@contextmanager
def out_of_reach() -> Iterator[None]:
    """Make every part anew: what is kept is not of the day or of the reader that is asked for."""
    with at_hand(None, None):
        yield


def are_at_hand() -> bool:
    """Whether it pays to ask for parts rather than for the whole."""
    return _at_hand.get() is not None


def part(*key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` gives, made once for a moment, a language and a key; never change it.

    The key names all that it rests on beside the record and the language. A day is named too:
    at midnight a page may be of a later one than the moment is.
    """
    reach = _at_hand.get()
    if reach is None or any(isinstance(one, str) and len(one) > LONGEST_KEY for one in key):
        return make()
    parts, moment = reach
    whole = (get_language(), *key)
    found = parts.get(moment, whole)
    if found is None:
        made = make()
        parts.put(moment, whole, made)
        return made
    return cast(Made, found[0])


def each(
    name: str, ones: Sequence[int], *rest: Hashable, make: Callable[[list[int]], dict[int, Made]]
) -> list[Made]:
    """A part for each of these, in their order; `make` is asked once, for all not kept yet.

    What it does not give has no part.
    """
    reach = _at_hand.get()
    if reach is None:
        found = make(list(ones))
        return [found[one] for one in ones if one in found]
    parts, moment = reach
    language = get_language()
    kept = {one: parts.get(moment, (language, name, one, *rest)) for one in ones}
    known = {one: cast(Made, said[0]) for one, said in kept.items() if said}
    missing = [one for one in ones if one not in known]
    for one, made in make(missing).items() if missing else ():
        parts.put(moment, (language, name, one, *rest), made)
        known[one] = made
    return [known[one] for one in ones if one in known]


def _size(made: object) -> int:
    """Bytes, roughly: Vietnamese takes two for a letter."""
    if isinstance(made, str):
        return 300 + 2 * len(made)
    return 1000 + 300 * (len(made) if isinstance(made, Sized) else 1)
