"""People whom mail does not reach (R9)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from commitments.models import (
    Absence,
    Cancelled,
    Commitment,
    MailFault,
    Membership,
    Participation,
    Programme,
    Role,
    Rule,
    User,
)
from commitments.reports.absences import absences_between, away_on
from commitments.reports.subjects._asked import asked_of
from commitments.reports.subjects._houses import Staff, staff_of
from commitments.reports.subjects.subject import Subject
from commitments.rules.access import BODY_ROLES
from commitments.rules.mail_faults import MANY, last_straw
from commitments.rules.moments import day_of
from commitments.rules.presence import Away, Person, everybody_told
from commitments.rules.reminders import APPROVER, OFFICER, Anchor, Facts, ladder

KIND = "address"
RULES = (Rule.R9,)


@dataclass(slots=True)
class Acts:
    """Where a person acts: bodies that are asked for updates, and units that ask for them."""

    bodies: set[int] = field(default_factory=set)
    units: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class AddressRoster:
    """What is known of some people and their addresses for a span of days."""

    people: Sequence[User]
    faults: Mapping[int, Sequence[MailFault]]
    acts: Mapping[int, Acts]
    staff: Staff
    absences: Sequence[Absence]

    def facts(self, on: date) -> dict[int, Facts]:
        away = away_on(self.absences, on)
        return {one.pk: self._facts(one, away) for one in self.people}

    def _facts(self, person: User, away: Away) -> Facts:
        """Colleagues and officers are told; the person themself, whom no mail reaches, is not.

        It is about no programme, so no programme's own steps hold.
        """
        straw = last_straw(self.faults.get(person.pk, ()), person.email)
        approvers, officers = self._others(person)
        return Facts(
            kind=KIND,
            subject=person.pk,
            commitment=None,
            ladder=ladder(RULES),
            anchors=((Anchor.SINCE, day_of(straw.happened_at)),) if straw else (),
            cycle=f"f{straw.pk}" if straw else "",
            people={
                APPROVER: everybody_told(approvers, away),
                OFFICER: everybody_told(officers, away),
            },
            members=frozenset(one.pk for one in (*approvers, *officers)),
            began_at=straw.happened_at if straw else None,
            settled=None if straw and person.is_active else Cancelled.DONE,
            renewed=Cancelled.DONE,
        )

    def _others(self, person: User) -> tuple[list[Person], list[Person]]:
        acts = self.acts.get(person.pk, Acts())
        approvers = self._holding(acts.bodies, APPROVER)
        officers = self._holding(acts.units, OFFICER)
        return (
            [one for one in approvers if one.pk != person.pk],
            [one for one in officers if one.pk != person.pk],
        )

    def _holding(self, bodies: Iterable[int], role: Role) -> list[Person]:
        found = {one.pk: one for body in bodies for one in self.staff.get(body, {}).get(role, ())}
        return [found[key] for key in sorted(found)]


def roster_of(people: Sequence[User], first: date, last: date) -> AddressRoster:
    """All that the facts of these days need, in as many queries for one as for a batch."""
    acts = _acts(people)
    staff = staff_of({body for one in acts.values() for body in (*one.bodies, *one.units)})
    held = {one.pk for house in staff.values() for people in house.values() for one in people}
    return AddressRoster(people, _faults(people), acts, staff, absences_between(held, first, last))


def _faults(people: Iterable[User]) -> Mapping[int, list[MailFault]]:
    found: dict[int, list[MailFault]] = defaultdict(list)
    rows = MailFault.objects.standing().filter(person__in=people)
    for fault in rows.only("person_id", "address", "happened_at", "cleared_at"):
        found[fault.person_id].append(fault)
    return found


def _acts(people: Iterable[User]) -> Mapping[int, Acts]:
    """Where each acts; three queries. Of bodies only those that lead something asked of them,
    with the units that ask; of units those that ask somebody."""
    held = list(
        Membership.objects.current()
        .filter(user__in=people)
        .values_list("user_id", "organisation_id", "role")
    )
    bodies = {body for _person, body, _role in held}
    asked_by: dict[int, set[int]] = defaultdict(set)
    for body, unit in _asking(Q(organisation__in=bodies)):
        asked_by[body].add(unit)
    asking = {unit for _body, unit in _asking(Q(commitment__programme__delivery_unit__in=bodies))}
    found: dict[int, Acts] = defaultdict(Acts)
    for person, body, role in held:
        if role in BODY_ROLES and body in asked_by:
            found[person].bodies.add(body)
            found[person].units |= asked_by[body]
        elif role not in BODY_ROLES and body in asking:
            found[person].units.add(body)
    return found


def _asking(where: Q) -> Iterable[tuple[int, int]]:
    """Pairs of body and unit of what is asked of the one by the other."""
    rows = Participation.objects.leading().filter(where, asked_of("commitment__"))
    pairs = rows.order_by().values_list("organisation_id", "commitment__programme__delivery_unit")
    return ((body, unit or 0) for body, unit in pairs.distinct())


def _open(_until: date) -> QuerySet[User]:
    many = (
        MailFault.objects.standing()
        .annotate(fault=Lower("address"), present=Lower("person__email"))
        .filter(fault=F("present"))
        .values("person")
        .annotate(faults=Count("pk"))
        .filter(faults__gte=MANY)
    )
    return User.objects.filter(pk__in=many.values("person"), is_active=True)


def _known(keys: Collection[int]) -> list[User]:
    return list(User.objects.filter(pk__in=keys))


def _within(rows: QuerySet[Any], programmes: Iterable[Programme]) -> QuerySet[Any]:
    """People of bodies that are asked in these programmes, and of the units that ask."""
    asked = Commitment.objects.filter(asked_of(), programme__in=programmes)
    leads = Participation.objects.leading().filter(commitment__in=asked)
    held = Membership.objects.current().filter(user=OuterRef("pk"))
    of_body = held.filter(organisation__in=leads.values("organisation"), role__in=BODY_ROLES)
    of_unit = held.filter(organisation__in=asked.values("programme__delivery_unit")).exclude(
        role__in=BODY_ROLES
    )
    return rows.filter(Exists(of_body) | Exists(of_unit))


ADDRESSES = Subject(KIND, RULES, _open, _known, roster_of, _within)
