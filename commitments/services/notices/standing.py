"""How things stand with what pending notices are about, and what becomes of the notices."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from commitments.models import Cancelled, Notice, NoticeState
from commitments.reports.subjects import SUBJECTS
from commitments.rules.moments import day_of
from commitments.rules.reminders import Facts, Key, fate
from commitments.rules.workdays import WorkCalendar

Outcome = tuple[NoticeState, Cancelled | None]
Known = Mapping[tuple[str, int], Facts]
"""How things stand with each subject, by kind and id."""


def facts_about(notices: Iterable[Notice], now: datetime) -> Known:
    """The facts of all that these are about, in so many queries a kind."""
    keys: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        keys[notice.subject_kind].add(notice.subject_id)
    return {
        (kind, key): facts
        for kind, own in keys.items()
        if kind in SUBJECTS
        for key, facts in SUBJECTS[kind].facts(SUBJECTS[kind].known(own), day_of(now)).items()
    }


def outcomes(
    notices: Iterable[Notice], facts: Known, now: datetime, calendar: WorkCalendar
) -> list[tuple[Notice, Outcome]]:
    """What becomes of each pending notice as things stand now."""
    return [(notice, _outcome(notice, facts, now, calendar)) for notice in notices]


def _outcome(notice: Notice, facts: Known, now: datetime, calendar: WorkCalendar) -> Outcome:
    if notice.subject_kind not in SUBJECTS:
        return NoticeState.PLANNED, None
    known = facts.get((notice.subject_kind, notice.subject_id))
    return fate(key_of(notice), known, now, calendar)


def key_of(notice: Notice) -> Key:
    return Key(notice.rule, notice.cycle, notice.step, notice.recipient_id)
