"""How texts, dates and amounts are shown to a reader of either language."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments.text import display

BOTH = {"title_vi": "Thử", "title_en": "Test"}
ENGLISH = {"title_vi": "", "title_en": "Test <b>"}


def test_said_shows_the_readers_language():
    with override("vi"):
        vietnamese = display.said(BOTH, "title")
    with override("en"):
        english = display.said(BOTH, "title")

    assert (vietnamese, english) == ("Thử", "Test")


def test_said_marks_the_other_language_and_escapes():
    with override("vi"):
        assert display.said(ENGLISH, "title") == '<span lang="en">Test &lt;b&gt;</span>'
        assert display.said_text(ENGLISH, "title") == "Test <b>"
        assert display.said_lang(ENGLISH, "title") == "en"


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        ("2026", "năm 2026", "2026"),
        ("2026-Q2", "quý II/2026", "Q2 2026"),
        ("2026-06", "tháng 6/2026", "June 2026"),
        ("2026-06-01", "1/6/2026", "1 June 2026"),
        (date(2026, 6, 1), "1/6/2026", "1 June 2026"),
        ("some day", "some day", "some day"),
    ],
)
def test_limited_date_is_as_precise_as_it_is_known(value, vietnamese, english):
    with override("vi"):
        assert display.limited_date(value) == vietnamese
    with override("en"):
        assert display.limited_date(value) == english


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (Decimal("1234.500000"), "1.234,5", "1,234.5"),
        (Decimal("100000000000.000000"), "100.000.000.000", "100,000,000,000"),
        (Decimal("0.000000"), "0", "0"),
        (Decimal("-12.75"), "-12,75", "-12.75"),
        ("about ten", "about ten", "about ten"),
    ],
)
def test_amount_has_the_readers_signs(value, vietnamese, english):
    with override("vi"):
        assert display.amount(value) == vietnamese
    with override("en"):
        assert display.amount(value) == english


def test_amount_that_was_not_published_is_a_word():
    with override("en"):
        assert display.amount(None) == "not published"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The seed names no body for this task", "en"),
        ("Signed by Deputy PM Nguyễn Chí Dũng on the first of June", "en"),
        ("Tên tiếng Việt lấy từ dự thảo", "vi"),
        ("", "en"),
    ],
)
def test_language_of_a_note(text, language):
    assert display.language_of(text) == language
