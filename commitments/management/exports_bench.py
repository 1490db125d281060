"""Measures exports: each in a process of its own, so that its memory is its own."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from commitments.management.measuring import timed
from commitments.services import releases

HEAD = ("Export", "rows", "MB", "s", "rows/s", "peak MB")
MOST = 200
"""MB of memory that no export may take, however many rows it has."""
MB = 10**6
_LISTS = {
    "updates, API, CSV": "/api/v1/updates/?format=csv",
    "updates, API, NDJSON": "/api/v1/updates/?format=ndjson",
    "updates, API, XLSX": "/api/v1/updates/?format=xlsx&programme=bench",
    "commitments, page, CSV": "/vi/commitments.csv?programme=bench",
    "commitments, page, XLSX": "/vi/commitments.xlsx?programme=bench",
}
RELEASE = "release, all files"
STEPS = (RELEASE, *_LISTS)


class Run(NamedTuple):
    """One export: rows, bytes, seconds, and the most memory of the process in MB."""

    name: str
    rows: int
    size: int
    seconds: float
    peak: float

    @property
    def cells(self) -> tuple[str, ...]:
        return (
            self.name,
            f"{self.rows:,}",
            f"{self.size / MB:.1f}",
            f"{self.seconds:.1f}",
            f"{self.rows / self.seconds:,.0f}",
            f"{self.peak:.0f}",
        )


def measured_apart(name: str, rows: int) -> Run:
    """Measure a step in a new process of the same installation."""
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "bench_exports"]
    done = subprocess.run(
        [*command, "--step", name], check=True, capture_output=True, text=True, timeout=1800
    )
    said = json.loads(done.stdout.splitlines()[-1])
    return Run(name, said["rows"] or rows, said["size"], said["seconds"], said["peak"])


def measured_here(name: str) -> dict[str, Any]:
    """Measure a step in this process, as plain values.

    SQLite's file is not mapped meanwhile: what the system keeps of it is no memory of ours.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size = 0")
    work: Callable[[], tuple[int, int]] = (
        _release if name == RELEASE else lambda: (0, _asked(_LISTS[name]))
    )
    (rows, size), seconds, peak = timed(work)
    return {"rows": rows, "size": size, "seconds": seconds, "peak": peak * 2**20 / MB}


def _release() -> tuple[int, int]:
    """Written, checked and announced; its rows are those of all tables."""
    now = timezone.now()
    made = releases.make_now(today=timezone.localdate(now), now=now)
    rows = [one["rows"] for one in made.files if one["path"].endswith(".csv")]
    return sum(rows), sum(one["bytes"] for one in made.files)


def _asked(path: str) -> int:
    """How many bytes the address answers; taken as they come and not kept."""
    answer: Any = Client(SERVER_NAME="127.0.0.1").get(path)
    if answer.status_code != 200:
        raise ValueError(f"{path} was answered by {answer.status_code}.")
    pieces = answer.streaming_content if answer.streaming else [answer.content]
    return sum(len(piece) for piece in pieces)
