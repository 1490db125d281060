"""A year of reminders on a copy that is rolled back: what would go to whom if nobody reported."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from commitments.models import (
    Assignment,
    Commitment,
    Confidence,
    Membership,
    Notice,
    NoticeState,
    Organisation,
    Programme,
    Role,
    User,
)
from commitments.reports.reminders.things import things_of
from commitments.rules.moments import at_minute
from commitments.services.calendar import calendar_for
from commitments.services.notices import plan_notices
from commitments.services.obligations import keep_periods, open_reporting, why_unfit

HOUR = 8 * 60 + 30
"""The minute of the day at which stand-ins are told, and at which the planner is run."""
_TITLES = {
    Role.REPORTER: "reporter",
    Role.APPROVER: "approver",
    Role.SENIOR_OFFICIAL: "senior official",
    Role.OFFICER: "officer",
}


@dataclass(frozen=True)
class Told:
    """One notice of the simulated year; `subject` is what it is about, in words."""

    on: date
    rule: str
    step: str
    reference: str
    subject: str
    role: Role
    person: str


@contextmanager
def copy_of_record() -> Iterator[None]:
    """Whatever is done inside is undone at the end, also where it fails."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def simulate(*, opened_on: date, until: date) -> list[Told]:
    """Every notice from the opening of reporting to a day, of real commitments, in their order.

    Call it inside `copy_of_record`. Invented stand-ins take the place of all people, and none of
    them ever reports. The real planner is run at half past eight of each working day, when all of
    them are told; nothing is sent.
    """
    User.objects.update(is_active=False)
    opened = _open(opened_on)
    _give_charges(opened)
    calendar = calendar_for(opened_on, until)
    found: list[Told] = []
    for number in range((until - opened_on).days + 1):
        day = opened_on + timedelta(days=number)
        now = at_minute(day, HOUR)
        if day.day == 1:
            keep_periods(today=day, now=now)
        if not calendar.is_working(day):
            continue
        last = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        plan_notices(now=now)
        found += _told_since(last, day)
    return found


def _open(day: date) -> list[Commitment]:
    """Open reporting where the service would, as an officer of each programme; all that is open.

    The first period is the one before the opening: its update falls due after it (design §9).
    """
    now = at_minute(day, HOUR)
    starts_on = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    for programme in Programme.objects.filter(is_demo=False).exclude(delivery_unit=None):
        officer = _officer(programme)
        rows = programme.commitments.with_bodies().select_related("programme").order_by("pk")
        chosen = [one for one in rows if not why_unfit(one)]
        if chosen:
            open_reporting(
                programme=programme,
                commitments=chosen,
                officer=officer,
                starts_on=max(starts_on, programme.forum_on),
                today=day,
                now=now,
            )
    rows = Commitment.objects.filter(
        programme__is_demo=False, reporting_opened_on__isnull=False
    ).with_bodies()
    return [one for one in rows.order_by("pk") if _is_led(one)]


def _is_led(commitment: Commitment) -> bool:
    lead = commitment.lead
    return lead is not None and lead.confidence == Confidence.CONFIRMED


def _officer(programme: Programme) -> User:
    unit = programme.delivery_unit
    if unit is None:
        raise ValueError("A programme without a delivery unit has no officer.")
    return _stand_in(unit, Role.OFFICER)


def _stand_in(body: Organisation, role: Role) -> User:
    """An invented person whose name says so; the same one whenever asked for."""
    slug = role.value.replace("_", "-")
    person, made = User.objects.get_or_create(
        email=f"stand-in-{slug}-{body.slug}@example.org",
        defaults={
            "full_name": f"Stand-in {_TITLES[role]} of {body.name_en or body.name_vi}",
            "password": "!",
            "digest_minute": HOUR,
        },
    )
    if made:
        Membership.objects.create(user=person, organisation=body, role=role, started_on=_SINCE)
    return person


_SINCE = date(2025, 1, 1)
"""Before the first forum of the record: stand-ins are there whatever year is simulated."""


def _give_charges(commitments: Iterable[Commitment]) -> None:
    for commitment in commitments:
        lead = commitment.lead
        if lead is None or commitment.reporting_opened_by is None:
            continue
        for role in (Role.APPROVER, Role.SENIOR_OFFICIAL):
            _stand_in(lead.organisation, role)
        Assignment.objects.create(
            commitment=commitment,
            person=_stand_in(lead.organisation, Role.REPORTER),
            assigned_by=commitment.reporting_opened_by,
            assigned_at=at_minute(commitment.reporting_opened_on or date.min, HOUR),
        )


def _told_since(last: int, day: date) -> list[Told]:
    rows = Notice.objects.filter(pk__gt=last, state=NoticeState.PLANNED)
    rows = rows.filter(recipient__email__startswith="stand-in-").select_related(
        "commitment", "recipient"
    )
    notices = list(rows.order_by("rule", "commitment__reference", "subject_id", "pk"))
    things = things_of({(notice.subject_kind, notice.subject_id) for notice in notices})
    held = Membership.objects.filter(user__in={notice.recipient_id for notice in notices})
    roles = dict(held.values_list("user_id", "role"))
    return [
        Told(
            on=day,
            rule=notice.rule,
            step=notice.step,
            reference=(notice.commitment.reference or "") if notice.commitment else "",
            subject=things[notice.subject_kind, notice.subject_id].words,
            role=Role(roles[notice.recipient_id]),
            person=notice.recipient.full_name,
        )
        for notice in notices
    ]
