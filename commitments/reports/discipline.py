"""How a body kept to its reporting days: counts of what was asked of it, period by period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from commitments.models import Obligation, Organisation, Part, Participation


@dataclass(frozen=True)
class Kept:
    """Updates asked of a body; the five counts add up to `asked`. Nothing ranks bodies by it."""

    on_time: int = 0
    late: int = 0
    never: int = 0
    waived: int = 0
    ahead: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    due_on: date | None = None

    @property
    def asked(self) -> int:
        return self.on_time + self.late + self.never + self.waived + self.ahead


@dataclass(frozen=True)
class Discipline:
    """All that was asked, and the same per period, the newest first."""

    periods: Sequence[Kept]

    @property
    def whole(self) -> Kept:
        names = ("on_time", "late", "never", "waived", "ahead")
        return Kept(*(sum(getattr(one, name) for one in self.periods) for name in names))

    def __bool__(self) -> bool:
        return bool(self.periods)


def discipline_of(body: Organisation, on: date) -> Discipline:
    """What was asked of the body by a day, in one query.

    An update counts for the body that led the commitment when it was due. What a commitment
    closed before its due day no longer owed is not counted.
    """
    is_met, is_free = Q(met_at__isnull=False), Q(met_at__isnull=True, waived_at__isnull=True)
    was_late = Q(handed_in_on__gt=F("period__due_on"))
    is_past = Q(period__due_on__lt=on)
    counted: Any = (
        _asked(body, on)
        .annotate(handed_in_on=TruncDate("met_at"))
        .values(
            starts_on=F("period__starts_on"),
            ends_on=F("period__ends_on"),
            due_on=F("period__due_on"),
        )
        .annotate(
            on_time=Count("pk", filter=is_met & ~was_late),
            late=Count("pk", filter=is_met & was_late),
            never=Count("pk", filter=is_free & is_past),
            waived=Count("pk", filter=Q(waived_at__isnull=False)),
            ahead=Count("pk", filter=is_free & ~is_past),
        )
        .order_by("-starts_on", "due_on")
    )
    return Discipline([Kept(**row) for row in counted])


def _asked(body: Organisation, on: date) -> QuerySet[Obligation]:
    leads = Participation.objects.filter(commitment=OuterRef("commitment"), role=Part.LEAD)
    at_the_time = leads.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=OuterRef("period__due_on"))
    ).order_by(F("ended_on").asc(nulls_last=True), "-pk")
    led = Participation.objects.filter(organisation=body, role=Part.LEAD).values("commitment")
    still_owed = Q(commitment__closed_on__isnull=True) | Q(
        commitment__closed_on__gte=F("period__due_on")
    )
    done = Q(met_at__isnull=False) | Q(waived_at__isnull=False)
    rows: Any = Obligation.objects.opened(on).filter(
        still_owed | done, commitment__in=led, commitment__published_at__isnull=False
    )
    asked: QuerySet[Obligation] = rows.annotate(
        answers=Subquery(at_the_time.values("organisation")[:1])
    ).filter(answers=body.pk)
    return asked
