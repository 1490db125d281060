"""A change request in plain values, and what has to be known to judge it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from commitments.rules.changes.spelling import Json

MOST_SUCCESSORS = 20
"""Into how many commitments one may be split."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeAsked:
    """What is asked for; `proposed` is spelled already."""

    kind: str
    subject: str = ""
    proposed: Json = field(default_factory=dict)
    reason_vi: str = ""
    reason_en: str = ""
    stated_on: date | None = None
    has_source: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Bodies and commitments of the same world (record or demonstration), by slug.

    `merged` holds those that exist no more, each with its successor's name; `successors` the
    commitments that may take the place of this one.
    """

    organisations: Collection[str] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    successors: Collection[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """The commitment as it stands: `stands` in the shape of what is proposed, or None where
    what the request is about does not exist."""

    stands: Json | None
    known: Known = field(default_factory=Known)
    reporting_is_open: bool = False
