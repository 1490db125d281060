"""Going to a past day and coming back: every query between is answered by that day."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal
from commitments.reports import parts
from commitments.services.worlds.routing import ALIAS, is_past


class PastAway(Refusal):
    """A past day cannot be shown now; the present one can."""

    status = 503
    default_code = "past_away"
    default_text = _("This day cannot be shown just now. Please try again in a minute.")


@contextmanager
def entered(path: Path, *, writable: bool = False) -> Iterator[None]:
    """While inside, this thread's queries of the record go to the database at `path`.

    Nothing can be written there unless `writable`. Entering a second one inside is a mistake.
    Raises RuntimeError then, and PastAway where the database is gone already.
    """
    if is_past.get():
        raise RuntimeError("A past day is entered from the present only.")
    mode = "rwc" if writable else "ro&immutable=1"
    with parts.out_of_reach(), opened(f"file:{quote(str(path))}?mode={mode}") as past:
        _open(past)
        there = is_past.set(True)
        try:
            yield
        finally:
            is_past.reset(there)


def _open(connection: BaseDatabaseWrapper) -> None:
    """At once: the file may go once it is open, not before."""
    try:
        connection.ensure_connection()
    except OperationalError as gone:
        raise PastAway from gone


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
