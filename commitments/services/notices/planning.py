"""Notices come to be, are overtaken by later ones, and are called off."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Min

from commitments.models import Cancelled, Commitment, Notice, NoticeState, Programme
from commitments.reports.subjects import BATCH, SUBJECTS, Subject
from commitments.rules.moments import day_of
from commitments.rules.reminders import Facts, Key, Saying, owed_now
from commitments.rules.workdays import WorkCalendar
from commitments.services.calendar import calendar_for
from commitments.services.notices.standing import Outcome, facts_about, key_of, outcomes


class Planned(NamedTuple):
    """What one run of the planner changed."""

    created: int
    revived: int
    superseded: int
    cancelled: int


class Gaps(NamedTuple):
    """Notices that should be there and are not: to be made, and called off too early."""

    missing: list[Notice]
    revived: list[int]


def plan_notices(*, now: datetime) -> Planned:
    """Leave a notice for everything that should have been said by now (design §6).

    Safe to run twice, late, or beside itself: only what has no row yet is written, under the
    key that the database holds unique.
    """
    calendar = working_days(now)
    ended = _end_overtaken(now, calendar)
    created = revived = 0
    for subject in SUBJECTS.values():
        for batch in subject.batches(subject.open(day_of(now))):
            gaps = gaps_of(subject, batch, now, calendar)
            Notice.objects.bulk_create(gaps.missing, ignore_conflicts=True)
            created += sum(notice.state == NoticeState.PLANNED for notice in gaps.missing)
            revived += _revive(gaps.revived, now)
    return Planned(created, revived, *ended)


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
    """What is missing for these rows; the same number of queries however many."""
    known = subject.facts(rows, day_of(now))
    there = _there(subject.kind, known)
    gaps = Gaps([], [])
    for key, facts in known.items():
        for saying in owed_now(facts, now, calendar):
            found = there.get((key, _key_of(saying, facts)))
            if found is None:
                gaps.missing.append(_notice(saying, facts, now))
            elif found.state == NoticeState.CANCELLED and saying.is_highest:
                gaps.revived.append(found.pk)
    return gaps


@transaction.atomic
def settle(found: Iterable[tuple[Notice, Outcome]]) -> tuple[int, int]:
    """Write down which notices are overtaken and which called off; how many of each."""
    ended: dict[Outcome, list[int]] = defaultdict(list)
    for notice, outcome in found:
        ended[outcome].append(notice.pk)
    ended.pop((NoticeState.PLANNED, None), None)
    changed = {NoticeState.SUPERSEDED: 0, NoticeState.CANCELLED: 0}
    for (state, reason), keys in ended.items():
        pending = Notice.objects.planned().filter(pk__in=keys)
        changed[state] += pending.update(state=state, cancelled_because=reason or "")
    return changed[NoticeState.SUPERSEDED], changed[NoticeState.CANCELLED]


def _key_of(saying: Saying, facts: Facts) -> Key:
    return Key(saying.step.rule.value, facts.cycle, saying.step.name, saying.person.pk)


def _end_overtaken(now: datetime, calendar: WorkCalendar) -> tuple[int, int]:
    superseded = cancelled = last = 0
    rows = Notice.objects.planned().filter(subject_kind__in=SUBJECTS).order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        overtaken, called_off = settle(outcomes(batch, facts_about(batch, now), now, calendar))
        superseded += overtaken
        cancelled += called_off
        last = batch[-1].pk
    return superseded, cancelled


def _there(kind: str, known: Mapping[int, Facts]) -> dict[tuple[int, Key], Notice]:
    """What was noted of these in their present rounds."""
    rows = Notice.objects.filter(
        subject_kind=kind,
        subject_id__in=list(known),
        cycle__in={facts.cycle for facts in known.values()},
    )
    return {
        (notice.subject_id, key_of(notice)): notice
        for notice in rows.only("rule", "subject_id", "cycle", "step", "recipient_id", "state")
    }


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


def _revive(keys: Sequence[int], now: datetime) -> int:
    """Take back a cancellation whose reason is gone again, such as a charge given back."""
    if not keys:
        return 0
    called_off = Notice.objects.filter(pk__in=keys, state=NoticeState.CANCELLED)
    return called_off.update(
        state=NoticeState.PLANNED, cancelled_because="", digest=None, planned_at=now
    )
