"""Who owes an update: for which commitment and period, since when, and what was waived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Prefetch, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Commitment, Obligation, Reporting, ReportingPeriod
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import standings

GROUPS = (Reporting.LATE, Reporting.NEVER_REPORTED, Reporting.DUE, Reporting.WAIVED)
"""Those of whom an update is asked, in the order in which they are shown."""


@dataclass(frozen=True)
class Owed:
    """A commitment and the oldest update that it owes; of a waived one, the update waived."""

    commitment: Commitment
    obligation: Obligation | None
    missed: int
    on: date

    @property
    def period(self) -> ReportingPeriod | None:
        return self.obligation.period if self.obligation else None

    @property
    def days(self) -> int:
        """How many days ago it was due; negative while that lies ahead."""
        return (self.on - self.period.due_on).days if self.period else 0

    @property
    def since(self) -> str:
        """ "for 12 days", "due in 3 days"."""
        if self.days > 0:
            words = ngettext("for {count} day", "for {count} days", self.days)
        elif self.days == 0:
            words = _("due today")
        else:
            words = ngettext("due in {count} day", "due in {count} days", -self.days)
        return words.format(count=abs(self.days))


def owing(rows: CommitmentQuerySet, on: date) -> CommitmentQuerySet:
    """The commitments of `GROUPS`, group by group, the longest owed first."""
    places: Any = [When(reporting=value, then=Value(place)) for place, value in enumerate(GROUPS)]
    listed: Any = standings.for_list(rows, on)
    opened = Obligation.objects.opened(on).select_related("period").order_by("period__starts_on")
    found: CommitmentQuerySet = (
        listed.filter(reporting__in=GROUPS)
        .annotate(group=Case(*places, output_field=IntegerField()))
        .prefetch_related(Prefetch("obligations", queryset=opened, to_attr="opened"))
        .order_by("group", F("owed_since_on").asc(nulls_last=True), "reference")
    )
    return found


def owed(rows: Iterable[Commitment], on: date) -> list[Owed]:
    """The same with their periods; needs rows of `owing`."""
    return [_owed(row, on) for row in rows]


def late(rows: CommitmentQuerySet, on: date, most: int) -> list[Owed]:
    """Those of whom an update is past its due date, the longest owed first."""
    listed: Any = owing(rows, on)
    found = listed.filter(reporting__in=GROUPS[:2])
    return owed(found.filter(pk__in=standings.first(found, most)), on)


def _owed(row: Commitment, on: date) -> Owed:
    opened: list[Obligation] = row.opened  # type: ignore[attr-defined]  # of `owing`
    if row.reporting == Reporting.WAIVED:
        return Owed(row, opened[-1] if opened else None, 0, on)
    unmet = _unmet(opened)
    return Owed(row, unmet[0] if unmet else None, sum(one.period.due_on < on for one in unmet), on)


def _unmet(opened: list[Obligation]) -> list[Obligation]:
    """What is still owed: neither met nor waived, and nothing later was met."""
    met = [place for place, one in enumerate(opened) if one.met_at]
    rest = opened[met[-1] + 1 :] if met else opened
    return [one for one in rest if one.waived_at is None]
