"""Keeps a copy of the public record in a folder, in step with its events. Needs Python alone.

    python mirror.py https://camket.example.org ./mirror

Each run asks for the events after the last one that is here, checks that every one follows the
one before it (SHA-256 over canonical JSON), adds them to `events.ndjson`, and writes what holds
of every object after the last event as `<noun>.ndjson` and `<noun>.csv`. These are the bytes of
the site's own releases. A run that was broken off is taken up by the next one.
"""

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.request import urlopen

Event = dict[str, Any]
FIRST = "0" * 64
"""What the first event names as the hash before it."""
AT_ONCE = 1000


def canonical(said: Any) -> bytes:
    """JSON as RFC 8785 has it: the record holds no floats and no names outside of ASCII."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def follow(site: str, after: int) -> Iterator[Event]:
    """Every event after that sequence, as many requests as it takes."""
    address: str | None = f"{site}/api/v1/events/?after={after}&limit={AT_ONCE}"
    while address:
        with urlopen(address, timeout=60) as answer:
            page = json.load(answer)
        yield from page["results"]
        address = page["next"]


class Chain:
    """The end of the chain so far; refuses whatever does not follow it."""

    def __init__(self) -> None:
        self.sequence, self.hash = 0, FIRST

    def check(self, event: Event) -> None:
        said = {name: value for name, value in event.items() if name != "hash"}
        follows = (event["sequence"], event["previous_hash"]) == (self.sequence + 1, self.hash)
        if not follows or hashlib.sha256(canonical(said)).hexdigest() != event["hash"]:
            raise SystemExit(f"Event {event['sequence']} does not follow {self.sequence}.")
        self.sequence, self.hash = event["sequence"], event["hash"]


def here(path: Path) -> Iterator[Event]:
    """The events in the file; half a line, left by a run that was broken off, is cut away."""
    with path.open("a+b") as lines:
        lines.seek(0)
        end = 0
        for line in lines:
            if not line.endswith(b"\n"):
                lines.truncate(end)
                return
            end += len(line)
            yield json.loads(line)


def update(site: str, folder: Path) -> Chain:
    """Bring the history up to date, then the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    history, chain = folder / "events.ndjson", Chain()
    for event in here(history):
        chain.check(event)
    with history.open("ab") as lines:
        for event in follow(site, chain.sequence):
            chain.check(event)
            lines.write(canonical(event) + b"\n")
    write_tables(history, folder)
    return chain


def write_tables(history: Path, folder: Path) -> None:
    """What the last event of each object says, by noun and key, in a database meanwhile: memory
    stays the same however long the history is."""
    columns: dict[str, dict[str, None]] = {}
    held = sqlite3.connect("")
    held.execute("CREATE TABLE held (kind, key, line, PRIMARY KEY (kind, key)) WITHOUT ROWID")
    for event in here(history):
        name, after = (event["object_kind"], event["object_key"]), event["after"]
        names = columns.setdefault(name[0], {})  # in the order in which they were first given
        names.update(dict.fromkeys(sorted((after or {}).keys() - names.keys())))
        held.execute("DELETE FROM held WHERE kind = ? AND key = ?", name)
        if after is not None and not event["is_demo"]:
            row = {"key": event["object_key"], "event": event["sequence"], **after}
            held.execute("INSERT INTO held VALUES (?, ?, ?)", (*name, canonical(row)))
    for kind, names in columns.items():
        rows = held.execute("SELECT line FROM held WHERE kind = ? ORDER BY key", (kind,))
        write_table(folder / kind, ["key", "event", *names], (line for (line,) in rows))


def write_table(stem: Path, names: list[str], lines: Iterable[bytes]) -> None:
    ndjson, csv = stem.with_suffix(".ndjson"), stem.with_suffix(".csv")
    with open_new(ndjson) as objects, open_new(csv) as rows:
        rows.write(csv_line(names))
        for line in lines:
            said = json.loads(line)
            objects.write(line + b"\n")
            rows.write(csv_line(said.get(name) for name in names))
    for path in (ndjson, csv):
        os.replace(f"{path}.new", path)


def open_new(path: Path) -> BinaryIO:
    """The file under another name, until it is whole."""
    return Path(f"{path}.new").open("wb")


def csv_line(cells: Iterable[Any]) -> bytes:
    return (",".join(map(csv_cell, cells)) + "\r\n").encode()


def csv_cell(value: Any) -> str:
    """Nothing for null, two quotation marks for an empty text, JSON for lists and objects."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else canonical(value).decode()
    if text and not any(character in text for character in ',"\r\n'):
        return text
    return '"' + text.replace('"', '""') + '"'


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    found = update(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
    sys.stdout.write(f"{found.sequence} events, the last one is {found.hash}.\n")
