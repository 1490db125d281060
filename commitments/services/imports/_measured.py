"""Judges the rows of values: they become drafts of whoever reports for the body."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal, Text
from commitments.models import (
    Commitment,
    Measurement,
    Programme,
    StatusUpdate,
    Target,
    UpdateState,
    User,
)
from commitments.rules import access
from commitments.rules.measured import NO_TARGET, REPLACED, check_value
from commitments.services.drafts import OTHER_DRAFT
from commitments.services.imports._outcome import NEW, UNCHANGED, Measured, Outcome, spelled
from commitments.services.imports._present import State
from commitments.sheets.said import FileSaid, Row

SHEET = "measurements"
_NEEDED = ("commitment", "target", "as_of_on", "value")


class Wrong(Exception):  # noqa: N818  (what it says)
    """Why a row cannot be taken, and at which column."""

    def __init__(self, column: str, text: Text) -> None:
        super().__init__(column, text)
        self.column, self.text = column, text


@dataclass(frozen=True, slots=True)
class Reported:
    """What was reported in a programme, and what the person may report; by commitment's key."""

    person: User
    commitments: dict[str, Commitment]
    targets: dict[tuple[str, int], Target]
    public: set[tuple[int, date, Decimal]]
    drafted: dict[str, set[tuple[int, date, Decimal]]]


def judge_values(
    said: FileSaid, state: State, outcome: Outcome, *, person: User, today: date
) -> None:
    """Find which values are new, and what is wrong with them."""
    rows = [row for row in said.rows(SHEET) if all(name in row.values for name in _NEEDED)]
    if not rows:
        return
    reported = _reported(state.programme, person)
    fresh: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        slug = state.key_of(row.text("commitment"))
        try:
            target = _target(row, slug, state, reported)
            if _is_known(row, slug, target, reported):
                outcome.count(SHEET, row.number, UNCHANGED, slug, [])
                continue
            _check(row, slug, target, reported, fresh[slug], today)
        except Wrong as wrong:
            value = spelled(row.values[wrong.column])
            fault = said.sheets[SHEET].fault(row.number, wrong.column, wrong.text, value)
            outcome.blame([fault])
            continue
        fresh[slug][target.pk] = row
        cells = [(key, "", row.values[key]) for key in _NEEDED[1:]]
        outcome.count(SHEET, row.number, NEW, slug, cells)
    outcome.measured += list(_gathered(fresh, reported))


def _gathered(fresh: dict[str, dict[int, Row]], reported: Reported) -> Iterator[Measured]:
    for slug, rows in fresh.items():
        for row in list(rows.values())[:1]:
            day: Any = row.values["as_of_on"]
            values: dict[int, Any] = {pk: one.values["value"] for pk, one in rows.items()}
            yield Measured(reported.commitments[slug].pk, day, values)


def _reported(programme: Programme, person: User) -> Reported:
    """As many queries for every programme."""
    public = Commitment.objects.public().filter(programme=programme)
    commitments = {row.slug: row for row in public.select_related("programme").with_bodies()}
    targets = Target.objects.filter(commitment__in=public).select_related("replaced_by")
    published = StatusUpdate.objects.public().filter(commitment__in=public)
    values = Measurement.objects.filter(update__in=published)
    drafts = StatusUpdate.objects.filter(
        commitment__in=public, author=person, state=UpdateState.DRAFT
    )
    drafted: dict[str, set[tuple[int, date, Decimal]]] = {}
    for draft in drafts.select_related("commitment").prefetch_related("measurements"):
        drafted[draft.commitment.slug] = {_triple(one) for one in draft.measurements.all()}
    slugs = {row.pk: row.slug for row in commitments.values()}
    return Reported(
        person,
        commitments,
        {(slugs[one.commitment_id], one.number): one for one in targets},
        {_triple(one) for one in values.only("target_id", "as_of_on", "value")},
        drafted,
    )


def _triple(one: Measurement) -> tuple[int, date, Decimal]:
    return one.target_id, one.as_of_on, one.value


def _target(row: Row, slug: str, state: State, reported: Reported) -> Target:
    if slug not in reported.commitments:
        text = _DRAFT if slug in state.commitments else _UNKNOWN
        raise Wrong("commitment", text)
    number: Any = row.values["target"]
    found = reported.targets.get((slug, number))
    if found is None or found.value is None:
        raise Wrong("target", format_lazy(NO_TARGET, number=number))
    return found


_UNKNOWN = _("This programme has no public commitment with this key.")
_DRAFT = _("This commitment is a draft. Figures can be reported once it is public.")


def _is_known(row: Row, slug: str, target: Target, reported: Reported) -> bool:
    """Whether the very same is public, or stands in the person's own draft."""
    said: Any = (target.pk, row.values["as_of_on"], row.values["value"])
    return said in reported.public or said in reported.drafted.get(slug, set())


def _check(
    row: Row, slug: str, target: Target, reported: Reported, rows: dict[int, Row], today: date
) -> None:
    """Raise Wrong for what the update form would refuse too."""
    day: Any = row.values["as_of_on"]
    value: Any = row.values["value"]
    if not access.may_report(reported.person, reported.commitments[slug]):
        raise Wrong("commitment", _NOT_YOURS)
    if slug in reported.drafted:
        raise Wrong("commitment", OTHER_DRAFT)
    if hasattr(target, "replaced_by"):
        raise Wrong("target", REPLACED)
    if day > today:
        text: Text = _("The as-of date lies in the future. Please give today or an earlier day.")
        raise Wrong("as_of_on", text)
    if any(one.values["as_of_on"] != day for one in rows.values()):
        raise Wrong("as_of_on", _OTHER_DAY)
    if target.pk in rows:
        text = _("Row {row} says the same already. Please keep one of the two.")
        raise Wrong("target", format_lazy(text, row=rows[target.pk].number))
    try:
        check_value(value, target)
    except Refusal as refused:
        raise Wrong("value", refused.text) from refused


_NOT_YOURS = _(
    "You do not report for the body that answers for this commitment, or it is closed. A figure "
    "that is public already has to stand as it was published."
)
_OTHER_DAY = _(
    "Another row gives figures of this commitment for another day. One file makes one update of "
    "each commitment; please put the other day into a file of its own, later."
)
