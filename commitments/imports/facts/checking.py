"""Checks the lists of the fact file against their shapes and against each other."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from commitments.imports.facts.shapes import SHAPES
from commitments.imports.facts.yaml_text import Lines
from commitments.services.facts.entries import LISTS, Entry, Facts
from commitments.services.facts.programmes import PROGRAMMES

KEYS = {
    "sources": "id",
    **dict.fromkeys(("organisations", "instruments", "priorities", "tasks"), "slug"),
    **dict.fromkeys(("missions", "indicators"), "slug"),
}
"""The field that holds an entry's id, for the lists that have one."""

INSIDE = {"tasks": ("priorities", "priority"), "points": ("indicators", "indicator")}
"""Lists that stand inside the entries of another, and how an entry then names its owner."""

IDENTITY = {
    "mission_acceptances": ("year", "organisation"),
    "points": ("indicator", "year", "date", "kind", "source", "value"),
}
"""What makes two entries of a list without ids the same; else all that they say."""

SUBJECTS = ("tasks", "missions", "instruments", "indicators")
"""What an update can be about; their ids share one space."""


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where."""

    line: int
    list_name: str
    entry: str
    field: str
    text: str

    def said_of(self, path: Path) -> str:
        where = ", ".join(part for part in (self.list_name, self.entry, self.field) if part)
        line = f":{self.line}" if self.line else ""
        return f"{path}{line}: {where}: {self.text}" if where else f"{path}{line}: {self.text}"


class Raw(NamedTuple):
    """An entry as the file spells it, with the name by which people find it."""

    list_name: str
    name: str
    line: int
    content: Lines


def lists_of(raw: Any, problems: list[Problem]) -> dict[str, list[Raw]]:
    """The entries of every list, those that stand inside others taken out of them."""
    if not isinstance(raw, Mapping):
        problems.append(Problem(0, "", "", "", "The file must hold the lists of the fact base."))
        return {name: [] for name in LISTS}
    outer = [name for name in LISTS if name not in INSIDE]
    for name in raw:
        if name not in outer:
            problems.append(Problem(0, name, "", "", "There is no such list."))
    lists = {name: list(_entries(name, raw.get(name), problems)) for name in outer}
    for name, (outside, owner) in INSIDE.items():
        lists[name] = [
            entry for one in lists[outside] for entry in _inner(name, owner, one, problems)
        ]
    return lists


def _entries(name: str, said: Any, problems: list[Problem], line: int = 0) -> Iterator[Raw]:
    if not isinstance(said, list):
        problems.append(Problem(line, name, "", "", "This list is missing, or is no list."))
        return
    for number, entry in enumerate(said, start=1):
        if isinstance(entry, Lines):
            yield Raw(name, _name(name, number, entry), entry.line, entry)
        else:
            text = "An entry must have named fields."
            problems.append(Problem(line, name, f"number {number}", "", text))


def _inner(name: str, owner: str, outside: Raw, problems: list[Problem]) -> Iterator[Raw]:
    """The entries of an inner list, each naming the entry that it stood in."""
    inner = outside.content.pop(name, None)
    for entry in _entries(f"{name} of {outside.name}", inner, problems, outside.line):
        entry.content[owner] = outside.content.get(KEYS[INSIDE[name][0]])
        label = entry.name if name in KEYS else f"{outside.name} {entry.name}"
        yield Raw(name, label, entry.line, entry.content)


def _name(list_name: str, number: int, entry: Lines) -> str:
    """The id where the entry has one, else its place in the list."""
    key = entry.get(KEYS.get(list_name.split(" ")[0], ""))
    return key if isinstance(key, str) else f"number {number}"


def check(lists: Mapping[str, list[Raw]], problems: list[Problem], *, today: date) -> Facts:
    """The cleaned entries; what is wrong is added to `problems`."""
    context = {"ids": _ids(lists), "today": today}
    facts = {
        name: [entry for raw in lists[name] for entry in _clean(raw, context, problems)]
        for name in LISTS
    }
    problems.extend(_repeated(lists))
    return facts


def _ids(lists: Mapping[str, list[Raw]]) -> dict[str, set[str]]:
    ids = {name: {key for _raw, key in _keyed(lists[name])} for name in KEYS}
    ids["programmes"] = {programme.slug for programme in PROGRAMMES}
    ids["subjects"] = {key for name in SUBJECTS for key in ids[name]}
    return ids


def _keyed(entries: Iterable[Raw]) -> Iterator[tuple[Raw, str]]:
    for raw in entries:
        key = raw.content.get(KEYS[raw.list_name])
        if isinstance(key, str):
            yield raw, key


def _clean(raw: Raw, context: Mapping[str, Any], problems: list[Problem]) -> Iterator[Entry]:
    shape = SHAPES[raw.list_name](data=raw.content, context=context)
    if shape.is_valid():
        said = shape.validated_data
        yield Entry(raw.list_name, raw.name, _key(raw.list_name, said), said, _plain(raw.content))
    else:
        problems.extend(
            Problem(raw.line, raw.list_name, raw.name, field, text)
            for field, text in _flat(shape.errors)
        )


def _key(list_name: str, said: Mapping[str, Any]) -> str | None:
    if list_name == "mission_acceptances":
        return f"{said['year']}/{said['organisation']}"
    return said[KEYS[list_name]] if list_name in KEYS else None


def _plain(value: Any) -> Any:
    """What the entry says; null and absent are the same."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items() if one is not None}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _flat(errors: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every error with the path of its field: `targets[2].due`."""
    if isinstance(errors, Mapping):
        for name, inner in errors.items():
            if isinstance(name, int):
                yield from _flat(inner, f"{path}[{name + 1}]")
            elif name == "non_field_errors":
                yield from _flat(inner, path)
            else:
                yield from _flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(errors, list):
        for number, inner in enumerate(errors, start=1):
            nested = isinstance(inner, Mapping | list)
            yield from _flat(inner, f"{path}[{number}]" if nested else path)
    else:
        yield path, str(errors)


def _repeated(lists: Mapping[str, list[Raw]]) -> Iterator[Problem]:
    """Ids given twice, and entries of lists without ids that say the same."""
    for names in (("sources",), ("organisations",), ("priorities",), SUBJECTS):
        entries = [one for name in names for one in _keyed(lists[name])]
        yield from _twice(entries, "{key} is also the id of the entry on line {line}.")
    for name in LISTS:
        if name not in KEYS:
            entries = [(raw, _identity(raw)) for raw in lists[name]]
            yield from _twice(entries, "This is said already by the entry on line {line}.")


def _identity(raw: Raw) -> str:
    """What may stand once only in a list without ids."""
    names = IDENTITY.get(raw.list_name, tuple(raw.content))
    said = {name: raw.content[name] for name in names if raw.content.get(name) is not None}
    return json.dumps(said, sort_keys=True)


def _twice(entries: Iterable[tuple[Raw, str]], text: str) -> Iterator[Problem]:
    first: dict[str, Raw] = {}
    for raw, key in entries:
        before = first.setdefault(key, raw)
        if before is not raw:
            field = KEYS.get(raw.list_name, "")
            said = text.format(key=f"“{key}”", line=before.line)
            yield Problem(raw.line, raw.list_name, raw.name, field, said)
