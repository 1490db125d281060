"""Forms and languages by what a program says it takes."""

import pytest

from commitments.rules.negotiation import (
    CSV,
    JSON,
    MEDIA_TYPES,
    NDJSON,
    XLSX,
    form_for,
    language_for,
)

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", JSON),
        ("*/*", JSON),
        (BROWSER, JSON),
        ("text/html", JSON),
        ("application/problem+json", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV; charset=utf-8", CSV),
        ("text/*", CSV),
        ("text/csv;q=0.5, application/json;q=0.4", CSV),
        ("text/csv, application/json", JSON),
        ("application/json;q=0, */*", CSV),
        ("application/x-ndjson", NDJSON),
        (MEDIA_TYPES[XLSX], XLSX),
        ("application/xml", ""),
        ("application/json;q=0", ""),
        ("application/json;q=x", ""),
        ("text/csv;q=7", ""),
        ("image/*, audio/*", ""),
        (",;q=1,,", JSON),
    ],
)
def test_form_that_is_liked_best(accept, expected):
    assert form_for(accept) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "vi"),
        ("en", "en"),
        ("en-GB,en;q=0.9,vi;q=0.8", "en"),
        ("fr, en;q=0.3, vi;q=0.4", "vi"),
        ("fr", "vi"),
        ("*", "vi"),
        ("en;q=0", "vi"),
    ],
)
def test_language_that_is_liked_best(accept, expected):
    assert language_for(accept, ("vi", "en")) == expected
