"""What notices say of updates that are owed: how things stand, and the lines of the mail."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q

from commitments.emails.digest import Item, Line, Told
from commitments.models import Commitment, Notice, NoticeState, Obligation, Role
from commitments.reports.subjects.obligations import KIND
from commitments.rules.moments import day_of
from commitments.rules.reminders import Facts, role_told
from commitments.rules.workdays import WorkCalendar


def owed_items(
    notices: Sequence[Notice],
    facts: Mapping[int, Facts],
    recipient: int,
    now: datetime,
    calendar: WorkCalendar,
) -> list[Item]:
    """One for each commitment with a line for each update; what is late comes first."""
    obligations = _obligations(notices)
    others = _others(notices, recipient)
    spoken = {notice.subject_id: notice for notice in notices}
    lines: dict[int, list[Line]] = defaultdict(list)
    for one in sorted(obligations, key=lambda one: (one.period.due_on, one.pk)):
        told, also = _told(spoken[one.pk], others.get(one.pk, []), facts[one.pk])
        lines[one.commitment_id].append(_line(one, told, also, day_of(now), calendar))
    known = {one.commitment_id: facts[one.pk] for one in obligations}
    commitments = {one.commitment_id: one.commitment for one in obligations}
    return [_item(commitments[key], recipient, known[key], own) for key, own in lines.items()]


def _obligations(notices: Iterable[Notice]) -> list[Obligation]:
    rows = Obligation.objects.filter(pk__in=[notice.subject_id for notice in notices])
    return list(
        rows.select_related("commitment__programme__delivery_unit", "period").prefetch_related(
            "commitment__participations__organisation"
        )
    )


def _item(commitment: Commitment, recipient: int, facts: Facts, lines: Sequence[Line]) -> Item:
    """A notice that still stands always has a role."""
    lead = commitment.lead
    return Item(
        commitment,
        lead.organisation if lead else None,
        role_told(recipient, facts) or Role.REPORTER,
        lines,
        stands_in=recipient in facts.stand_ins,
    )


def _line(
    obligation: Obligation,
    told: Sequence[Told],
    also: Sequence[Told],
    today: date,
    calendar: WorkCalendar,
) -> Line:
    period = obligation.period
    return Line(
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=period.due_on,
        days_late=max(calendar.between(period.due_on, today), 0),
        told=told,
        also=also,
    )


def _others(notices: Sequence[Notice], recipient: int) -> Mapping[int, list[Notice]]:
    """What others were sent, or are sent at the same step, per subject."""
    cycles = {notice.subject_id: notice.cycle for notice in notices}
    rows = (
        Notice.objects.filter(subject_kind=KIND, subject_id__in=cycles)
        .filter(Q(state=NoticeState.SENT) | Q(state=NoticeState.PLANNED))
        .exclude(recipient=recipient)
        .select_related("recipient", "digest")
        .order_by("digest__sent_at", "pk")
    )
    found: dict[int, list[Notice]] = defaultdict(list)
    for row in rows:
        if row.cycle == cycles[row.subject_id]:
            found[row.subject_id].append(row)
    return found


def _told(notice: Notice, others: Iterable[Notice], facts: Facts) -> tuple[list[Told], list[Told]]:
    """Who was told earlier, each once with the last day; and who is told of the same step."""
    earlier: dict[int, Told] = {}
    also: dict[int, Told] = {}
    for other in others:
        role = role_told(other.recipient_id, facts)
        name = str(other.recipient)
        if (other.rule, other.step) == (notice.rule, notice.step):
            also[other.recipient_id] = Told(name, role)
        elif other.digest and other.digest.sent_at:
            earlier[other.recipient_id] = Told(name, role, day_of(other.digest.sent_at))
    return list(earlier.values()), list(also.values())
