"""The commitments that the public list shows for what was asked of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F

from commitments.filters.facets import BEST_FIRST, CommitmentListForm
from commitments.models import Commitment
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import facets, search
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


def found_by(form: CommitmentListForm, on: date) -> CommitmentQuerySet:
    """All that was asked for, with what a row of the list shows, in the order asked for."""
    rows = shown(facets.narrowed(asked_for(form, on), form.chosen))
    if form.sorting == BEST_FIRST:
        return search.best_first(rows, form.words or [])
    return rows.order_by(*_KEYS[form.sorting])
