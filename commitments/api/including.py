"""Rows that are answered along with a list: one level, each once, so many at most."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from commitments.api.languages import BOTH, in_one
from commitments.api.shapes import Json, Serializer, shape_of

MOST = 500
"""Of one noun; what is left out then is counted."""


class Along(NamedTuple):
    """A noun that can be had along: how it is answered, and its rows for the keys of a list.

    The rows stand in an order of their own, as of a day.
    """

    serializer: Serializer
    rows: Callable[[Sequence[int], date], "QuerySet[Any]"]


def included(along: Mapping[str, Along], wants: Sequence[str], asked: "Reading") -> Json:
    """By noun `results`, and how many were `left_out`."""
    return {name: _rows(along[name], asked) for name in wants}


class Reading(NamedTuple):
    """The list along with which they are had: its keys, its day, its host, its language."""

    keys: Sequence[int]
    on: date
    base: str
    language: str


def _rows(along: Along, asked: Reading) -> Json:
    shape, rows = shape_of(along.serializer), along.rows(asked.keys, asked.on)
    found = list(rows[: MOST + 1])
    left_out = rows.order_by().prefetch_related(None).count() - MOST if len(found) > MOST else 0
    said = [shape.of(row, asked.base) for row in found[:MOST]]
    results = said if asked.language == BOTH else in_one(said, asked.language)
    return {"results": results, "left_out": left_out}
