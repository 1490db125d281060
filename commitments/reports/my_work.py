"""What a person owes and what waits for them: the lists of their first page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, QuerySet

from commitments.models import (
    EDITABLE,
    IN_REVIEW,
    Absence,
    Assignment,
    ChangeRequest,
    Commitment,
    Deed,
    HandOver,
    Invitation,
    Obligation,
    ReviewAction,
    Role,
    StatusUpdate,
    Target,
    UpdateState,
    User,
)
from commitments.reports import changes
from commitments.reports.absences import covered_by
from commitments.reports.counts import owed_of
from commitments.reports.invited import failed_for
from commitments.reports.queue import Waiting, clocked, for_rows
from commitments.reports.snapshots import label_of
from commitments.rules.review import figure_field
from commitments.rules.workdays import WorkCalendar
from commitments.text.days import due_words
from commitments.text.display import said_text


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


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back, why, and what was said of single fields: pairs of label and comment."""

    update: StatusUpdate
    action: ReviewAction | None
    fields: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Written:
    """The updates that a person is writing or has handed in."""

    drafts: list[StatusUpdate] = field(default_factory=list)
    returned: list[Returned] = field(default_factory=list)
    in_review: list[StatusUpdate] = field(default_factory=list)


def owed_by(user: User, today: date) -> list[Owed]:
    """What the person's bodies owe, the person's own charges and the latest first."""
    rows = owed_of(user, today).select_related("commitment__programme", "period")
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


def _charges() -> "Prefetch[str, QuerySet[Assignment], str]":
    standing = Assignment.objects.reporting().select_related("person")
    return Prefetch("commitment__assignments", queryset=standing)


def _drafts(user: User) -> QuerySet[StatusUpdate]:
    return StatusUpdate.objects.filter(author=user, state__in=EDITABLE, corrects__isnull=True)


def written_by(user: User) -> Written:
    """The person's drafts, what came back with its comments, and what is in review."""
    came_back = ReviewAction.objects.filter(deed=Deed.RETURNED).select_related("person")
    returns = came_back.prefetch_related("field_comments").order_by("-done_at", "-pk")
    rows = (
        StatusUpdate.objects.filter(author=user, state__in=(*EDITABLE, *IN_REVIEW))
        .select_related("commitment__programme", "body", "corrects")
        .prefetch_related(Prefetch("actions", returns, "returns"))
        .order_by("saved_at", "pk")
    )
    found: dict[str, list[StatusUpdate]] = defaultdict(list)
    for row in rows:
        found[row.state].append(row)
    in_review = [row for row in rows if row.state in IN_REVIEW]
    return Written(found[UpdateState.DRAFT], _returned(found[UpdateState.RETURNED]), in_review)


def _returned(updates: list[StatusUpdate]) -> list[Returned]:
    """Each with the comments of its last return; one query for the targets of all of them."""
    last = [next(iter(vars(row)["returns"]), None) for row in updates]
    said = [list(one.field_comments.all()) if one else [] for one in last]
    keys = [_target_key(comment.field) for comments in said for comment in comments]
    targets = Target.objects.in_bulk([key for key in keys if key])
    return [
        Returned(row, action, [(_label(one.field, targets), one.text) for one in comments])
        for row, action, comments in zip(updates, last, said, strict=True)
    ]


def _target_key(name: str) -> int:
    """Of the target that a comment on a figure is about; 0 for every other field."""
    key = name.removeprefix(figure_field(0)[:-1])
    return int(key) if key != name and key.isdecimal() else 0


def _label(name: str, targets: dict[int, Target]) -> str:
    key = _target_key(name)
    return said_text(targets[key], "text") if key in targets else label_of(name)


@dataclass(frozen=True, slots=True)
class Beside:
    """What waits for a person besides updates."""

    to_decide: list[ChangeRequest] = field(default_factory=list)
    asked: list[ChangeRequest] = field(default_factory=list)
    handed: list[HandOver] = field(default_factory=list)
    covered: list[Absence] = field(default_factory=list)
    plans: list[Commitment] = field(default_factory=list)
    uninvited: list[Invitation] = field(default_factory=list)


def beside(user: User, today: date) -> Beside:
    """Change requests, hand-overs not yet seen, absences to cover, commitments still in draft
    and invitations that failed; asks nothing of roles that the person does not hold."""
    is_officer = bool(user.organisations_as(Role.OFFICER))
    handed = HandOver.objects.filter(taker=user, seen_at=None)
    return Beside(
        to_decide=list(changes.waiting_for(user)) if is_officer else [],
        asked=list(changes.asked_by(user)),
        handed=list(handed.select_related("giver", "organisation").order_by("done_at", "pk")),
        covered=covered_by(user, today),
        plans=list(_plans(user)) if is_officer else [],
        uninvited=list(failed_for(user)) if user.organisations_as(Role.ADMINISTRATOR) else [],
    )


def _plans(user: User) -> QuerySet[Commitment]:
    """Commitments that nobody has published yet, in the officer's programmes."""
    units = user.organisations_as(Role.OFFICER)
    rows = Commitment.objects.filter(published_at=None, programme__delivery_unit__in=units)
    return rows.select_related("programme", "created_by").order_by("created_at", "pk")


def waiting_for(user: User, today: date, calendar: WorkCalendar) -> list[Waiting]:
    """What the person has to approve or publish, the longest waiting first, with its clock."""
    rows = for_rows(StatusUpdate.objects.waiting_for(user))
    return clocked(list(rows), today, calendar)
