"""Bilingual texts, dates of limited precision and exact amounts, as a reader sees them.

Pages, mails and reports all show them so; the tags of `ui` have the same names.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.utils.dates import MONTHS
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LANGUAGES = ("vi", "en")
ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
LIMITED = re.compile(r"(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2])(?:-(\d{2}))?)?")
VIETNAMESE = re.compile("[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ]|[\u1ea0-\u1ef9]", re.IGNORECASE)
DECIMAL_AND_GROUP = {"vi": (",", "."), "en": (".", ",")}


def active_language() -> str:
    """The language of the page: one of ours, Vietnamese when none is active."""
    return _ours(get_language())


@cache
def _ours(language: str | None) -> str:
    first = (language or LANGUAGES[0]).split("-")[0]
    return first if first in LANGUAGES else LANGUAGES[0]


def _column(item: Any, name: str) -> str:
    found = item.get(name) if isinstance(item, dict) else getattr(item, name, None)
    return found or ""


def _said(item: Any, name: str, reader: str) -> tuple[str, str]:
    """The text and the language it is in: the reader's, else the other, else nothing."""
    for language in (reader, *(other for other in LANGUAGES if other != reader)):
        if text := _column(item, f"{name}_{language}"):
            return text, language
    return "", reader


def said(item: Any, name: str) -> str:
    """Show `<name>_vi` or `<name>_en`; a text in the other language is marked as such."""
    reader = active_language()
    text, language = _said(item, name, reader)
    if language == reader:
        return conditional_escape(text)
    return format_html('<span lang="{}">{}</span>', language, text)


def said_text(item: Any, name: str) -> str:
    """The same text without mark-up, for attributes and page titles."""
    return _said(item, name, active_language())[0]


def said_lang(item: Any, name: str) -> str:
    """The language that `said` would show, for a `lang` attribute of one's own."""
    return _said(item, name, active_language())[1]


def limited_date(value: str | date | None) -> str:
    """Show a date as precisely as it is known, and no more."""
    if not value:
        return _("not stated")
    matched = LIMITED.fullmatch(value.isoformat()[:10] if isinstance(value, date) else value)
    if not matched:
        return str(value)
    year, quarter, month, day = matched.groups()
    vietnamese = active_language() == "vi"
    if quarter:
        return f"quý {ROMAN[quarter]}/{year}" if vietnamese else f"Q{quarter} {year}"
    if not month:
        return f"năm {year}" if vietnamese else year
    if vietnamese:
        return f"{int(day)}/{int(month)}/{year}" if day else f"tháng {int(month)}/{year}"
    name = str(MONTHS[int(month)])
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def amount(value: Decimal | int | str | None) -> str:
    """Show an exact number with the reader's signs; what was not published is a word, not 0."""
    if value is None or value == "":
        return _("not published")
    try:
        plain = format(Decimal(value), "f")
    except InvalidOperation:
        return str(value)
    point, group = DECIMAL_AND_GROUP[active_language()]
    whole, _point, fraction = plain.partition(".")
    fraction = fraction.rstrip("0")
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", group, whole)
    return grouped + (point + fraction if fraction else "")


def language_of(text: str) -> str:
    """The language of a note that no column names: Vietnamese writes marks in most words."""
    words = text.split()
    marked = sum(1 for word in words if VIETNAMESE.search(word))
    return "vi" if marked * 3 > len(words) else "en"
