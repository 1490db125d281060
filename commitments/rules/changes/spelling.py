"""What is proposed, in plain JSON values; the same proposal is always spelled the same."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from commitments.errors import Refusal
from commitments.models import ChangeKind
from commitments.rules.dates import LimitedDate, parse_day
from commitments.text.canonical import decimal_text

Json = dict[str, Any]

WORDINGS = (
    ChangeKind.CLARIFIED,
    ChangeKind.WIDENED,
    ChangeKind.NARROWED,
    ChangeKind.TEXT_FOUND,
)
"""The kinds that propose another wording."""
_WORDING = ("text_vi", "text_en", "basis")
_TARGET = (
    "text_vi",
    "text_en",
    "metric",
    "unit",
    "comparator",
    "value",
    "value_max",
    "baseline",
    "baseline_on",
    "direction",
    "cumulation",
    "due",
)
KEYS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(WORDINGS, _WORDING),
    ChangeKind.DATE_MOVED: ("due",),
    ChangeKind.TARGET_CHANGED: _TARGET,
    ChangeKind.TARGET_ADDED: _TARGET,
    ChangeKind.MILESTONE_ADDED: ("title_vi", "title_en", "due"),
    ChangeKind.LEAD_CHANGED: ("lead", "stage", "since", "confidence"),
    ChangeKind.WITHDRAWN: (),
    ChangeKind.SUPERSEDED: ("by", "link"),
}
"""What each kind proposes, in the order in which it is asked."""

FIGURES = ("value", "value_max", "baseline")
LIMITED = ("due", "since")
DAYS = ("baseline_on",)
MAY_BE_NULL = (*FIGURES, *DAYS, "lead")


def spelled(kind: str, proposed: Mapping[str, Any]) -> Json:
    """Every key of the kind, and no other, each value in its one spelling.

    What cannot be read stays as it was given: it is the check's to refuse.
    """
    return {name: _spelled(name, proposed.get(name)) for name in KEYS.get(kind, ())}


def _spelled(name: str, value: Any) -> Any:
    if name == "by":
        return _slugs(value)
    if value is None or value == "":
        return None if name in MAY_BE_NULL else ""
    if name in FIGURES:
        return _figure(value)
    if not isinstance(value, str):
        return value
    if name in LIMITED:
        return _limited(value)
    if name in DAYS:
        return _day(value)
    return value.replace("\r\n", "\n").strip()


def _slugs(value: Any) -> Any:
    if value is None:
        return []
    return list(dict.fromkeys(value)) if is_list_of_text(value) else value


def is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _figure(value: Any) -> Any:
    figure = read_plain(value)
    return value if figure is None else decimal_text(figure)


def read_plain(value: Any) -> Decimal | None:
    """A figure as JSON carries it, in text with a point; None where it is none."""
    if not isinstance(value, str):
        return None
    try:
        figure = Decimal(value)
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def _limited(value: str) -> str:
    found = read_limited(value)
    return found.text if found else value


def read_limited(value: Any) -> LimitedDate | None:
    """A date of limited precision; None where it is none."""
    try:
        return LimitedDate.parse(value) if isinstance(value, str) and value else None
    except Refusal:
        return None


def _day(value: str) -> str:
    found = read_day(value)
    return found.isoformat() if found else value


def read_day(value: Any) -> date | None:
    try:
        return parse_day(value) if isinstance(value, str) and value else None
    except Refusal:
        return None
