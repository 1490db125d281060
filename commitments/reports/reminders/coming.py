"""What will go to whom in the next days, with the reason, if nothing is done meanwhile."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from commitments.errors import Text
from commitments.models import Programme, User
from commitments.reports.reminders.things import Key, Thing, things_of
from commitments.reports.step_words import step_words
from commitments.reports.subjects import SUBJECTS, Subject
from commitments.reports.subjects.subject import Roster
from commitments.rules.moments import at_minute, day_of
from commitments.rules.reminders import Anchor, Facts, Saying, coming
from commitments.rules.workdays import WorkCalendar

SPAN = timedelta(days=14)
"""How far an officer looks ahead and back."""


@dataclass(frozen=True, slots=True)
class AskedComing:
    """What the preview is narrowed to; `people` are ids, None: everybody."""

    rule: str = ""
    people: frozenset[int] | None = None

    def holds(self, saying: Saying) -> bool:
        of_rule = not self.rule or saying.step.rule == self.rule
        return of_rule and (self.people is None or saying.person.pk in self.people)


class Said(NamedTuple):
    """One thing said to one person; `instead_of` are the ids of those who are away."""

    saying: Saying
    facts: Facts
    instead_of: frozenset[int] = frozenset()
    is_muted: bool = False

    @property
    def key(self) -> Key:
        return self.facts.kind, self.facts.subject


@dataclass(frozen=True, slots=True)
class Line:
    """What a mail says of one thing, and why on that day.

    `counted_from` is the day from which the step is counted, unless it is a date of the thing.
    """

    thing: Thing
    rule: str
    words: Text
    counted_from: date | None
    instead_of: Sequence[User] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One mail to come: to whom, when, with what in it."""

    person: User
    due_at: datetime
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Day:
    """The mails of one day: the first of them, how many more there are, and who asked not to be
    told of something that comes on it."""

    on: date
    mails: Sequence[Outgoing]
    more: int = 0
    unheard: Sequence[Outgoing] = field(default_factory=tuple)
    unheard_more: int = 0

    @property
    def count(self) -> int:
        return len(self.mails) + self.more


Mails = dict[tuple[datetime, int], list[Said]]
"""What goes to whom at which instant."""


def coming_in(
    programmes: Iterable[Programme],
    now: datetime,
    calendar: WorkCalendar,
    *,
    asked: AskedComing | None = None,
    most: int | None = None,
) -> list[Day]:
    """The mails of the next days; of each day at most so many in full."""
    asked, programmes = asked or AskedComing(), list(programmes)
    told: dict[date, Mails] = defaultdict(lambda: defaultdict(list))
    unheard: dict[date, Mails] = defaultdict(lambda: defaultdict(list))
    for said in foreseen(programmes, now, calendar):
        if asked.holds(said.saying):
            days = unheard if said.is_muted else told
            due_at, person = said.saying.due_at, said.saying.person.pk
            days[day_of(due_at)][due_at, person].append(said)
    return _shown(told, unheard, most)


def foreseen(
    programmes: Sequence[Programme], now: datetime, calendar: WorkCalendar
) -> Iterator[Said]:
    """Everything that the rules will say of these programmes in the span, kind by kind."""
    until = now + SPAN
    for subject in SUBJECTS.values():
        rows = subject.within(subject.open(day_of(until)), programmes)
        for batch in subject.batches(rows):
            yield from _of_batch(subject, batch, now, until, calendar)


def _of_batch(
    subject: Subject, batch: Sequence[Any], now: datetime, until: datetime, calendar: WorkCalendar
) -> Iterator[Said]:
    """What each day will say of each thing, to those who are there on that day."""
    roster = subject.roster(batch, day_of(now), day_of(until))
    present = _with_nobody_away(roster)
    day = day_of(now)
    while day <= day_of(until):
        first = max(now, at_minute(day, 0) - timedelta(microseconds=1))
        last = min(at_minute(day + timedelta(days=1), 0) - timedelta(microseconds=1), until)
        usual = present.facts(day) if present else {}
        for key, facts in roster.facts(day).items():
            yield from _of_day(facts, usual.get(key), first, last, calendar)
        day = calendar.next_working(day + timedelta(days=1))


def _with_nobody_away(roster: Any) -> Roster | None:
    """The same, as if everybody were there; None where nobody is away anyhow."""
    houses = getattr(roster, "houses", None)
    if houses is None or not houses.absences:
        return None
    changed: Roster = replace(roster, houses=replace(houses, absences=()))
    return changed


def _of_day(
    facts: Facts, usual: Facts | None, first: datetime, last: datetime, calendar: WorkCalendar
) -> Iterator[Said]:
    """Of two steps of one day a person is told the later; beside them what was muted."""
    told = {one.person.pk: one for one in coming(facts, first, last, calendar)}
    for person, saying in told.items():
        away = _stood_in_for(person, saying, facts, usual) if usual else frozenset()
        yield Said(saying, facts, away)
    if any(one.muted for people in facts.people.values() for one in people):
        for saying in coming(_as_if_unmuted(facts), first, last, calendar):
            if saying.person.pk not in told:
                yield Said(saying, facts, is_muted=True)


def _stood_in_for(person: int, saying: Saying, facts: Facts, usual: Facts) -> frozenset[int]:
    """Who would be told of this step were they there, if somebody is told only as they are not."""
    now = {one.pk for role in saying.step.to for one in facts.people.get(role, ())}
    then = {one.pk for role in saying.step.to for one in usual.people.get(role, ())}
    return frozenset() if person in then else frozenset(then - now)


def _as_if_unmuted(facts: Facts) -> Facts:
    people = {
        role: tuple(one._replace(muted=frozenset()) for one in told)
        for role, told in facts.people.items()
    }
    return replace(facts, people=people)


def _shown(told: dict[date, Mails], unheard: dict[date, Mails], most: int | None) -> list[Day]:
    """The first mails of each day, with their people and things; some queries for all of it."""
    first = {day: dict(sorted(told[day].items())[:most]) for day in sorted({*told, *unheard})}
    silent = {day: dict(sorted(unheard[day].items())[:most]) for day in first}
    said = [
        one
        for days in (first, silent)
        for mails in days.values()
        for own in mails.values()
        for one in own
    ]
    ids = {one.saying.person.pk for one in said}
    people = User.objects.in_bulk(ids.union(*(one.instead_of for one in said)))
    things = things_of({one.key for one in said})
    return [
        Day(
            day,
            list(_outgoing(first[day], people, things)),
            len(told[day]) - len(first[day]),
            list(_outgoing(silent[day], people, things)),
            len(unheard[day]) - len(silent[day]),
        )
        for day in first
    ]


def _outgoing(
    mails: Mails, people: Mapping[int, User], things: Mapping[Key, Thing]
) -> Iterator[Outgoing]:
    for (due_at, person), own in mails.items():
        lines = [_line(one, people, things[one.key]) for one in own if one.key in things]
        yield Outgoing(people[person], due_at, lines)


def _line(said: Said, people: Mapping[int, User], thing: Thing) -> Line:
    step = said.saying.step
    away = [people[key] for key in sorted(said.instead_of) if key in people]
    words = step_words(step.rule, step.name)
    since = None if step.anchor in (Anchor.OPENS, Anchor.DUE) else said.facts.day(step.anchor)
    return Line(thing, step.rule, words, since, away)
