"""What a run at each due moment would have noted: the judge of the planner.

It asks who is told from `reports.subjects`, and counts days by the naive ladder.
"""

from datetime import timedelta
from typing import NamedTuple

from commitments.models import Notice
from commitments.reports.subjects import SUBJECTS
from commitments.rules.moments import at_minute, day_of
from commitments.services.notices.planning import working_days
from tests.rules.naive_ladder import Line, said_by


class Wanted(NamedTuple):
    """The key of a notice."""

    kind: str
    subject: int
    rule: str
    cycle: str
    step: str
    person: int


class Ideal:
    """Grows from one deed to the next: every key that any due moment so far brought forth."""

    def __init__(self, ids):
        self.ids = ids
        self.keys = set()

    def pass_time(self, start, end):
        """Nobody does anything between these two: look at each due moment."""
        first, last = day_of(start), day_of(end)
        rosters = self._rosters(first, last)
        calendar = working_days(end)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            moment = min(at_minute(day + timedelta(days=1), 0) - timedelta(minutes=1), end)
            said = _said(rosters, day, moment, calendar)
            if any(start <= due_at <= moment and day_of(due_at) == day for due_at in said.values()):
                self.keys |= said.keys()

    def run(self, now):
        """A real run is a moment of its own: what it finds for whoever has just come."""
        self.keys |= self.now(now)

    def now(self, now):
        rosters = self._rosters(day_of(now), day_of(now))
        return _said(rosters, day_of(now), now, working_days(now)).keys()

    def highest(self, now):
        """What each is to be told of now, if nothing of that round was said yet."""
        rosters = self._rosters(day_of(now), day_of(now))
        calendar = working_days(now)
        return {
            Wanted(kind, key, one.rule, facts.cycle, one.step, one.person)
            for kind, roster in rosters.items()
            for key, facts in roster.facts(day_of(now)).items()
            if not facts.settled
            for one in _counted(facts, now, calendar)
            if one.is_highest
        }

    def standing(self, now):
        """The keys whose subject, round and recipient still hold."""
        rosters = self._rosters(day_of(now), day_of(now))
        facts = {
            (kind, key): one
            for kind, roster in rosters.items()
            for key, one in roster.facts(day_of(now)).items()
        }
        return {key for key in self.keys if _holds(key, facts[key.kind, key.subject])}

    def _rosters(self, first, last):
        return {
            kind: SUBJECTS[kind].roster(SUBJECTS[kind].known(ids), first, last)
            for kind, ids in self.ids.items()
        }


def there():
    """The keys that the database holds, with their states."""
    rows = Notice.objects.exclude(rule="N1").values_list(
        "subject_kind", "subject_id", "rule", "cycle", "step", "recipient_id", "state"
    )
    return {Wanted(*key): state for *key, state in rows}


def _said(rosters, day, moment, calendar):
    """Each key that is due, since when."""
    return {
        Wanted(kind, key, one.rule, facts.cycle, one.step, one.person): one.due_at
        for kind, roster in rosters.items()
        for key, facts in roster.facts(day).items()
        if not facts.settled
        for one in _counted(facts, moment, calendar)
    }


def _counted(facts, moment, calendar):
    people = {one.pk: one for told in facts.people.values() for one in told}
    told = [
        (
            one.pk,
            one.digest_minute,
            one.muted,
            [role.value for role, some in facts.people.items() if one in some],
        )
        for one in people.values()
    ]
    return said_by(
        moment,
        _lines(facts),
        facts.ladder.repeat,
        {anchor.value: day for anchor, day in facts.anchors},
        told,
        facts.began_at,
        facts.not_before,
        calendar.free,
        calendar.working,
    )


def _lines(facts):
    return [
        Line(
            step.rule.value,
            step.anchor.value,
            step.offset,
            step.unit.value,
            tuple(role.value for role in step.to),
            step.topic.value if step.topic else "",
            step.at_once,
        )
        for step in facts.ladder.steps
    ]


def _holds(key, facts):
    if facts.settled or facts.cycle != key.cycle:
        return False
    line = _line(key, facts)
    return line is not None and any(
        one.pk == key.person and not (line.topic and line.topic in one.muted)
        for role, told in facts.people.items()
        if role.value in line.to
        for one in told
    )


def _line(key, facts):
    """The line of the table that a key is of; None: the programme has it no longer."""
    lines = [line for line in _lines(facts) if line.rule == key.rule]
    for line in lines:
        if key.step == f"{line.offset:+d}" + ("d" if line.unit == "d" else ""):
            return line
    last, repeat = _lines(facts)[-1], facts.ladder.repeat
    same_unit = key.step.endswith("d") == (last.unit == "d")
    if not repeat or last.rule != key.rule or not same_unit:
        return None
    further = int(key.step.removesuffix("d")) - last.offset
    return last if further > 0 and further % repeat == 0 else None
