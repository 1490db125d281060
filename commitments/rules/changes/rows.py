"""A proposed target or milestone, judged by the rules of a commitment's sheet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.rules.changes.spelling import (
    DAYS,
    FIGURES,
    Json,
    read_day,
    read_limited,
    read_plain,
)
from commitments.rules.commitments import CommitmentSaid, MilestoneSaid, TargetSaid
from commitments.rules.commitments import Known as SheetKnown
from commitments.rules.commitments.rows import check_rows
from commitments.rules.dates import parse_day

_NOTHING = SheetKnown(organisations={}, priorities={}, sources={}, slugs={})


def check_target(proposed: Json, today: date) -> Iterator[Refusal]:
    yield from _unreadable(proposed)
    said = TargetSaid(number=1, **_values(proposed))
    yield from _of_the_row(CommitmentSaid(targets=(said,)), today)


def check_milestone(proposed: Json, today: date) -> Iterator[Refusal]:
    said = MilestoneSaid(number=1, **_values(proposed))
    yield from _of_the_row(CommitmentSaid(milestones=(said,)), today)


def _values(proposed: Json) -> dict[str, Any]:
    """The plain values as the sheet's rules take them; what cannot be read counts as not given."""
    return {name: _value(name, value) for name, value in proposed.items()}


def _value(name: str, value: Any) -> Any:
    if name in FIGURES:
        return read_plain(value)
    if name in DAYS:
        return read_day(value)
    return read_limited(value) if name == "due" else value


def _unreadable(proposed: Json) -> Iterator[Refusal]:
    for name in FIGURES:
        if proposed[name] is not None and read_plain(proposed[name]) is None:
            text = _("Please write digits only, for example 1234 or 22.5.")
            yield Invalid("figure_unreadable", text, name)
    for name in DAYS:
        if proposed[name]:
            try:
                parse_day(proposed[name], name)
            except Refusal as refused:
                yield refused


def _of_the_row(said: CommitmentSaid, today: date) -> Iterator[Refusal]:
    """The refusals at the row's cells, at the fields of a form that holds one row alone."""
    for refusal in check_rows(said, _NOTHING, today=today):
        cell = (refusal.field or "").rpartition("-0-")[2]
        yield Invalid(refusal.code, refusal.text, cell or None)
