"""How long something takes, how much memory the process holds meanwhile, and what it asks."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection

Made = TypeVar("Made")


def timed(do: Callable[[], Made]) -> tuple[Made, float, float]:
    """What was made, the seconds that took, and the peak of memory in MiB."""
    forget_peak()
    began = time.perf_counter()
    made = do()
    return made, time.perf_counter() - began, peak()


def forget_peak() -> None:
    """Linux counts the peak anew when asked to; elsewhere it is that of the whole process."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak() -> float:
    """The most memory so far, in MiB."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Counted:
    """How many queries were asked so far."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.queries += not str(sql).startswith(("SAVEPOINT", "RELEASE", "BEGIN"))
        return execute(sql, params, many, context)


@contextmanager
def counted() -> Iterator[Counted]:
    """Count queries without keeping them, however many they are."""
    counter = Counted()
    with connection.execute_wrapper(counter):
        yield counter
