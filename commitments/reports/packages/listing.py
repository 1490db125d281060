"""A release as a page lists it: its files by table, with sizes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from commitments.models import Release
from commitments.reports.packages.dictionary import title_of

Json = dict[str, Any]
FORMS = ("csv", "ndjson", "parquet")
WHOLE, EVENTS, SUMS = "cam-ket.zip", "events.ndjson", "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a release in the language of the reader; `files` in the order of `FORMS`."""

    kind: str
    title: str
    rows: int
    files: list[Json]


@dataclass(frozen=True, slots=True)
class Listed:
    """A release with the files that a page names one by one; those of a removed one are None."""

    row: Release
    whole: Json | None
    events: Json | None
    sums: Json | None
    others: list[Json]
    tables: list[Table]


def listed(row: Release) -> Listed:
    files = {} if row.removed_on else {said["path"]: said for said in row.files}
    tables = list(_tables(files))
    named = {WHOLE, EVENTS, SUMS, *(one["path"] for table in tables for one in table.files)}
    others = [
        said for path, said in files.items() if path not in named and not path.startswith("schema/")
    ]
    return Listed(row, files.get(WHOLE), files.get(EVENTS), files.get(SUMS), others, tables)


def _tables(files: dict[str, Json]) -> Iterator[Table]:
    language = (get_language() or "vi")[:2]
    for path, said in files.items():
        kind, _dot, form = path.rpartition(".")
        if form == FORMS[0] and "rows" in said:
            title = title_of(kind)[language]
            yield Table(kind, title, said["rows"], [files[f"{kind}.{one}"] for one in FORMS])
