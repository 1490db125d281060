"""Compares the fact file with what was loaded of it: new, unchanged, changed, no longer there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from commitments.models import LoadedEntry
from commitments.services.facts.entries import Entry, group_of, spelling

ALIKE = 0.6
"""Entries without an id that share this much of their text are taken for the same one."""


@dataclass(frozen=True)
class Change:
    """An entry that says something else than when it was loaded.

    `fields` holds, for each field that changed, what it said before and what it says now.
    """

    entry: Entry
    loaded: LoadedEntry
    fields: Mapping[str, tuple[Any, Any]]

    @property
    def key(self) -> str:
        return self.loaded.key


@dataclass(frozen=True)
class ListPlan:
    """What is to be done with one list."""

    new: list[Entry]
    unchanged: int
    changed: list[Change]
    removed: list[LoadedEntry]


def plan_of(entries: Iterable[Entry], loaded: Iterable[LoadedEntry]) -> ListPlan:
    """Match entries with loaded ones: by id where they have one, else by what they say."""
    left = list(loaded)
    pairs: list[tuple[Entry, LoadedEntry]] = []
    rest: list[Entry] = []
    for entry in entries:
        match = next((one for one in left if _is_same(entry, one)), None)
        if match is None:
            rest.append(entry)
        else:
            left.remove(match)
            pairs.append((entry, match))
    for entry, match in _alike(rest, left):
        rest.remove(entry)
        left.remove(match)
        pairs.append((entry, match))
    changed = [
        Change(entry, match, _difference(match.content, entry.content))
        for entry, match in pairs
        if entry.digest != match.digest
    ]
    return ListPlan(rest, len(pairs) - len(changed), changed, left)


def _is_same(entry: Entry, loaded: LoadedEntry) -> bool:
    if entry.key is not None:
        return entry.key == loaded.key
    return entry.digest == loaded.digest


def _alike(entries: list[Entry], loaded: list[LoadedEntry]) -> Iterator[tuple[Entry, LoadedEntry]]:
    """Pairs of entries without id that changed a little, the most alike first."""
    found = sorted(
        (
            (_likeness(entry, one), number, one.pk)
            for number, entry in enumerate(entries)
            for one in loaded
            if entry.key is None and entry.group == group_of(entry.list_name, one.content)
        ),
        reverse=True,
    )
    by_pk = {one.pk: one for one in loaded}
    all_entries, taken = list(entries), set()
    for likeness, number, pk in found:
        if likeness >= ALIKE and number not in taken and pk in by_pk:
            taken.add(number)
            yield all_entries[number], by_pk.pop(pk)


def _likeness(entry: Entry, loaded: LoadedEntry) -> float:
    one, other = spelling(entry.content), spelling(loaded.content)
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys((*before, *after))
    return {
        name: (before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    }
