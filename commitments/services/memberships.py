"""Roles given and ended, accounts closed and opened again."""

from datetime import date, datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, WrongState
from commitments.models import (
    Cancelled,
    Membership,
    Notice,
    NoticeState,
    Organisation,
    Role,
    User,
)
from commitments.models.organisation import MembershipQuerySet
from commitments.rules import access
from commitments.services.access import end_sessions, lock_person
from commitments.services.hand_overs import owes_left


class HandOverFirst(WrongState):
    """Something would be left without an owner at `organisation`: it is handed over first."""

    default_code = "owes_left"

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        super().__init__(text=format_lazy(_OWES, body=str(organisation)))
        self.args = (organisation,)


_OWES = _("This person still has charges at {body}. Hand them over first.")


@transaction.atomic
def give_role(
    *, person: User, organisation: Organisation, role: str, by: User, today: date
) -> Membership:
    """Give somebody with an account one more role, from today."""
    body = _lock_body(organisation)
    locked = lock_person(person)
    if not access.may_give_role(by, body, role):
        raise Forbidden
    if by.pk == locked.pk:
        raise Forbidden("own_role", OWN_ROLE)
    if not locked.is_active:
        raise WrongState("account_closed", _CLOSED)
    if body.merged_into_id is not None:
        raise Invalid("body_merged", _MERGED, "organisation")
    refuse_other_world(locked, body, "organisation")
    held = Membership.objects.current().filter(user=locked, organisation=body, role=role)
    if held.exists():
        raise Invalid("has_role", _("This person has the role already."), "role")
    return Membership.objects.create(
        user=locked, organisation=body, role=Role(role), started_on=today
    )


OWN_ROLE = _("Nobody gives themselves a role. Somebody else has to do it.")
_CLOSED = _("This account is closed. Open it again first.")
_MERGED = _("This body was merged into another. Give the role there.")


def refuse_other_world(person: User, body: Organisation, field: str | None) -> None:
    """Nobody has a part in the demonstration and in the record (design §9)."""
    other = Membership.objects.filter(user=person).exclude(organisation__is_demo=body.is_demo)
    if other.exists():
        raise Invalid("other_world", _OTHER_WORLD, field)


_OTHER_WORLD = _(
    "This address belongs to the other of the two: the demonstration or the record. "
    "Nobody has a part in both."
)


@transaction.atomic
def end_role(*, membership: Membership, by: User, today: date) -> Membership:
    """End a role today.

    Locks body and person. Refused while charges hang on it (HandOverFirst), and for the last
    administrator of a delivery unit.
    """
    body = _lock_body(membership.organisation)
    person = lock_person(membership.user)
    rows = Membership.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("organisation", "user").get(pk=membership.pk)
    if not access.may_end_role(by, locked):
        raise Forbidden
    if locked.ended_on is not None:
        raise WrongState("already_ended", _("This role has ended already."))
    if locked.role == Role.ADMINISTRATOR:
        _keep_an_administrator(person, body)
    if owes_left(person, body, locked.role, today=today):
        raise HandOverFirst(body)
    locked.ended_on = max(today, locked.started_on)
    locked.save(update_fields=["ended_on"])
    return locked


@transaction.atomic
def deactivate(*, person: User, by: User, now: datetime) -> User:
    """Close an account: its sessions end at once, and pending reminders are called off.

    Refused while something would be left without an owner (HandOverFirst), and for the last
    administrator of a delivery unit. Roles stay on paper; none counts while the account is closed.
    """
    bodies = Organisation.objects.filter(memberships__in=_current(person)).distinct()
    for body in bodies.order_by("pk"):
        _lock_body(body)
    locked = lock_person(person)
    if not access.may_deactivate(by, locked):
        raise Forbidden
    if not locked.is_active:
        raise WrongState("closed_already", _("This account is closed already."))
    for held in _current(locked).select_related("organisation"):
        if held.role == Role.ADMINISTRATOR:
            _keep_an_administrator(locked, held.organisation)
        if owes_left(locked, held.organisation, today=localdate(now)):
            raise HandOverFirst(held.organisation)
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    end_sessions(person=locked)
    Notice.objects.planned().filter(recipient=locked).update(
        state=NoticeState.CANCELLED, cancelled_because=Cancelled.LEFT
    )
    return locked


@transaction.atomic
def reactivate(*, person: User, by: User) -> User:
    """Open a closed account again, with the roles it had."""
    locked = lock_person(person)
    if not access.may_deactivate(by, locked):
        raise Forbidden
    if locked.is_active:
        raise WrongState("open_already", _("This account is open already."))
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    return locked


def _current(person: User) -> MembershipQuerySet:
    return Membership.objects.current().filter(user=person)


def _lock_body(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _keep_an_administrator(person: User, body: Organisation) -> None:
    others = Membership.objects.people(body.pk, Role.ADMINISTRATOR).exclude(user=person)
    if not others.exists():
        raise WrongState("last_administrator", _LAST)


_LAST = _("This is the last administrator of the unit. Let somebody else become one first.")
