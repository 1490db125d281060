"""The public dates month by month: what is due, which steps, when reporting opens and is due.

A date that is less precise than a day stands in the last month that it can mean, and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.models import CLOSED, Commitment, Milestone, ReportingPeriod
from commitments.models.commitment import CommitmentQuerySet
from commitments.text.display import limited_date, said_lang, said_text
from commitments.text.periods import period_name

MONTHS = 12
"""How many months one page shows."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that is dated. `when` is the day, or as much of it as is known; `latest` the last
    day that it can mean. `was` is the first date that was given, where it was moved."""

    latest: date
    when: str
    is_a_day: bool
    kind: str
    what: str
    lang: str
    url: str
    under: str = ""
    is_over: bool = False
    was: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """One month with what is dated in it, in order; what has no day stands at its end."""

    first: date
    dated: list[Dated]

    @property
    def name(self) -> str:
        return capfirst(limited_date(f"{self.first:%Y-%m}"))


def months_from(start: date, count: int = MONTHS) -> list[date]:
    """The first days of so many months, beginning with the one of a day."""
    number = start.year * 12 + start.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number, number + count)]


def agenda(
    commitments: CommitmentQuerySet,
    periods: "QuerySet[ReportingPeriod]",
    start: date,
    count: int = MONTHS,
) -> list[Month]:
    """So many months, empty ones too, in three queries."""
    firsts = months_from(start, count)
    end = (firsts[-1] + timedelta(days=31)).replace(day=1)
    span = (firsts[0], end - timedelta(days=1))
    found = [*_due(commitments, span), *_steps(commitments, span), *_reporting(periods, span)]
    found.sort(key=lambda one: (not one.is_a_day, one.latest, one.under, one.what))
    return [
        Month(first, [one for one in found if one.latest.replace(day=1) == first])
        for first in firsts
    ]


def with_reporting(periods: "QuerySet[ReportingPeriod]") -> "QuerySet[ReportingPeriod]":
    """Those of programmes in which somebody is asked to report."""
    asked = Commitment.objects.public().filter(
        programme=OuterRef("programme"), reporting_opened_on__isnull=False
    )
    return periods.filter(Exists(asked), programme__published_at__isnull=False)


def _due(rows: CommitmentQuerySet, span: tuple[date, date]) -> Iterator[Dated]:
    for row in rows.filter(due_latest__range=span).order_by("due_latest", "reference"):
        yield _dated(row, row, _("Due"), is_over=row.stage in CLOSED)


def _steps(rows: CommitmentQuerySet, span: tuple[date, date]) -> Iterator[Dated]:
    steps = Milestone.objects.filter(commitment__in=rows, due_latest__range=span)
    for step in steps.select_related("commitment").order_by("due_latest", "pk"):
        is_over = bool(step.done_on) or step.commitment.stage in CLOSED
        yield _dated(step, step.commitment, _("Milestone"), is_over=is_over)


def _dated(
    row: Commitment | Milestone, commitment: Commitment, kind: str, *, is_over: bool
) -> Dated:
    assert row.due_latest is not None
    under = commitment.reference or ""
    if isinstance(row, Milestone):
        under = f"{under} {said_text(commitment, 'title')}"
    return Dated(
        latest=row.due_latest,
        when=limited_date(row.due),
        is_a_day=row.due_earliest == row.due_latest,
        kind=kind,
        what=said_text(row, "title"),
        lang=said_lang(row, "title"),
        url=reverse("commitment-detail", args=[commitment.slug]),
        under=under,
        is_over=is_over,
        was=limited_date(row.original_due) if row.original_due not in ("", row.due) else "",
    )


def _reporting(periods: "QuerySet[ReportingPeriod]", span: tuple[date, date]) -> Iterator[Dated]:
    rows = periods.select_related("programme").order_by("due_on", "pk")
    for row in rows.filter(due_on__gte=span[0], opens_on__lte=span[1]):
        words = period_name(row.starts_on, row.ends_on)
        for day, kind in (
            (row.opens_on, _("Reporting opens")),
            (row.due_on, _("Updates are due")),
        ):
            if span[0] <= day <= span[1]:
                yield Dated(
                    latest=day,
                    when=limited_date(day),
                    is_a_day=True,
                    kind=kind,
                    what=_("Reporting on {period}").format(period=words),
                    lang="",
                    url=reverse("programme-detail", args=[row.programme.slug]),
                    under=said_text(row.programme, "name"),
                )
