"""Who is away, and who stands in for whom."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from commitments.models import Absence, Membership, Organisation, Role, User
from commitments.rules.presence import Away


def covered_by(user: User, today: date) -> list[Absence]:
    """The absences of today that the person covers, with who is away."""
    rows = Absence.objects.on(today).filter(cover=user).select_related("person")
    return list(rows.order_by("ends_on", "pk"))


def absences_of(user: User, today: date) -> list[Absence]:
    """The person's own absences, of today and later."""
    rows = Absence.objects.filter(person=user, cancelled_at__isnull=True, ends_on__gte=today)
    return list(rows.select_related("cover").order_by("starts_on", "pk"))


def absences_in(organisation: Organisation, today: date) -> QuerySet[Absence]:
    """The absences of the body's people, of today and later, the next first."""
    people = Membership.objects.current().filter(organisation=organisation)
    rows = Absence.objects.filter(
        person__in=people.values("user"), cancelled_at__isnull=True, ends_on__gte=today
    )
    return rows.select_related("person", "cover").order_by("starts_on", "person__full_name", "pk")


def fit_to_cover(person: User) -> QuerySet[User]:
    """Whoever holds one of the person's roles in the same body, and may log in."""
    held = Membership.objects.current().filter(user=person).values_list("organisation", "role")
    same = Q(pk__in=[])
    for organisation, role in held:
        same |= Q(organisation=organisation, role=role)
    rows = Membership.objects.current().filter(same, user__is_active=True)
    return User.objects.filter(pk__in=rows.values("user")).exclude(pk=person.pk)


def absences_between(people: Iterable[int], first: date, last: date) -> list[Absence]:
    """Those of these people that touch the days, by whom they are away last."""
    rows = Absence.objects.filter(
        person__in=people, cancelled_at__isnull=True, starts_on__lte=last, ends_on__gte=first
    )
    return list(rows.order_by("pk"))


def away_on(absences: Iterable[Absence], day: date) -> Away:
    """Who of these is away on the day, and their cover."""
    return {one.person_id: one.cover_id for one in absences if one.starts_on <= day <= one.ends_on}


def people_in(organisation: Organisation) -> QuerySet[User]:
    """Everybody who holds a role in the body now and may log in."""
    members = Membership.objects.people(organisation.pk, *Role.values)
    return User.objects.filter(pk__in=members.values("user")).order_by("full_name", "pk")


def covers_between(user: User, first: date, last: date | None = None) -> list[Absence]:
    """The absences that the person is to cover in these days, or from the first one on."""
    rows = Absence.objects.filter(cover=user, cancelled_at__isnull=True, ends_on__gte=first)
    if last is not None:
        rows = rows.filter(starts_on__lte=last)
    return list(rows.select_related("person").order_by("starts_on", "pk"))
