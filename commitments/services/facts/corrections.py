"""Which changes of the fact file are refused, and why."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from commitments.errors import Refusal, WrongState
from commitments.services.facts.plan import Change
from commitments.services.facts.promises import BODIES

_ORIGINAL = (
    "the original wording, due date and targets stay for ever; a later one goes through a "
    "change request"
)
_REFERENCE = "the reference was given for this programme and kind"
_FIGURE = "a published figure stays; add the new one as a point of its own"
_UNIT = "every published figure is in this unit; add an indicator of its own"

FIXED: dict[str, dict[str, str]] = {
    "tasks": {"priority": _REFERENCE} | dict.fromkeys(("title_en", "title_vi", "due"), _ORIGINAL),
    "missions": dict.fromkeys(("year", "kind"), _REFERENCE)
    | dict.fromkeys(("description_en", "description_vi", "targets"), _ORIGINAL),
    "indicators": {"unit": _UNIT},
    "points": dict.fromkeys(
        ("year", "date", "comparator", "value", "kind", "stated_by", "note", "source"), _FIGURE
    ),
}
"""The fields that are never rewritten, and why; also not with a reason."""

_BODY = "another body takes it over by a change request; only a body where none was named is added"
_SHOWN = 60


def refusals(changes: list[Change], *, reason: str) -> Iterator[Refusal]:
    """One refusal for each changed field that may not be corrected, or not without a reason."""
    for change in changes:
        for name, (before, after) in change.fields.items():
            why = _why(change, name, before)
            if why or not reason:
                for part in _parts(name, before, after):
                    yield WrongState("facts_changed", _line(change, *part, why))


def _parts(name: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """The field itself, or the fields that changed of the entries it holds: `targets[1].due`."""
    if not any(isinstance(one, dict) for one in [*_listed(before), *_listed(after)]):
        yield name, before, after
        return
    pairs = zip_longest(_listed(before), _listed(after))
    for number, (was, is_now) in enumerate(pairs, start=1):
        old, new = was or {}, is_now or {}
        for field in dict.fromkeys((*old, *new)):
            if old.get(field) != new.get(field):
                yield f"{name}[{number}].{field}", old.get(field), new.get(field)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _why(change: Change, name: str, before: Any) -> str:
    if name in BODIES and before is not None:
        return _BODY
    return FIXED.get(change.entry.list_name, {}).get(name, "")


def _line(change: Change, name: str, before: Any, after: Any, why: str) -> str:
    said = f"{change.entry.place}, {name}: was {_shown(before)}, is now {_shown(after)}"
    return f"{said}. Cannot be corrected: {why}." if why else f"{said}."


def _shown(value: Any) -> str:
    """What a field says, on one line and cut where it is long."""
    if value is None:
        return "empty"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = " ".join(text.split())
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}”"
