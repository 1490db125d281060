"""An entry of the fact file: what it says, and how it is known again when the file comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from commitments.text.canonical import canonical, digest

LISTS = (
    "sources",
    "organisations",
    "priorities",
    "tasks",
    "missions",
    "instruments",
    "mission_acceptances",
    "indicators",
    "points",
    "updates",
    "recognitions",
    "contradictions",
    "gaps",
)
"""Every list in the order in which it is loaded; tasks and points stand inside others in the file.

Instruments come after what they are linked with, so that their first event names the links.
"""

GROUPED_BY = {"points": "indicator", "updates": "subject"}
"""Lists without ids, whose entries belong to another entry named in this field."""


@dataclass(frozen=True)
class Entry:
    """One entry of a list, cleaned.

    `said` holds what it says as values (dates, decimals, words of our vocabularies); `content`
    what the file spells, without what is null. `key` is its id, or None where the list has none.
    """

    list_name: str
    name: str
    key: str | None
    said: Mapping[str, Any]
    content: Mapping[str, Any]

    @cached_property
    def digest(self) -> str:
        return digest(dict(self.content))

    @property
    def place(self) -> str:
        return f"{self.list_name}, {self.name}"

    @property
    def group(self) -> str:
        return group_of(self.list_name, self.content)


OF_PRIORITIES = "2026"
"""The round at whose forum the priorities were given."""

Facts = Mapping[str, list[Entry]]
"""The entries of every list of `LISTS`, in the order of the file."""


def group_of(list_name: str, content: Mapping[str, Any]) -> str:
    """The entry that this one belongs to; empty where the list is one group."""
    return str(content.get(GROUPED_BY.get(list_name, ""), ""))


def spelling(content: Mapping[str, Any]) -> str:
    return canonical(dict(content)).decode()
