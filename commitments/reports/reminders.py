"""What an officer sees of reminders: what will go to whom, what went, what failed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.functional import Promise

from commitments.models import (
    Commitment,
    Digest,
    DigestState,
    Notice,
    Programme,
    User,
)
from commitments.reports.step_words import step_words as step_words  # asked for here, too
from commitments.reports.subjects import SUBJECTS, Subject
from commitments.rules.moments import at_minute, day_of
from commitments.rules.reminders import Facts, Saying, coming
from commitments.rules.workdays import WorkCalendar

SPAN = timedelta(days=14)
"""How far an officer looks ahead and back."""


Found = dict[tuple[datetime, int], list[tuple[Saying, Facts]]]
"""What goes to whom at which instant."""


@dataclass(frozen=True, slots=True)
class About:
    """What one notice is about, and why it goes out on its day."""

    commitment: Commitment | None
    rule: str
    step: str

    @property
    def words(self) -> str | Promise:
        return step_words(self.rule, self.step)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One mail to come: to whom, when, with what in it."""

    person: User
    due_at: datetime
    about: Sequence[About]


@dataclass(frozen=True, slots=True)
class Day:
    """The mails of one working day."""

    on: date
    mails: Sequence[Outgoing]


def coming_in(programmes: Iterable[Programme], now: datetime, calendar: WorkCalendar) -> list[Day]:
    """The mails of the next days, if nothing is handed in meanwhile."""
    until = now + SPAN
    found: Found = defaultdict(list)
    for subject in SUBJECTS.values():
        rows = subject.within(subject.open(day_of(until)), programmes)
        for batch in subject.batches(rows):
            for saying, facts in _sayings(subject, batch, now, until, calendar):
                found[saying.due_at, saying.person.pk].append((saying, facts))
    return _by_day(found)


def _sayings(
    subject: Subject, batch: Sequence[Any], now: datetime, until: datetime, calendar: WorkCalendar
) -> Iterator[tuple[Saying, Facts]]:
    """What each day will say of which thing, to those who are there on that day."""
    roster = subject.roster(batch, day_of(now), day_of(until))
    day = day_of(now)
    while day <= day_of(until):
        end = min(at_minute(day + timedelta(days=1), 0), until)
        for facts in roster.facts(day).values():
            for saying in coming(facts, now, end, calendar):
                if day_of(saying.due_at) == day:
                    yield saying, facts
        day = calendar.next_working(day + timedelta(days=1))


def _by_day(found: Found) -> list[Day]:
    people = User.objects.in_bulk({person for _due_at, person in found})
    about = {facts.commitment for said in found.values() for _saying, facts in said}
    commitments = Commitment.objects.in_bulk({key for key in about if key})
    days: dict[date, list[Outgoing]] = defaultdict(list)
    for (due_at, person), said in sorted(found.items(), key=lambda item: item[0]):
        lines = [
            About(commitments.get(facts.commitment or 0), saying.step.rule, saying.step.name)
            for saying, facts in said
        ]
        days[day_of(due_at)].append(Outgoing(people[person], due_at, lines))
    return [Day(on, mails) for on, mails in days.items()]


def waiting_in(programmes: Iterable[Programme], now: datetime) -> list[Notice]:
    """What is due and has not gone out, the oldest first."""
    rows = Notice.objects.due(now).filter(commitment__programme__in=programmes)
    return list(rows.select_related("recipient", "commitment", "digest").order_by("due_at", "pk"))


def sent_in(programmes: Iterable[Programme], now: datetime) -> QuerySet[Digest]:
    """The mails that went out lately with something of these programmes, newest first."""
    carried = Notice.objects.filter(commitment__programme__in=programmes)
    return (
        Digest.objects.filter(
            Exists(carried.filter(digest=OuterRef("pk"))),
            state=DigestState.SENT,
            sent_at__gte=now - SPAN,
        )
        .select_related("recipient")
        .prefetch_related(
            Prefetch("notices", carried.select_related("commitment").order_by("pk"), "carried")
        )
        .order_by("-sent_at", "-pk")
    )


def failed_in(programmes: Iterable[Programme], now: datetime) -> list[Digest]:
    """The mails that could not be sent lately, to people who are told of these programmes.

    What a mail of an earlier day carried has moved on, so people are asked, not its notices.
    """
    told = Notice.objects.filter(
        commitment__programme__in=programmes, recipient=OuterRef("recipient")
    )
    rows = Digest.objects.filter(
        Exists(told),
        state__in=(DigestState.FAILED, DigestState.DEAD),
        day_on__gte=day_of(now - SPAN),
    )
    return list(rows.select_related("recipient").order_by("-day_on", "pk"))
