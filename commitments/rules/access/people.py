"""Who may let people in, give them roles, stand in for them and take their roles away."""

from commitments.models import Membership, Organisation, Role, User
from commitments.rules.access._roles import (
    BODY_ROLES,
    UNIT_ROLES,
    Person,
    delivers_as,
    holds,
    is_delivery_unit,
)


def may_give_role(user: Person, organisation: Organisation, role: str) -> bool:
    """Invite somebody to a role, or end it.

    An administrator of a delivery unit gives every role; an officer those of the bodies; an
    approver that of reporter in the own body. The roles of a delivery unit exist only there.
    """
    if role in UNIT_ROLES and not is_delivery_unit(organisation):
        return False
    is_demo = organisation.is_demo
    if delivers_as(user, Role.ADMINISTRATOR, is_demo=is_demo):
        return True
    if role in BODY_ROLES and delivers_as(user, Role.OFFICER, is_demo=is_demo):
        return True
    return role == Role.REPORTER and holds(user, organisation.pk, Role.APPROVER)


def may_end_role(user: Person, membership: Membership) -> bool:
    """Whoever may give the role, but nobody ends their own."""
    own = membership.user_id == user.pk
    return not own and may_give_role(user, membership.organisation, membership.role)


def may_see_people(user: Person, organisation: Organisation) -> bool:
    """The members of the body, and the officers and administrators of a delivery unit."""
    is_demo = organisation.is_demo
    return holds(user, organisation.pk, *Role.values) or delivers_as(
        user, Role.OFFICER, Role.ADMINISTRATOR, is_demo=is_demo
    )


def may_see_history_of(user: Person, person: User) -> bool:
    """Oneself, and the administrators and auditors of a delivery unit of the person's world."""
    if user.pk == person.pk:
        return True
    worlds = Organisation.objects.filter(memberships__user=person).values_list("is_demo", flat=True)
    roles = (Role.ADMINISTRATOR, Role.AUDITOR)
    return any(delivers_as(user, *roles, is_demo=world) for world in set(worlds))


def may_deactivate(user: Person, person: User) -> bool:
    """An administrator of a delivery unit, for anybody of their world but themselves."""
    if user.pk == person.pk:
        return False
    bodies = Organisation.objects.filter(memberships__user=person)
    worlds = set(bodies.values_list("is_demo", flat=True)) or {False}
    return all(delivers_as(user, Role.ADMINISTRATOR, is_demo=world) for world in worlds)


def may_enter_absence(user: Person, person: User) -> bool:
    """Oneself, an approver of one's body, or whoever may end one's roles."""
    if user.pk == person.pk:
        return True
    held = Membership.objects.current().filter(user=person).select_related("organisation")
    return any(
        holds(user, one.organisation_id, Role.APPROVER)
        or delivers_as(user, Role.OFFICER, Role.ADMINISTRATOR, is_demo=one.organisation.is_demo)
        for one in held
    )


def may_hand_over(user: Person, organisation: Organisation, giver: User) -> bool:
    """The giver, an approver of the body, or an officer or administrator of a delivery unit."""
    if not holds(giver, organisation.pk, *Role.values):
        return False
    if user.pk == giver.pk or holds(user, organisation.pk, Role.APPROVER):
        return True
    return delivers_as(user, Role.OFFICER, Role.ADMINISTRATOR, is_demo=organisation.is_demo)


def may_edit_organisation(user: Person, organisation: Organisation) -> bool:
    """An officer or administrator of a delivery unit: names, mergers, parents, contacts."""
    return delivers_as(user, Role.OFFICER, Role.ADMINISTRATOR, is_demo=organisation.is_demo)
