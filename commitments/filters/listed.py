"""The commitments that the public list shows for what was asked of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from commitments.filters.facets import BEST_FIRST, CommitmentListForm
from commitments.models import Commitment
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import facets, search, standings
from commitments.reports.facets import Counts
from commitments.reports.parts import each, part
from commitments.services.read_models import documents

_DUE = F("due_latest").asc(nulls_last=True)
_KEYS: dict[str, Sequence[Any]] = {
    "worst": ("rank", _DUE, "reference"),
    "due": (_DUE, "reference"),
    "news": (F("last_as_of_on").desc(nulls_last=True), "reference"),
    "reference": ("reference",),
}


def asked_for(form: CommitmentListForm, on: date) -> CommitmentQuerySet:
    """The public rows of the world that is asked for, which hold the words; no facet applied.

    Brings what is searched up to date before. Needs a form that is valid.
    """
    rows = Commitment.objects.public().filter(programme__is_demo=form.is_demo)
    words = form.words
    if words is not None:
        documents.bring_up_to_date()
        rows = search.with_words(rows, words) if words else rows.none()
    return facets.prepared(rows, on)


def shown(rows: CommitmentQuerySet) -> CommitmentQuerySet:
    """Load what a row of the public list shows, and no more: there may be thousands to sort."""
    return rows.with_bodies().defer("search_text", "note")


def matching(form: CommitmentListForm, on: date) -> CommitmentQuerySet:
    """All that was asked for, in no order."""
    return facets.narrowed(asked_for(form, on), form.chosen)


def rows_of(keys: Sequence[int], on: date) -> list[Commitment]:
    """The public rows of these keys, in their order, each kept as long as nothing changes."""

    def load(missing: list[int]) -> dict[int, Commitment]:
        rows = standings.known(Commitment.objects.public().filter(pk__in=missing), on)
        return {row.pk: row for row in shown(rows)}

    return each("loaded", keys, on, make=load) if keys else []


def found_by(form: CommitmentListForm, on: date) -> CommitmentQuerySet:
    """All that was asked for, with what a row of the list shows, in the order asked for."""
    rows = shown(matching(form, on))
    if form.sorting == BEST_FIRST:
        return search.best_first(rows, form.words or [])
    return rows.order_by(*_KEYS[form.sorting])


def counted(form: CommitmentListForm, question: str, on: date) -> Counts:
    """What each filter would leave. `question` says all that is asked: it is kept by that.

    Of words there is no end: what holds them is counted each time.
    """
    if form.words is not None:
        return _counted(form, on)
    return part("counts", question, on, make=lambda: _counted(form, on))


def _counted(form: CommitmentListForm, on: date) -> Counts:
    return facets.counts(asked_for(form, on), form.chosen)


@dataclass(frozen=True)
class Keys:
    """Commitments of a list by their keys; their rows are loaded where none is at hand."""

    keys: Sequence[int]
    on: date

    def __len__(self) -> int:
        return len(self.keys)

    def load(self, keys: Iterable[int]) -> dict[int, Commitment]:
        named = facets.prepared(Commitment.objects.public().filter(pk__in=keys), self.on)
        return {row.pk: row for row in shown(named)}


@dataclass(frozen=True)
class Listed:
    """All that was asked for without words, by the page: a slice of it has the keys."""

    form: CommitmentListForm
    question: str
    on: date

    def __getitem__(self, asked: slice) -> Keys:
        key = ("keys", self.question, self.on, asked.start, asked.stop)
        return Keys(part(*key, make=lambda: self._found(asked)), self.on)

    def _found(self, asked: slice) -> list[int]:
        return list(found_by(self.form, self.on).values_list("pk", flat=True)[asked])
