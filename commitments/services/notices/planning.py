"""Notices come to be, are overtaken by later ones, and are called off."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from commitments.models import Cancelled, Commitment, Notice, NoticeState, Programme, Rule
from commitments.reports.subjects import BATCH, SUBJECTS, Subject
from commitments.rules.moments import day_of
from commitments.rules.reminders import Facts, Key, Saying, fate, owed_now
from commitments.rules.workdays import WorkCalendar
from commitments.services.calendar import calendar_for
from commitments.services.notices.standing import Outcome, facts_about, outcomes


class Planned(NamedTuple):
    """What one run of the planner changed."""

    created: int = 0
    revived: int = 0
    superseded: int = 0
    cancelled: int = 0


STANDS: Outcome = (NoticeState.PLANNED, None)
"""What becomes of a pending notice that is still to be sent."""


class Noted(NamedTuple):
    """A notice that is there."""

    pk: int
    state: str
    due_at: datetime


class Gaps(NamedTuple):
    """What keeps the notices of some things from being as they should be by now.

    `missing` are to be made, `revived` were called off too early; `overtaken` were called off
    too, but others tell of them meanwhile. `ended` are pending ones that nobody is to be told of.
    """

    missing: list[Notice]
    revived: list[int]
    overtaken: list[int]
    ended: list[tuple[int, Outcome]]


def plan_notices(*, now: datetime) -> Planned:
    """Leave a notice for everything that should have been said by now (design §6).

    Safe to run twice, late, or beside itself: only what has no row yet is written, under the
    key that the database holds unique.
    """
    done = list(planning_steps(now=now))
    return Planned(*(sum(counts) for counts in zip(*done, strict=True)))


def planning_steps(*, now: datetime, at_once: int = BATCH) -> Iterator[Planned]:
    """The same a batch at a time; whatever happens between two of them does no harm."""
    calendar = working_days(now)
    yield Planned()
    for subject in SUBJECTS.values():
        rows = subject.open(day_of(now))
        for batch in subject.batches(rows, at_once):
            yield _fill(gaps_of(subject, batch, now, calendar), now)
        yield from _end_of_closed(subject, rows, now, calendar, at_once)


def cancel(*, subject_kind: str, subject_id: int, reason: Cancelled, now: datetime) -> int:
    """Call off what is pending about a subject; how many notices that were.

    Notices become due no later than they are planned, so none that is not due by `now` exists.
    """
    pending = Notice.objects.due(now).filter(subject_kind=subject_kind, subject_id=subject_id)
    return pending.update(state=NoticeState.CANCELLED, cancelled_because=reason)


def cancel_about(*, commitment: Commitment, reason: Cancelled, now: datetime) -> int:
    """Call off what is pending about anything of a commitment; what is still to be said after
    that, the next planning takes up again."""
    pending = Notice.objects.due(now).filter(commitment=commitment)
    return pending.update(state=NoticeState.CANCELLED, cancelled_because=reason)


def working_days(now: datetime) -> WorkCalendar:
    """The calendar from the oldest programme to now and beyond: no reminder counts from before."""
    today = day_of(now)
    oldest = Programme.objects.aggregate(oldest=Min("forum_on"))["oldest"]
    return calendar_for(today, min(today, oldest or today))


def gaps_of(subject: Subject, rows: Sequence[Any], now: datetime, calendar: WorkCalendar) -> Gaps:
    """What is amiss for these rows; the same number of queries however many."""
    known = subject.facts(rows, day_of(now))
    there = _there(subject.kind, known)
    gaps = Gaps([], [], [], [])
    for subject_id, facts in known.items():
        noted = there.get(subject_id, {})
        ended = _ended(facts, noted, now, calendar)
        gaps.ended.extend(ended.items())
        _find_missing(facts, noted, ended, gaps, now, calendar)
    return gaps


def _ended(
    facts: Facts, noted: Mapping[Key, Noted], now: datetime, calendar: WorkCalendar
) -> dict[int, Outcome]:
    """What becomes of those pending ones that nobody is to be told of any more."""
    found = {
        one.pk: fate(key, facts, now, calendar)
        for key, one in noted.items()
        if one.state == NoticeState.PLANNED
    }
    return {pk: outcome for pk, outcome in found.items() if outcome != STANDS}


def _find_missing(
    facts: Facts,
    noted: Mapping[Key, Noted],
    ended: Mapping[int, Outcome],
    gaps: Gaps,
    now: datetime,
    calendar: WorkCalendar,
) -> None:
    """Hold what should have been said of one thing against what was noted of it.

    A step that was overtaken is taken up again where what overtook it is gone unsaid, as when a
    programme gives up a step: else nobody would be told of either.
    """
    for saying in owed_now(facts, now, calendar):
        key = _key_of(saying, facts)
        found = noted.get(key)
        if found is None:
            gaps.missing.append(_notice(saying, facts, now))
        elif found.state == NoticeState.CANCELLED:
            (gaps.revived if saying.is_highest else gaps.overtaken).append(found.pk)
        elif (
            found.state == NoticeState.SUPERSEDED
            and saying.is_highest
            and not _is_told(key, noted, ended)
        ):
            gaps.revived.append(found.pk)


def _is_told(key: Key, noted: Mapping[Key, Noted], ended: Mapping[int, Outcome]) -> bool:
    """Whether a person was or will be told something of the same round that is no earlier."""
    return any(
        one.state == NoticeState.SENT or (one.state == NoticeState.PLANNED and one.pk not in ended)
        for other, one in noted.items()
        if (other.cycle, other.recipient) == (key.cycle, key.recipient)
        and other.rule != Rule.N1
        and one.due_at >= noted[key].due_at
    )


def settle(found: Iterable[tuple[Notice, Outcome]]) -> tuple[int, int]:
    """Write down which notices are overtaken and which called off; how many of each."""
    return _end((notice.pk, outcome) for notice, outcome in found)


@transaction.atomic
def _end(found: Iterable[tuple[int, Outcome]]) -> tuple[int, int]:
    ended: dict[Outcome, list[int]] = defaultdict(list)
    for key, outcome in found:
        ended[outcome].append(key)
    ended.pop(STANDS, None)
    changed = {NoticeState.SUPERSEDED: 0, NoticeState.CANCELLED: 0}
    for (state, reason), keys in ended.items():
        pending = Notice.objects.planned().filter(pk__in=keys)
        changed[state] += pending.update(state=state, cancelled_because=reason or "")
    return changed[NoticeState.SUPERSEDED], changed[NoticeState.CANCELLED]


def _fill(gaps: Gaps, now: datetime) -> Planned:
    """Write what is amiss; where nothing is, nothing is locked."""
    return _write(gaps, now) if any(gaps) else Planned()


@transaction.atomic
def _write(gaps: Gaps, now: datetime) -> Planned:
    superseded, cancelled = _end(gaps.ended)
    Notice.objects.bulk_create(gaps.missing, ignore_conflicts=True)
    created = sum(notice.state == NoticeState.PLANNED for notice in gaps.missing)
    revived = _revive(gaps.revived, now)
    return Planned(created, revived, superseded + _overtake(gaps.overtaken), cancelled)


def _end_of_closed(
    subject: Subject,
    rows: QuerySet[Any],
    now: datetime,
    calendar: WorkCalendar,
    at_once: int,
) -> Iterator[Planned]:
    """Call off what is pending about things that are not among the open rows any longer."""
    pending = Notice.objects.planned().filter(subject_kind=subject.kind).order_by("pk")
    last = 0
    while batch := list(pending.filter(pk__gt=last)[:at_once]):
        about = {notice.subject_id for notice in batch}
        still = set(rows.filter(pk__in=about).order_by().values_list("pk", flat=True))
        closed = [notice for notice in batch if notice.subject_id not in still]
        found = outcomes(closed, facts_about(closed, now), now, calendar)
        yield Planned(0, 0, *settle(found))
        last = batch[-1].pk


def _key_of(saying: Saying, facts: Facts) -> Key:
    return Key(saying.step.code, facts.cycle, saying.step.name, saying.person.pk)


def _there(kind: str, known: Mapping[int, Facts]) -> dict[int, dict[Key, Noted]]:
    """What was noted of these in their present rounds, and what is pending of former ones."""
    rows = Notice.objects.filter(
        Q(cycle__in={facts.cycle for facts in known.values()}) | Q(state=NoticeState.PLANNED),
        subject_kind=kind,
        subject_id__in=list(known),
    ).values_list("subject_id", "pk", "state", "due_at", "rule", "cycle", "step", "recipient_id")
    found: dict[int, dict[Key, Noted]] = defaultdict(dict)
    for subject_id, pk, state, due_at, rule, cycle, step, recipient in rows.iterator():
        found[subject_id][Key(rule, cycle, step, recipient)] = Noted(pk, state, due_at)
    return found


def _notice(saying: Saying, facts: Facts, now: datetime) -> Notice:
    state = NoticeState.PLANNED if saying.is_highest else NoticeState.SUPERSEDED
    return Notice(
        rule=saying.step.rule,
        subject_kind=facts.kind,
        subject_id=facts.subject,
        cycle=facts.cycle,
        step=saying.step.name,
        recipient_id=saying.person.pk,
        commitment_id=facts.commitment,
        by_itself=saying.step.at_once,
        state=state,
        due_at=saying.due_at,
        planned_at=now,
    )


def _overtake(keys: Sequence[int]) -> int:
    """What was called off and holds again, but is topped by now, counts as overtaken."""
    if not keys:
        return 0
    called_off = Notice.objects.filter(pk__in=keys, state=NoticeState.CANCELLED)
    return called_off.update(state=NoticeState.SUPERSEDED, cancelled_because="", digest=None)


def _revive(keys: Sequence[int], now: datetime) -> int:
    """Take up what was called off for a reason that is gone again, such as a charge given back."""
    if not keys:
        return 0
    ended = (NoticeState.CANCELLED, NoticeState.SUPERSEDED)
    called_off = Notice.objects.filter(pk__in=keys, state__in=ended)
    return called_off.update(
        state=NoticeState.PLANNED, cancelled_because="", digest=None, planned_at=now
    )
