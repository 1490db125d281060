"""Judges the rows of a plan: what each commitment would say, by the rules of the form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal, Text
from commitments.rules.commitments import (
    CommitmentSaid,
    MilestoneSaid,
    PartSaid,
    SourceSaid,
    TargetSaid,
    check_draft,
    in_order,
)
from commitments.services.imports._outcome import (
    CHANGED,
    NEW,
    UNCHANGED,
    Cells,
    Draft,
    Outcome,
    spelled,
)
from commitments.services.imports._present import Present, State
from commitments.sheets.said import Fault, FileSaid, Row

COMMITMENTS = "commitments"
_PLACE = re.compile(r"(parts|targets|milestones)(?:-(\d+)-(\w+))?")
Key = tuple[Any, ...]


class Child(NamedTuple):
    """A sheet whose rows hang on commitments."""

    sheet: str
    name: str
    made: type[PartSaid] | type[TargetSaid] | type[MilestoneSaid]
    key: tuple[str, ...]

    def key_of(self, row: Any) -> Key:
        return tuple(getattr(row, name) for name in self.key)


CHILDREN = (
    Child("participations", "parts", PartSaid, ("organisation", "role")),
    Child("targets", "targets", TargetSaid, ("number",)),
    Child("milestones", "milestones", MilestoneSaid, ("number",)),
)
_BY_NAME = {child.name: child for child in CHILDREN}
_OWN = {one.name for one in fields(CommitmentSaid)} - {"slug"}


@dataclass(slots=True)
class Entry:
    """All rows of a file about one commitment, and what it says already."""

    slug: str
    present: Present | None
    row: Row | None = None
    children: dict[str, dict[Key, Row]] = field(default_factory=dict)

    @property
    def before(self) -> CommitmentSaid:
        return self.present.said if self.present else CommitmentSaid(slug=self.slug)

    @property
    def is_public(self) -> bool:
        return self.present is not None and self.present.is_public


def judge_plans(said: FileSaid, state: State, outcome: Outcome, today: date) -> None:
    """Find what every commitment of the file would say, and what is wrong with it."""
    entries = dict(_commitments(said, state, outcome))
    for child in CHILDREN:
        _gather(child, said, state, entries, outcome)
    for entry in entries.values():
        after = _after(entry)
        if entry.is_public:
            outcome.blame(_frozen(entry, said))
        elif after != entry.before or entry.present is None:
            own = entry.slug if entry.present else ""
            refusals = check_draft(after, state.known, today=today, own_slug=own)
            outcome.blame(_placed(one, entry, after, said) for one in refusals)
            _keep(entry, after, outcome)
        _count(entry, outcome)


def _keep(entry: Entry, after: CommitmentSaid, outcome: Outcome) -> None:
    if entry.present is None:
        outcome.created.append(after)
    else:
        outcome.saved.append(Draft(entry.present.pk, entry.present.version, after))


def _commitments(said: FileSaid, state: State, outcome: Outcome) -> Iterator[tuple[str, Entry]]:
    seen: dict[str, int] = {}
    for row in said.rows(COMMITMENTS):
        slug, wrong = _called(row, state)
        if slug in seen:
            text = _("This commitment stands in row {row} already.")
            wrong = ("slug", format_lazy(text, row=seen[slug]))
        if wrong:
            value = row.text(wrong[0])
            outcome.blame([said.sheets[COMMITMENTS].fault(row.number, *wrong, value)])
            continue
        seen[slug] = row.number
        yield slug, Entry(slug, state.commitments.get(slug), row)


def _called(row: Row, state: State) -> tuple[str, tuple[str, Text] | None]:
    """The key of the commitment that a row is about, or why it is about none."""
    slug, reference = row.text("slug"), row.text("reference").upper()
    if not slug and reference:
        slug = state.by_reference.get(reference, "")
        return (slug, None) if slug else ("", ("reference", _NO_REFERENCE))
    if not slug:
        return "", ("slug", _NO_KEY)
    present = state.commitments.get(slug)
    if reference and reference != (present.reference if present else ""):
        return slug, ("reference", _OTHER_REFERENCE)
    return slug, None


_NO_KEY = _("Please give the commitment a key, for example test-programme-website.")
_NO_REFERENCE = _("No commitment of this programme has this reference.")
_OTHER_REFERENCE = _(
    "This is not the reference of this commitment. References are given at publication; please "
    "leave the cell as it was exported, or empty."
)


def _gather(
    child: Child, said: FileSaid, state: State, entries: dict[str, Entry], outcome: Outcome
) -> None:
    """Give every row of the sheet to its commitment."""
    for row in said.rows(child.sheet):
        if "commitment" not in row.values or any(name not in row.values for name in child.key):
            continue  # the cell that says whose row it is has an error already
        sheet = said.sheets[child.sheet]
        slug = state.key_of(row.text("commitment"))
        entry = entries.get(slug)
        if entry is None and slug in state.commitments:
            entry = entries[slug] = Entry(slug, state.commitments[slug])
        if entry is None:
            outcome.blame([sheet.fault(row.number, "commitment", _UNKNOWN, slug)])
            continue
        rows = entry.children.setdefault(child.name, {})
        key = tuple(row.values[name] for name in child.key)
        if key in rows:
            text = format_lazy(_TWICE, row=rows[key].number)
            outcome.blame([sheet.fault(row.number, child.key[0], text, str(key[0]))])
            continue
        rows[key] = row


_UNKNOWN = _(
    "This programme has no commitment with this key, and the sheet “commitments” brings none."
)
_TWICE = _("Row {row} says the same already. Please keep one of the two.")


def _after(entry: Entry) -> CommitmentSaid:
    """What the commitment says with the rows of the file put over what it says already."""
    columns: dict[str, Any] = {}
    if entry.row is not None:
        columns = _changed(entry.before, _own(entry.row))
    for child in CHILDREN:
        columns[child.name] = tuple(_children(child, entry))
    return in_order(replace(entry.before, **columns))


def _own(row: Row) -> dict[str, Any]:
    """The columns of the commitment itself; its sources are named by their keys."""
    values: dict[str, Any] = {key: row.values[key] for key in row.values if key in _OWN}
    if "sources" in values:
        values["sources"] = tuple(SourceSaid(slug=slug) for slug in values["sources"])
    return values


def _children(child: Child, entry: Entry) -> Iterator[Any]:
    rows = dict(entry.children.get(child.name, {}))
    for before in getattr(entry.before, child.name):
        row = rows.pop(child.key_of(before), None)
        yield replace(before, **_changed(before, _columns(child, row))) if row else before
    for row in rows.values():
        yield child.made(**_columns(child, row))


def _columns(child: Child, row: Row) -> dict[str, Any]:
    names = {one.name for one in fields(child.made)}
    return {key: value for key, value in row.values.items() if key in names}


def _changed(before: Any, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Those columns that say something else; blanks around a text are nothing else."""
    return {
        key: value for key, value in columns.items() if _bare(getattr(before, key)) != _bare(value)
    }


def _bare(value: Any) -> Any:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _rows(entry: Entry) -> Iterator[tuple[str, Row, Any, dict[str, Any]]]:
    """Each row of the file: its sheet, what is there already (or None), what it says."""
    if entry.row is not None:
        yield COMMITMENTS, entry.row, entry.before if entry.present else None, _own(entry.row)
    for child in CHILDREN:
        there = {child.key_of(one): one for one in getattr(entry.before, child.name)}
        for key, row in entry.children.get(child.name, {}).items():
            yield child.sheet, row, there.get(key), _columns(child, row)


def _cells(before: Any, columns: Mapping[str, Any]) -> Cells:
    if before is None:
        return [(key, "", value) for key, value in columns.items() if value not in ("", None, ())]
    return [(key, getattr(before, key), value) for key, value in _changed(before, columns).items()]


def _count(entry: Entry, outcome: Outcome) -> None:
    for sheet, row, before, columns in _rows(entry):
        if outcome.is_faulty(sheet, row.number):
            continue
        cells = [] if entry.is_public else _cells(before, columns)
        state = NEW if before is None else CHANGED if cells else UNCHANGED
        outcome.count(sheet, row.number, state, entry.slug, cells)


def _frozen(entry: Entry, said: FileSaid) -> Iterator[Fault]:
    """What is public changes by a decided request only; a blank cell asks for nothing."""
    for name, row, before, columns in _rows(entry):
        sheet = said.sheets[name]
        if before is None:
            yield sheet.fault(row.number, "commitment", _NO_MORE_ROWS, row.text("commitment"))
            continue
        for key, old, new in _cells(before, columns):
            if new not in ("", None, ()):
                text = format_lazy(_PUBLIC, old=spelled(old)[:80] or "–")
                yield sheet.fault(row.number, key, text, spelled(new))


_PUBLIC = _(
    "This commitment is public and the record says “{old}”. Please write that, or ask for a "
    "change on the page of the commitment."
)
_NO_MORE_ROWS = _(
    "This commitment is public, so a file cannot add to its plan. Please delete the row, and ask "
    "for a change on the page of the commitment."
)


def _placed(refusal: Refusal, entry: Entry, after: CommitmentSaid, said: FileSaid) -> Fault:
    """A refusal of the form's rules at the cell of the file that is to blame."""
    found = _PLACE.fullmatch(refusal.field or "")
    if found is None:
        return _at_commitment(refusal, entry, (refusal.field or "").partition("-")[0], said)
    child, index, column = _BY_NAME[found[1]], found[2], found[3] or ""
    rows = entry.children.get(child.name, {})
    row = next(iter(rows.values()), None)
    if index is not None:
        row = rows.get(child.key_of(getattr(after, child.name)[int(index)]))
    if row is None:
        return _at_commitment(refusal, entry, "", said)
    value = spelled(row.values.get(column))
    return said.sheets[child.sheet].fault(row.number, column, refusal.text, value)


def _at_commitment(refusal: Refusal, entry: Entry, column: str, said: FileSaid) -> Fault:
    """At the commitment's own row; without one, at the first row that hangs on it."""
    name, row = COMMITMENTS, entry.row
    if row is None:
        name, row, column = next((sheet, one, "commitment") for sheet, one, *_rest in _rows(entry))
    value = spelled(row.values.get(column))
    return said.sheets[name].fault(row.number, column, refusal.text, value)
