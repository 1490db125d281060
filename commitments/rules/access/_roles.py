"""Which roles a person holds where: what every predicate rests on."""

from django.contrib.auth.models import AnonymousUser

from commitments.models import Commitment, Organisation, Programme, Role, User

Person = User | AnonymousUser
UNIT_ROLES = (Role.OFFICER, Role.ADMINISTRATOR, Role.ASSESSOR, Role.AUDITOR)
"""Roles that only a delivery unit gives."""
BODY_ROLES = (Role.REPORTER, Role.APPROVER, Role.SENIOR_OFFICIAL)


def holds(user: Person, organisation_id: int | None, *roles: str) -> bool:
    """Whether the person holds one of `roles` in the body now."""
    if organisation_id is None or not isinstance(user, User):
        return False
    return any((organisation_id, role) in user.roles for role in roles)


def is_officer_of(user: Person, programme: Programme) -> bool:
    return holds(user, programme.delivery_unit_id, Role.OFFICER)


def leads_as(user: Person, commitment: Commitment, *roles: str) -> bool:
    """Whether the person holds one of `roles` in the body that answers for the commitment."""
    lead = commitment.lead
    return lead is not None and holds(user, lead.organisation_id, *roles)


def works_on(user: Person, commitment: Commitment) -> bool:
    """Whoever has any role in the lead body or in the programme's delivery unit."""
    unit = commitment.programme.delivery_unit_id
    return leads_as(user, commitment, *BODY_ROLES) or holds(user, unit, *UNIT_ROLES)


def delivers_as(user: Person, *roles: str, is_demo: bool) -> bool:
    """Whether the person holds one of `roles` in a delivery unit of the record or, with
    `is_demo`, of the demonstration: the people of one never touch the other (design §9)."""
    if not isinstance(user, User) or not (units := user.organisations_as(*roles)):
        return False
    delivering = Organisation.objects.filter(programmes_delivered__isnull=False)
    return delivering.filter(pk__in=units, is_demo=is_demo).exists()


def is_delivery_unit(organisation: Organisation) -> bool:
    return organisation.programmes_delivered.exists()
