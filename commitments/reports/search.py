"""The search: which commitments and what else of the public record hold the words asked for."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import (
    BooleanField,
    Case,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, RowNumber

from commitments.models import Commitment, SearchDocument, SearchWord
from commitments.models.commitment import CommitmentQuerySet
from commitments.text.display import active_language
from commitments.text.folding import fold

Rows = TypeVar("Rows", bound="QuerySet[Commitment]")

MOST = 1000
"""Beyond so many texts nobody counts: there are "more than 1,000"."""
GROUPS: dict[str, tuple[str, ...]] = {
    "organisations": ("organisation",),
    "programmes": ("programme", "priority"),
    "instruments": ("instrument",),
    "indicators": ("indicator",),
    "findings": ("recognition", "record_note", "contradiction", "gap"),
    "sources": ("source",),
    "updates": ("status_update", "retraction"),
}
"""What may be found beside commitments, by kinds of objects, as the page shows it in turn."""
FEW_OF = ("organisation", "programme", "priority", "instrument", "indicator", *GROUPS["findings"])
"""Kinds of which there are never many texts: they are all looked through at once."""

_REFERENCE = re.compile(r"([a-z]+\d{2})\s*(\d{1,6})")
_PLACES = (
    "commitment",
    "wording",
    "target",
    "milestone",
    "participation",
    "status_update",
    "retraction",
    "change_request",
    "recognition",
    "evidence",
)
"""Which text of a commitment is shown, where several hold as many of the words."""


def with_words(rows: Rows, words: Iterable[str]) -> Rows:
    """Those of which every word begins a word somewhere, in whichever of their texts."""
    for word in words:
        having = SearchWord.objects.filter(word__startswith=word)
        rows = rows.filter(pk__in=having.values("commitment"))
    return rows


def best_first(rows: CommitmentQuerySet, words: Sequence[str]) -> CommitmentQuerySet:
    """First those whose title, reference or body holds every word; the newest of each first."""
    ordered: CommitmentQuerySet = rows.annotate(
        is_named=Case(
            When(_holds(words, "search_text"), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
    ).order_by("-is_named", F("last_as_of_on").desc(nulls_last=True), "reference")
    return ordered


def named_by(query: str) -> Commitment | None:
    """The commitment whose reference was typed, however it was spaced: `GT26-001`, `gt26 1`."""
    matched = _REFERENCE.fullmatch(fold(query[:40]))
    if not matched:
        return None
    reference = f"{matched[1].upper()}-{int(matched[2]):03d}"
    return Commitment.objects.public().filter(reference=reference).first()


def documents_with(words: Sequence[str], kinds: Sequence[str]) -> QuerySet[SearchDocument]:
    """The texts of these kinds that hold every word by themselves."""
    return SearchDocument.objects.filter(_holds(words, "folded"), kind__in=kinds)


def in_turn(rows: QuerySet[SearchDocument]) -> QuerySet[SearchDocument]:
    """The newest first; what has no day comes last."""
    return rows.order_by(F("said_on").desc(nulls_last=True), "pk")


def best_texts(commitments: Iterable[int], words: Sequence[str]) -> QuerySet[SearchDocument]:
    """For each commitment the text that holds most of the words, the title apart.

    Of equals, first the reader's language, then what was promised, what was said and what it
    rests on, each the newest first.
    """
    shown = Q(kind="commitment", language=active_language())
    rows = SearchDocument.objects.filter(_any(words), commitment__in=commitments).exclude(shown)
    turn = Window(
        RowNumber(),
        partition_by=[F("commitment")],
        order_by=[
            _how_many(words).desc(),
            _first_of("language", (active_language(), "")).asc(),
            _first_of("kind", _PLACES).asc(),
            F("said_on").desc(nulls_last=True),
            F("pk").asc(),
        ],
    )
    return rows.annotate(turn=turn).filter(turn=1)


def _holds(words: Sequence[str], column: str) -> Q:
    return Q(*(Q(**{f"{column}__contains": f" {word}"}) for word in words))


def _any(words: Sequence[str]) -> Q:
    found = Q(pk__in=[])
    for word in words:
        found |= Q(folded__contains=f" {word}")
    return found


def _how_many(words: Sequence[str]) -> Any:
    count: Any = Value(0)
    for word in words:
        held = When(folded__contains=f" {word}", then=Value(1))
        count = count + Case(held, default=Value(0), output_field=IntegerField())
    return Cast(count, IntegerField())


def _first_of(column: str, values: Sequence[str]) -> Case:
    whens = [When(**{column: value}, then=Value(place)) for place, value in enumerate(values)]
    return Case(*whens, default=Value(len(values)), output_field=IntegerField())
