"""What is public of every noun: one function each, for events, verifier, API and downloads."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from commitments.models import Commitment
from commitments.reports.public import bodies, findings, plans, reports
from commitments.reports.public._noun import Json, Noun

NOUNS: list[Noun[Any]] = [*bodies.NOUNS, *plans.NOUNS, *reports.NOUNS, *findings.NOUNS]
_BY_MODEL = {noun.model: noun for noun in NOUNS}
SCHEMA_VERSION = 2
"""Raised whenever a key of any public view is added, renamed or removed."""


@dataclass(frozen=True)
class PublicView:
    """A row as the public sees it; `data` holds JSON types only, numbers and dates as text."""

    kind: str
    key: str
    data: Json
    commitment: Commitment | None
    is_demo: bool


def noun_of(row: Model) -> Noun[Any]:
    """The noun of a row. Raises KeyError for a table of which nothing is public."""
    return _BY_MODEL[type(row)]


def public_of(row: Model) -> PublicView:
    """What is public of `row` now, whether or not it is published yet."""
    noun = noun_of(row)
    return PublicView(
        noun.kind, noun.key(row), noun.data(row), noun.commitment(row), noun.is_demo(row)
    )
