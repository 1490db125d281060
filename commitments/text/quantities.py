"""Promised and published quantities in words: comparator, exact number, unit."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from commitments.text.display import amount

_UNITS = {
    "VND": gettext_lazy("VND"),
    "billion USD": gettext_lazy("billion USD"),
    "billion transactions": gettext_lazy("billion transactions"),
    "consultations (lượt người dân)": gettext_lazy("consultations"),
    "enterprises": gettext_lazy("enterprises"),
    "million installs": gettext_lazy("million installs"),
    "parameters": gettext_lazy("parameters"),
    "people": gettext_lazy("people"),
    "percent": gettext_lazy("percent"),
    "products": gettext_lazy("products"),
    "rank": pgettext_lazy("a place in an order", "rank"),
    "stations": gettext_lazy("stations"),
    "tasks": gettext_lazy("tasks"),
    "trillion VND": gettext_lazy("trillion VND"),
    "uses": pgettext_lazy("how often it was used", "uses"),
    # of the demonstration
    "bridges": gettext_lazy("bridges"),
    "classrooms": gettext_lazy("classrooms"),
    "counters": pgettext_lazy("where people are served", "counters"),
    "flights": gettext_lazy("flights"),
    "trees": gettext_lazy("trees"),
}
"""Units of the data we bring, in the reader's language; any other is shown as it stands."""

_SPELLINGS = {
    "percent": pgettext_lazy("a quantity", "{number} percent"),
    "rank": pgettext_lazy("a quantity", "rank {number}"),
}
"""Where a number and its unit do not simply follow each other: Vietnamese writes 91%."""


def unit_words(unit: str) -> str:
    """A unit in the reader's language, where we know it."""
    return str(_UNITS.get(unit, unit))


def figure(
    value: Decimal | None,
    unit: str = "",
    comparator: str = "",
    value_max: Decimal | None = None,
) -> str:
    """A quantity as it was stated: "at least 20,000 stations", "from 55 to 60 percent"."""
    if value is None:
        return _("not published")
    number = _compared(amount(value), comparator, amount(value_max))
    if not unit:
        return number
    spelling = _SPELLINGS.get(unit) or pgettext("a quantity", "{number} {unit}")
    return str(spelling).format(number=number, unit=unit_words(unit))


def _compared(number: str, comparator: str, most: str) -> str:
    spelling = {
        "at_least": _("at least {number}"),
        "more_than": _("more than {number}"),
        "about": _("about {number}"),
        "exactly": _("exactly {number}"),
        "range": _("from {number} to {most}"),
    }.get(comparator, "{number}")
    return spelling.format(number=number, most=most)
