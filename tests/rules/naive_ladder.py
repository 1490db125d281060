"""The table of design §6 once more, typed by hand and counted day by day: the judge of the engine.

It shares nothing with the product but the names of rules and roles, and it was written from the
design without looking at the engine. Whatever is clever there is plain here.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
HA_NOI = ZoneInfo("Asia/Ho_Chi_Minh")

REPORTER, APPROVER = "reporter", "approver"
OFFICER, SENIOR = "officer", "senior_official"


class Line(NamedTuple):
    """One step of the table: of which rule, counted from what, so many `wd` or `d`, told whom."""

    rule: str
    anchor: str
    offset: int
    unit: str
    to: tuple
    topic: str = ""
    at_once: bool = False


# fmt: off
TABLE = {
    "R1": [Line("R1", "opens_on", 0, "wd", (REPORTER,), "R1")],
    "R2": [Line("R2", "due_on", -5, "wd", (REPORTER,)),
           Line("R2", "due_on", -2, "wd", (REPORTER,)),
           Line("R2", "due_on", 0, "wd", (REPORTER,))],
    "R3": [Line("R3", "due_on", 1, "wd", (REPORTER,)),
           Line("R3", "due_on", 3, "wd", (REPORTER, APPROVER)),
           Line("R3", "due_on", 5, "wd", (REPORTER, APPROVER, OFFICER)),
           Line("R3", "due_on", 10, "wd", (REPORTER, APPROVER, OFFICER, SENIOR))],
    "R4": [Line("R4", "due_on", -30, "d", (REPORTER,), "R4"),
           Line("R4", "due_on", -7, "d", (REPORTER,), "R4"),
           Line("R4", "due_on", -1, "wd", (REPORTER,)),
           Line("R4", "due_on", 1, "d", (REPORTER, OFFICER)),
           Line("R4", "due_on", 7, "d", (REPORTER, OFFICER))],
    "R5": [Line("R5", "waiting_since_on", 2, "wd", (APPROVER, OFFICER), "R5"),
           Line("R5", "waiting_since_on", 5, "wd", (APPROVER, OFFICER), "R5")],
    "R6": [Line("R6", "returned_on", 0, "wd", (REPORTER,), "", True),
           Line("R6", "returned_on", 3, "wd", (REPORTER,))],
    "R7": [Line("R7", "requested_on", 3, "wd", (OFFICER,), "R7"),
           Line("R7", "requested_on", 7, "wd", (OFFICER,), "R7")],
    "R8": [Line("R8", "confirmed_on", 0, "d", (REPORTER,))],
    "R9": [Line("R9", "since_on", 0, "wd", (APPROVER, OFFICER), "", True)],
}
# fmt: on
EVERY = {"R3": 5, "R4": 30, "R8": 14, "R9": 5}
"""How many of its unit lie between two repetitions of the last step."""
LADDERS = [["R1", "R2", "R3"], ["R4"], ["R5"], ["R6"], ["R7"], ["R8"], ["R9"]]
"""What overtakes what: an owed update has one ladder of three rules, the others one each."""


class Said(NamedTuple):
    """What one person should have been told, from when on; whether nothing tops it."""

    rule: str
    step: str
    person: int
    due_at: datetime
    is_highest: bool


def works(day, free, working):
    if day in free:
        return False
    return day.weekday() < 5 or day in working


def day_of_line(line, anchor, free, working):
    """Step from day to day, counting those on which work is done."""
    day = anchor
    if line.unit == "d":
        day = anchor + line.offset * DAY
    else:
        left = abs(line.offset)
        while left:
            day += DAY if line.offset > 0 else -DAY
            left -= works(day, free, working)
        if line.offset:
            return day
    while not works(day, free, working):
        day += DAY
    return day


@lru_cache(maxsize=1000)
def days_of_ladder(lines, every, anchors, not_before, until, free, working):
    """Each line with its day: none before the first working day, none after one further up.

    What goes at once waits for no working day. Weekly is every 5 working days after the time
    before; every so many days is counted from the anchor.
    """
    anchors = dict(anchors)
    found = []
    for line in lines:
        found.append((line, held(line, anchors[line.anchor], not_before, free, working)))
    found = [(line, min(day for _, day in found[place:])) for place, (line, _) in enumerate(found)]
    while found and every and found[-1][1] <= until:
        line, before = found[-1]
        line = line._replace(offset=line.offset + every, at_once=False)
        if line.unit == "wd":
            day = day_of_line(line._replace(offset=every), before, free, working)
        else:
            day = held(line, anchors[line.anchor], not_before, free, working)
        found.append((line, day))
    return found


def held(line, anchor, not_before, free, working):
    """Its day, or the first one on which anything may be said."""
    if line.at_once:
        return max(anchor, not_before)
    first = day_of_line(line._replace(offset=0, unit="d"), not_before, free, working)
    return max(day_of_line(line, anchor, free, working), first)


def said_by(now, lines, every, anchors, people, began_at, not_before, free, working):
    """Everything that people should have been told by now, as a set of Said.

    `people` are `(id, minute of the day, topics not wanted, roles)`.
    """
    until = (now.astimezone(HA_NOI).date() + 40 * DAY).replace(day=1)
    rungs = days_of_ladder(
        tuple(lines), every, tuple(sorted(anchors.items())), not_before, until, free, working
    )
    found = set()
    for person, minute, muted, roles in people:
        told = []
        for line, day in rungs:
            hour = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=HA_NOI)
            due_at = began_at if line.at_once else hour
            come = due_at <= now and day <= now.astimezone(HA_NOI).date()
            wanted = not line.topic or line.topic not in muted
            if come and wanted and set(roles) & set(line.to):
                name = f"{line.offset:+d}" + ("d" if line.unit == "d" else "")
                told.append((line.rule, name, person, due_at))
        found |= {Said(*one, one == told[-1]) for one in told}
    return found
