"""Everything of one person in one body, given to another in one act."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from commitments.models import (
    EDITABLE,
    Absence,
    Assignment,
    Charge,
    Membership,
    Organisation,
    Part,
    Participation,
    Role,
    StatusUpdate,
    User,
)

_CHARGES = {Role.REPORTER: Charge.REPORT, Role.APPROVER: Charge.APPROVE}


@dataclass(frozen=True, slots=True)
class OwesLeft:
    """What would be without an owner; true when there is anything."""

    charges: list[Assignment] = field(default_factory=list)
    updates: list[StatusUpdate] = field(default_factory=list)
    covers: list[Absence] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.charges or self.updates or self.covers)


def owes_left(
    user: User, organisation: Organisation, role: str = "", *, today: date | None = None
) -> OwesLeft:
    """What nobody would see to if the person lost `role` in the body, or every role there.

    Charges that no other member holds, drafts and returned updates, and absences that they cover
    (those that are over by `today` left out). Empty: they can go without a hand-over.
    """
    roles = [Role(role)] if role else list(_CHARGES)
    charges = [_CHARGES[one] for one in roles if one in _CHARGES]
    alone = charges_of(user, organisation).filter(charge__in=charges)
    updates = updates_of(user, organisation) if Charge.REPORT in charges else []
    return OwesLeft(
        charges=list(alone.filter(~Exists(_others(organisation)))),
        updates=list(updates),
        covers=list(covers_of(user, organisation, today)),
    )


def charges_of(user: User, organisation: Organisation) -> QuerySet[Assignment]:
    """The person's standing charges of commitments that the body leads."""
    led = Participation.objects.leading().filter(organisation=organisation, role=Part.LEAD)
    rows = Assignment.objects.standing().filter(
        person=user, commitment__in=led.values("commitment")
    )
    return rows.select_related("commitment__programme").order_by("commitment", "charge")


def _others(organisation: Organisation) -> QuerySet[Assignment]:
    """Whoever else holds the same charge and the role it takes, deputies too."""
    current = Membership.objects.current().filter(
        organisation=organisation, user=OuterRef("person"), user__is_active=True
    )
    reporting = Exists(current.filter(role=Role.REPORTER))
    approving = Exists(current.filter(role=Role.APPROVER))
    same = Assignment.objects.standing().filter(
        commitment=OuterRef("commitment"), charge=OuterRef("charge")
    )
    able = same.filter(reporting, charge=Charge.REPORT) | same.filter(
        approving, charge=Charge.APPROVE
    )
    return able.exclude(person=OuterRef("person"))


def updates_of(user: User, organisation: Organisation) -> QuerySet[StatusUpdate]:
    """The person's drafts and returned updates for the body."""
    rows = StatusUpdate.objects.filter(author=user, body=organisation, state__in=EDITABLE)
    return rows.select_related("commitment__programme").order_by("commitment", "pk")


def covers_of(user: User, organisation: Organisation, today: date | None) -> QuerySet[Absence]:
    """Absences of the body's people that the person covers."""
    people = Membership.objects.current().filter(organisation=organisation)
    rows = Absence.objects.filter(
        cover=user, person__in=people.values("user"), cancelled_at__isnull=True
    )
    if today is not None:
        rows = rows.filter(ends_on__gte=today)
    return rows.select_related("person").order_by("starts_on", "pk")
