"""What the log of the mail server and the rows of the outbox say of each other."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

TAKEN = ("taken", "taken without a word")
GAP = 2.0
"""Seconds between the server's taking a mail and our marking it, on a machine that is overloaded."""


class Line(NamedTuple):
    """One line of the mail server's log."""

    at: float
    what: str
    to: str
    id: str


class Row(NamedTuple):
    """One digest as it stands at the end."""

    id: str
    to: str
    state: str
    tries: int
    last_error: str


@dataclass
class Verdict:
    """`doubles` maps a Message-ID to how often it was taken; whatever else is in a list is wrong."""

    sent: int = 0
    dead: int = 0
    tries: int = 0
    refusals: int = 0
    hangs: int = 0
    doubles: dict = field(default_factory=dict)
    outside_the_gap: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    foreign: list = field(default_factory=list)
    twice: list = field(default_factory=list)

    @property
    def holds(self):
        return not (self.outside_the_gap or self.lost or self.foreign or self.twice)


def judge(lines, rows, faults, people, refused):
    """`faults` are moments (from, to) in which a process, or the database, was taken away;
    `people` all addresses, `refused` those that no mail can reach."""
    copies = defaultdict(list)
    for line in lines:
        if line.what in TAKEN:
            copies[line.id].append(line)
    found = Verdict(
        sent=sum(row.state == "sent" for row in rows),
        dead=sum(row.state == "dead" for row in rows),
        tries=sum(row.tries for row in rows),
        refusals=sum(line.what == "refused" for line in lines),
        hangs=sum(line.what in ("hung", "taken without a word") for line in lines),
    )
    found.doubles = {key: len(own) for key, own in sorted(copies.items()) if len(own) > 1}
    for key in found.doubles:
        earlier = sorted(copies[key])[:-1]
        if not all(in_the_gap(line, faults) for line in earlier):
            found.outside_the_gap.append(key)
    found.lost = lost(copies, rows, people, refused)
    found.foreign = sorted(copies.keys() - {row.id for row in rows})
    mails = Counter(own[0].to for own in copies.values())
    found.twice = sorted(to for to, count in mails.items() if count > 1)
    return found


def in_the_gap(line, faults):
    """Whether the sender may not have learnt, or not have noted, that this copy was taken."""
    if line.what == "taken without a word":
        return True
    return any(start <= line.at + GAP and line.at <= end for start, end in faults)


def lost(copies, rows, people, refused):
    """Those who got nothing, though nobody can see that and why; and rows without an end."""
    reached = {row.to for row in rows if row.state == "sent" and row.id in copies}
    seen = {row.to for row in rows if row.state == "dead" and row.last_error and row.to in refused}
    return sorted(set(people) - reached - seen)
