"""Reads a file of public events as a stranger would: line by line, believing nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid
from commitments.services.record import FIRST_HASH
from commitments.text.canonical import NotCanonicalError, canonical, digest

EVENTS = "events.ndjson"
Json = dict[str, Any]

_SHAPE: dict[str, tuple[type, ...]] = {
    "sequence": (int,),
    "recorded_at": (str,),
    "effective_on": (str,),
    "schema_version": (int,),
    "object_kind": (str,),
    "object_key": (str,),
    "action": (str,),
    "before": (dict, type(None)),
    "after": (dict, type(None)),
    "actor_role": (str,),
    "actor_organisation": (str,),
    "is_demo": (bool,),
    "previous_hash": (str,),
    "hash": (str,),
}


class BrokenChain(Invalid):
    """A file of events that is not the record it claims to be."""

    default_code = "broken_chain"

    def __init__(self, line: int, what: Any) -> None:
        text = _("Line {line} of the events: {what}")
        super().__init__(text=format_lazy(text, line=line, what=what))


def events_in(path: Path) -> Iterator[Json]:
    """Every event of the file, each checked: its form, its hash, and that it follows the last.

    Raises BrokenChain at the first that is not as it must be.
    """
    previous = FIRST_HASH
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            event = _read(line, number)
            if event["sequence"] != number:
                raise BrokenChain(number, _("its sequence is not the number of the line."))
            if event["previous_hash"] != previous:
                raise BrokenChain(number, _("it does not name the hash of the event before it."))
            if (
                digest({name: said for name, said in event.items() if name != "hash"})
                != (event["hash"])
            ):
                raise BrokenChain(number, _("content and hash differ."))
            previous = event["hash"]
            yield event


def _read(line: bytes, number: int) -> Json:
    try:
        event = json.loads(line)
        is_canonical = canonical(event) + b"\n" == line
    except (NotCanonicalError, ValueError, RecursionError) as error:
        raise BrokenChain(number, _("it is not canonical JSON.")) from error
    if not is_canonical:
        raise BrokenChain(number, _("it is not canonical JSON."))
    if not _has_shape(event):
        raise BrokenChain(number, _("it is not a public event."))
    return event  # type: ignore[no-any-return]


def _has_shape(event: Any) -> bool:
    return (
        isinstance(event, dict)
        and event.keys() == _SHAPE.keys()
        # not isinstance: to Python, true is a number, too
        and all(type(event[name]) in types for name, types in _SHAPE.items())
    )
