"""Rows of the open data as CSV: one spelling, which whoever follows the events can make as well."""

from collections.abc import Iterable
from typing import Any

from commitments.text.canonical import canonical

_NEEDS_QUOTES = frozenset(',"\r\n')


def csv_line(cells: Iterable[Any]) -> bytes:
    """One line as RFC 4180 has it, in UTF-8. Cells are JSON values."""
    return (",".join(map(csv_cell, cells)) + "\r\n").encode()


def csv_cell(value: Any) -> str:
    """Nothing for null, `""` for an empty text, lists and objects as canonical JSON."""
    match value:
        case None:
            return ""
        case "":
            return '""'
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _quoted(value)
        case _:
            return _quoted(canonical(value).decode())


def _quoted(text: str) -> str:
    if _NEEDS_QUOTES.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'
