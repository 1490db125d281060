"""What notices are about, in words and with its page: so many queries a kind, however many."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from commitments.models import (
    ChangeRequest,
    Commitment,
    Evidence,
    Milestone,
    Obligation,
    StatusUpdate,
    User,
)
from commitments.reports.changes import heading
from commitments.text.display import limited_date, said_text
from commitments.text.periods import period_name

Key = tuple[str, int]
"""The kind and id of a thing."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a notice is about; `page` and `argument` name the page of staff that shows it."""

    commitment: Commitment | None
    words: str
    page: str = ""
    argument: str | int = ""


def things_of(keys: Iterable[Key]) -> dict[Key, Thing]:
    """Each of these that is still known."""
    asked: dict[str, set[int]] = defaultdict(set)
    for kind, key in keys:
        asked[kind].add(key)
    return {
        (kind, key): thing
        for kind, own in asked.items()
        if kind in _KINDS
        for key, thing in _KINDS[kind](own)
    }


Found = Iterator[tuple[int, Thing]]


def _rows(rows: QuerySet[Any], keys: Collection[int]) -> QuerySet[Any]:
    return rows.filter(pk__in=keys).select_related("commitment__programme")


def _of_commitment(commitment: Commitment, words: str) -> Thing:
    return Thing(commitment, words, "staff:commitment-detail", commitment.slug)


def _obligations(keys: Collection[int]) -> Found:
    for row in _rows(Obligation.objects.select_related("period"), keys):
        period = period_name(row.period.starts_on, row.period.ends_on)
        words = _("Update for {period}, due on {day}")
        said = words.format(period=period, day=limited_date(row.period.due_on))
        yield row.pk, _of_commitment(row.commitment, said)


def _milestones(keys: Collection[int]) -> Found:
    for row in _rows(Milestone.objects.all(), keys):
        words = _("Milestone {number}: {title}, due {day}")
        said = words.format(
            number=row.number, title=said_text(row, "title"), day=limited_date(row.due)
        )
        yield row.pk, _of_commitment(row.commitment, said)


def _commitments(keys: Collection[int]) -> Found:
    for row in Commitment.objects.filter(pk__in=keys).select_related("programme"):
        said = _("The commitment itself, due {day}").format(day=limited_date(row.due))
        yield row.pk, _of_commitment(row, said)


def _charges(keys: Collection[int]) -> Found:
    for row in Commitment.objects.filter(pk__in=keys).select_related("programme"):
        yield row.pk, _of_commitment(row, _("Nobody reports on it"))


def _updates(keys: Collection[int]) -> Found:
    for row in _rows(StatusUpdate.objects.select_related("author"), keys):
        said = _("Update as of {day}, by {person}")
        words = said.format(day=limited_date(row.as_of_on), person=row.author)
        yield row.pk, Thing(row.commitment, words, "staff:update-detail", row.pk)


def _changes(keys: Collection[int]) -> Found:
    for row in _rows(ChangeRequest.objects.all(), keys):
        said = _("Change request: {what}").format(what=heading(row))
        yield row.pk, Thing(row.commitment, said, "staff:change-detail", row.pk)


def _evidence(keys: Collection[int]) -> Found:
    rows = Evidence.objects.filter(pk__in=keys)
    for row in rows.select_related("source", "update__commitment__programme"):
        said = _("Source: {source}").format(source=row.source.title)
        yield row.pk, _of_commitment(row.update.commitment, said)


def _addresses(keys: Collection[int]) -> Found:
    for row in User.objects.filter(pk__in=keys):
        said = _("Mail does not reach {person}").format(person=row)
        yield row.pk, Thing(None, said, "staff:person-detail", row.pk)


_KINDS: Mapping[str, Callable[[Collection[int]], Found]] = {
    "obligation": _obligations,
    "milestone": _milestones,
    "commitment": _commitments,
    "charge": _charges,
    "update": _updates,
    "change": _changes,
    "evidence": _evidence,
    "address": _addresses,
}
