"""The mails that carried notices: those that went, those that could not be sent, and each one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from commitments.models import Digest, DigestState, Notice, Programme
from commitments.reports.reminders.coming import SPAN
from commitments.reports.reminders.ledger import Entry, entries_of
from commitments.reports.reminders.scope import mails_of, notices_of
from commitments.reports.reminders.things import things_of
from commitments.reports.reminders.worded import Worded, worded
from commitments.rules.moments import day_of

FAULTY = (DigestState.FAILED, DigestState.DEAD)


def sent_in(programmes: Iterable[Programme], now: datetime) -> QuerySet[Digest]:
    """The mails that went out lately with something of these programmes, newest first."""
    carried = notices_of(programmes)
    return (
        Digest.objects.filter(
            Exists(carried.filter(digest=OuterRef("pk"))),
            state=DigestState.SENT,
            sent_at__gte=now - SPAN,
        )
        .select_related("recipient")
        .prefetch_related(Prefetch("notices", carried.order_by("pk"), "carried"))
        .order_by("-sent_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Carrying:
    """A mail and what it said of these programmes."""

    digest: Digest
    lines: Sequence[Worded]


def carrying(digests: Iterable[Digest]) -> list[Carrying]:
    """What each of some mails said in words, from `sent_in`; some queries for all."""
    found = list(digests)
    notices: list[Notice] = [one for mail in found for one in mail.carried]  # type: ignore[attr-defined]
    things = things_of({(one.subject_kind, one.subject_id) for one in notices})
    return [
        Carrying(mail, [worded(one, things) for one in mail.carried])  # type: ignore[attr-defined]
        for mail in found
    ]


def failed_in(programmes: Iterable[Programme], now: datetime) -> list[Digest]:
    """The mails that could not be sent lately, to people who are told of these programmes."""
    rows = mails_of(programmes).filter(state__in=FAULTY, day_on__gte=day_of(now - SPAN))
    return list(rows.select_related("recipient").order_by("-day_on", "pk"))


@dataclass(frozen=True, slots=True)
class Carried:
    """What of some programmes a mail carried, and how much else."""

    entries: Sequence[Entry]
    others: int


def carried_by(digest: Digest, programmes: Iterable[Programme]) -> Carried:
    """What an officer of these programmes sees of a mail; of what else it carried, the number."""
    rows = notices_of(programmes).filter(digest=digest)
    own = list(rows.select_related("recipient", "digest", "asked_by").order_by("pk"))
    return Carried(entries_of(own), digest.notices.count() - len(own))
