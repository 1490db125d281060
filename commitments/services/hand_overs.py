"""Everything of one person in one body, given to another in one act."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Refusal, WrongState, refuse
from commitments.models import (
    Absence,
    Assignment,
    Charge,
    Commitment,
    Deed,
    HandOver,
    Membership,
    Organisation,
    ReviewAction,
    Role,
    StatusUpdate,
    User,
)
from commitments.reports.belongings import (
    ROLE_OF,
    Belongings,
    belongings,
    charges_of,
    covers_of,
    updates_of,
)
from commitments.rules import access
from commitments.rules.moments import day_of
from commitments.rules.texts import check_text

LONGEST_NOTE = 2000


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
    charges = [charge for charge, takes in ROLE_OF.items() if role in ("", takes)]
    alone = charges_of(user, organisation).filter(charge__in=charges)
    updates = updates_of(user, organisation) if Charge.REPORT in charges else []
    return OwesLeft(
        charges=list(alone.filter(~Exists(_others(organisation)))),
        updates=list(updates),
        covers=list(covers_of(user, organisation, today)),
    )


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


@transaction.atomic
def hand_over(
    *,
    organisation: Organisation,
    giver: User,
    taker: User,
    giver_leaves: bool,
    note: str = "",
    after: int,
    by: User,
    now: datetime,
) -> HandOver:
    """Give everything of one member of a body to another: charges, drafts, covers.

    `after` is the body's newest hand-over when the form was prepared: one that the same person
    made since is answered again, so that a form sent twice hands over once. Locks the body, the
    people and the commitments. Raises Forbidden, Invalid for a taker who cannot take it all.
    """
    body = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    made = HandOver.objects.filter(organisation=body, giver=giver, taker=taker, done_by=by)
    if again := made.filter(pk__gt=after).first():
        return again
    giver, taker = _locked(giver, taker)
    asked: dict[str, Any] = {"organisation": body, "giver": giver, "taker": taker}
    asked |= {"giver_leaves": giver_leaves, "note": note.strip()}
    found = check_hand_over(**asked, by=by, today=day_of(now))
    moved = _move(found, taker, by, now)
    if giver_leaves:
        moved["roles"] = _leave(giver, body, day_of(now))
    return HandOver.objects.create(**asked, done_by=by, done_at=now, moved=moved)


def _locked(giver: User, taker: User) -> tuple[User, User]:
    """Both as they stand now, locked in one order whoever gives to whom."""
    people = User.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {one.pk: one for one in people.filter(pk__in=[giver.pk, taker.pk])}
    return found[giver.pk], found[taker.pk]


def check_hand_over(
    *,
    organisation: Organisation,
    giver: User,
    taker: User,
    giver_leaves: bool,
    note: str,
    by: User,
    today: date,
) -> Belongings:
    """What would go over; writes nothing. Refuses what `hand_over` would refuse."""
    if not access.may_hand_over(by, organisation, giver):
        raise Forbidden
    found = belongings(
        giver=giver, taker=taker, organisation=organisation, leaves=giver_leaves, today=today
    )
    refuse(
        [
            *_unfit(taker, giver, organisation, found),
            *check_text(note.strip(), LONGEST_NOTE, "note"),
            *(_may_not_leave(giver, organisation, by) if giver_leaves else ()),
        ]
    )
    if not found and not giver_leaves:
        raise WrongState("nothing_to_hand_over", _NOTHING)
    return found


def _unfit(
    taker: User, giver: User, organisation: Organisation, found: Belongings
) -> list[Refusal]:
    held = Membership.objects.people(organisation.pk, *Role.values).filter(user=taker)
    roles = set(held.values_list("role", flat=True))
    if taker.pk == giver.pk or not roles:
        return [Invalid("taker_unfit", _TAKER_UNFIT, "taker")]
    if missing := [role.label for role in Role if role in found.roles and role not in roles]:
        text = format_lazy(
            _TAKER_LACKS, person=taker, roles=", ".join(str(label) for label in missing)
        )
        return [Invalid("taker_lacks_role", text, "taker")]
    return []


def _may_not_leave(giver: User, organisation: Organisation, by: User) -> list[Refusal]:
    """Who ends the roles must be let do so; a giver may lay down those of a body themselves."""
    held = Membership.objects.current().filter(user=giver, organisation=organisation)
    for one in held.select_related("organisation"):
        own = by.pk == giver.pk and one.role in access.BODY_ROLES
        if not own and not access.may_end_role(by, one):
            return [Invalid("may_not_end_roles", _MAY_NOT_END, "giver_leaves")]
        others = Membership.objects.people(organisation.pk, one.role).exclude(user=giver)
        if one.role == Role.ADMINISTRATOR and not others.exists():
            return [Invalid("last_administrator", _LAST, "giver_leaves")]
    return []


_NOTHING = _("There is nothing to hand over: no charge, draft or cover hangs on this person.")
_TAKER_UNFIT = _("Please choose another member of the same body.")
_TAKER_LACKS = _("{person} would have to be {roles} of this body to take this over.")
_MAY_NOT_END = _("You may not end all roles of this person in the body. Ask an administrator.")
_LAST = _("This is the last administrator of the unit. Let somebody else become one first.")


def _move(found: Belongings, taker: User, by: User, now: datetime) -> dict[str, object]:
    """Every row for itself, so that the history keeps each."""
    commitments = {charge.commitment_id for charge in found.charges}
    commitments |= {update.commitment_id for update in found.updates}
    list(
        Commitment.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=commitments)
        .order_by("pk")
    )
    for charge in found.charges:
        _move_charge(charge, taker, by, now)
    for update in found.updates:
        give_update(update, taker, now)
    for cover in found.covers:
        cover.cover = taker
        cover.save(update_fields=["cover"])
    for absence in found.called_off:
        absence.cancelled_at = now
        absence.save(update_fields=["cancelled_at"])
    return {
        "charges": len(found.charges),
        "updates": len(found.updates),
        "covers": len(found.covers),
        "absences": len(found.called_off),
        "kept_updates": [update.pk for update in found.kept_updates],
        "kept_covers": [cover.pk for cover in found.kept_covers],
    }


def _move_charge(charge: Assignment, taker: User, by: User, now: datetime) -> None:
    """End it for the giver; the taker has it from now on, and in full if the giver had."""
    charge.ended_at = now
    charge.save(update_fields=["ended_at"])
    own, made = Assignment.objects.get_or_create(
        commitment_id=charge.commitment_id,
        person=taker,
        charge=charge.charge,
        ended_at=None,
        defaults={"is_deputy": charge.is_deputy, "assigned_by": by, "assigned_at": now},
    )
    if not made and own.is_deputy and not charge.is_deputy:
        own.is_deputy = False
        own.save(update_fields=["is_deputy"])


def give_update(update: StatusUpdate, taker: User, now: datetime) -> None:
    """Another goes on writing it; it stays the own work of whoever wrote it so far."""
    if update.author_id is not None:
        ReviewAction.objects.create(
            update=update, deed=Deed.HANDED_OVER, person_id=update.author_id, done_at=now
        )
    update.author = taker
    update.version += 1
    update.save(update_fields=["author", "version"])


def _leave(giver: User, organisation: Organisation, today: date) -> int:
    held = list(Membership.objects.current().filter(user=giver, organisation=organisation))
    for one in held:
        one.ended_on = max(today, one.started_on)
        one.save(update_fields=["ended_on"])
    return len(held)


@transaction.atomic
def mark_seen(*, hand_over: HandOver, by: User, now: datetime) -> HandOver:
    """The one who takes over has read it. Raises Forbidden for everybody else; once is enough."""
    locked = HandOver.objects.select_for_update(of=("self",)).get(pk=hand_over.pk)
    if locked.taker_id != by.pk:
        raise Forbidden
    if locked.seen_at is None:
        locked.seen_at = now
        locked.save(update_fields=["seen_at"])
    return locked
