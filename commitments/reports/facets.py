"""How many commitments each filter of the list would leave, all of them counted in two queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.models import Organisation, Participation, Priority, Programme
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import standings
from commitments.text.display import said_text

COUNTED: dict[str, str] = {
    "programme": "programme_id",
    "priority": "priority_id",
    "kind": "kind",
    "stage": "stage",
    "forecast": "forecast",
    "reporting": "reporting",
    "verification": "verification",
    "due": "due_in",
}
"""The facets of which a commitment has one value each, and the column or annotation it is in."""
ORGANISATION = "organisation"
"""The facet of which it may have several: counted by itself."""

DUE: dict[str, str | Promise] = {
    "past_due": _("past due"),
    "month": _("this month"),
    "quarter": _("later this quarter"),
    "year": _("later this year"),
    "later": _("after this year"),
    "over": _("its date has passed; complete or closed"),
    "none": _("no date published"),
}
Chosen = Mapping[str, Collection[Any]]
"""By facet the values that were chosen, as they stand in the column; absent where none was."""


class Named(NamedTuple):
    """A row that can be chosen: its key, the word in an address, its name, and its world."""

    pk: int
    word: str
    name: str
    is_demo: bool


@dataclass(frozen=True)
class Counts:
    """`of` says by facet and value how many there are with all other facets applied.

    `total` is how many are left by all of them, `without` how many if one facet is taken away.
    """

    of: Mapping[str, Mapping[Any, int]]
    total: int
    without: Mapping[str, int]


NOTHING = Counts(defaultdict(dict), 0, {})


def programmes() -> list[Named]:
    rows = Programme.objects.public()
    return [Named(row.pk, row.slug, said_text(row, "name"), row.is_demo) for row in rows]


def priorities() -> list[Named]:
    """Each under its programme: its own word is unique there only."""
    rows = Priority.objects.filter(programme__published_at__isnull=False)
    return [
        Named(
            row.pk,
            f"{row.programme.slug}/{row.slug}",
            said_text(row, "title"),
            row.programme.is_demo,
        )
        for row in rows.select_related("programme")
    ]


def organisations() -> list[Named]:
    """The public bodies that have a part in a public commitment."""
    parts = Participation.objects.filter(
        organisation=OuterRef("pk"), commitment__published_at__isnull=False
    )
    rows = Organisation.objects.public().filter(Exists(parts)).order_by("slug")
    found = rows.values("pk", "slug", "name_vi", "name_en", "is_demo")
    return [Named(row["pk"], row["slug"], said_text(row, "name"), row["is_demo"]) for row in found]


def prepared(rows: CommitmentQuerySet, on: date) -> CommitmentQuerySet:
    """Annotate all that facets ask for, as of a day: the axes, and `due_in`, a word of `DUE`."""
    known: CommitmentQuerySet = standings.known(rows, on).annotate(due_in=_due_in(on))
    return known


def narrowed(rows: CommitmentQuerySet, chosen: Chosen, but: str = "") -> CommitmentQuerySet:
    """Those that have one of the chosen values of every facet, `but` one. Needs `prepared` rows."""
    for name, values in chosen.items():
        if name == but:
            continue
        if name == ORGANISATION:
            # As a subquery: a join would repeat a commitment in which a body has two parts.
            parts = Participation.objects.filter(organisation__in=values)
            rows = rows.filter(pk__in=parts.values("commitment"))
        else:
            rows = rows.filter(**{f"{COUNTED[name]}__in": values})
    return rows


def counts(rows: CommitmentQuerySet, chosen: Chosen) -> Counts:
    """Count in two queries, whatever was chosen. Needs `prepared` rows, narrowed by no facet."""
    bodies = {ORGANISATION: chosen[ORGANISATION]} if ORGANISATION in chosen else {}
    grouped: Any = narrowed(rows, bodies).order_by().values_list(*COUNTED.values())
    of, total, without = _summed(grouped.annotate(number=Count("pk")), chosen)
    others = narrowed(rows, chosen, but=ORGANISATION)
    parts = Participation.objects.filter(commitment__in=others.order_by().values("pk"))
    shares = (
        parts.order_by().values_list("organisation").annotate(Count("commitment", distinct=True))
    )
    of[ORGANISATION] = Counter(dict(shares))
    return Counts(of, total, without)


def _summed(
    groups: Iterable[tuple[Any, ...]], chosen: Chosen
) -> tuple[dict[str, Counter[Any]], int, dict[str, int]]:
    """A group counts for all facets if it passes them all, for one if it fails at that one only."""
    names = list(COUNTED)
    asked = [(place, chosen[name]) for place, name in enumerate(names) if name in chosen]
    found: list[Counter[Any]] = [Counter() for _name in names]
    total, missed = 0, [0] * len(names)
    for *values, number in groups:
        failed = [place for place, wanted in asked if values[place] not in wanted]
        if not failed:
            total += number
            for counter, value in zip(found, values, strict=True):
                counter[value] += number
        elif len(failed) == 1:
            found[failed[0]][values[failed[0]]] += number
            missed[failed[0]] += number
    without = {names[place]: total + missed[place] for place, _wanted in asked}
    return dict(zip(names, found, strict=True)), total, without


def _due_in(on: date) -> Case:
    """In which stretch of time its present due date lies; each is in one of them."""
    quarter = (on.month - 1) // 3 * 3 + 3
    return Case(
        When(due_latest__isnull=True, then=Value("none")),
        When(is_past_due=True, then=Value("past_due")),
        When(due_latest__lt=on, then=Value("over")),
        When(Q(due_latest__lte=_end_of(on.year, on.month)), then=Value("month")),
        When(Q(due_latest__lte=_end_of(on.year, quarter)), then=Value("quarter")),
        When(Q(due_latest__lte=date(on.year, 12, 31)), then=Value("year")),
        default=Value("later"),
        output_field=CharField(),
    )


def _end_of(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)
