"""Bilingual texts, dates and amounts for templates; `text.display` says how each is shown."""

from commitments.text.display import (
    LANGUAGES,
    active_language,
    amount,
    language_of,
    limited_date,
    said,
    said_lang,
    said_text,
)

__all__ = [
    "LANGUAGES",
    "active_language",
    "amount",
    "language_of",
    "limited_date",
    "said",
    "said_lang",
    "said_text",
]
