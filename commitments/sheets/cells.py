"""How single values stand in a file: text that no program runs, numbers that lose nothing."""

import re
from datetime import date
from decimal import Decimal

from commitments.sheets.tables import Value
from commitments.text.canonical import decimal_text
from commitments.text.typed import typed_figure

EXACT_DIGITS = 15
"""As many digits that count a spreadsheet keeps of a number; a longer one has to be text."""

_RUNS = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a program might take it for a formula."""
    return f"'{text}" if _RUNS.match(text) else text


def original(text: str) -> str:
    """What `neutral` was given; text that it never wrote stays as it is."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text


def spelled(value: Value) -> str:
    """The value as text for CSV: days as 2026-05-31, figures with a point, formulas disarmed.

    A figure never has three digits behind the point, so that no reader takes it for thousands.
    """
    match value:
        case None:
            return ""
        case str():
            return neutral(value)
        case Decimal():
            return typed_figure(value, "en")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def fits_a_number(value: Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of it."""
    return len(decimal_text(abs(value)).replace(".", "").strip("0")) <= EXACT_DIGITS
