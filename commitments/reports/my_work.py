"""What a person owes and what waits for them: the lists of their first page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet

from commitments.models import (
    EDITABLE,
    IN_REVIEW,
    Assignment,
    Commitment,
    Deed,
    Obligation,
    Part,
    ReviewAction,
    Role,
    StatusUpdate,
    UpdateState,
    User,
)
from commitments.text.days import due_words


@dataclass(frozen=True, slots=True)
class Owed:
    """The update that is owed of one commitment, and those that were missed before it.

    `obligation` is of the newest period that is open: what is handed in now meets that one.
    """

    commitment: Commitment
    obligation: Obligation
    missed: list[Obligation]
    is_late: bool
    words: str
    charged: list[User]
    draft: StatusUpdate | None = None

    @property
    def first_due_on(self) -> date:
        """Since when an update is owed."""
        return min(one.period.due_on for one in [*self.missed, self.obligation])


@dataclass(slots=True)
class Counts:
    """How many things each section of the navigation holds."""

    work: int = 0
    reporting: int = 0
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """The updates that a person is writing or has handed in."""

    drafts: list[StatusUpdate] = field(default_factory=list)
    returned: list[StatusUpdate] = field(default_factory=list)
    in_review: list[StatusUpdate] = field(default_factory=list)


def owed_by(user: User, today: date) -> list[Owed]:
    """What the person's bodies owe, the person's own charges and the latest first."""
    rows = _owed(user, today).select_related("commitment__programme", "period")
    parts = ("commitment__participations__organisation", _charges())
    found = owed_per_commitment(rows.prefetch_related(*parts), today, _drafts(user))
    return sorted(found, key=lambda one: (user not in one.charged, one.first_due_on))


def owed_per_commitment(
    rows: QuerySet[Obligation],
    today: date,
    drafts: Iterable[StatusUpdate] = (),
) -> list[Owed]:
    """One line for each commitment, from its unmet obligations with charges prefetched."""
    begun = {draft.commitment_id: draft for draft in drafts}
    grouped: dict[int, list[Obligation]] = defaultdict(list)
    for row in rows.order_by("commitment_id", "period__starts_on"):
        grouped[row.commitment_id].append(row)
    return [_line(unmet, today, begun) for unmet in grouped.values()]


def _line(unmet: list[Obligation], today: date, begun: dict[int, StatusUpdate]) -> Owed:
    *missed, newest = unmet
    first = min(one.period.due_on for one in unmet)
    commitment = newest.commitment
    return Owed(
        commitment=commitment,
        obligation=newest,
        missed=missed,
        is_late=first < today,
        words=due_words(first, today),
        charged=[charge.person for charge in commitment.assignments.all()],
        draft=begun.get(commitment.pk),
    )


def _owed(user: User, today: date) -> QuerySet[Obligation]:
    return Obligation.objects.owed(today).filter(
        commitment__participations__role=Part.LEAD,
        commitment__participations__ended_on=None,
        commitment__participations__organisation__in=user.organisations_as(Role.REPORTER),
    )


def _charges() -> "Prefetch[str, QuerySet[Assignment], str]":
    standing = Assignment.objects.reporting().select_related("person")
    return Prefetch("commitment__assignments", queryset=standing)


def _drafts(user: User) -> QuerySet[StatusUpdate]:
    return StatusUpdate.objects.filter(author=user, state__in=EDITABLE, corrects__isnull=True)


def written_by(user: User) -> Written:
    """The person's drafts, what came back with its comment, and what is in review."""
    returns = ReviewAction.objects.filter(deed=Deed.RETURNED).select_related("person")
    rows = (
        StatusUpdate.objects.filter(author=user, state__in=(*EDITABLE, *IN_REVIEW))
        .select_related("commitment__programme", "body", "corrects")
        .prefetch_related(Prefetch("actions", returns.order_by("-done_at", "-pk"), "returns"))
        .order_by("saved_at", "pk")
    )
    written = Written()
    for row in rows:
        if row.state == UpdateState.DRAFT:
            written.drafts.append(row)
        elif row.state == UpdateState.RETURNED:
            written.returned.append(row)
        else:
            written.in_review.append(row)
    return written


def waiting_for(user: User) -> list[StatusUpdate]:
    """What the person has to approve or publish, the longest waiting first."""
    listed = ("commitment__programme", "body", "author", "corrects")
    approvals = StatusUpdate.objects.waiting_for_approver(user).select_related(*listed)
    publications = StatusUpdate.objects.waiting_for_officer(user).select_related(*listed)
    both = {row.pk: row for row in [*approvals, *publications]}
    return sorted(both.values(), key=lambda row: (row.approved_at or row.submitted_at, row.pk))


def counts_for(user: User, today: date) -> Counts:
    """The numbers beside the navigation; asks nothing of roles that the person does not hold."""
    counts = Counts()
    if user.organisations_as(Role.REPORTER):
        counts.work += _owed(user, today).values("commitment").distinct().count()
        counts.work += StatusUpdate.objects.filter(author=user, state=UpdateState.RETURNED).count()
    if user.organisations_as(Role.APPROVER):
        counts.work += StatusUpdate.objects.waiting_for_approver(user).count()
    if units := user.organisations_as(Role.OFFICER):
        counts.work += StatusUpdate.objects.waiting_for_officer(user).count()
        late = Obligation.objects.owed(today).filter(
            period__due_on__lt=today, commitment__programme__delivery_unit__in=units
        )
        counts.reporting = late.values("commitment").distinct().count()
    return counts
