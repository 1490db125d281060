"""Figures of many commitments at once: each commitment's rows stand or fall together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Refusal, WrongState
from commitments.models import Commitment, Organisation, Origin, StatusUpdate, Target, User
from commitments.rules.measured import check_target, check_value
from commitments.services import drafts
from commitments.services.citations import said_of
from commitments.services.reporting.updates import check_leading

Values = list["Value"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """One figure: of which commitment, against the target of which number, as of which day."""

    index: int
    commitment: str
    target: int
    value: Decimal
    as_of_on: date | None = None


@dataclass(frozen=True, slots=True)
class ValueKept:
    """What became of one row: the draft that it stands in, or why it was refused."""

    index: int
    update: StatusUpdate | None = None
    refused: Refusal | None = None


class UnknownCommitment(Refusal):
    """No public commitment has this slug."""

    status = 404
    default_code = "commitment_unknown"
    default_text = _("There is no public commitment with this slug.")


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known of the commitments named, asked once for all rows."""

    commitments: Mapping[str, Commitment]
    targets: Mapping[tuple[int, int], Target]


def report_values(
    *, body: Organisation, author: User, values: Sequence[Value], today: date, now: datetime
) -> list[ValueKept]:
    """Put each figure into the author's open draft of its commitment, begun where there is none.

    A figure without a day is as of the day of the draft, of a new one as of `today`. What is
    wrong with a row refuses every row of its commitment, and no other. In the order of `values`.
    """
    grouped: dict[str, Values] = defaultdict(list)
    for one in values:
        grouped[one.commitment].append(one)
    around = _around(grouped)
    found = [
        kept
        for slug, rows in grouped.items()
        for kept in _of_one(slug, rows, around, body, author, today, now)
    ]
    return sorted(found, key=lambda kept: kept.index)


def _around(grouped: Mapping[str, Values]) -> _Around:
    rows = Commitment.objects.public().filter(slug__in=grouped)
    commitments = {row.slug: row for row in rows.select_related("programme").with_bodies()}
    keys = [row.pk for row in commitments.values()]
    targets = Target.objects.filter(commitment__in=keys).select_related("replaced_by")
    return _Around(commitments, {(one.commitment_id, one.number): one for one in targets})


def _of_one(
    slug: str,
    rows: Values,
    around: _Around,
    body: Organisation,
    author: User,
    today: date,
    now: datetime,
) -> list[ValueKept]:
    """The rows of one commitment, in a savepoint of their own."""
    try:
        commitment = around.commitments.get(slug)
        if commitment is None:
            raise UnknownCommitment
        check_leading(body=body, commitment=commitment)
        measured, faults = _judged(commitment, rows, around, today)
        if faults:
            rest = Invalid("other_row_refused", _OTHER_ROW)
            return [ValueKept(one.index, refused=faults.get(one.index, rest)) for one in rows]
        days = {one.as_of_on for one in rows if one.as_of_on}
        draft = _keep(commitment, body, author, measured, next(iter(days), None), today, now)
    except Refusal as refused:
        return [ValueKept(one.index, refused=refused) for one in rows]
    return [ValueKept(one.index, update=draft) for one in rows]


_OTHER_ROW = _("Another row of this commitment cannot be accepted, so none of them was kept.")


def _judged(
    commitment: Commitment, rows: Values, around: _Around, today: date
) -> tuple[dict[int, Decimal], dict[int, Refusal]]:
    """The figure of each target by its id, and by index what is wrong with a row."""
    measured: dict[int, Decimal] = {}
    faults: dict[int, Refusal] = {}
    first_day = next((one.as_of_on for one in rows if one.as_of_on), None)
    for one in rows:
        try:
            found = around.targets.get((commitment.pk, one.target))
            target = check_target(one.target, found, field="target")
            check_value(one.value, target, field="value")
            _check_day(one, first_day, today)
            if target.pk in measured:
                raise Invalid("target_twice", TWICE, "target")
            measured[target.pk] = one.value
        except Refusal as refused:
            faults[one.index] = refused
    return measured, faults


TWICE = _("Another row gives a figure of this target. Please keep one of the two.")


def _check_day(one: Value, first_day: date | None, today: date) -> None:
    if one.as_of_on and one.as_of_on > today:
        text = _("The as-of date lies in the future. Please give today or an earlier day.")
        raise Invalid("as_of_in_future", text, "as_of_on")
    if one.as_of_on and one.as_of_on != first_day:
        raise Invalid("other_day", _OTHER_DAY, "as_of_on")


_OTHER_DAY = _(
    "Another row gives figures of this commitment for another day. One update speaks of one day; "
    "please report the other one when this one is handed in."
)


@transaction.atomic
def _keep(
    commitment: Commitment,
    body: Organisation,
    author: User,
    measured: Mapping[int, Decimal],
    day: date | None,
    today: date,
    now: datetime,
) -> StatusUpdate:
    """Into the one open draft; what stands in it already stays, but for the same targets."""
    draft = drafts.start_draft(
        commitment=commitment, author=author, today=today, now=now, origin=Origin.API
    )
    if draft.body_id != body.pk:
        raise Forbidden
    is_new = draft.created_at == now and draft.version == 1
    if day and draft.as_of_on and not is_new and day != draft.as_of_on:
        text = format_lazy(_DAY_OF_DRAFT, day=draft.as_of_on.isoformat())
        raise WrongState("draft_of_other_day", text, "as_of_on")
    stands = {one.target_id: one.value for one in draft.measurements.all()}
    return drafts.save_draft(
        update=draft,
        author=author,
        said={"as_of_on": day} if day else {},
        evidence=said_of(draft),
        measured=stands | dict(measured),
        version=draft.version,
        now=now,
    )


_DAY_OF_DRAFT = _(
    "The draft that was begun here speaks of {day}. Please hand it in or change its day first."
)
