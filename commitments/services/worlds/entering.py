"""Going to a past day and coming back: every query between is answered by that day."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from commitments.services.worlds.routing import ALIAS, is_past


@contextmanager
def entered(path: Path, *, writable: bool = False) -> Iterator[None]:
    """While inside, this thread's queries of the record go to the database at `path`.

    Nothing can be written there unless `writable`. Entering a second one inside is a mistake.
    Raises RuntimeError then.
    """
    if is_past.get():
        raise RuntimeError("A past day is entered from the present only.")
    mode = "rwc" if writable else "ro&immutable=1"
    with opened(f"file:{quote(str(path))}?mode={mode}"):
        there = is_past.set(True)
        try:
            yield
        finally:
            is_past.reset(there)


@contextmanager
def opened(name: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection outside of the settings, known as `ALIAS` in this thread while it lives."""
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": {"uri": True}}
    connection: BaseDatabaseWrapper = ConnectionHandler({"default": engine, ALIAS: engine})[ALIAS]
    connections[ALIAS] = connection
    try:
        yield connection
    finally:
        connection.close()
        del connections[ALIAS]
