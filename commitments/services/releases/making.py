"""Makes a release: written beside, checked, moved to its name at once, then announced by a row."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings

from commitments.models import RecordHead, Release, ReleaseKind
from commitments.reports.packages.describing import Table
from commitments.services.releases.checking import check
from commitments.services.releases.writing import files, media_type, sum_of, write

READABLE = 0o755


def folder_of(name: str) -> Path:
    return Path(settings.RELEASES_DIR) / name


def head_sequence() -> int:
    """The newest event that there is; 0 before the first."""
    found: int | None = RecordHead.objects.values_list("sequence", flat=True).filter(pk=1).first()
    return found or 0


def make(*, kind: ReleaseKind, name: str, today: date, now: datetime) -> Release:
    """The record as it stands now, under that name. A folder that no row tells of is put away.

    Raises RecordBroken, BrokenChain or ReleaseBroken; nothing is left behind then.
    """
    with _beside() as folder:
        head, tables = write(folder, head_sequence())
        check(folder, head, tables)
        named = folder_of(name)
        if named.exists() and not Release.objects.filter(name=name).exists():
            shutil.rmtree(named)
        folder.chmod(READABLE)
        found = _listed(folder, tables)
        folder.rename(named)
    return Release.objects.create(
        kind=kind,
        name=name,
        made_on=today,
        made_at=now,
        sequence=head.sequence,
        head_hash=head.hash,
        files=found,
    )


@contextmanager
def _beside() -> Iterator[Path]:
    root = Path(settings.RELEASES_DIR)
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=".making-", dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _listed(folder: Path, tables: Sequence[Table]) -> list[dict[str, Any]]:
    rows = {
        f"{one.kind}.{form}": one.rows for one in tables for form in ("csv", "ndjson", "parquet")
    }
    listed = []
    for name, path in files(folder):
        size, sha256 = sum_of(path)
        said = {"path": name, "bytes": size, "sha256": sha256, "media_type": media_type(name)}
        listed.append(said | ({"rows": rows[name]} if name in rows else {}))
    return listed
