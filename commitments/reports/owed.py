"""What is owed and who is told of it: the facts of the planner, in so many queries a batch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from commitments.models import (
    Absence,
    Assignment,
    Cancelled,
    Charge,
    Commitment,
    Membership,
    Obligation,
    Participation,
    Role,
)
from commitments.reports.absences import absences_between, away_on
from commitments.rules.presence import (
    Away,
    Charged,
    Person,
    approvers_told,
    everybody_told,
    reporters_told,
)
from commitments.rules.reminders import APPROVER, OFFICER, REPORTER, SENIOR, Facts

BATCH = 200
Staff = dict[int, dict[str, list[Person]]]
"""Per body and role, who holds it now and may log in."""
Charges = dict[tuple[int, str], Charged]
"""Per commitment and charge, who has it."""


def in_batches(
    obligations: QuerySet[Obligation], at_once: int = BATCH
) -> Iterator[list[Obligation]]:
    """Walk any number of obligations by key, a batch in memory at a time."""
    rows = obligations.select_related("commitment__programme", "period").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:at_once]):
        yield batch
        last = batch[-1].pk


def facts_of(obligations: Sequence[Obligation], on: date) -> dict[int, Facts]:
    """The facts of each obligation by its id, as people are there on a day; in five queries."""
    return roster_of(obligations, on, on).facts(on)


@dataclass(frozen=True, slots=True)
class Roster:
    """What is known of some obligations for a span of days, whoever is away when."""

    obligations: Sequence[Obligation]
    leads: dict[int, tuple[int, bool]]
    staff: Staff
    charged: Charges
    answered: dict[int, date]
    absences: Sequence[Absence]

    def facts(self, on: date) -> dict[int, Facts]:
        away = away_on(self.absences, on)
        return {one.pk: self._facts(one, away) for one in self.obligations}

    def _facts(self, obligation: Obligation, away: Away) -> Facts:
        commitment, period = obligation.commitment, obligation.period
        body, skips_approver = self.leads.get(commitment.pk, (0, True))
        house = self.staff.get(body, {})
        officers = self.staff.get(commitment.programme.delivery_unit_id or 0, {}).get(OFFICER, [])
        reporters, approvers = house.get(REPORTER, []), house.get(APPROVER, [])
        reports = self.charged.get((commitment.pk, Charge.REPORT), Charged())
        approves = self.charged.get((commitment.pk, Charge.APPROVE), Charged())
        told = reporters_told(reports, reporters, approvers, away)
        return Facts(
            obligation=obligation.pk,
            commitment=commitment.pk,
            opens_on=period.opens_on,
            due_on=period.due_on,
            people={
                REPORTER: told,
                APPROVER: () if skips_approver else approvers_told(approves, approvers, away),
                OFFICER: everybody_told(officers, away),
                SENIOR: everybody_told(house.get(SENIOR, []), away),
            },
            members=frozenset(one.pk for people in (*house.values(), officers) for one in people),
            settled=_settled(obligation, self.answered.get(commitment.pk)),
            stand_ins=frozenset(one.pk for one in set(told) - set(reporters)),
        )


def roster_of(obligations: Sequence[Obligation], first: date, last: date) -> Roster:
    """All that the facts of these days need, in as many queries for one as for a batch."""
    commitments = [one.commitment for one in obligations]
    leads = _leads(commitments)
    units = {one.programme.delivery_unit_id or 0 for one in commitments}
    staff = _staff({body for body, _skips in leads.values()} | units)
    people = {one.pk for house in staff.values() for held in house.values() for one in held}
    return Roster(
        obligations=obligations,
        leads=leads,
        staff=staff,
        charged=_charged(commitments),
        answered=_answered(commitments),
        absences=absences_between(people, first, last),
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


def _charged(commitments: Iterable[Commitment]) -> Charges:
    """Who has each charge of each commitment, deputies apart."""
    rows = Assignment.objects.standing().filter(commitment__in=commitments)
    mains: dict[tuple[int, str], set[int]] = defaultdict(set)
    deputies: dict[tuple[int, str], set[int]] = defaultdict(set)
    for commitment, charge, person, is_deputy in rows.values_list(
        "commitment_id", "charge", "person_id", "is_deputy"
    ):
        (deputies if is_deputy else mains)[commitment, charge].add(person)
    return {
        key: Charged(frozenset(mains[key]), frozenset(deputies[key])) for key in {*mains, *deputies}
    }
