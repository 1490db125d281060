"""What an officer sees of reminders: what will go to whom, what went, what failed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from commitments.models import (
    CLOSED,
    Commitment,
    Digest,
    DigestState,
    Notice,
    Obligation,
    Programme,
    Rule,
    User,
)
from commitments.reports.owed import in_batches, roster_of
from commitments.rules.reminders import Saying, at_minute, coming, day_of
from commitments.rules.workdays import WorkCalendar

SPAN = timedelta(days=14)
"""How far an officer looks ahead and back."""


@dataclass(frozen=True, slots=True)
class About:
    """What one notice is about, and why it goes out on its day."""

    commitment: Commitment
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


def step_words(rule: str, step: str) -> str | Promise:
    """Why a notice goes out: "update late: 3 working days after the due date"."""
    label = Rule(rule).label
    if rule in (Rule.R1, Rule.N1):
        return label
    offset = int(step)
    if offset == 0:
        when: str | Promise = _("on the due date")
    elif offset < 0:
        when = ngettext_lazy(
            "%(days)d working day before the due date",
            "%(days)d working days before the due date",
            "days",
        ) % {"days": -offset}
    else:
        when = ngettext_lazy(
            "%(days)d working day after the due date",
            "%(days)d working days after the due date",
            "days",
        ) % {"days": offset}
    return format_lazy("{label}: {when}", label=label, when=when)


def coming_in(programmes: Iterable[Programme], now: datetime, calendar: WorkCalendar) -> list[Day]:
    """The mails of the next days, if nothing is handed in meanwhile."""
    until = now + SPAN
    found: dict[tuple[datetime, int], list[About]] = defaultdict(list)
    owed = (
        Obligation.objects.opened(day_of(until))
        .unmet()
        .filter(commitment__programme__in=programmes)
        .exclude(commitment__stage__in=CLOSED)
    )
    for batch in in_batches(owed):
        commitments = {one.commitment_id: one.commitment for one in batch}
        for saying, commitment in _sayings(batch, now, until, calendar):
            about = _about(saying, commitments[commitment])
            found[saying.due_at, saying.person.pk].append(about)
    return _by_day(found)


def _sayings(
    batch: Sequence[Obligation], now: datetime, until: datetime, calendar: WorkCalendar
) -> Iterator[tuple[Saying, int]]:
    """What each day will say of which commitment, to those who are there on that day."""
    roster = roster_of(batch, day_of(now), day_of(until))
    day = day_of(now)
    while day <= day_of(until):
        end = min(at_minute(day + timedelta(days=1), 0), until)
        for facts in roster.facts(day).values():
            for saying in coming(facts, now, end, calendar):
                if day_of(saying.due_at) == day:
                    yield saying, facts.commitment
        day = calendar.next_working(day + timedelta(days=1))


def _about(saying: Saying, commitment: Commitment) -> About:
    return About(commitment, saying.step.rule.value, saying.step.name)


def _by_day(found: dict[tuple[datetime, int], list[About]]) -> list[Day]:
    people = User.objects.in_bulk({person for _due_at, person in found})
    days: dict[date, list[Outgoing]] = defaultdict(list)
    for (due_at, person), about in sorted(found.items(), key=lambda item: item[0]):
        days[day_of(due_at)].append(Outgoing(people[person], due_at, about))
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
