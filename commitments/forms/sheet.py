"""The whole update form: its fields and its rows of evidence, typed, stored or handed in."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from commitments.errors import Refusal
from commitments.forms.evidence import (
    APART,
    NAMES,
    PREFIX,
    BaseEvidenceFormSet,
    EvidenceFormSet,
    typed_rows,
)
from commitments.forms.refusals import refusals_on
from commitments.forms.update import Asked, UpdateForm, figure_name
from commitments.models import Forecast, Source, StatusUpdate, StoredFile
from commitments.services.citations import EvidenceSaid
from commitments.services.drafts import SAID
from commitments.text.display import active_language
from commitments.text.typed import typed_day, typed_figure, typed_limited

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """An update as a person would type it into the form, whoever did."""

    fields: dict[str, str]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The two parts of the form that are shown, checked and kept together."""

    form: UpdateForm
    evidence: BaseEvidenceFormSet

    def is_valid(self) -> bool:
        """Checks both parts, so that every error shows at once."""
        return all([self.form.is_valid(), self.evidence.is_valid()])

    def ask_for_all(self) -> None:
        """Point at what a row of evidence lacks before it can be handed in."""
        for row in self.evidence.forms:
            row.ask_for_all()

    def refusals(self, *, only_once: bool = False) -> AbstractContextManager[None]:
        """A context in which what a service refuses is answered at the field.

        `only_once`: not where the field says already what is wrong with it.
        """
        return refusals_on(self.form, self.evidence, only_once=only_once)

    def said_so_far(self) -> dict[str, Any]:
        """What could be read of the form; a text that could not, as it was typed."""
        as_typed = {
            name: self.form[name].data or ""
            for name in SAID
            if name in self.form.fields and name not in self.form.cleaned_data
        }
        return as_typed | {"as_of_on": None} | self.form.said()

    def rows_filled(self) -> int:
        return sum(not row.is_empty for row in self.evidence.forms)

    def to_keep(self) -> dict[str, Any]:
        """The arguments of the services that keep a draft."""
        return {
            "said": self.form.said(),
            "evidence": self.evidence.rows(),
            "measured": self.form.measured(),
        }

    def typed(self) -> Typed:
        """What was typed, spelled as it would be stored; for comparison with what is."""
        said = self.form.said()
        fields = _typed_columns(said) | {
            figure_name(key): typed_figure(value, active_language())
            for key, value in self.form.measured().items()
        }
        return Typed(fields, [_typed_row(row) for row in self.evidence.rows()])


Faults = Mapping[int, Refusal]
"""Why the upload of a row was not kept, by the number of the row."""


def sheet_to_fill(asked: Asked, typed: Typed, faults: Faults | None = None) -> Sheet:
    """The form with something in it and no complaint, but for uploads that were not kept."""
    rows: Sequence[Mapping[str, Any]] = typed.rows
    given = {"files": _files(asked, typed.rows), "suggest": asked.suggest}
    evidence = EvidenceFormSet(initial=rows, prefix=PREFIX, form_kwargs=given)
    evidence.faults = faults or {}
    return Sheet(UpdateForm(initial=typed.fields, asked=asked), evidence)


def sheet_handed_in(asked: Asked, data: Any, faults: Faults | None = None) -> Sheet:
    """The form as it was sent."""
    given = {"files": _files(asked, typed_rows(data)), "suggest": asked.suggest}
    evidence = EvidenceFormSet(data, prefix=PREFIX, form_kwargs=given)
    evidence.faults = faults or {}
    return Sheet(UpdateForm(data, asked=asked), evidence)


def _files(asked: Asked, rows: Sequence[Row]) -> dict[int, StoredFile]:
    """The files of these rows that the author may give, in one query."""
    typed = {row["file"] for row in rows}
    wanted = {int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 18}
    if asked.files is None or not wanted:
        return {}
    return {file.pk: file for file in asked.files.filter(pk__in=wanted)}


def as_data(typed: Typed) -> dict[str, str]:
    """The same as a browser would send it."""
    rows = {
        f"{PREFIX}-{index}-{name}": value
        for index, row in enumerate(typed.rows)
        for name, value in row.items()
    }
    count = {f"{PREFIX}-TOTAL_FORMS": str(len(typed.rows)), f"{PREFIX}-INITIAL_FORMS": "0"}
    return typed.fields | rows | count


def typed_again(asked: Asked, data: Any) -> Typed:
    """What was sent, as it was typed, unchecked."""
    fields = UpdateForm(asked=asked).fields
    return Typed({name: data.get(name, "") for name in fields}, typed_rows(data))


def typed_of(update: StatusUpdate) -> Typed:
    """What is stored, as it would be typed."""
    fields = _typed_columns({name: getattr(update, name) for name in SAID}) | {
        figure_name(one.target_id): typed_figure(one.value, active_language())
        for one in update.measurements.all()
    }
    rows = [
        {
            "title": one.source.title,
            "publisher": one.source.publisher,
            "url": one.source.url,
            "published": typed_limited(one.source.published),
            "relation": one.relation,
            "shows": one.shows,
            "file": str(one.source.file_id or ""),
        }
        for one in update.evidence.all()
    ]
    return Typed(fields, rows)


def _typed_columns(said: Mapping[str, Any]) -> dict[str, str]:
    typed = {name: str(said.get(name) or "") for name in SAID if name != "as_of_on"}
    forecast = "" if typed["forecast"] == Forecast.NOT_GIVEN else typed["forecast"]
    return typed | {"forecast": forecast, "as_of_on": typed_day(said.get("as_of_on"))}


def _typed_row(row: EvidenceSaid) -> Row:
    published = typed_limited(row.published.text) if row.published else ""
    typed = {name: getattr(row, name) for name in NAMES if name not in APART}
    return typed | {"published": published, "file": str(row.file_id or "")}


def with_empty_row(typed: Typed) -> Typed:
    return Typed(typed.fields, [*typed.rows, dict.fromkeys(NAMES, "")])


def with_source(typed: Typed, index: int, source: Source) -> Typed:
    """A row about a publication that is known already; what it shows is the author's to say."""
    known = {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "published": typed_limited(source.published),
        "file": str(source.file_id or ""),
    }
    rows = [row | known if at == index else row for at, row in enumerate(typed.rows)]
    return Typed(typed.fields, rows)


def without_file(typed: Typed, index: int) -> Typed:
    rows = [row | {"file": ""} if at == index else row for at, row in enumerate(typed.rows)]
    return Typed(typed.fields, rows)


def without_row(typed: Typed, index: int) -> Typed:
    rows = [row for number, row in enumerate(typed.rows) if number != index]
    return Typed(typed.fields, rows)
