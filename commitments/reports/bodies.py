"""How many missions and pledges each body leads, per programme."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from commitments.models import Commitment, CommitmentKind, Organisation, Programme
from commitments.reports.standings import counted

Counts = dict[tuple[int, str], int]
"""How many, per programme and kind."""


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
    led = rows.filter(participations__role="lead")
    unled = rows.exclude(participations__role="lead")
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
