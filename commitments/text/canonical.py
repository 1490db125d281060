"""Canonical JSON (RFC 8785): the same content always gives the same bytes and the same hash."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import rfc8785

LARGEST_INTEGER = 2**53 - 1
"""The largest that every JSON reader still holds exactly."""


class NotCanonicalError(ValueError):
    """A value that JSON cannot carry without a change; the message says where it stands."""


def canonical(obj: Any) -> bytes:
    """The one spelling of `obj`, made of dict, list, str, int, bool and None only.

    Nothing is converted on the way: floats, decimals, dates, tuples and keys that are no text
    raise `NotCanonicalError`, so that no value is ever hashed in a form nobody chose.
    """
    _check(obj, "$")
    return rfc8785.dumps(obj)


def digest(obj: Any) -> str:
    """SHA-256 over the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(obj)).hexdigest()


def instant(moment: datetime) -> str:
    """An instant in UTC, always with microseconds: `2026-06-30T17:00:00.000000Z`."""
    if moment.utcoffset() is None:
        raise ValueError("An instant needs a time zone.")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def decimal_text(number: Decimal) -> str:
    """The number in plain notation without needless zeros: `85`, `22.5`, `-0.05`."""
    if not number.is_finite():
        raise ValueError("Only a finite number has a text.")
    if number.is_zero():
        return "0"
    # Not Decimal.normalize(): that rounds to the precision of the context.
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _check(value: Any, place: str) -> None:
    match value:
        case None | bool():
            return
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise NotCanonicalError(f"{place}: an integer beyond ±(2^53 - 1)")
        case str():
            _check_text(value, place)
        case list():
            for index, item in enumerate(value):
                _check(item, f"{place}[{index}]")
        case dict():
            for key, item in value.items():
                if not isinstance(key, str):
                    raise NotCanonicalError(f"{place}: a key that is no text, {key!r}")
                _check_text(key, place)
                _check(item, f"{place}.{key}")
        case _:
            raise NotCanonicalError(f"{place}: {type(value).__name__} has no canonical JSON")


def _check_text(text: str, place: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError(f"{place}: text that is not valid Unicode") from error
