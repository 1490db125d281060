"""Reminders R1 to R3 and N1: which step is reached for whom, what becomes of a pending notice.

An update that is owed climbs one ladder (design §6): the period opens, the update falls due, it
is late and the circle of those who are told widens. Thresholds, never equality of days: whoever
asks late finds the highest step reached, not every step that was missed. A reminder by hand (N1)
stands beside the ladder: no rung overtakes it, and it overtakes none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from commitments.models import Cancelled, NoticeState, Role, Rule
from commitments.rules.presence import Person
from commitments.rules.workdays import WorkCalendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
REPEAT_EVERY = 5
"""Working days between repetitions of the last step: weekly."""


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: `offset` working days from its anchor, said to everybody in one of the roles."""

    rule: Rule
    anchor: Literal["opens_on", "due_on"]
    offset: int
    to: tuple[Role, ...]

    @property
    def name(self) -> str:
        return f"{self.offset:+d}"

    @property
    def rung(self) -> tuple[str, int]:
        """Its place on the ladder, for comparison."""
        return self.rule.value, self.offset


REPORTER, APPROVER = Role.REPORTER, Role.APPROVER
OFFICER, SENIOR = Role.OFFICER, Role.SENIOR_OFFICIAL
LADDER = (
    Step(Rule.R1, "opens_on", 0, (REPORTER,)),
    Step(Rule.R2, "due_on", -5, (REPORTER,)),
    Step(Rule.R2, "due_on", -2, (REPORTER,)),
    Step(Rule.R2, "due_on", 0, (REPORTER,)),
    Step(Rule.R3, "due_on", 1, (REPORTER,)),
    Step(Rule.R3, "due_on", 3, (REPORTER, APPROVER)),
    Step(Rule.R3, "due_on", 5, (REPORTER, APPROVER, OFFICER)),
    Step(Rule.R3, "due_on", 10, (REPORTER, APPROVER, OFFICER, SENIOR)),
)

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 240, 240))
"""How long to wait after each failed try; after one try more the digest is given up."""

MAX_TRIES = len(RETRY_AFTER) + 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What the planner has to know of one obligation.

    `settled` says why nothing is owed any more. `members` are the ids of all who still act for
    the body or the delivery unit, so that who lost the charge differs from who left. `stand_ins`
    are those who are told in the place of reporters and cannot report themselves.
    """

    obligation: int
    commitment: int
    opens_on: date
    due_on: date
    people: Mapping[Role, Iterable[Person]] = field(default_factory=dict)
    members: frozenset[int] = frozenset()
    settled: Cancelled | None = None
    stand_ins: frozenset[int] = frozenset()

    @property
    def cycle(self) -> str:
        return self.due_on.isoformat()


class Saying(NamedTuple):
    """What one person should be told of an obligation, from when on."""

    step: Step
    person: Person
    due_at: datetime
    is_highest: bool


class Key(NamedTuple):
    """What a pending notice says, to whom."""

    rule: str
    cycle: str
    step: str
    recipient: int


def minute_of(moment: datetime) -> int:
    """The minute of the Vietnamese day."""
    local = moment.astimezone(VIETNAM)
    return local.hour * 60 + local.minute


def day_of(moment: datetime) -> date:
    """The Vietnamese day."""
    return moment.astimezone(VIETNAM).date()


def at_minute(day: date, minute: int) -> datetime:
    """The instant of a Vietnamese day and minute."""
    return datetime.combine(day, time(minute // 60, minute % 60), VIETNAM)


def climb(opens_on: date, due_on: date, calendar: WorkCalendar) -> Iterator[tuple[Step, date]]:
    """Every rung with its working day, lowest first, without end: the last repeats weekly.

    No rung comes before the period opens, however late it was opened.
    """
    opening = calendar.next_working(opens_on)
    anchors = {"opens_on": opening, "due_on": due_on}
    step, day = LADDER[0], opening
    for step in LADDER:
        day = max(calendar.add(anchors[step.anchor], step.offset), opening)
        yield step, day
    while True:
        step = replace(step, offset=step.offset + REPEAT_EVERY)
        day = calendar.add(day, REPEAT_EVERY)
        yield step, day


@lru_cache(maxsize=1024)
def reached(
    opens_on: date, due_on: date, until: date, calendar: WorkCalendar
) -> tuple[tuple[Step, date], ...]:
    """The rungs whose day has come by `until`; kept, as obligations of one period share them."""
    rungs = climb(opens_on, due_on, calendar)
    return tuple(takewhile(lambda rung: rung[1] <= until, rungs))


def owed_now(facts: Facts, now: datetime, calendar: WorkCalendar) -> list[Saying]:
    """What should have been said by now, per person from the lowest step to the highest."""
    if facts.settled:
        return []
    rungs = reached(facts.opens_on, facts.due_on, day_of(now), calendar)
    found: list[Saying] = []
    for person in everybody(facts):
        own = [saying for saying in _of(person, facts, rungs) if saying.due_at <= now]
        found += own[:-1]
        found += [saying._replace(is_highest=True) for saying in own[-1:]]
    return found


def coming(facts: Facts, after: datetime, until: datetime, calendar: WorkCalendar) -> list[Saying]:
    """What will be said after one instant and up to another, if nothing is handed in."""
    if facts.settled:
        return []
    rungs = reached(facts.opens_on, facts.due_on, day_of(until), calendar)
    return [
        saying._replace(is_highest=True)
        for person in everybody(facts)
        for saying in _of(person, facts, rungs)
        if after < saying.due_at <= until
    ]


def fate(
    key: Key, facts: Facts | None, now: datetime, calendar: WorkCalendar
) -> tuple[NoticeState, Cancelled | None]:
    """Whether a pending notice still stands, or why not; without facts its subject is gone."""
    if facts is None:
        return NoticeState.CANCELLED, Cancelled.CLOSED
    if facts.settled:
        return NoticeState.CANCELLED, facts.settled
    if key.cycle != facts.cycle:
        return NoticeState.CANCELLED, Cancelled.MOVED
    if key.recipient not in facts.members:
        return NoticeState.CANCELLED, Cancelled.LEFT
    if key.rule == Rule.N1:
        return _fate_by_hand(key, facts)
    rung = (key.rule, int(key.step))
    if not set(roles_of(key.recipient, facts)).intersection(_audience(rung)):
        return NoticeState.CANCELLED, Cancelled.REASSIGNED
    said = [
        saying.step.rung
        for saying in owed_now(facts, now, calendar)
        if saying.person.pk == key.recipient
    ]
    if max(said, default=rung) > rung:
        return NoticeState.SUPERSEDED, None
    return NoticeState.PLANNED, None


def _fate_by_hand(key: Key, facts: Facts) -> tuple[NoticeState, Cancelled | None]:
    if REPORTER in roles_of(key.recipient, facts):
        return NoticeState.PLANNED, None
    return NoticeState.CANCELLED, Cancelled.REASSIGNED


def step_by_hand(now: datetime) -> str:
    """The step of a reminder by hand: its Vietnamese day, so that there is one a day."""
    return f"{day_of(now):%Y%m%d}"


def everybody(facts: Facts) -> list[Person]:
    """Each person once, whatever roles they hold."""
    return sorted({person for people in facts.people.values() for person in people})


def roles_of(person: int, facts: Facts) -> list[Role]:
    """The roles in which a person is told, the nearest to the work first."""
    return [role for role, people in facts.people.items() if person in {one.pk for one in people}]


def role_told(person: int, facts: Facts) -> Role | None:
    """The role in which the mail speaks to them: the nearest to the work that they hold."""
    if person in facts.stand_ins:
        return APPROVER
    return next(iter(roles_of(person, facts)), None)


def _audience(rung: tuple[str, int]) -> tuple[Role, ...]:
    """To whom a rung is said; repetitions go to all whom the last one names."""
    last = LADDER[-1]
    if rung > last.rung:
        return last.to
    return next((step.to for step in LADDER if step.rung == rung), ())


def _of(person: Person, facts: Facts, rungs: Iterable[tuple[Step, date]]) -> Iterator[Saying]:
    roles = {role for role, people in facts.people.items() if person in people}
    for step, day in rungs:
        if roles.intersection(step.to):
            yield Saying(step, person, at_minute(day, person.digest_minute), False)


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None: never."""
    return now + RETRY_AFTER[tries - 1] if tries < MAX_TRIES else None
