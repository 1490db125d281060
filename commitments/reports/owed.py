"""What is owed and who is told of it: the facts of the planner, in so many queries a batch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Max, QuerySet

from commitments.models import (
    Assignment,
    Cancelled,
    Commitment,
    Membership,
    Obligation,
    Participation,
    Role,
)
from commitments.rules.reminders import APPROVER, OFFICER, REPORTER, SENIOR, Facts, Person

BATCH = 200
Staff = dict[int, dict[str, list[Person]]]
"""Per body and role, who holds it now and may log in."""


def in_batches(obligations: QuerySet[Obligation]) -> Iterator[list[Obligation]]:
    """Walk any number of obligations by key, a batch in memory at a time."""
    rows = obligations.select_related("commitment__programme", "period").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def facts_of(obligations: Sequence[Obligation]) -> dict[int, Facts]:
    """The facts of each obligation by its id, in four queries."""
    commitments = [one.commitment for one in obligations]
    leads = _leads(commitments)
    units = {one.programme.delivery_unit_id or 0 for one in commitments}
    staff = _staff({body for body, _skips in leads.values()} | units)
    charged = _charged(commitments)
    answered = _answered(commitments)
    return {
        one.pk: _facts(
            one,
            leads.get(one.commitment_id),
            staff,
            charged.get(one.commitment_id, set()),
            _settled(one, answered.get(one.commitment_id)),
        )
        for one in obligations
    }


def _facts(
    obligation: Obligation,
    lead: tuple[int, bool] | None,
    staff: Staff,
    charged: set[int],
    settled: Cancelled | None,
) -> Facts:
    commitment, period = obligation.commitment, obligation.period
    body, skips_approver = lead or (0, True)
    house = staff.get(body, {})
    unit = staff.get(commitment.programme.delivery_unit_id or 0, {})
    officers = unit.get(OFFICER, [])
    return Facts(
        obligation=obligation.pk,
        commitment=commitment.pk,
        opens_on=period.opens_on,
        due_on=period.due_on,
        people={
            REPORTER: tuple(one for one in house.get(REPORTER, []) if one.pk in charged),
            APPROVER: () if skips_approver else tuple(house.get(APPROVER, [])),
            OFFICER: tuple(officers),
            SENIOR: tuple(house.get(SENIOR, [])),
        },
        members=frozenset(one.pk for people in (*house.values(), officers) for one in people),
        settled=settled,
    )


def _settled(obligation: Obligation, answered: date | None) -> Cancelled | None:
    """Why nobody is reminded any more.

    A later period's update, of which `answered` is the first day, says where things stand now:
    an older one stays unmet in the record, and nobody is asked for it again.
    """
    if obligation.met_at or (answered and answered > obligation.period.starts_on):
        return Cancelled.DONE
    if obligation.waived_at:
        return Cancelled.WAIVED
    return Cancelled.CLOSED if obligation.commitment.is_closed else None


def _answered(commitments: Iterable[Commitment]) -> dict[int, date]:
    """The first day of the newest period that was reported on, per commitment."""
    met = Obligation.objects.filter(commitment__in=commitments, met_at__isnull=False)
    rows = met.order_by().values("commitment_id").annotate(newest=Max("period__starts_on"))
    return {row["commitment_id"]: row["newest"] for row in rows}


def _leads(commitments: Iterable[Commitment]) -> dict[int, tuple[int, bool]]:
    rows = (
        Participation.objects.leading()
        .filter(commitment__in=commitments)
        .values_list("commitment_id", "organisation_id", "organisation__skips_approver")
    )
    return {commitment: (body, skips) for commitment, body, skips in rows}


def _staff(bodies: Iterable[int]) -> Staff:
    roles = (Role.REPORTER, Role.APPROVER, Role.OFFICER, Role.SENIOR_OFFICIAL)
    rows = (
        Membership.objects.current()
        .filter(organisation__in=bodies, role__in=roles, user__is_active=True)
        .order_by("user_id")
        .values_list("organisation_id", "role", "user_id", "user__digest_minute")
    )
    found: Staff = defaultdict(lambda: defaultdict(list))
    for body, role, person, minute in rows:
        found[body][role].append(Person(person, minute))
    return found


def _charged(commitments: Iterable[Commitment]) -> dict[int, set[int]]:
    rows = Assignment.objects.reporting().filter(commitment__in=commitments)
    found: dict[int, set[int]] = defaultdict(set)
    for commitment, person in rows.values_list("commitment_id", "person_id"):
        found[commitment].add(person)
    return found
