"""The kinds of things that notices are about, each asked once for all of its own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from commitments.emails.digest import Item
from commitments.models import Notice, NoticeState
from commitments.rules.reminders import Key
from commitments.rules.workdays import WorkCalendar
from commitments.services.notices.about_obligations import OBLIGATIONS
from commitments.services.notices.subject import Outcome, Subject

SUBJECTS: dict[str, Subject] = {subject.kind: subject for subject in (OBLIGATIONS,)}
"""A notice of another kind stays as it is: a newer release of the product may know it."""

Facts = Mapping[tuple[str, int], Any]
"""How things stand with each subject, by kind and id."""


def facts_about(notices: Iterable[Notice], now: datetime) -> Facts:
    keys: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        keys[notice.subject_kind].add(notice.subject_id)
    return {
        (kind, key): facts
        for kind, own in keys.items()
        if kind in SUBJECTS
        for key, facts in SUBJECTS[kind].facts(own, now).items()
    }


def outcomes(
    notices: Iterable[Notice], facts: Facts, now: datetime, calendar: WorkCalendar
) -> list[tuple[Notice, Outcome]]:
    """What becomes of each pending notice as things stand now."""
    return [(notice, _outcome(notice, facts, now, calendar)) for notice in notices]


def _outcome(notice: Notice, facts: Facts, now: datetime, calendar: WorkCalendar) -> Outcome:
    subject = SUBJECTS.get(notice.subject_kind)
    if subject is None:
        return NoticeState.PLANNED, None
    known = facts.get((notice.subject_kind, notice.subject_id))
    return subject.fate(key_of(notice), known, now, calendar)


def key_of(notice: Notice) -> Key:
    return Key(notice.rule, notice.cycle, notice.step, notice.recipient_id)


def items_of(
    notices: Sequence[Notice], facts: Facts, recipient: int, now: datetime, calendar: WorkCalendar
) -> list[Item]:
    """What a mail says of these notices, kind by kind."""
    found: list[Item] = []
    for kind, subject in SUBJECTS.items():
        own = [notice for notice in notices if notice.subject_kind == kind]
        if own:
            known = {key: fact for (name, key), fact in facts.items() if name == kind}
            found += subject.items(own, known, recipient, now, calendar)
    return found
