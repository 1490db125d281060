"""The queue of review: what waits for a person, since when, and what comes before and after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localtime

from commitments.models import Deed, Organisation, Programme, ReviewAction, StatusUpdate, User
from commitments.rules.workdays import WorkCalendar

LISTED = ("commitment__programme", "body", "author", "approver", "released_by", "corrects")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the queue a person looks at, by slugs."""

    programme: str = ""
    body: str = ""

    @property
    def query(self) -> str:
        """The same as the end of an address, so that next and previous keep to it."""
        said = {"programme": self.programme, "body": self.body}
        given = urlencode({key: value for key, value in said.items() if value})
        return f"?{given}" if given else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that waits for its next step, with its own clock."""

    update: StatusUpdate
    days: int
    working_days: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where an update stands in the queue; `number` is 0 where it does not wait for the person.

    `onward` is where to go once this one is done: the next, else the first of those left.
    """

    number: int
    total: int
    query: str
    previous: int | None = None
    next: int | None = None
    onward: int | None = None


def waiting_in_queue(user: User, asked: Asked) -> QuerySet[StatusUpdate]:
    """What waits for the person, the longest waiting first."""
    return _narrowed(StatusUpdate.objects.waiting_for(user), asked)


def for_rows(rows: QuerySet[StatusUpdate]) -> QuerySet[StatusUpdate]:
    """Load what a row shows: also why a set time of publication was not kept."""
    kept = ReviewAction.objects.filter(deed__in=(Deed.SCHEDULED, Deed.UNSCHEDULED))
    latest = Prefetch("actions", kept.order_by("-done_at", "-pk"), "release_deeds")
    return rows.select_related(*LISTED).prefetch_related(latest)


def scheduled_for(user: User, asked: Asked) -> QuerySet[StatusUpdate]:
    """Those that are set to be published in the officer's programmes, the earliest first."""
    rows = StatusUpdate.objects.delivered_by(user).filter(release_at__isnull=False)
    return for_rows(_narrowed(rows, asked)).order_by("release_at", "pk")


def lying_for(user: User, asked: Asked) -> QuerySet[StatusUpdate]:
    """Those in the officer's programmes that nobody of their body can sign off."""
    rows = StatusUpdate.objects.of_others(user).delivered_by(user).without_approver()
    return for_rows(_narrowed(rows, asked)).order_by("submitted_at", "pk")


def clocked(updates: Sequence[StatusUpdate], today: date, calendar: WorkCalendar) -> list[Waiting]:
    """Each with how long it has been waiting for its present step."""
    return [_clocked(update, today, calendar) for update in updates]


def _clocked(update: StatusUpdate, today: date, calendar: WorkCalendar) -> Waiting:
    since_at = update.approved_at or update.submitted_at
    since = localtime(since_at).date() if since_at else today
    return Waiting(update, (today - since).days, max(calendar.between(since, today), 0))


def place_of(user: User, update_id: int, asked: Asked) -> Place:
    """Where it stands, and its neighbours."""
    keys = list(waiting_in_queue(user, asked).values_list("pk", flat=True))
    if update_id not in keys:
        return Place(0, len(keys), asked.query)
    here = keys.index(update_id)
    before, after = keys[:here], keys[here + 1 :]
    return Place(
        here + 1,
        len(keys),
        asked.query,
        previous=before[-1] if before else None,
        next=after[0] if after else None,
        onward=next(iter([*after, *before]), None),
    )


def choices_of(user: User) -> tuple[QuerySet[Programme], QuerySet[Organisation]]:
    """The programmes and bodies of which something waits for the person or is set."""
    waiting = StatusUpdate.objects.waiting_for(user).values("pk")
    delivered = StatusUpdate.objects.delivered_by(user)
    held = delivered.filter(release_at__isnull=False) | delivered.without_approver()
    keys = [*waiting.values_list("pk", flat=True), *held.values_list("pk", flat=True)]
    rows = StatusUpdate.objects.filter(pk__in=keys)
    return (
        Programme.objects.filter(pk__in=rows.values("commitment__programme")).order_by("slug"),
        Organisation.objects.filter(pk__in=rows.values("body")).order_by("slug"),
    )


def _narrowed(rows: QuerySet[StatusUpdate], asked: Asked) -> QuerySet[StatusUpdate]:
    if asked.programme:
        rows = rows.filter(commitment__programme__slug=asked.programme)
    return rows.filter(body__slug=asked.body) if asked.body else rows
