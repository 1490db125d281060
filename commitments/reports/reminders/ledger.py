"""The ledger: every notice there ever was, narrowed, with who was told of the thing before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from commitments.models import (
    Cancelled,
    Digest,
    DigestState,
    Notice,
    NoticeState,
    Programme,
)
from commitments.reports.reminders.scope import notices_of, people_named
from commitments.reports.reminders.things import things_of
from commitments.reports.reminders.worded import Worded, worded
from commitments.rules.moments import at_minute

FAILED, DEAD = "failed", "dead"
"""States of the mail rather than of the notice: it waits, as its mail could not be sent."""


@dataclass(frozen=True, slots=True)
class AskedLedger:
    """What the ledger is narrowed to; days are those on which the notices were due."""

    state: str = ""
    reason: str = ""
    rule: str = ""
    programme: str = ""
    commitment: str = ""
    person: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_narrowed(self) -> bool:
        return self != AskedLedger()


@dataclass(frozen=True, slots=True)
class Before:
    """Who was told of the same thing before, and by which mail."""

    person: str
    digest: Digest


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice of the ledger, with who was told before it and who at the same step."""

    said: Worded
    before: Sequence[Before]
    also: Sequence[str]


def ledger_of(programmes: Iterable[Programme], asked: AskedLedger) -> QuerySet[Notice]:
    """The notices that are asked for, newest first."""
    rows = notices_of(programmes).filter(_state(asked.state), **_columns(asked))
    if asked.commitment:
        named = Q(commitment__reference__iexact=asked.commitment)
        rows = rows.filter(named | Q(commitment__slug__iexact=asked.commitment))
    if asked.person:
        rows = rows.filter(recipient__in=people_named(asked.person))
    return rows.select_related("recipient", "digest", "asked_by", "commitment__programme").order_by(
        "-due_at", "-pk"
    )


def _columns(asked: AskedLedger) -> dict[str, Any]:
    """The plain columns that are narrowed."""
    given = {
        "rule": asked.rule,
        "cancelled_because": asked.reason if asked.reason in Cancelled.values else "",
        "commitment__programme__slug": asked.programme,
        "due_at__gte": asked.first and at_minute(asked.first, 0),
        "due_at__lt": asked.last and at_minute(asked.last + timedelta(days=1), 0),
    }
    return {name: value for name, value in given.items() if value}


def _state(state: str) -> Q:
    if state in (FAILED, DEAD):
        return Q(state=NoticeState.PLANNED, digest__state=DigestState(state))
    return Q(state=state) if state else Q()


def entries_of(notices: Iterable[Notice]) -> list[Entry]:
    """Each with its thing and who was told before; so many queries however many there are."""
    rows = list(notices)
    things = things_of({(one.subject_kind, one.subject_id) for one in rows})
    told = _told(rows)
    found = []
    for one in rows:
        others = [other for other in told.get(_round(one), ()) if _is_to_another(other, one)]
        found.append(Entry(worded(one, things), _before(one, others), _also(one, others)))
    return found


Round = tuple[str, int, str]
"""A thing and the cycle of its reminders."""


def _round(notice: Notice) -> Round:
    return notice.subject_kind, notice.subject_id, notice.cycle


def _told(rows: Iterable[Notice]) -> Mapping[Round, list[Notice]]:
    """What went out about the same things, in its order."""
    kinds: dict[str, set[int]] = defaultdict(set)
    for one in rows:
        kinds[one.subject_kind].add(one.subject_id)
    same = Q(pk__in=[])
    for kind, keys in kinds.items():
        same |= Q(subject_kind=kind, subject_id__in=keys)
    found: dict[Round, list[Notice]] = defaultdict(list)
    sent = Notice.objects.filter(same, state=NoticeState.SENT).select_related("recipient", "digest")
    for one in sent.order_by("digest__sent_at", "pk"):
        found[_round(one)].append(one)
    return found


def _is_to_another(other: Notice, notice: Notice) -> bool:
    return other.recipient_id != notice.recipient_id


def _before(notice: Notice, others: Iterable[Notice]) -> list[Before]:
    """Who was told of an earlier step before it went out, each once with their last mail."""
    last: dict[int, Before] = {}
    for one in others:
        if one.digest and one.digest.sent_at and one.due_at < notice.due_at:
            last[one.recipient_id] = Before(str(one.recipient), one.digest)
    return list(last.values())


def _also(notice: Notice, others: Iterable[Notice]) -> list[str]:
    same = (one for one in others if (one.rule, one.step) == (notice.rule, notice.step))
    return list(dict.fromkeys(str(one.recipient) for one in same))
