"""A commitment's plan as rows of the sheets of `plan`, and the tables that hold them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from commitments.models import Measurement
from commitments.rules.commitments import CommitmentSaid
from commitments.rules.dates import LimitedDate
from commitments.sheets.plan import GUIDE, SHEETS, Field, Kind, Sheet
from commitments.sheets.tables import Column, Table, Value

WIDTHS = {Kind.LONG: 50, Kind.TEXT: 34, Kind.SLUG: 30, Kind.SLUGS: 30}
_CHILDREN = {"participations": "parts", "targets": "targets", "milestones": "milestones"}


@dataclass(frozen=True, slots=True)
class Planned:
    """A commitment's plan with what stands beside it in a file, only to be read."""

    said: CommitmentSaid
    reference: str
    state: str


def table_of(
    sheet: Sheet,
    rows: Iterable[Sequence[Value]],
    choices: Mapping[str, Sequence[str]] | None = None,
) -> Table:
    """The sheet with its columns; `choices` of a column that depend on the programme."""
    return Table(sheet.name, [_column(one, choices or {}) for one in sheet.fields], rows)


def _column(field: Field, choices: Mapping[str, Sequence[str]]) -> Column:
    return Column(
        field.key,
        field.heading,
        width=WIDTHS.get(field.kind, 18),
        choices=field.values or choices.get(field.key, ()),
        is_figure=field.kind in (Kind.FIGURE, Kind.WHOLE),
    )


def rows_of(sheet: Sheet, planned: Iterable[Planned]) -> Iterator[list[Value]]:
    """The rows of a sheet of the plan, in the order of its columns."""
    for one in planned:
        if sheet.name == "commitments":
            yield _row(sheet, one.said, {"reference": one.reference, "state": one.state})
            continue
        for child in getattr(one.said, _CHILDREN[sheet.name]):
            yield _row(sheet, child, {"commitment": one.said.slug})


def measured_rows(sheet: Sheet, measured: Iterable[Measurement]) -> Iterator[list[Value]]:
    """Published values, each with the update that said it."""
    for one in measured:
        beside = {
            "commitment": one.update.commitment.slug,
            "target": one.target.number,
            "unit": one.target.unit,
            "update": one.update.number,
            "stated_by": one.update.speaker,
        }
        yield _row(sheet, one, beside)


def _row(sheet: Sheet, said: Any, beside: Mapping[str, Any]) -> list[Value]:
    return [
        beside[field.key] if field.key in beside else _value(getattr(said, field.key))
        for field in sheet.fields
    ]


def _value(value: Any) -> Value:
    match value:
        case LimitedDate():
            return value.text
        case tuple():
            return ", ".join(one.slug for one in value)
        case _:
            return value  # type: ignore[no-any-return]


def guide(choices: Mapping[str, Mapping[str, Sequence[str]]]) -> Table:
    """What goes into which column, for whoever fills in a template; nothing is read from it."""
    columns = [
        Column("sheet", _("Sheet"), 18),
        Column("column", _("Column"), 18),
        Column("heading", _("Heading"), 30),
        Column("needed", _("Needed"), 12),
        Column("help", _("What goes there"), 60),
        Column("values", _("Allowed values"), 60),
    ]
    return Table(GUIDE, columns, _guide_rows(choices))


def _guide_rows(choices: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[list[Value]]:
    for sheet in SHEETS.values():
        for field in sheet.fields:
            values = field.values or choices.get(sheet.name, {}).get(field.key, ())
            yield [
                sheet.name,
                field.key,
                str(field.heading),
                _needed_words(field),
                str(field.help),
                ", ".join(_labelled(field, values)),
            ]


def _needed_words(field: Field) -> str:
    if field.shown:
        return _("only shown")
    return _("always") if field.needed else ""


def _labelled(field: Field, values: Sequence[str]) -> list[str]:
    """Each value with its label, where it has one."""
    labels = dict(field.choices.choices) if field.choices else {}
    return [f"{one} ({labels[one]})" if one in labels else one for one in values]
