"""What hangs on one person in one body: their charges, drafts, covers and absences."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from commitments.models import (
    EDITABLE,
    IN_REVIEW,
    Absence,
    Assignment,
    Charge,
    Membership,
    Organisation,
    Participation,
    Role,
    StatusUpdate,
    UpdateState,
    User,
)
from commitments.reports.absences import absences_between

ROLE_OF = {Charge.REPORT.value: Role.REPORTER, Charge.APPROVE.value: Role.APPROVER}
"""The role that each charge takes."""


def charges_of(user: User, organisation: Organisation) -> QuerySet[Assignment]:
    """The person's standing charges of commitments that the body leads."""
    led = Participation.objects.leading().filter(organisation=organisation)
    rows = Assignment.objects.standing().filter(
        person=user, commitment__in=led.values("commitment")
    )
    return rows.select_related("commitment__programme").order_by("commitment", "charge")


def updates_of(user: User, organisation: Organisation) -> QuerySet[StatusUpdate]:
    """The person's drafts and returned updates for the body."""
    rows = StatusUpdate.objects.filter(author=user, body=organisation, state__in=EDITABLE)
    return rows.select_related("commitment__programme").order_by("commitment", "pk")


def covers_of(user: User, organisation: Organisation, today: date | None) -> QuerySet[Absence]:
    """Absences of the body's people that the person covers, of `today` and later."""
    people = Membership.objects.current().filter(organisation=organisation)
    rows = Absence.objects.filter(
        cover=user, person__in=people.values("user"), cancelled_at__isnull=True
    )
    if today is not None:
        rows = rows.filter(ends_on__gte=today)
    return rows.select_related("person").order_by("starts_on", "pk")


@dataclass(slots=True)
class Belongings:
    """What goes over from the giver to the taker, and what stays behind.

    `kept_updates`: drafts of commitments of which the taker has a draft already. `kept_covers`:
    absences that the taker cannot cover. `called_off`: the giver's own absences, if they leave.
    """

    charges: list[Assignment] = field(default_factory=list)
    updates: list[StatusUpdate] = field(default_factory=list)
    covers: list[Absence] = field(default_factory=list)
    called_off: list[Absence] = field(default_factory=list)
    kept_updates: list[StatusUpdate] = field(default_factory=list)
    kept_covers: list[Absence] = field(default_factory=list)
    in_review: list[StatusUpdate] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.charges or self.updates or self.covers)

    @property
    def roles(self) -> set[Role]:
        """What the taker has to be."""
        needed = {ROLE_OF[one.charge] for one in self.charges}
        return needed | ({Role.REPORTER} if self.updates else set())


def belongings(
    *, giver: User, taker: User, organisation: Organisation, leaves: bool, today: date
) -> Belongings:
    """What a hand-over would move, asked of the database as it stands now."""
    found = Belongings(charges=list(charges_of(giver, organisation)))
    own = StatusUpdate.objects.filter(author=taker, state=UpdateState.DRAFT)
    begun = set(own.values_list("commitment_id", flat=True))
    for update in updates_of(giver, organisation):
        stays = update.state == UpdateState.DRAFT and update.commitment_id in begun
        (found.kept_updates if stays else found.updates).append(update)
    for cover in covers_of(giver, organisation, today):
        stays = cover.person_id == taker.pk or bool(
            absences_between([taker.pk], cover.starts_on, cover.ends_on)
        )
        (found.kept_covers if stays else found.covers).append(cover)
    reviewed = StatusUpdate.objects.filter(author=giver, body=organisation, state__in=IN_REVIEW)
    found.in_review = list(reviewed.select_related("commitment__programme").order_by("pk"))
    if leaves and not _works_elsewhere(giver, organisation):
        found.called_off = list(
            Absence.objects.filter(
                person=giver, cancelled_at__isnull=True, ends_on__gte=today
            ).order_by("starts_on")
        )
    return found


def _works_elsewhere(user: User, organisation: Organisation) -> bool:
    held = Membership.objects.current().filter(user=user)
    return held.exclude(organisation=organisation).exists()
