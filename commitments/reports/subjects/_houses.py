"""Who acts for commitments, and who of them is told: loaded for a batch in so many queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from commitments.models import (
    Absence,
    Assignment,
    Charge,
    Commitment,
    Membership,
    Mute,
    Participation,
    Role,
    Rule,
)
from commitments.reports.absences import absences_between, away_on
from commitments.reports.subjects._ladders import ladders_of
from commitments.rules.presence import (
    Away,
    Charged,
    Person,
    approvers_told,
    everybody_told,
    reporters_told,
)
from commitments.rules.reminders import APPROVER, OFFICER, REPORTER, SENIOR, Ladder

House = Mapping[str, Sequence[Person]]
Staff = dict[int, dict[str, list[Person]]]
"""Per body and role, who holds it now and may log in."""
Charges = dict[tuple[int, str], Charged]
"""Per commitment and charge, who has it."""


class Told(NamedTuple):
    """Who is told of a commitment in which role, and all who still act for it."""

    people: dict[Role, tuple[Person, ...]]
    members: frozenset[int]
    stand_ins: frozenset[int]


@dataclass(frozen=True, slots=True)
class Houses:
    """The bodies that lead some commitments and the units that deliver them, whoever is away."""

    leads: dict[int, tuple[int, bool]]
    staff: Staff
    charged: Charges
    absences: Sequence[Absence]
    ladders: dict[int, Ladder]
    _kept: dict[int, tuple[Away, dict[object, Told]]] = field(default_factory=dict, repr=False)
    """Whom `told` found, while the same people are away; that mapping is kept with it, so that
    its id is not given to another."""

    def away(self, on: date) -> Away:
        return away_on(self.absences, on)

    def body(self, commitment: Commitment) -> House:
        """The people of the body that leads it, by role; nobody where no body leads."""
        return self.staff.get(self.leads.get(commitment.pk, (0, True))[0], {})

    def unit(self, commitment: Commitment) -> House:
        """The people of the unit that delivers its programme, by role."""
        return self.staff.get(commitment.programme.delivery_unit_id or 0, {})

    def skips_approver(self, commitment: Commitment) -> bool:
        return self.leads.get(commitment.pk, (0, True))[1]

    def ladder(self, commitment: Commitment) -> Ladder:
        return self.ladders[commitment.programme_id]

    def charge(self, commitment: Commitment, charge: Charge) -> Charged:
        return self.charged.get((commitment.pk, charge), Charged())

    def approvers(self, commitment: Commitment, away: Away) -> tuple[Person, ...]:
        """Those expected to approve; nobody where the body has no approver of its own."""
        if self.skips_approver(commitment):
            return ()
        house = self.body(commitment).get(APPROVER, [])
        return approvers_told(self.charge(commitment, Charge.APPROVE), house, away)

    def reporters(self, commitment: Commitment, away: Away) -> tuple[Person, ...]:
        """Those in charge, or who stands in for them; nobody, where nobody has the charge."""
        house = self.body(commitment)
        charged = self.charge(commitment, Charge.REPORT)
        return reporters_told(charged, house.get(REPORTER, []), house.get(APPROVER, []), away)

    def officers(self, commitment: Commitment, away: Away) -> tuple[Person, ...]:
        return everybody_told(self.unit(commitment).get(OFFICER, []), away)

    def members(self, commitment: Commitment) -> frozenset[int]:
        """The ids of all who act for the body, and of the unit's officers."""
        groups = (*self.body(commitment).values(), self.unit(commitment).get(OFFICER, []))
        return frozenset(one.pk for people in groups for one in people)

    def told(self, commitment: Commitment, away: Away) -> Told:
        """Everybody on the way up, from those who report to the body's senior official.

        Kept for the next commitment of the same body with the same people in charge.
        """
        key = (
            *self.leads.get(commitment.pk, (0, True)),
            commitment.programme.delivery_unit_id,
            self.charge(commitment, Charge.REPORT),
            self.charge(commitment, Charge.APPROVE),
        )
        found = self._kept.setdefault(id(away), (away, {}))[1]
        if key not in found:
            found[key] = self._told(commitment, away)
        return found[key]

    def _told(self, commitment: Commitment, away: Away) -> Told:
        house = self.body(commitment)
        reporters = self.reporters(commitment, away)
        return Told(
            people={
                REPORTER: reporters,
                APPROVER: self.approvers(commitment, away),
                OFFICER: self.officers(commitment, away),
                SENIOR: everybody_told(house.get(SENIOR, []), away),
            },
            members=self.members(commitment),
            stand_ins=frozenset(one.pk for one in set(reporters) - set(house.get(REPORTER, []))),
        )


def houses_of(
    commitments: Iterable[Commitment],
    rules: Sequence[Rule],
    first: date,
    last: date,
    *,
    bodies: Iterable[int] = (),
) -> Houses:
    """All that is to be known of who is told, in as many queries for one as for a batch.

    `bodies` are asked for besides those that lead and deliver.
    """
    commitments = list(commitments)
    leads = _leads(commitments)
    units = {one.programme.delivery_unit_id or 0 for one in commitments}
    staff = staff_of({body for body, _skips in leads.values()} | units | set(bodies))
    people = {one.pk for house in staff.values() for held in house.values() for one in held}
    return Houses(
        leads=leads,
        staff=staff,
        charged=_charged(commitments),
        absences=absences_between(people, first, last),
        ladders=ladders_of({one.programme_id for one in commitments}, rules),
    )


def staff_of(bodies: Iterable[int]) -> Staff:
    """Who acts for these bodies in the roles that are told; two queries."""
    roles = (Role.REPORTER, Role.APPROVER, Role.OFFICER, Role.SENIOR_OFFICIAL)
    rows = list(
        Membership.objects.current()
        .filter(organisation__in=bodies, role__in=roles, user__is_active=True)
        .order_by("user_id")
        .values_list("organisation_id", "role", "user_id", "user__digest_minute")
    )
    muted = muted_by({person for _body, _role, person, _minute in rows})
    found: Staff = defaultdict(lambda: defaultdict(list))
    for body, role, person, minute in rows:
        found[body][role].append(Person(person, minute, muted.get(person, frozenset())))
    return found


def muted_by(people: Iterable[int]) -> dict[int, frozenset[str]]:
    """What each asked not to be told."""
    found: dict[int, set[str]] = defaultdict(set)
    for person, topic in Mute.objects.filter(person__in=people).values_list("person_id", "topic"):
        found[person].add(topic)
    return {person: frozenset(topics) for person, topics in found.items()}


def _leads(commitments: Iterable[Commitment]) -> dict[int, tuple[int, bool]]:
    rows = (
        Participation.objects.leading()
        .filter(commitment__in=[one.pk for one in commitments])
        .values_list("commitment_id", "organisation_id", "organisation__skips_approver")
    )
    return {commitment: (body, skips) for commitment, body, skips in rows}


def _charged(commitments: Iterable[Commitment]) -> Charges:
    """Who has each charge of each commitment, deputies apart."""
    rows = Assignment.objects.standing().filter(commitment__in=[one.pk for one in commitments])
    mains: dict[tuple[int, str], set[int]] = defaultdict(set)
    deputies: dict[tuple[int, str], set[int]] = defaultdict(set)
    for commitment, charge, person, is_deputy in rows.values_list(
        "commitment_id", "charge", "person_id", "is_deputy"
    ):
        (deputies if is_deputy else mains)[commitment, charge].add(person)
    return {
        key: Charged(frozenset(mains[key]), frozenset(deputies[key])) for key in {*mains, *deputies}
    }
