"""What other steps of a rule would do to reminders, without writing anything."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from commitments.models import Cancelled, Notice, NoticeState, Programme, Rule
from commitments.reports.subjects import SUBJECTS, Subject
from commitments.rules.moments import day_of
from commitments.rules.reminders import Facts, Key, Ladder, Step, fate, owed_now
from commitments.rules.reminders.overrides import FARTHEST
from commitments.rules.workdays import WorkCalendar
from commitments.services.notices.planning import working_days
from commitments.services.notices.standing import key_of


class Effect(NamedTuple):
    """How many notices the next planning would call off, and add, because of the steps."""

    called_off: int
    added: int


Noted = Mapping[tuple[int, Key], str]
"""The states of notices, by what they are about and what they say to whom."""


def effect_of(*, programme: Programme, rule: Rule, steps: Sequence[Step], now: datetime) -> Effect:
    """What the next planning would do otherwise if the programme had these steps.

    Looks as far ahead as a step may be from its day, for the usual ones may be nearer.
    """
    calendar = working_days(now)
    called_off = added = 0
    for subject in SUBJECTS.values():
        if rule in subject.rules:
            far = day_of(now) + timedelta(days=2 * FARTHEST)
            for batch in subject.batches(subject.within(subject.open(far), [programme])):
                found = _of_batch(subject, batch, rule, steps, now, calendar)
                called_off += found.called_off
                added += found.added
    return Effect(called_off, added)


def _of_batch(
    subject: Subject,
    batch: Sequence[Any],
    rule: Rule,
    steps: Sequence[Step],
    now: datetime,
    calendar: WorkCalendar,
) -> Effect:
    known = subject.facts(batch, day_of(now))
    noted = _noted(subject.kind, list(known))
    wanted = {
        number: replace(facts, ladder=with_steps(facts.ladder, rule, steps))
        for number, facts in known.items()
        if facts.commitment is not None
    }
    called_off = sum(
        fate(key, wanted[number], now, calendar)[1] == Cancelled.CHANGED
        for (number, key), state in noted.items()
        if state == NoticeState.PLANNED and number in wanted
    )
    before = {number: known[number] for number in wanted}
    new = _to_say(wanted, noted, now, calendar) - _to_say(before, noted, now, calendar)
    return Effect(called_off, len(new))


def with_steps(present: Ladder, rule: Rule, steps: Sequence[Step]) -> Ladder:
    """A ladder with other steps of one rule; one that is of other rules stays as it is.

    R1 alone may be switched off in a ladder that it shares, so it alone may come back there.
    """
    others = [step for step in present.steps if step.rule != rule]
    is_of_others = others and len(others) == len(present.steps) and rule != Rule.R1
    if is_of_others:
        return present
    climbed = sorted([*others, *steps], key=lambda step: step.rule.value)
    return Ladder(tuple(climbed), present.repeat)


def _noted(kind: str, subjects: Sequence[int]) -> Noted:
    rows = Notice.objects.filter(subject_kind=kind, subject_id__in=subjects)
    return {(row.subject_id, key_of(row)): row.state for row in rows}


def _to_say(
    known: Mapping[int, Facts], noted: Noted, now: datetime, calendar: WorkCalendar
) -> set[tuple[int, Key]]:
    """What would be made, or taken up again, by the next planning."""
    found = {
        (number, Key(said.step.rule.value, facts.cycle, said.step.name, said.person.pk))
        for number, facts in known.items()
        for said in owed_now(facts, now, calendar)
        if said.is_highest
    }
    return {one for one in found if noted.get(one, NoticeState.CANCELLED) == NoticeState.CANCELLED}
