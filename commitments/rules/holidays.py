"""Which day may be entered as free or worked, beside those known without anybody's doing."""

from collections.abc import Iterator
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal, Text
from commitments.rules.texts import check_text
from commitments.rules.workdays import SATURDAY, KnownDay

LONGEST_NAME = 120


def years_kept(today: date) -> range:
    """The years whose days are shown and may be entered: the last, this and the next two."""
    return range(today.year - 1, today.year + 3)


def check_day(
    *,
    on: date,
    is_free: bool,
    name_vi: str,
    name_en: str,
    known: KnownDay | None,
    is_entered: bool,
    today: date,
) -> list[Refusal]:
    """Why the day cannot be entered so; nothing when it can.

    `known` is what the calendar has of it without the house's own days, `is_entered` whether it
    is one of these already.
    """
    return [
        *_of_the_day(on, is_free, known, is_entered, today),
        *_of_the_name(name_vi, name_en, known),
    ]


def _of_the_day(
    on: date, is_free: bool, known: KnownDay | None, is_entered: bool, today: date
) -> Iterator[Refusal]:
    years = years_kept(today)
    if on.year not in years:
        text = format_lazy(_OUTSIDE, first=years[0], last=years[-1])
        yield Invalid("day_outside", text, "on")
    elif is_entered:
        yield Invalid("day_entered", _ENTERED, "on")
    elif is_free == (known.is_free if known else on.weekday() >= SATURDAY):
        yield Invalid("day_is_so_already", _FREE_ALREADY if is_free else _WORKED_ALREADY, "on")


def _of_the_name(name_vi: str, name_en: str, known: KnownDay | None) -> Iterator[Refusal]:
    """What the library names needs no other name to be taken back."""
    if not (name_vi.strip() or name_en.strip() or known):
        yield Invalid("name_missing", _NAMELESS, "name_vi")
    for field, text in (("name_vi", name_vi), ("name_en", name_en)):
        yield from check_text(text, LONGEST_NAME, field)


_OUTSIDE: Text = _("Please enter a day of the years {first} to {last}.")
_ENTERED = _("This day is entered already. Remove that entry first.")
_FREE_ALREADY = _("This day is free already.")
_WORKED_ALREADY = _("This day is a working day already.")
_NAMELESS = _("Please name the day in at least one language.")
