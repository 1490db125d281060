"""Reads a release back before it is announced, as whoever downloads it may."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from commitments.errors import WrongState
from commitments.reports.packages.describing import Head, Table
from commitments.services.releases import parquet
from commitments.services.releases.writing import SUMS, files, sum_of
from commitments.services.restoring.reading import EVENTS, events_in


class ReleaseBroken(WrongState):
    """What was written is not what was to be written; nothing is announced."""

    default_code = "release_broken"


def check(folder: Path, head: Head, tables: Sequence[Table]) -> None:
    """The chain, the sums, and that every table has as many rows in each of its forms.

    Raises ReleaseBroken, or BrokenChain for the events.
    """
    _check_events(folder / EVENTS, head)
    _check_sums(folder)
    for table in tables:
        _check_table(folder, table)


def _check_events(path: Path, head: Head) -> None:
    last: tuple[int, str] | None = None
    for event in events_in(path):
        last = (event["sequence"], event["hash"])
    if last != (head.sequence, head.hash):
        raise ReleaseBroken


def _check_sums(folder: Path) -> None:
    said = {}
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        sha256, _blanks, name = line.partition("  ")
        said[name] = sha256
    found = dict(files(folder))
    beside = {SUMS, *(name for name in found if name.endswith(".zip"))}
    if {name: sum_of(path)[1] for name, path in found.items() if name not in beside} != said:
        raise ReleaseBroken


def _check_table(folder: Path, table: Table) -> None:
    stem = folder / table.kind
    with stem.with_suffix(".ndjson").open("rb") as lines:
        objects = sum(1 for line in lines if json.loads(line))
    with stem.with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        widths = {len(row) for row in [next(rows)]}
        read = 0
        for row in rows:
            widths.add(len(row))
            read += 1
    whole = parquet.count(stem.with_suffix(".parquet"))
    if {objects, read, whole} != {table.rows} or widths != {len(table.columns)}:
        raise ReleaseBroken
