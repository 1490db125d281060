"""What the search looks through, made from the public record and kept.

A reader has it brought up to date before searching; no deed has to think of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from django.db import OperationalError, transaction
from django.db.models import Subquery

from commitments.models import (
    Commitment,
    Projection,
    PublicEvent,
    RecordHead,
    SearchDocument,
    SearchWord,
)
from commitments.reports.parts import once
from commitments.reports.public import NOUNS
from commitments.reports.public._noun import Noun
from commitments.reports.searched import KINDS, Item, Known, Text, known_of, texts_of
from commitments.services.read_models.inserting import insert
from commitments.services.worlds.routing import is_past
from commitments.text.folding import LONGEST_TERM, search_text

NAME = "search"
BATCH = 1000
WORDED_AT_ONCE = 100
_NOUNS: dict[str, Noun[Any]] = {noun.kind: noun for noun in NOUNS}


def bring_up_to_date() -> None:
    """Follow the record to its newest event; where that was done, it costs one query, and where
    this process knows so of the version that the page is made of, none.

    It never waits for another process that is about the same, nor for a database that cannot be
    written now: the search then finds what it knows. A past day is made whole at once (`fill_all`).
    """
    if not is_past.get():
        once(NAME, _brought)


def _brought() -> bool:
    """Whether all was taken in, as far as can be told."""
    if _is_up_to_date():
        return True
    try:
        Projection.objects.get_or_create(pk=NAME)
        while _follow():
            pass
    except OperationalError:
        return False
    return _is_up_to_date()


@transaction.atomic
def fill_all() -> int:
    """Make every text anew from the public rows themselves, events or none; how many there are."""
    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    count = 0
    for kind in sorted(KINDS):
        noun = _NOUNS[kind]
        rows = noun.rows().order_by("pk").iterator(chunk_size=BATCH)
        for items in _batches(_items(noun, rows)):
            count += len(_write(items))
    _spell(Commitment.objects.public().order_by("pk").values_list("pk", flat=True).iterator())
    return count


def _is_up_to_date() -> bool:
    head = RecordHead.objects.filter(pk=1).values("sequence")
    followed = Projection.objects.filter(pk=NAME).annotate(head=Subquery(head))
    found = followed.values_list("sequence", "head").first()
    return found is not None and found[0] >= (found[1] or 0)


@transaction.atomic
def _follow() -> bool:
    """Take in the next events; whether there may be more of them."""
    held = Projection.objects.select_for_update(skip_locked=True)
    projection = held.filter(pk=NAME).first()
    if projection is None:  # somebody else is about it
        return False
    events = PublicEvent.objects.filter(sequence__gt=projection.sequence).order_by("sequence")
    if projection.sequence == 0:
        newest = PublicEvent.objects.order_by("-sequence").values_list("sequence", flat=True)
        projection.sequence = newest.first() or 0
        fill_all()
        is_over = True
    else:
        said = list(events.values_list("sequence", *_OF_EVENT)[:BATCH])
        _take_in([Item(*row[1:]) for row in said])
        projection.sequence = said[-1][0] if said else projection.sequence
        is_over = len(said) < BATCH
    projection.save(update_fields=["sequence"])
    return not is_over


_OF_EVENT = ("object_kind", "object_key", "after", "is_demo")


def _take_in(said: Iterable[Item]) -> None:
    """Replace the texts of these objects, and of those that show something of them."""
    newest = {(item.kind, item.key): item for item in said}
    for item in _that_show(newest):
        newest.setdefault((item.kind, item.key), item)
    items = [item for item in newest.values() if item.kind in KINDS]
    touched = set(_forget(items))
    for batch in _batches(iter(items)):
        touched |= {row.commitment_id for row in _write(batch) if row.commitment_id}
    _spell(iter(touched))


def _that_show(touched: Mapping[tuple[str, str], Item]) -> Iterator[Item]:
    """What shows a name of a body, a title of a source, or that it was retracted."""
    keys: dict[str, set[str]] = {}
    for kind, key in touched:
        keys.setdefault(kind, set()).add(key)
    bodies = keys.get("organisation", set()) | {
        key.partition("/")[0] for key in keys.get("former_name", ())
    }
    yield from _shown("organisation", slug__in=bodies)
    yield from _shown("participation", organisation__slug__in=bodies)
    yield from _shown("evidence", source__slug__in=keys.get("source", ()))
    retracted = {key.rpartition("/")[0] for key in keys.get("retraction", ())}
    gone: dict[str, Any] = {"retraction__isnull": False, "commitment__slug__in": retracted}
    yield from _shown("status_update", **gone)
    yield from _shown("evidence", **{f"update__{name}": value for name, value in gone.items()})


def _shown(kind: str, **which: Any) -> Iterator[Item]:
    if all(value or value is False for value in which.values()):
        noun = _NOUNS[kind]
        yield from _items(noun, noun.rows().filter(**which).order_by("pk").iterator(BATCH))


def _items(noun: Noun[Any], rows: Iterable[Any]) -> Iterator[Item]:
    for row in rows:
        yield Item(noun.kind, noun.key(row), noun.data(row), noun.is_demo(row))


def _batches(items: Iterator[Any], size: int = BATCH) -> Iterator[list[Any]]:
    while batch := list(islice(items, size)):
        yield batch


def _forget(items: Iterable[Item]) -> Iterator[int]:
    """Take away the texts of these objects; gives the commitments that had them."""
    keys: dict[str, list[str]] = {}
    for item in items:
        keys.setdefault(item.kind, []).append(item.key)
    for kind, of_kind in keys.items():
        for batch in _batches(iter(of_kind), 400):
            rows = SearchDocument.objects.filter(kind=kind, key__in=batch)
            yield from rows.exclude(commitment=None).values_list("commitment", flat=True)
            rows.delete()


class Row(NamedTuple):
    """A row of `SearchDocument`, by its columns: there may be a million to write."""

    kind: str
    key: str
    language: str
    commitment_id: int | None
    organisation_id: int | None
    is_demo: bool
    said_on: str | None
    text: str
    folded: str


def _write(items: list[Item]) -> list[Row]:
    known = known_of(items)
    texts = ((item, text) for item in items for text in texts_of(item, known))
    rows = [row for item, text in texts if (row := _row(item, text, known)).folded]
    insert(SearchDocument, Row._fields, rows)
    return rows


def _row(item: Item, text: Text, known: Known) -> Row:
    return Row(
        kind=item.kind,
        key=item.key,
        language=text.language,
        commitment_id=known.commitments.get(text.commitment),
        organisation_id=known.organisations.get(text.organisation),
        is_demo=item.is_demo,
        said_on=text.said_on.isoformat() if text.said_on else None,
        text=text.text,
        folded=_folded(text.beside, text.text),
    )


_folded = lru_cache(maxsize=4096)(search_text)
"""The title of one source stands with all that rests on it."""


def _spell(commitments: Iterator[int]) -> None:
    """Bring the words of these commitments in step with their texts."""
    for batch in _batches(commitments, WORDED_AT_ONCE):
        words: set[tuple[int, str]] = set()
        texts = SearchDocument.objects.filter(commitment__in=batch)
        for pk, folded in texts.values_list("commitment", "folded").iterator(BATCH):
            words.update((pk, word[:LONGEST_TERM]) for word in folded.split())
        kept = SearchWord.objects.filter(commitment__in=batch)
        had = {(pk, word): row for row, pk, word in kept.values_list("pk", "commitment", "word")}
        gone = [row for pair, row in had.items() if pair not in words]
        for some in _batches(iter(gone), 400):
            SearchWord.objects.filter(pk__in=some).delete()
        fresh = sorted(words - had.keys())
        insert(SearchWord, ("commitment_id", "word"), fresh)
