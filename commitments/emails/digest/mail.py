"""One mail before it has words: its blocks, its lines by urgency, and who can be asked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from commitments.emails.digest.lines import Line, Link, Told, Urgency
from commitments.emails.quoted import Quoted
from commitments.models import Role, Topic

__all__ = ["DigestMail", "Group", "Helper", "Item", "Mention", "Told"]


class Group(NamedTuple):
    """Lines of one block that are dealt with in one place first, in one role.

    `told` and `also` hold for all of them; what holds for one stays with it.
    """

    lines: list[Line]
    links: list[Link]
    told_as: Role | None
    told: Sequence[Told] = ()
    also: Sequence[Told] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One block of the mail: a commitment, or a person whom mail does not reach.

    `thread` is the same in every mail about it, so that a mail program lays them together.
    """

    title: Quoted
    lines: Sequence[Line]
    thread: str
    reference: str = ""
    body: Quoted | None = None
    is_demo: bool = False

    @property
    def name(self) -> str:
        return f"{self.reference} {self.title}".strip()

    @property
    def ordered(self) -> list[Line]:
        return sorted(self.lines, key=lambda line: (line.urgency, line.on))

    @property
    def groups(self) -> list[Group]:
        """The most urgent first; a role is named where it is read of first."""
        found: dict[tuple[Link, Role | None], list[Line]] = defaultdict(list)
        for line in self.ordered:
            found[line.links[0], line.told_as].append(line)
        named: set[Role | None] = set()
        groups = []
        for (_link, role), lines in found.items():
            links = dict.fromkeys(link for line in lines for link in line.links)
            told, also, lines = _in_common(lines)
            as_role = None if role in named else role
            groups.append(Group(lines, list(links), as_role, told, also))
            named.add(role)
        return groups

    @property
    def is_urgent(self) -> bool:
        return any(line.is_urgent for line in self.lines)


def _in_common(lines: list[Line]) -> tuple[Sequence[Told], Sequence[Told], list[Line]]:
    """Who was told of every line, where that is the same for several; then no line repeats it."""
    first = lines[0]
    if len(lines) < 2 or any((one.told, one.also) != (first.told, first.also) for one in lines):
        return (), (), lines
    return first.told, first.also, [replace(one, told=(), also=()) for one in lines]


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody of the delivery unit whom the reader can write to."""

    name: str
    email: str
    unit: Quoted


class Mention(NamedTuple):
    """A line with the block that it stands in."""

    item: Item
    line: Line


@dataclass(frozen=True, slots=True)
class DigestMail:
    """All that one mail says; `asked_by` names who reminded by hand.

    `mute_url` is the reader's own page on which they mute without logging in.
    """

    to: str
    name: str
    language: str
    message_id: str
    sent_at: datetime
    items: Sequence[Item]
    mute_url: str
    helpers: Sequence[Helper] = field(default=())
    is_single: bool = False
    asked_by: Sequence[str] = ()

    @property
    def ordered(self) -> list[Item]:
        """The blocks, the most urgent first; of equal ones the one that is due first."""
        return sorted(self.items, key=lambda item: min((one.urgency, one.on) for one in item.lines))

    @property
    def mentions(self) -> dict[Urgency, list[Mention]]:
        """What the mail says, the most urgent first, and by day."""
        found: dict[Urgency, list[Mention]] = defaultdict(list)
        for item in self.ordered:
            for line in item.ordered:
                found[line.urgency].append(Mention(item, line))
        by_day = {
            urgency: sorted(own, key=lambda one: one.line.on) for urgency, own in found.items()
        }
        return dict(sorted(by_day.items()))

    @property
    def lines(self) -> list[Line]:
        return [line for item in self.items for line in item.lines]

    @property
    def topics(self) -> list[Topic]:
        """What of it the reader may mute."""
        return sorted({line.topic for line in self.lines if line.topic is not None})

    @property
    def is_demo(self) -> bool:
        return any(item.is_demo for item in self.items)
