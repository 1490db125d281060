"""What a search finds, by keys first: found once for what was typed, and loaded where shown.

The same words find the same as long as nothing public changes, so what they found is kept
(`reports.parts`). The SQL of each question is written once for so many words.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from commitments.models import Commitment, SearchDocument
from commitments.models.prepared import Prepared
from commitments.reports import search
from commitments.reports.found import Finding, Passage, findings, passage
from commitments.reports.parts import each, part
from commitments.text.display import active_language

FEW = 3
"""Examples of each group, where all are shown."""
MANY = ("sources", "updates")
"""Groups that may have very many texts; each is looked through by itself."""
MOST_SHOWN = 32
"""At least as many as the examples of all groups, and as the commitments of a page."""
Words = Sequence[str]


@dataclass(frozen=True)
class Found:
    """How much there is of a group, `MOST + 1` of many where there is more, and some of it."""

    number: int
    examples: Sequence[Finding] = ()


def commitments_with(words: Words, *, is_demo: bool) -> Sequence[int]:
    """The keys of all commitments that hold every word, the best match first."""

    def find() -> Sequence[int]:
        return array("q", (key for (key,) in _commitments(len(words), is_demo).of(words=words)))

    return part("commitments with", *words, is_demo, make=find, is_typed=True)


def others_with(words: Words, *, is_demo: bool) -> Mapping[str, Found]:
    """Every other group, with how much there is of it and a few of them."""
    return part("others with", *words, is_demo, make=lambda: _others(words, is_demo), is_typed=True)


def passages(keys: Sequence[int], words: Words) -> dict[int, Passage]:
    """Where the words stand in each of these commitments, if beside its title; at most
    `MOST_SHOWN` of them."""

    def find(missing: list[int]) -> dict[int, tuple[int, Passage | None]]:
        rows = _best(len(words), active_language()).of(*missing, words=words)
        best = {row.commitment_id: passage(row, words) for row in rows}
        return {key: (key, best.get(key)) for key in missing}

    found = each("passage", keys, *words, make=find, is_typed=True)
    return {key: said for key, said in found if said}


def _others(words: Words, is_demo: bool) -> Mapping[str, Found]:
    numbers: dict[str, int] = {}
    chosen: dict[str, list[int]] = {}
    few = _best_of_each(_few(len(words), is_demo).of(words=words))
    for name, kinds in search.GROUPS.items():
        if name in MANY:
            rows = _many(len(words), is_demo, kinds).of(words=words)
            numbers[name] = len(rows)
            # Of what nobody counts nobody sorts it either.
            shown = sorted(rows, key=_in_turn)[:FEW] if len(rows) <= search.MOST else []
            chosen[name] = [key for key, _said_on in shown]
        else:
            own = [key for kind, key in few if kind in kinds]
            numbers[name], chosen[name] = len(own), own[:FEW]
    loaded = _loaded([key for keys in chosen.values() for key in keys])
    return {
        name: Found(number, findings((loaded[key] for key in chosen[name]), words))
        for name, number in numbers.items()
    }


def _best_of_each(rows: Sequence[tuple[int, str, str, str]]) -> list[tuple[str, int]]:
    """Of each object one text with its kind, in the reader's language where it is there."""
    reader, best = active_language(), {}
    for pk, kind, key, language in rows:
        if (kind, key) not in best or language == reader:
            best[kind, key] = pk
    return [(kind, pk) for (kind, _key), pk in best.items()]


def _in_turn(row: tuple[int, date | None]) -> tuple[int, int]:
    """As `search.in_turn` orders: the newest first, what has no day last."""
    pk, said_on = row
    return (-said_on.toordinal() if said_on else 1, pk)


def _loaded(keys: Sequence[int]) -> dict[int, SearchDocument]:
    return {row.pk: row for row in _TEXTS.of(*keys)} if keys else {}


_TEXTS: Prepared[SearchDocument] = Prepared(
    lambda *keys: SearchDocument.objects.filter(pk__in=keys).select_related("organisation"),
    MOST_SHOWN,
)


@cache
def _commitments(number: int, is_demo: bool) -> Prepared[tuple[int]]:
    def build(*words: str) -> Any:
        rows = Commitment.objects.public().filter(programme__is_demo=is_demo)
        return search.best_first(search.with_words(rows, words), words).values_list("pk")

    return Prepared(build, keys=0, words=number)


@cache
def _few(number: int, is_demo: bool) -> Prepared[tuple[int, str, str, str]]:
    def build(*words: str) -> Any:
        rows = search.documents_with(words, search.FEW_OF).filter(is_demo=is_demo)
        return search.in_turn(rows).values_list("pk", "kind", "key", "language")[: search.MOST]

    return Prepared(build, keys=0, words=number)


@cache
def _many(number: int, is_demo: bool, kinds: tuple[str, ...]) -> Prepared[tuple[int, date | None]]:
    def build(*words: str) -> Any:
        rows = search.documents_with(words, kinds).filter(is_demo=is_demo)
        return rows.order_by().values_list("pk", "said_on")[: search.MOST + 1]

    return Prepared(build, keys=0, words=number)


@cache
def _best(number: int, _language: str) -> Prepared[SearchDocument]:
    """For the language of the page that is made now: the query names it."""

    def build(*given: Any) -> Any:
        return search.best_texts(given[:MOST_SHOWN], given[MOST_SHOWN:])

    return Prepared(build, keys=MOST_SHOWN, words=number)
