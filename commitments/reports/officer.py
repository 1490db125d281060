"""What an officer sees of their programmes: who is late, who was told, what was corrected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from commitments.models import (
    Assignment,
    Notice,
    NoticeState,
    Obligation,
    Programme,
    Retraction,
    Role,
    StatusUpdate,
    User,
)
from commitments.reports.my_work import Owed, owed_per_commitment


@dataclass(frozen=True, slots=True)
class Told:
    """How many people were told of something that is owed, and when last."""

    people: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class OwedAndTold:
    """What a body owes, and who was told of it."""

    owed: Owed
    told: Told | None


def programmes_of(user: User) -> QuerySet[Programme]:
    """The programmes that the person delivers."""
    return Programme.objects.public().filter(delivery_unit__in=user.organisations_as(Role.OFFICER))


def owed_in(programmes: Iterable[Programme], today: date) -> list[OwedAndTold]:
    """What is owed in these programmes, the longest owed first."""
    standing = Assignment.objects.reporting().select_related("person")
    rows = (
        Obligation.objects.owed(today)
        .filter(commitment__programme__in=programmes)
        .select_related("commitment__programme", "period")
        .prefetch_related(
            "commitment__participations__organisation",
            Prefetch("commitment__assignments", queryset=standing),
        )
    )
    owed = sorted(owed_per_commitment(rows, today), key=lambda one: one.first_due_on)
    told = _told(owed)
    return [OwedAndTold(one, told.get(one.commitment.pk)) for one in owed]


def _told(owed: Iterable[Owed]) -> dict[int, Told]:
    """Per commitment, who was told of what is still owed."""
    subjects = [one.pk for line in owed for one in (*line.missed, line.obligation)]
    rows = (
        Notice.objects.filter(
            subject_kind="obligation", subject_id__in=subjects, state=NoticeState.SENT
        )
        .order_by()
        .values("commitment_id")
        .annotate(people=Count("recipient", distinct=True), last_at=Max("digest__sent_at"))
    )
    return {row["commitment_id"]: Told(row["people"], row["last_at"]) for row in rows}


def corrected_since(
    programmes: Iterable[Programme], since: datetime
) -> tuple[list[StatusUpdate], list[Retraction]]:
    """Corrections and retractions that were published since an instant, newest first."""
    mine = Q(commitment__programme__in=programmes)
    corrections = (
        StatusUpdate.objects.public()
        .filter(mine, corrects__isnull=False, published_at__gte=since)
        .select_related("commitment", "corrects", "body")
    )
    retractions = Retraction.objects.filter(
        update__commitment__programme__in=programmes, retracted_at__gte=since
    ).select_related("update__commitment", "update__body")
    return list(corrections.order_by("-published_at")), list(retractions.order_by("-retracted_at"))
