"""What strangers send instead of what was asked for: an answer in words, never a fault of ours."""

from itertools import cycle
from urllib.parse import quote

import pytest
from django.urls import resolve

from commitments import filters
from tests.api.paths import LISTS

NASTY = [
    "\x00", "%ED%A0%80", "%s", "%(text)s", "\u202e\u200f", "99999999999999999999999", "-1", "٣",
    "²", "1" * 5000, "nan", "1e9", "2147483648", "9223372036854775808", "\ufffe", "9999-99-99",
    "2026-Q9", "0000", "[]", "<script>alert(1)</script>", "' OR 1=1 --", ",",
]  # fmt: skip
"""NUL, per cent signs, numbers beyond every column, digits that are none, days that are none."""

PAGING = {"page", "page_size", "after"}
WISHES = {"fields", "lang", "format", "expand", "facets", "limit"}
NAMES = sorted(
    PAGING.union(
        WISHES,
        *(one.base_filters for one in vars(filters).values() if hasattr(one, "base_filters")),
    )
)

RAW = ["%00", "%ff%fe", "%", "%zz=%zz", "page[]=1", "search=%ED%A0%80", "page=1&page=x", "&&=&="]


@pytest.mark.parametrize("noun", LISTS)
def test_nasty_parameters_are_answered(noun, everything, client):
    """All of it under every name that the list reads, one of it under each of the others."""
    view = resolve(f"/api/v1/{noun}/").func.cls
    read = PAGING.union(
        WISHES if noun == "commitments" else (),
        getattr(getattr(view, "filterset_class", None), "base_filters", ()),
    )
    asked = [f"{name}={quote(value)}" for name in NAMES if name in read for value in NASTY]
    rest = [name for name in NAMES if name not in read]
    asked += [f"{name}={quote(value)}" for name, value in zip(rest, cycle(NASTY), strict=False)]
    asked += RAW

    faults = {
        query: answer.status_code
        for query in asked
        for answer in [client.get(f"/api/v1/{noun}/", QUERY_STRING=query)]
        if answer.status_code not in (200, 400, 404)
    }

    assert faults == {}


def test_nasty_searches_are_answered(everything, client):
    names = ("q", "only", "lang", "demo", "page", "page_size")
    asked = [f"q=a&{name}={quote(value)}" for name in names for value in NASTY] + RAW
    found = {client.get("/api/v1/search/", QUERY_STRING=query).status_code for query in asked}

    assert found <= {200, 400, 404}


def test_a_date_that_is_none_is_quoted_as_it_was_typed(db, client):
    answer = client.get(
        "/api/v1/commitments/", {"due_after": "%ED"}, headers={"Accept-Language": "en"}
    )

    assert answer.status_code == 400
    assert "“%ED”" in answer.content.decode()
