"""Reads the public events once: writes them down, and leaves what holds of every object sorted.

Memory stays the same however many events there are: what holds lies in a small database of its
own until the tables are written.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from commitments.errors import WrongState
from commitments.models import PublicEvent
from commitments.reports.packages.dictionary import EVENT, KEY
from commitments.services.record import FIRST_HASH, content_of
from commitments.text.canonical import canonical, digest, instant

CHUNK = 500


class RecordBroken(WrongState):
    """No release is made of a record that is not whole; `verify_record` says what is wrong."""

    default_code = "record_broken"


@dataclass(slots=True)
class Gathered:
    """What the events say up to the last of them.

    `names` holds by kind of object every name that an event ever gave it, in the order in which
    they were first given, those of one event by the alphabet. The demonstration's rows are not
    kept, though its events are written with all others.
    """

    held: sqlite3.Connection
    count: int = 0
    hash: str = FIRST_HASH
    recorded_at: str = ""
    names: dict[str, dict[str, None]] = field(default_factory=dict)

    def rows(self, kind: str) -> Iterator[bytes]:
        """What holds of each object of a kind, as canonical JSON, by its key."""
        asked = "SELECT line FROM held WHERE kind = ? ORDER BY key"
        for (line,) in self.held.execute(asked, (kind,)):
            yield line

    def refers(self, kind: str, name: str, other: str) -> bool:
        """Whether every object that is named there is among those of the other kind."""
        asked = """
            SELECT 1 FROM (SELECT json_extract(CAST(line AS TEXT), '$.' || ?) AS key FROM held
                           WHERE kind = ?) AS named
            WHERE named.key IS NOT NULL AND NOT EXISTS
                  (SELECT 1 FROM held WHERE held.kind = ? AND held.key = named.key) LIMIT 1"""
        return self.held.execute(asked, (name, kind, other)).fetchone() is None


@contextmanager
def gathered(sequence: int, lines: IO[bytes], beside: Path) -> Iterator[Gathered]:
    """Write the events up to that one as lines; the database lies at `beside` meanwhile.

    Raises RecordBroken where the chain is.
    """
    with closing(sqlite3.connect(beside, isolation_level=None)) as held:
        held.execute("PRAGMA journal_mode = OFF")
        held.execute("PRAGMA synchronous = OFF")
        held.execute(
            "CREATE TABLE held (kind TEXT, key TEXT, line BLOB, PRIMARY KEY (kind, key))"
            " WITHOUT ROWID"
        )
        found = Gathered(held)
        held.execute("BEGIN")
        for event in _up_to(sequence):
            lines.write(_take(event, found))
        held.execute("COMMIT")
        if found.count != sequence:
            raise RecordBroken
        yield found


def _up_to(sequence: int) -> Iterator[PublicEvent]:
    rows = PublicEvent.objects.filter(sequence__lte=sequence).order_by("sequence")
    return rows.iterator(chunk_size=CHUNK)


def _take(event: PublicEvent, found: Gathered) -> bytes:
    """Note what the event says, and give its line."""
    said = content_of(event)
    follows = (event.sequence, event.previous_hash) == (found.count + 1, found.hash)
    if not follows or digest(said) != event.hash:
        raise RecordBroken
    found.count, found.hash = event.sequence, event.hash
    found.recorded_at = instant(event.recorded_at)
    _hold(event, found)
    return canonical(said | {"hash": event.hash}) + b"\n"


def _hold(event: PublicEvent, found: Gathered) -> None:
    names = found.names.setdefault(event.object_kind, {})
    for name in sorted(event.after or ()):
        names.setdefault(name)
    name = (event.object_kind, event.object_key)
    if event.after is None or event.is_demo:
        found.held.execute("DELETE FROM held WHERE kind = ? AND key = ?", name)
        return
    line = canonical({KEY: event.object_key, EVENT: event.sequence} | event.after)
    found.held.execute("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", (*name, line))
