"""Which step is reached for whom, and what becomes of a pending notice (design §6).

Thresholds, never equality of days: whoever asks late finds the highest step reached, not every
step that was missed. A reminder by hand (N1) stands beside the ladder: no rung overtakes it, and
it overtakes none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from commitments.models import Cancelled, NoticeState, Role, Rule
from commitments.rules.moments import at_minute, day_of
from commitments.rules.presence import Person
from commitments.rules.reminders.ladders import (
    APPROVER,
    REPORTER,
    Anchor,
    Ladder,
    Step,
    Unit,
)
from commitments.rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Facts:
    """What the planner has to know of one thing that people are reminded of.

    `anchors` are the days its ladder counts from; no rung comes before `not_before`. `cycle` names
    this round of reminders: another one calls the former off, because of `renewed`. `began_at` is
    when what goes out at once began. `settled` says why nothing is to be said any more. `members`
    are the ids of all who still act for the body or the delivery unit, so that who lost the charge
    differs from who left. `stand_ins` are told in the place of reporters and cannot report
    themselves.
    """

    kind: str
    subject: int
    commitment: int | None
    ladder: Ladder
    anchors: tuple[tuple[Anchor, date], ...]
    cycle: str
    people: Mapping[Role, Iterable[Person]] = field(default_factory=dict)
    members: frozenset[int] = frozenset()
    not_before: date = date.min
    began_at: datetime | None = None
    settled: Cancelled | None = None
    renewed: Cancelled = Cancelled.MOVED
    stand_ins: frozenset[int] = frozenset()

    def day(self, anchor: Anchor) -> date:
        """One of its days. Raises KeyError for one that it does not have."""
        return dict(self.anchors)[anchor]


class Saying(NamedTuple):
    """What one person should be told of a thing, from when on."""

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


Rung = tuple[Step, date]


def climb(facts: Facts, calendar: WorkCalendar) -> Iterator[Rung]:
    """Every rung with its working day, lowest first; without end where the last one repeats.

    No rung comes before its first day, nor after one that is further up: a free week moves an
    early reminder to the day of the next, which overtakes it. What goes at once waits for no
    working day.
    """
    return _climb(facts.ladder, facts.anchors, facts.not_before, calendar)


def _climb(
    ladder: Ladder,
    anchors: tuple[tuple[Anchor, date], ...],
    not_before: date,
    calendar: WorkCalendar,
) -> Iterator[Rung]:
    days = dict(anchors)
    first = calendar.next_working(not_before) if not_before > date.min else not_before
    own = [
        max(days[step.anchor], not_before)
        if step.at_once
        else max(_day(step, days[step.anchor], calendar), first)
        for step in ladder.steps
    ]
    for place in range(len(own) - 2, -1, -1):
        own[place] = min(own[place], own[place + 1])
    yield from zip(ladder.steps, own, strict=True)
    if ladder.repeat and ladder.steps:
        step, day = ladder.steps[-1], own[-1]
        while True:
            step = replace(step, offset=step.offset + ladder.repeat, at_once=False)
            day = _repeated(step, days[step.anchor], day, ladder.repeat, calendar)
            yield step, max(day, first)


def _day(step: Step, anchor: date, calendar: WorkCalendar) -> date:
    if step.unit == Unit.DAY:
        return calendar.next_working(anchor + timedelta(days=step.offset))
    return calendar.add(anchor, step.offset)


def _repeated(step: Step, anchor: date, before: date, repeat: int, calendar: WorkCalendar) -> date:
    """Working days are counted on from the rung before, which spares the way from the anchor."""
    return _day(step, anchor, calendar) if step.unit == Unit.DAY else calendar.add(before, repeat)


@lru_cache(maxsize=4096)
def _reached(
    ladder: Ladder,
    anchors: tuple[tuple[Anchor, date], ...],
    not_before: date,
    until: date,
    calendar: WorkCalendar,
) -> tuple[Rung, ...]:
    rungs = _climb(ladder, anchors, not_before, calendar)
    return tuple(takewhile(lambda rung: rung[1] <= until, rungs))


def reached(facts: Facts, until: date, calendar: WorkCalendar) -> tuple[Rung, ...]:
    """The rungs whose day has come by `until`; kept, as updates of one period share them."""
    return _reached(facts.ladder, facts.anchors, facts.not_before, until, calendar)


def owed_now(facts: Facts, now: datetime, calendar: WorkCalendar) -> list[Saying]:
    """What should have been said by now, per person from the lowest step to the highest."""
    if facts.settled:
        return []
    rungs = reached(facts, day_of(now), calendar)
    found: list[Saying] = []
    for person, roles in _told(facts):
        own = [saying for saying in _of(person, roles, facts, rungs) if saying.due_at <= now]
        found += own[:-1]
        found += [saying._replace(is_highest=True) for saying in own[-1:]]
    return found


def coming(facts: Facts, after: datetime, until: datetime, calendar: WorkCalendar) -> list[Saying]:
    """What will be said after one instant and up to another, if nothing is done meanwhile."""
    if facts.settled:
        return []
    rungs = reached(facts, day_of(until), calendar)
    return [
        saying._replace(is_highest=True)
        for person, roles in _told(facts)
        for saying in _of(person, roles, facts, rungs)
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
        return NoticeState.CANCELLED, facts.renewed
    if key.recipient not in facts.members:
        return NoticeState.CANCELLED, Cancelled.LEFT
    if key.rule == Rule.N1:
        return _fate_by_hand(key, facts)
    return _fate_on_ladder(key, facts, now, calendar)


def _fate_on_ladder(
    key: Key, facts: Facts, now: datetime, calendar: WorkCalendar
) -> tuple[NoticeState, Cancelled | None]:
    position = facts.ladder.position(key.rule, key.step)
    if position is None:
        return NoticeState.CANCELLED, Cancelled.CHANGED
    roles = roles_of(key.recipient, facts)
    if not _any_of(roles, facts.ladder.audience(position)):
        return NoticeState.CANCELLED, Cancelled.REASSIGNED
    person = _person(key.recipient, facts)
    if facts.ladder.topic(position) in person.muted:
        return NoticeState.CANCELLED, Cancelled.MUTED
    rungs = reached(facts, day_of(now), calendar)
    said = [one.step for one in _of(person, roles, facts, rungs) if one.due_at <= now]
    top = facts.ladder.position(said[-1].code, said[-1].name) if said else None
    if top is not None and top > position:
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
    return [person for person, _roles in _told(facts)]


def _told(facts: Facts) -> list[tuple[Person, list[Role]]]:
    """Each person once with the roles they hold, by their ids."""
    found: dict[int, tuple[Person, list[Role]]] = {}
    for role, people in facts.people.items():
        for one in people:
            found.setdefault(one.pk, (one, []))[1].append(role)
    return [found[key] for key in sorted(found)]


def roles_of(person: int, facts: Facts) -> list[Role]:
    """The roles in which a person is told, the nearest to the work first."""
    return [role for role, people in facts.people.items() if person in {one.pk for one in people}]


def role_told(person: int, facts: Facts) -> Role | None:
    """The role in which the mail speaks to them: the nearest to the work that they hold."""
    if person in facts.stand_ins:
        return APPROVER
    return next(iter(roles_of(person, facts)), None)


def _person(key: int, facts: Facts) -> Person:
    return next(one for people in facts.people.values() for one in people if one.pk == key)


def _of(
    person: Person, roles: Sequence[Role], facts: Facts, rungs: Iterable[Rung]
) -> Iterator[Saying]:
    for step, day in rungs:
        if _any_of(roles, step.to) and not (person.muted and step.topic in person.muted):
            yield Saying(step, person, _due_at(step, day, person, facts), False)


def _any_of(roles: Sequence[Role], told: Sequence[Role]) -> bool:
    """A walk over two short lists, which is quicker than sets of choices."""
    return any(role in told for role in roles)


def _due_at(step: Step, day: date, person: Person, facts: Facts) -> datetime:
    """What goes at once is due since it began; all else at the person's minute of its day."""
    if step.at_once and facts.began_at:
        return facts.began_at
    return at_minute(day, person.digest_minute)
