"""Who has which charge: of one commitment, and of all that a body leads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from commitments.models import (
    CLOSED,
    Absence,
    Assignment,
    Charge,
    Commitment,
    Membership,
    Organisation,
    Role,
    User,
)
from commitments.reports.absences import absences_between

_ROLES = (Role.REPORTER, Role.APPROVER)


@dataclass(frozen=True, slots=True)
class Held:
    """One charge, and the absence of today of whoever has it."""

    charge: Assignment
    away: Absence | None = None


@dataclass(slots=True)
class Row:
    """A commitment with those who report on it and those who approve, by the person's id."""

    commitment: Commitment
    held: dict[tuple[int, str], Assignment] = field(default_factory=dict)

    @property
    def reports(self) -> bool:
        """Whether anybody has the charge of reporting."""
        return any(charge == Charge.REPORT for _person, charge in self.held)

    def of(self, person: User) -> list[Assignment]:
        """What the person has of this commitment."""
        found = (self.held.get((person.pk, kind.value)) for kind in Charge)
        return [charge for charge in found if charge is not None]


@dataclass(frozen=True, slots=True)
class Member:
    """A column of the matrix: somebody of the body, what they are, and whether they are away."""

    person: User
    roles: Sequence[str]
    away: Absence | None


def held_of(commitment: Commitment, today: date) -> dict[str, list[Held]]:
    """The standing charges of one commitment by kind, deputies last."""
    rows = (
        commitment.assignments.filter(ended_at__isnull=True)
        .select_related("person")
        .order_by("is_deputy", "assigned_at", "pk")
    )
    charges = list(rows)
    away = _away({one.person_id for one in charges}, today)
    found: dict[str, list[Held]] = {kind.value: [] for kind in Charge}
    for one in charges:
        found[one.charge].append(Held(one, away.get(one.person_id)))
    return found


def able_in(organisation_id: int) -> QuerySet[User]:
    """Those of a body who can be given a charge."""
    members = Membership.objects.people(organisation_id, *_ROLES)
    return User.objects.filter(pk__in=members.values("user")).order_by("full_name", "pk")


def role_words(organisation_id: int) -> dict[int, str]:
    """What each current member of the body is, in words."""
    rows = Membership.objects.people(organisation_id, *Role.values)
    found: dict[int, list[str]] = defaultdict(list)
    for person, role in rows.values_list("user_id", "role"):
        found[person].append(role)
    return {
        person: ", ".join(str(role.label) for role in Role if role in held)
        for person, held in found.items()
    }


def members_of(organisation: Organisation, today: date) -> list[Member]:
    """The reporters and approvers of a body, by name."""
    rows = Membership.objects.people(organisation.pk, *_ROLES)
    roles: dict[int, list[str]] = defaultdict(list)
    for person, role in rows.values_list("user_id", "role"):
        roles[person].append(role)
    away = _away(roles, today)
    people = User.objects.filter(pk__in=roles).order_by("full_name", "pk")
    return [Member(one, sorted(roles[one.pk], reverse=True), away.get(one.pk)) for one in people]


def matrix_of(organisation: Organisation) -> list[Row]:
    """Every open commitment that the body leads with its charges, those without one first."""
    led = Commitment.objects.filter(
        participations__organisation=organisation,
        participations__role="lead",
        participations__ended_on=None,
        published_at__isnull=False,
    ).exclude(stage__in=CLOSED)
    rows = {one.pk: Row(one) for one in led.select_related("programme").order_by("reference")}
    for charge in Assignment.objects.standing().filter(commitment__in=rows):
        rows[charge.commitment_id].held[charge.person_id, charge.charge] = charge
    return sorted(rows.values(), key=lambda row: row.reports)


def _away(people: Iterable[int], today: date) -> dict[int, Absence]:
    return {one.person_id: one for one in absences_between(people, today, today)}
