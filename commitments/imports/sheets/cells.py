"""A cell as the file has it, and what it says once it is read as a person would have typed it.

Cells are read by the rules that read the forms, so that a file and a form never differ.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Text
from commitments.rules.dates import LimitedDate, parse_day
from commitments.rules.figures import read_figure
from commitments.sheets.plan import Field, Kind
from commitments.sheets.said import Read
from commitments.text.display import LANGUAGES
from commitments.text.folding import fold
from commitments.text.typed import typed_day, typed_figure

LARGEST_WHOLE = 9999
PERCENT = ("", "%", "percent")


class Turned(Enum):
    """What a spreadsheet made of a cell that is not text."""

    DATE = "date"
    NUMBER = "number"
    FORMULA = "formula"
    ERROR = "error"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, spelled as a person would type it."""

    text: str
    turned: Turned | None = None


BLANK = Cell("")


def number_cell(value: float | int | Decimal, number_format: str) -> Cell:
    """A number as the spreadsheet shows it: 15 digits that count, per cent where it says so."""
    exact = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    sign = ""
    if number_format.rstrip('"').endswith("%"):
        exact, sign = exact * 100, "%"
    return Cell(typed_figure(exact, "en") + sign, Turned.NUMBER)


def date_cell(day: date, number_format: str) -> Cell:
    """A date no more precise than the spreadsheet shows it: `5/2026` typed there shows no day."""
    shown = number_format.lower()
    if "d" in shown.replace("[red]", "") or "y" not in shown:
        return Cell(typed_day(day), Turned.DATE)
    month = "m" in shown
    return Cell(f"{day.month}/{day.year}" if month else str(day.year), Turned.DATE)


def read_cell(field: Field, cell: Cell, language: str, unit: str = "") -> Read:
    """The value of the cell. Raises Invalid with what to write instead."""
    _refuse_turned(field, cell)
    text = cell.text.replace("\r\n", "\n").strip()
    match field.kind:
        case Kind.TEXT | Kind.LONG | Kind.SLUG:
            return text
        case Kind.SLUGS:
            return tuple(sorted(set(text.replace(",", " ").replace(";", " ").split())))
        case Kind.CHOICE:
            return _read_choice(field, text)
        case _ if not text:
            return None
        case Kind.LIMITED:
            return LimitedDate.parse(text)
        case Kind.DAY:
            return parse_day(text)
        case Kind.FIGURE:
            return read_figure(text, language, negative=True, percent=fold_unit(unit) in PERCENT)
        case Kind.WHOLE:
            return _read_whole(text)


def fold_unit(unit: str) -> str:
    return unit.strip().lower()


_WORDS = {Kind.TEXT, Kind.LONG, Kind.SLUG, Kind.SLUGS, Kind.CHOICE, Kind.FIGURE, Kind.WHOLE}


def _refuse_turned(field: Field, cell: Cell) -> None:
    match cell.turned:
        case Turned.FORMULA:
            text: Text = _("This is a formula. Please write the value that it gives.")
            raise Invalid("cell_is_formula", text)
        case Turned.ERROR:
            text = _("The spreadsheet shows an error here. Please write the value.")
            raise Invalid("cell_is_error", text)
        case Turned.DATE if field.kind in _WORDS:
            text = _(
                "The spreadsheet made a date of what was typed. Please set the cell to “Text” and "
                "type it again."
            )
            raise Invalid("cell_turned_into_date", text)


def _read_choice(field: Field, text: str) -> str:
    """A value of the vocabulary, or its label in either language."""
    if not text:
        return ""
    found = _spellings(field).get(fold(text))
    if found is None:
        asked = _("“{text}” is not known here. Please write one of: {choices}.")
        told = format_lazy(asked, text=text[:60], choices=", ".join(field.values))
        raise Invalid("choice_unknown", told)
    return found


_known: dict[type, dict[str, str]] = {}


def _spellings(field: Field) -> dict[str, str]:
    assert field.choices is not None
    if field.choices not in _known:
        spellings = {fold(value): value for value in field.choices.values}
        for language in LANGUAGES:
            with translation.override(language):
                for value, label in field.choices.choices:
                    spellings.setdefault(fold(str(label)), str(value))
        _known[field.choices] = spellings
    return _known[field.choices]


def _read_whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LARGEST_WHOLE):
        asked = _("Please write a whole number from 1 to {most}.")
        raise Invalid("not_a_whole_number", format_lazy(asked, most=LARGEST_WHOLE))
    return int(text)
