"""What a digest says: pending notices, grouped by commitment, with who else was told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q

from commitments.emails.digest import DigestMail, Helper, Item, Line, Told
from commitments.models import (
    Commitment,
    Digest,
    DigestKind,
    Membership,
    Notice,
    NoticeState,
    Obligation,
    Role,
    User,
)
from commitments.rules.reminders import VIETNAM, Facts, day_of, role_told
from commitments.rules.workdays import WorkCalendar

HELPERS = 3
"""How many people of the delivery unit a mail names."""


def content_of(
    digest: Digest,
    notices: Sequence[Notice],
    facts: Mapping[int, Facts],
    *,
    now: datetime,
    calendar: WorkCalendar,
) -> DigestMail:
    """Gather what the mail says about these notices; what is late comes first."""
    obligations = _obligations(notices)
    others = _others(notices, digest.recipient_id)
    spoken = {notice.subject_id: notice for notice in notices}
    lines: dict[int, list[Line]] = defaultdict(list)
    for one in sorted(obligations, key=lambda one: (one.period.due_on, one.pk)):
        told, also = _told(spoken[one.pk], others.get(one.pk, []), facts[one.pk])
        lines[one.commitment_id].append(_line(one, told, also, day_of(now), calendar))
    roles = {one.commitment_id: _role(digest.recipient_id, facts[one.pk]) for one in obligations}
    commitments = {one.commitment_id: one.commitment for one in obligations}
    items = [_item(commitments[key], roles[key], own) for key, own in lines.items()]
    return DigestMail(
        to=digest.recipient.email,
        name=str(digest.recipient),
        language=digest.language,
        message_id=digest.message_id,
        sent_at=now.astimezone(VIETNAM),
        items=items,
        helpers=_helpers(commitments.values(), digest.recipient_id),
        is_single=digest.kind == DigestKind.SINGLE,
        asked_by=_asked_by(notices),
        stands_in=any(digest.recipient_id in facts[one.pk].stand_ins for one in obligations),
    )


def _asked_by(notices: Iterable[Notice]) -> list[str]:
    """Who reminded by hand, each once."""
    asking = {notice.asked_by_id for notice in notices if notice.asked_by_id is not None}
    people = User.objects.filter(pk__in=asking).order_by("pk") if asking else ()
    return [str(person) for person in people]


def _obligations(notices: Iterable[Notice]) -> list[Obligation]:
    rows = Obligation.objects.filter(pk__in=[notice.subject_id for notice in notices])
    return list(
        rows.select_related("commitment__programme__delivery_unit", "period").prefetch_related(
            "commitment__participations__organisation"
        )
    )


def _item(commitment: Commitment, role: Role, lines: Sequence[Line]) -> Item:
    lead = commitment.lead
    return Item(commitment, lead.organisation if lead else None, role, lines)


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


def _role(person: int, facts: Facts) -> Role:
    """A notice that still stands always has one."""
    return role_told(person, facts) or Role.REPORTER


def _others(notices: Sequence[Notice], recipient: int) -> Mapping[int, list[Notice]]:
    """What others were sent, or are sent at the same step, per subject."""
    cycles = {notice.subject_id: notice.cycle for notice in notices}
    rows = (
        Notice.objects.filter(subject_kind=notices[0].subject_kind, subject_id__in=cycles)
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


def _helpers(commitments: Iterable[Commitment], recipient: int) -> list[Helper]:
    """Officers of the delivery units, for questions."""
    units = {one.programme.delivery_unit_id: one.programme.delivery_unit for one in commitments}
    rows = (
        Membership.objects.current()
        .filter(organisation__in=[key for key in units if key], role=Role.OFFICER)
        .filter(user__is_active=True)
        .exclude(user=recipient)
        .select_related("user", "organisation")
        .order_by("user_id")
    )
    return [Helper(str(row.user), row.user.email, row.organisation) for row in rows[:HELPERS]]
