"""The whole form of a plan: typed, stored, handed in, with one row more or less."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commitments.errors import Refusal
from commitments.forms.plan.offered import Offered, find_sources
from commitments.forms.plan.rows import ROW_SETS, BaseRowSet, SourceSet
from commitments.forms.plan.whole import PlanForm
from commitments.models import Confidence, Part, Source
from commitments.rules.commitments import MOST_ROWS, CommitmentSaid, SourceSaid
from commitments.rules.dates import LimitedDate
from commitments.text.display import active_language
from commitments.text.typed import typed_day, typed_figure, typed_limited

Row = dict[str, str]
NAMES: dict[str, tuple[str, ...]] = {
    name: tuple(rows.form.base_fields) for name, rows in ROW_SETS.items()
}
"""What is typed of a row of each kind, in the order in which it is asked."""

NEW: dict[str, Row] = {"parts": {"confidence": Confidence.CONFIRMED, "role": Part.PARTNER}}
"""What stands in a new row already."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A plan as a person would type it into the form, whoever did."""

    fields: dict[str, str]
    rows: dict[str, list[Row]]

    @property
    def bodies(self) -> set[str]:
        """The organisations that its rows name."""
        return {row.get("organisation", "") for row in self.rows["parts"]}


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The parts of the form that are shown, checked and kept together."""

    form: PlanForm
    rows: dict[str, BaseRowSet]

    @property
    def parts(self) -> tuple[forms.BaseForm | BaseRowSet, ...]:
        return (self.form, *self.rows.values())

    def is_valid(self) -> bool:
        """Checks every part, so that every error shows at once."""
        found = [part.is_valid() for part in self.parts]
        return all(found)

    def has_errors(self) -> bool:
        return any(
            part.total_error_count() if isinstance(part, BaseRowSet) else part.errors
            for part in self.parts
        )

    def said(self) -> CommitmentSaid:
        """What was typed, for services and rules."""
        rows: dict[str, Any] = {name: row_set.said() for name, row_set in self.rows.items()}
        return CommitmentSaid(**self.form.said(), **rows)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Put what a better form could mend (422) where it belongs; all else is passed on."""
        try:
            yield
        except Refusal as refused:
            if refused.status != Refusal.status:
                raise
            self.answer(refused.refusals)

    def answer(self, refusals: list[Refusal]) -> None:
        for refusal in refusals:
            name = (refusal.field or "").split("-")[0]
            if name in self.rows:
                self.rows[name].answer(refusal)
            else:
                error = ValidationError(refusal.text, code=refusal.code)
                self.form.add_error(self._field(refusal), error)

    def _field(self, refusal: Refusal) -> str | None:
        name = refusal.field or ""
        readers = f"{name.removesuffix('_vi')}_{active_language()}"
        if name.endswith("_vi") and refusal.code.endswith("_missing"):
            return readers
        return name if name in self.form.fields else None


def sheet_to_fill(offered: Offered, typed: Typed) -> PlanSheet:
    """The form with something in it and no complaint."""
    rows = {
        name: row_set(initial=typed.rows[name], prefix=name, form_kwargs={"offered": offered})
        for name, row_set in ROW_SETS.items()
    }
    sources = rows["sources"]
    assert isinstance(sources, SourceSet)
    sources.name_known(known_in(offered, typed))
    return PlanSheet(PlanForm(initial=typed.fields, offered=offered), rows)


def sheet_handed_in(offered: Offered, data: Any) -> PlanSheet:
    """The form as it was sent."""
    rows = {
        name: row_set(data, prefix=name, form_kwargs={"offered": offered})
        for name, row_set in ROW_SETS.items()
    }
    return PlanSheet(PlanForm(data, offered=offered), rows)


def known_in(offered: Offered, typed: Typed) -> Mapping[str, Source]:
    slugs = [row.get("slug", "") for row in typed.rows["sources"]]
    return find_sources(offered.programme, slugs=slugs, urls=(), titles=()).by_slug


def typed_again(data: Any) -> Typed:
    """What was sent, as it was typed, unchecked."""
    fields = {name: data.get(name, "") for name in PlanForm.base_fields}
    return Typed(fields, {name: list(_typed_rows(data, name)) for name in ROW_SETS})


def _typed_rows(data: Any, name: str) -> Iterator[Row]:
    for index in range(MOST_ROWS[name] + 1):
        row = {cell: data.get(f"{name}-{index}-{cell}") for cell in NAMES[name]}
        if all(value is None for value in row.values()):
            return
        yield {cell: value or "" for cell, value in row.items()}


def empty_sheet() -> Typed:
    """What stands in the form at first: room for the lead and for one source."""
    rows: dict[str, list[Row]] = {name: [] for name in ROW_SETS}
    rows["parts"] = [new_row("parts") | {"role": Part.LEAD}]
    rows["sources"] = [new_row("sources")]
    return Typed(dict.fromkeys(PlanForm.base_fields, ""), rows)


def new_row(name: str) -> Row:
    return dict.fromkeys(NAMES[name], "") | NEW.get(name, {})


def with_new_row(typed: Typed, name: str) -> Typed:
    return replace(typed, rows=typed.rows | {name: [*typed.rows[name], new_row(name)]})


def without_row(typed: Typed, name: str, index: int) -> Typed:
    kept = [row for number, row in enumerate(typed.rows[name]) if number != index]
    return replace(typed, rows=typed.rows | {name: kept})


def typed_of(said: CommitmentSaid, offered: Offered) -> Typed:
    """A sheet as it would be typed; a source that it names by its slug is told in full."""
    fields = {name: typed_cell(getattr(said, name)) for name in PlanForm.base_fields}
    rows = {
        name: [
            {cell: typed_cell(getattr(row, cell)) for cell in NAMES[name]}
            for row in getattr(said, name)
        ]
        for name in ROW_SETS
    }
    typed = Typed(fields, rows)
    known = known_in(offered, typed)
    rows["sources"] = [
        _told(row, known) if not one.title else row
        for one, row in zip(said.sources, rows["sources"], strict=True)
    ]
    return typed


def _told(row: Row, known: Mapping[str, Source]) -> Row:
    source = known.get(row["slug"])
    if source is None:
        return row
    cells = {cell: getattr(source, cell) for cell in NAMES["sources"]}
    return cells | {"published": typed_limited(source.published)}


def typed_cell(value: Any) -> str:
    """A value as it would be typed in the page's language."""
    match value:
        case None:
            return ""
        case LimitedDate():
            return typed_limited(value.text)
        case str():
            return str(value)
        case int():
            return str(value)
    return typed_day(value) if hasattr(value, "day") else typed_figure(value, active_language())


def source_said(cleaned: Mapping[str, Any]) -> SourceSaid:
    """One source that stands alone in a form."""
    return SourceSaid(**{name: cleaned[name] for name in NAMES["sources"]})
