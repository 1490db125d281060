"""What each body has taken on: how many missions and pledges, and which part in what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from commitments.models import (
    Commitment,
    CommitmentKind,
    Organisation,
    Part,
    Participation,
    Programme,
)
from commitments.reports.standings import counted

Counts = dict[tuple[int, str], int]
"""How many, per programme and kind."""


def busiest_first(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Annotate how many published commitments a body leads (`leads`), has a part in (`parts`)."""
    public = Q(participations__commitment__published_at__isnull=False)
    led = Count(
        "participations__commitment",
        filter=public & Q(participations__role=Part.LEAD, participations__ended_on=None),
    )
    parts = Count("participations__commitment", filter=public, distinct=True)
    counted_rows: Any = rows.annotate(leads=led, parts=parts)
    ordered: QuerySet[Organisation] = counted_rows.order_by("-leads", "-parts", "slug")
    return ordered


def by_role(rows: Iterable[Commitment], body: Organisation) -> list[tuple[Part, list[Commitment]]]:
    """Sort the rows by the body's part in each; the roles that it never has are left out."""
    found: dict[Part, list[Commitment]] = {role: [] for role in Part}
    for row in rows:
        for part in row.participations.all():
            if part.organisation_id == body.pk:
                found[Part(part.role)].append(row)
    return [(role, commitments) for role, commitments in found.items() if commitments]


@dataclass(frozen=True)
class BodyRow:
    """What a body leads in each programme, in words; without a body: what names none."""

    organisation: Organisation | None
    cells: Sequence[Sequence[str]]


def by_body(programmes: Sequence[Programme]) -> list[BodyRow]:
    """Missions and pledges, each counted once; the bodies that lead most come first."""
    counts = _counts(programmes)
    named = Organisation.objects.in_bulk([body for body in counts if body])
    biggest = sorted(named.values(), key=lambda body: (-sum(counts[body.pk].values()), body.slug))
    rows: list[Organisation | None] = [*biggest, *([None] if None in counts else [])]
    return [
        BodyRow(body, [_cell(counts[body.pk if body else None], of.pk) for of in programmes])
        for body in rows
    ]


def _counts(programmes: Sequence[Programme]) -> Mapping[int | None, Counts]:
    rows = (
        Commitment.objects.public()
        .filter(programme__in=programmes)
        .exclude(kind=CommitmentKind.GOVERNMENT_TASK)
        .order_by()
    )
    led = rows.filter(participations__role="lead", participations__ended_on=None)
    unled = rows.exclude(participations__in=Participation.objects.leading())
    counts: dict[int | None, Counts] = defaultdict(dict)
    for body, programme, kind, number in led.values_list(
        "participations__organisation", "programme_id", "kind"
    ).annotate(Count("pk")):
        counts[body][programme, kind] = number
    for programme, kind, number in unled.values_list("programme_id", "kind").annotate(Count("pk")):
        counts[None][programme, kind] = number
    return counts


def _cell(counts: Counts, programme: int) -> list[str]:
    return [
        counted(counts[programme, kind], kind)
        for kind in CommitmentKind.values
        if (programme, kind) in counts
    ]
