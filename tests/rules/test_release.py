"""The time of a publication as people write it, and which times may be set."""

from datetime import time

import pytest

from commitments.errors import Invalid
from commitments.rules.release import parse_time


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8:30", time(8, 30)),
        ("08:30", time(8, 30)),
        (" 8 : 30 ", time(8, 30)),
        ("8h30", time(8, 30)),
        ("8H", time(8)),
        ("16g", time(16)),
        ("16g05", time(16, 5)),
        ("8.30", time(8, 30)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_parse_time_reads_what_people_write(typed, read):
    assert parse_time(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["8", "24:00", "8:60", "8:3", "half past eight", "-1:00", "8:30:00", "٨:٣٠", "8:30 pm", "٨h"],
)
def test_parse_time_refuses_the_rest(typed):
    with pytest.raises(Invalid) as refused:
        parse_time(typed)

    assert refused.value.code == "time_unreadable"
