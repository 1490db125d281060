"""Days left and days late, in words."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from commitments.text.days import due_words, since_words

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-14, "14 days late"),
        (-1, "1 day late"),
        (0, "due today"),
        (1, "due tomorrow"),
        (2, "due in 2 days"),
    ],
)
def test_due_words_count_from_today(days, words):
    with override("en"):
        assert due_words(TODAY + timedelta(days), TODAY) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "since today"), (-1, "since today"), (1, "for 1 day"), (9, "for 9 days")],
)
def test_since_words_count_up_to_today(days, words):
    with override("en"):
        assert since_words(TODAY - timedelta(days), TODAY) == words
