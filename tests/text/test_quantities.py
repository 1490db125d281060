"""Quantities in words."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments.text.quantities import figure, unit_words


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ((Decimal("15000.000000"), "stations"), "15,000 stations"),
        ((Decimal(20000), "stations", "at_least"), "at least 20,000 stations"),
        ((Decimal(100000), "people", "more_than"), "more than 100,000 people"),
        ((Decimal("59.5"), "percent", "about"), "about 59.5 percent"),
        ((Decimal(3), "", "exactly"), "exactly 3"),
        ((Decimal(55), "percent", "range", Decimal(60)), "from 55 to 60 percent"),
        ((Decimal(7), "Test units"), "7 Test units"),
        ((Decimal(19), "rank"), "rank 19"),
        ((None, "stations", "at_least"), "not published"),
        ((Decimal(0), "stations"), "0 stations"),
    ],
)
def test_figure_says_what_was_stated(stated, words):
    with override("en"):
        assert figure(*stated) == words


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ((Decimal(20000), "stations", "at_least"), "ít nhất 20.000 trạm"),
        ((Decimal("59.5"), "percent", "about"), "khoảng 59,5%"),
        ((Decimal(55), "percent", "range", Decimal(60)), "từ 55 đến 60%"),
        ((Decimal(19), "rank"), "hạng 19"),
    ],
)
def test_figure_says_it_in_vietnamese(stated, words):
    with override("vi"):
        assert figure(*stated) == words


def test_unit_words_of_an_unknown_unit():
    assert unit_words("Test units") == "Test units"
