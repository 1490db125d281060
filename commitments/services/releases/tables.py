"""Writes the tables of a release: NDJSON, CSV and Parquet, from the same rows in one pass."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from commitments.reports.packages.dictionary import Column, Kind, columns_of
from commitments.services.releases import parquet
from commitments.services.releases.gathering import Gathered
from commitments.text.canonical import canonical
from commitments.text.tabular import csv_line


class Written(NamedTuple):
    """A table that was written: the kind of its objects, its columns, how many rows."""

    kind: str
    columns: Sequence[Column]
    rows: int


def write_tables(found: Gathered, folder: Path) -> Iterator[Written]:
    """One table for every kind of object that an event ever named, those first named first."""
    for kind, names in found.names.items():
        columns = columns_of(kind, names)
        typed = folder / f".{kind}.typed"
        try:
            rows = _write(found.rows(kind), columns, folder / kind, typed)
            parquet.write(typed, columns, folder / f"{kind}.parquet")
        finally:
            typed.unlink(missing_ok=True)
        yield Written(kind, columns, rows)


def _write(lines: Iterator[bytes], columns: Sequence[Column], stem: Path, typed: Path) -> int:
    rows = 0
    with ExitStack() as files:
        ndjson = files.enter_context(stem.with_suffix(".ndjson").open("wb"))
        csv = files.enter_context(stem.with_suffix(".csv").open("wb"))
        plain = files.enter_context(typed.open("w", encoding="utf-8"))
        csv.write(csv_line(column.name for column in columns))
        for line in lines:
            said = json.loads(line)
            ndjson.write(line + b"\n")
            csv.write(csv_line(said.get(column.name) for column in columns))
            json.dump(_typed(said, columns), plain, ensure_ascii=False)
            plain.write("\n")
            rows += 1
    return rows


def _typed(said: dict[str, Any], columns: Sequence[Column]) -> dict[str, Any]:
    """The row as a typed file takes it: what has no one shape is its JSON text."""
    loose = (Kind.OBJECT, Kind.UNKNOWN)
    return {
        column.name: canonical(value).decode()
        if column.kind in loose and value is not None
        else value
        for column in columns
        for value in [said.get(column.name)]
    }
