"""What an import would do: changes per row, counts per sheet, and one fingerprint of all."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation

from commitments.rules.commitments import CommitmentSaid
from commitments.rules.dates import LimitedDate
from commitments.sheets.plan import SHEETS
from commitments.sheets.said import Fault
from commitments.text.canonical import decimal_text

NEW, CHANGED, UNCHANGED, FAULTY = "new", "changed", "unchanged", "faulty"
MOST_SHOWN = 2000
"""So many changes and errors are kept to be shown; the counts are always of all."""
LONGEST_SHOWN = 200

Cells = list[tuple[str, Any, Any]]
"""Column, what stands in the record, what the file says."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The values of one commitment on one day, by the key of their target."""

    commitment_id: int
    as_of_on: date
    values: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that is there, at the version that was read, and what it shall say."""

    commitment_id: int
    version: int
    said: CommitmentSaid


@dataclass(slots=True)
class Outcome:
    """Everything that was found; `faults` empty means that it can be done as a whole."""

    created: list[CommitmentSaid] = field(default_factory=list)
    saved: list[Draft] = field(default_factory=list)
    measured: list[Measured] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    preview: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    _hash: Any = field(default_factory=hashlib.sha256)
    _cells: set[tuple[str, int, str]] = field(default_factory=set)
    _rows: set[tuple[str, int]] = field(default_factory=set)
    _unread: set[tuple[str, int]] = field(default_factory=set)

    def blame_unread(self, faults: Iterable[Fault]) -> None:
        """Add errors of cells that could not be read; what follows from them is not said too."""
        faults = list(faults)
        self.blame(faults)
        self._unread |= {(one.sheet, one.row) for one in faults}

    def blame(self, faults: Iterable[Fault]) -> None:
        """Add errors, one for each cell: the first that was found says it."""
        for fault in faults:
            at = (fault.sheet, fault.row, fault.column or fault.cell)
            if at not in self._cells and at[:2] not in self._unread:
                self._cells.add(at)
                self._rows.add(at[:2])
                self.faults.append(fault)

    def count(self, sheet: str, row: int, state: str, subject: str, cells: Cells) -> None:
        """Keep what a row does, in the fingerprint too; an unchanged one does nothing."""
        self._of(sheet)[state] += 1
        if state == UNCHANGED:
            return
        shown = [[column, spelled(old), spelled(new)] for column, old, new in cells]
        line = {"sheet": sheet, "row": row, "state": state, "subject": subject, "cells": shown}
        self._hash.update(json.dumps(line, sort_keys=True).encode())
        if len(self.preview) < MOST_SHOWN:
            cut = [[column, _cut(old), _cut(new)] for column, old, new in shown]
            self.preview.append(line | {"cells": cut})

    def settle(self) -> None:
        """Count every row with an error as faulty, whatever else it would have done."""
        order = {name: place for place, name in enumerate(SHEETS)}
        self.faults.sort(key=lambda one: (order.get(one.sheet, -1), one.row))
        for sheet, row in self._rows:
            if row > 1:  # the first is that of the keys
                self._of(sheet)[FAULTY] += 1

    def is_faulty(self, sheet: str, row: int) -> bool:
        return (sheet, row) in self._rows

    def _of(self, sheet: str) -> dict[str, int]:
        return self.counts.setdefault(sheet, {NEW: 0, CHANGED: 0, UNCHANGED: 0, FAULTY: 0})

    @property
    def fingerprint(self) -> str:
        return str(self._hash.hexdigest())

    def faults_shown(self) -> list[dict[str, Any]]:
        """The errors in both languages, for whoever reads them."""
        shown = self.faults[:MOST_SHOWN]
        told: dict[str, list[str]] = {}
        for language in ("vi", "en"):
            with translation.override(language):
                told[language] = [str(one.text) for one in shown]
        return [
            {
                "sheet": one.sheet,
                "row": one.row,
                "column": one.column,
                "cell": one.cell,
                "value": one.value,
                "text_vi": vi,
                "text_en": en,
            }
            for one, vi, en in zip(shown, told["vi"], told["en"], strict=True)
        ]


def spelled(value: Any) -> str:
    """A value as text that is the same everywhere: for the fingerprint, and to be shown."""
    match value:
        case None:
            return ""
        case Decimal():
            return decimal_text(value)
        case LimitedDate():
            return value.text
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(str(getattr(one, "slug", one)) for one in value)
        case _:
            return str(value)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
