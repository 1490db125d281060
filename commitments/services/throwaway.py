"""Owed updates without end, on a throw-away database, for measuring the planner only."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

from commitments.models import (
    Assignment,
    Commitment,
    CommitmentKind,
    Confidence,
    Digest,
    DigestState,
    Membership,
    Notice,
    NoticeState,
    Obligation,
    Organisation,
    Part,
    Participation,
    Programme,
    ReportingPeriod,
    Role,
    User,
)
from commitments.rules.moments import at_minute

AT_ONCE = 5000
"""Rows that are put into the database at a time, so that memory stays small."""
OPENS_ON, DUE_ON = date(2026, 6, 1), date(2026, 6, 15)
"""No public holiday lies between the two."""
LED_BY_ONE = 20
"""Commitments of one body, which has two who report, an approver and a senior official."""
HOUSE = (Role.REPORTER, Role.REPORTER, Role.APPROVER, Role.SENIOR_OFFICIAL)

Row = TypeVar("Row", bound=models.Model)


def make_owed(count: int) -> None:
    """So many commitments of a made-up programme, each with an update owed for May 2026.

    One body for twenty of them, with four people: two halves of its commitments are in the charge
    of one reporter each. One officer for all.
    """
    bodies = max(1, count // LED_BY_ONE)
    unit, *leads = _bulk(Organisation, bodies + 1, _body)
    officer, *people = _bulk(User, bodies * len(HOUSE) + 1, _person)
    _bulk(Membership, 1, lambda _: _held(officer, unit, Role.OFFICER))
    _bulk(
        Membership,
        len(people),
        lambda number: _held(people[number], leads[number // len(HOUSE)], HOUSE[number % 4]),
    )
    period = _period(unit)
    commitments = _bulk(Commitment, count, lambda number: _commitment(number, period, officer))
    _bulk(Participation, count, lambda n: _led(commitments[n], leads[n // LED_BY_ONE % bodies]))
    _bulk(Assignment, count, lambda n: _charge(commitments[n], people, n, officer))
    _bulk(Obligation, count, lambda n: Obligation(commitment_id=commitments[n], period=period))
    with connection.cursor() as cursor:  # else the database guesses how many rows there are
        cursor.execute("ANALYZE")


def mark_sent(now: datetime) -> None:
    """As if every mail had gone out; who got which makes no difference to the planner."""
    digest = Digest.objects.create(
        recipient=User.objects.order_by("pk")[0],
        day_on=OPENS_ON,
        language="vi",
        state=DigestState.SENT,
        due_at=now,
        next_try_at=now,
        sent_at=now,
        message_id="<bench@example.org>",
    )
    Notice.objects.update(state=NoticeState.SENT, digest=digest)


def _bulk(model: type[Row], count: int, make: Callable[[int], Row]) -> list[int]:
    """Put in rows by portions; their keys only, for the rows would fill the memory."""
    keys: list[int] = []
    rows: Iterator[Row] = (make(number) for number in range(count))
    manager: Any = model._default_manager
    while portion := list(islice(rows, AT_ONCE)):
        keys += [row.pk for row in manager.bulk_create(portion)]
    return keys


def _body(number: int) -> Organisation:
    return Organisation(
        slug=f"bench-body-{number}",
        name_en=f"Bench body {number}",
        kind="company",
        published_at=_AT,
    )


_AT = at_minute(date(2026, 1, 5), 9 * 60)


def _person(number: int) -> User:
    return User(
        email=f"bench{number}@example.org", full_name=f"Bench person {number}", password="!"
    )


def _held(person: int, body: int, role: Role) -> Membership:
    return Membership(user_id=person, organisation_id=body, role=role, started_on=OPENS_ON)


def _period(unit: int) -> ReportingPeriod:
    programme = Programme.objects.create(
        slug="bench", code="BNCH", year=2026, name_en="Bench programme",
        forum_on=date(2025, 12, 30), delivery_unit_id=unit, published_at=_AT,
        reporting_starts_on=date(2026, 5, 1),
    )  # fmt: skip
    return ReportingPeriod.objects.create(
        programme=programme, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31),
        opens_on=OPENS_ON, due_on=DUE_ON, locks_on=date(2026, 7, 1),
    )  # fmt: skip


def _commitment(number: int, period: ReportingPeriod, officer: int) -> Commitment:
    return Commitment(
        programme_id=period.programme_id,
        kind=CommitmentKind.CORPORATE_PLEDGE,
        slug=f"bench-{number}",
        reference=f"BENCH-{number}",
        title_en=f"Bench commitment {number}",
        published_at=_AT,
        reporting_opened_on=date(2026, 5, 4),
        reporting_opened_by_id=officer,
    )


def _led(commitment: int, body: int) -> Participation:
    return Participation(
        commitment_id=commitment,
        organisation_id=body,
        role=Part.LEAD,
        confidence=Confidence.CONFIRMED,
    )


def _charge(commitment: int, people: list[int], number: int, officer: int) -> Assignment:
    house = number // LED_BY_ONE * len(HOUSE) % len(people)
    return Assignment(
        commitment_id=commitment,
        person_id=people[house + number % 2],
        assigned_by_id=officer,
        assigned_at=_AT,
    )
