"""Writes the files of a release into a folder: the history, the tables, and what describes them."""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from commitments.reports.packages.describing import Head, Table, package, read_first
from commitments.reports.packages.schemas import json_schema
from commitments.services.releases.gathering import Gathered, gathered
from commitments.services.releases.tables import Written, write_tables
from commitments.services.restoring.reading import EVENTS

PACKAGE, SUMS, READ_FIRST, WHOLE = "datapackage.json", "SHA256SUMS", "README.md", "cam-ket.zip"
SCHEMAS = "schema"
MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8; header=present",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".ndjson": "application/x-ndjson",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
}
_PIECE = 1 << 20
_LINE_OF_SUMS = "{sha256}  {path}\n"


def write(folder: Path, sequence: int) -> tuple[Head, list[Table]]:
    """Write everything that the events up to that one say.

    The same events give the same bytes: no clock is read, and the only instants are theirs.
    Raises RecordBroken where the chain is not whole.
    """
    with (
        (folder / EVENTS).open("wb") as lines,
        gathered(sequence, lines, folder / ".held") as found,
    ):
        lines.flush()
        tables = [_table(found, one) for one in write_tables(found, folder)]
        head = Head(found.count, found.hash, found.recorded_at)
    (folder / ".held").unlink()
    _describe(folder, head, tables)
    _sum_up(folder)
    _pack(folder, datetime.fromisoformat(head.recorded_at))
    return head, tables


def _table(found: Gathered, one: Written) -> Table:
    refer = [
        column
        for column in one.columns
        if column.refers in found.names and found.refers(one.kind, column.name, column.refers)
    ]
    return Table(one.kind, one.columns, one.rows, refer)


def _describe(folder: Path, head: Head, tables: list[Table]) -> None:
    (folder / SCHEMAS).mkdir()
    for table in tables:
        schema = json_schema(table.kind, table.columns)
        _write_json(folder / SCHEMAS / f"{table.kind}.schema.json", schema)
    sums = {path.name: sum_of(path) for path in folder.glob("*.csv")}
    _write_json(folder / PACKAGE, package(head, tables, sums))
    (folder / READ_FIRST).write_text(read_first(head, tables), encoding="utf-8")


def _write_json(path: Path, said: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _sum_up(folder: Path) -> None:
    lines = [
        _LINE_OF_SUMS.format(path=name, sha256=sum_of(path)[1]) for name, path in files(folder)
    ]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def _pack(folder: Path, at: datetime) -> None:
    """All files in one. Each bears the instant of the last event, whenever this is done."""
    found = list(files(folder))
    moment = at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(folder / WHOLE, "w") as whole:
        for name, path in found:
            entry = zipfile.ZipInfo(f"cam-ket/{name}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, whole.open(entry, "w") as target:
                while piece := source.read(_PIECE):
                    target.write(piece)


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file of a release by its path in it, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix(), path


def sum_of(path: Path) -> tuple[int, str]:
    """How many bytes, and their SHA-256."""
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return path.stat().st_size, digest


def media_type(path: str) -> str:
    return MEDIA_TYPES.get(Path(path).suffix, "text/plain; charset=utf-8")
