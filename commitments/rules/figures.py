"""Reads figures as people type them, with either decimal sign, and asks back where it must.

Vietnamese writes `1.234,5`, English `1,234.5`; blanks group in both. A lone sign before exactly
three digits, as in `1.234`, groups in one language and is the decimal sign in the other: it is
taken only where it groups in the typist's own language. No figure ever passes through a float.
"""

import re
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Text

MOST_DIGITS_BEFORE = 24
MOST_DIGITS_AFTER = 6
LONGEST = 60

_BLANKS = re.compile("[ \u00a0\u2007\u2009\u202f]")
_SHAPE = re.compile(r"[0-9 .,]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([ .,])[0-9]{3}(?:\1[0-9]{3})*")
_WHOLE = re.compile(r"[0-9]+")
_PLAIN_DECIMAL = re.compile(r"(0|[1-9][0-9]*)?[.,][0-9]+")
_EXACT = re.compile(r"-?(0|[1-9][0-9]*)([.][0-9]+)?")


def read_figure(
    text: str,
    language: str,
    *,
    field: str | None = None,
    negative: bool = False,
    percent: bool = False,
) -> Decimal:
    """Read a figure typed by somebody who uses the page in `language` (`vi` or `en`).

    `negative` and `percent` say whether a minus sign and a trailing percent sign may stand there.
    Refuses units and letters, more digits than are stored, and what can be read in two ways.
    """
    typed = _BLANKS.sub(" ", text).strip()
    if not typed:
        raise Invalid("figure_missing", _("Please give a figure."), field)
    sign, digits = _take_sign(typed, field, negative=negative)
    digits = _take_percent(digits, field, percent=percent)
    if not digits or len(digits) > LONGEST or not _SHAPE.fullmatch(digits):
        raise _not_a_figure(typed, field)

    decimal_sign = "," if language.startswith("vi") else "."
    figure = Decimal(sign + _bounded(_plain(digits, decimal_sign, typed, field), field))
    return figure.copy_abs() if figure.is_zero() else figure


def read_exact(said: Decimal | int | str, *, field: str | None = None) -> Decimal:
    """Read a figure as programs write it: a number, or its text with a point (`22.5`).

    Refuses as `read_figure` does what cannot be stored as it is; nothing is rounded.
    """
    if isinstance(said, Decimal) and abs(said.adjusted()) > LONGEST:  # never spelt out
        _bounded("9" * LONGEST if said.adjusted() > 0 else f"0.{'0' * LONGEST}", field)
    typed = said if isinstance(said, str) else format(Decimal(said), "f")
    if isinstance(said, str) and not (len(typed) <= LONGEST and _EXACT.fullmatch(typed)):
        raise _not_a_figure(typed, field)
    sign, digits = _take_sign(typed, field, negative=True)
    figure = Decimal(sign + _bounded(digits, field))
    return figure.copy_abs() if figure.is_zero() else figure


def check_sign(figure: Decimal, *promised: Decimal | None, field: str | None = None) -> None:
    """A figure lies below zero only where what is promised, or where that starts from, does."""
    if figure < 0 and not may_be_negative(*promised):
        raise _negative(field)


def may_be_negative(*promised: Decimal | None) -> bool:
    return any(value is not None and value < 0 for value in promised)


def _negative(field: str | None) -> Invalid:
    return Invalid("figure_negative", _("This figure cannot be negative."), field)


def _take_sign(typed: str, field: str | None, *, negative: bool) -> tuple[str, str]:
    if typed[0] in "-−":
        if not negative:
            raise _negative(field)
        return "-", typed[1:].lstrip()
    return "", typed.removeprefix("+").lstrip()


def _take_percent(typed: str, field: str | None, *, percent: bool) -> str:
    if not typed.endswith("%"):
        return typed
    if not percent:
        text = _("Please write the figure without a percent sign; the unit is given beside it.")
        raise Invalid("figure_percent", text, field)
    return typed[:-1].rstrip()


def _plain(digits: str, decimal_sign: str, typed: str, field: str | None) -> str:
    """The figure as a plain number with a point, or a refusal."""
    signs = [character for character in digits if character in ".,"]
    if len(set(signs)) == 2 or (len(signs) == 1 and " " in digits):
        return _plain_of_two_signs(digits, decimal_sign, typed, field)
    if _GROUPED.fullmatch(digits):
        if signs == [decimal_sign]:
            raise _ambiguous(typed, digits, decimal_sign, field)
        return _only_digits(digits)
    if _WHOLE.fullmatch(digits):
        return digits
    if _PLAIN_DECIMAL.fullmatch(digits):
        return digits.replace(",", ".")
    raise _not_a_figure(typed, field)


def _plain_of_two_signs(digits: str, decimal_sign: str, typed: str, field: str | None) -> str:
    """Where two different signs stand, the last one is the decimal sign and the other groups."""
    whole, last_sign, after = re.split("([.,])(?=[^.,]*$)", digits)
    if not (_WHOLE.fullmatch(after) and _GROUPED.fullmatch(whole)):
        raise _not_a_figure(typed, field)
    if " " in whole and len(after) == 3 and last_sign != decimal_sign:
        raise _ambiguous(typed, digits, decimal_sign, field)
    return f"{_only_digits(whole)}.{after}"


def _only_digits(grouped: str) -> str:
    return re.sub("[^0-9]", "", grouped)


def _bounded(plain: str, field: str | None) -> str:
    before, _point, after = plain.partition(".")
    if len(before.lstrip("0")) > MOST_DIGITS_BEFORE:
        text = _("This figure is too large: {most} digits before the decimal sign at most.")
        raise Invalid("figure_too_large", format_lazy(text, most=MOST_DIGITS_BEFORE), field)
    if len(after) > MOST_DIGITS_AFTER:
        text = _("This figure is too precise: {most} digits after the decimal sign at most.")
        raise Invalid("figure_too_precise", format_lazy(text, most=MOST_DIGITS_AFTER), field)
    return plain


def _ambiguous(typed: str, digits: str, decimal_sign: str, field: str | None) -> Invalid:
    """Ask back with both readings; a fourth digit after the sign makes it a decimal for certain."""
    plain = ("-" if typed[0] in "-−" else "") + _only_digits(digits)
    asked: Text = _(
        "“{typed}” can be read in two ways. Please write {grouped} if you mean a whole number, "
        "or {decimal} if you mean a decimal."
    )
    decimal = f"{plain[:-3]}{decimal_sign}{plain[-3:]}0"
    text = format_lazy(asked, typed=typed, grouped=plain, decimal=decimal)
    return Invalid("ambiguous_figure", text, field)


def _not_a_figure(typed: str, field: str | None) -> Invalid:
    if any(character.isalpha() for character in typed):
        text = _("Please write digits only, for example 1234 or 22.5; the unit is given beside it.")
        return Invalid("figure_has_letters", text, field)
    unreadable = _("“{typed}” could not be read as a figure. Please write it like 1234 or 22.5.")
    return Invalid("figure_unreadable", format_lazy(unreadable, typed=typed[:LONGEST]), field)
