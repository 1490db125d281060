"""What forms show again reads back as what was stored, in both languages."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.rules.dates import LimitedDate, parse_day
from commitments.rules.figures import read_figure
from commitments.text.typed import typed_day, typed_figure, typed_limited

FIGURES = st.decimals(min_value=-(10**20), max_value=10**20, places=6)
DAYS = st.dates(min_value=date(1945, 1, 1), max_value=date(2199, 12, 31))


@given(DAYS)
def test_typed_day_reads_back(day):
    assert parse_day(typed_day(day)) == day


def test_typed_day_of_nothing_is_nothing():
    assert typed_day(None) == ""


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("2026-05-31", "31/5/2026"),
        ("2026-05-01", "1/5/2026"),
        ("2026-06", "6/2026"),
        ("2026-Q2", "Q2/2026"),
        ("2026", "2026"),
        ("", ""),
    ],
)
def test_typed_limited_is_as_people_write_it(stored, typed):
    assert typed_limited(stored) == typed
    assert not stored or LimitedDate.parse(typed).text == stored


@given(FIGURES, st.sampled_from(["vi", "en"]))
def test_typed_figure_reads_back(value, language):
    typed = typed_figure(value, language)

    assert read_figure(typed, language, negative=True) == value


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        ("1234", "1234", "1234"),
        ("1234.500000", "1234,5", "1234.5"),
        ("1.234", "1,2340", "1.2340"),
        ("-0.05", "-0,05", "-0.05"),
    ],
)
def test_typed_figure_has_the_sign_of_the_language(value, vietnamese, english):
    figure = Decimal(value)

    assert (typed_figure(figure, "vi"), typed_figure(figure, "en")) == (vietnamese, english)
