"""Parts of public pages, kept in this process for as long as nothing public changes.

A page is put together anew each time it is asked for, out of parts that many pages share: the
frame, the choices of a filter, the row of a commitment. A part is kept for one moment, which is
the version of all that is public and the day; with another one all of them are made anew.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import is_dataclass
from threading import Lock
from typing import Any, TypeVar, cast

from django.db.models import Model
from django.utils.translation import get_language

Made = TypeVar("Made")
Key = tuple[Hashable, ...]

LONGEST_KEY = 1000
"""Characters of an address beyond which nothing is kept under it."""
TYPED_SHARE = 4
"""One part in so many of the room is for what was found by words."""


class Room:
    """What was used last, in about so many bytes."""

    def __init__(self, room: int) -> None:
        self._room, self._used = room, 0
        self._parts: OrderedDict[Key, tuple[Any, int]] = OrderedDict()

    def get(self, key: Key) -> tuple[Any, int] | None:
        if found := self._parts.get(key):
            self._parts.move_to_end(key)
        return found

    def put(self, key: Key, made: object, size: int) -> None:
        if former := self._parts.pop(key, None):
            self._used -= former[1]
        self._parts[key] = (made, size)
        self._used += size
        while self._used > self._room:
            _oldest, (_dropped, freed) = self._parts.popitem(last=False)
            self._used -= freed


class Parts:
    """The parts of one moment, in about so many bytes. For any number of threads.

    What rests on words that somebody typed, of which there is no end, has a small room of its
    own: asking endless ones drives out nothing that pages share.
    """

    def __init__(self, room: int) -> None:
        self._sizes = {False: room - room // TYPED_SHARE, True: room // TYPED_SHARE}
        self._moment: Hashable = None
        self._rooms: dict[bool, Room] = {}
        self._lock = Lock()

    def get(self, moment: Hashable, key: Key, *, is_typed: bool = False) -> tuple[Any, int] | None:
        """What is kept with its size."""
        with self._lock:
            return self._rooms[is_typed].get(key) if moment == self._moment else None

    def put(self, moment: Hashable, key: Key, made: object, *, is_typed: bool = False) -> None:
        size = _size(made)
        with self._lock:
            if moment != self._moment:
                self._rooms = {name: Room(room) for name, room in self._sizes.items()}
                self._moment = moment
            self._rooms[is_typed].put(key, made, size)


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


def part(*key: Hashable, make: Callable[[], Made], is_typed: bool = False) -> Made:
    """What `make` gives, made once for a moment, a language and a key; never change it.

    The key names all that it rests on beside the record and the language. A day is named too:
    at midnight a page may be of a later one than the moment is.
    """
    reach = _at_hand.get()
    if reach is None or any(isinstance(one, str) and len(one) > LONGEST_KEY for one in key):
        return make()
    parts, moment = reach
    whole = (get_language(), *key)
    found = parts.get(moment, whole, is_typed=is_typed)
    if found is None:
        made = make()
        parts.put(moment, whole, made, is_typed=is_typed)
        return made
    return cast(Made, found[0])


def once(name: str, do: Callable[[], bool]) -> bool:
    """Whether it is done: asked in this moment until it says yes, and then no more."""
    reach = _at_hand.get()
    if reach is None:
        return do()
    parts, moment = reach
    if parts.get(moment, (name,)) is None:
        if not do():
            return False
        parts.put(moment, (name,), True)
    return True


def each(
    name: str,
    ones: Sequence[int],
    *rest: Hashable,
    make: Callable[[list[int]], dict[int, Made]],
    is_typed: bool = False,
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
    keys = {one: (language, name, one, *rest) for one in ones}
    kept = {one: parts.get(moment, key, is_typed=is_typed) for one, key in keys.items()}
    known = {one: cast(Made, said[0]) for one, said in kept.items() if said}
    missing = [one for one in ones if one not in known]
    for one, made in make(missing).items() if missing else ():
        parts.put(moment, keys[one], made, is_typed=is_typed)
        known[one] = made
    return [known[one] for one in ones if one in known]


def _size(made: object) -> int:
    """Bytes, roughly: Vietnamese takes two for a letter."""
    return 220 + _bytes(made)


def _bytes(made: object) -> int:
    match made:
        case str():
            return 80 + 2 * len(made)
        case bytes():
            return 60 + len(made)
        case array():
            return 80 + made.itemsize * len(made)
        case Mapping():
            return 240 + sum(100 + _bytes(key) + _bytes(one) for key, one in made.items())
        case Model():
            return ROW
        case Collection():
            return 80 + sum(8 + _bytes(one) for one in made)
        case _ if is_dataclass(made):
            return 120 + sum(_bytes(one) for one in vars(made).values())
        case _:
            return 40


ROW = 6000
"""A row with what was loaded along."""
