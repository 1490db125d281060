"""`manage.py bench` prints what it measured and refuses an empty database."""

import io

import pytest
from django.core.management import CommandError, call_command

from commitments.management.commands.bench import Measured, table


def test_bench_refuses_an_empty_database(db):
    with pytest.raises(CommandError) as refused:
        call_command("bench")

    assert str(refused.value) == (
        "There is nothing to measure. Load the facts: manage.py load_facts"
    )


def test_bench_measures_pages_and_lists(world):
    out = io.StringIO()
    call_command("bench", seconds=0.01, stdout=out)
    lines = [line.split() for line in out.getvalue().splitlines()]
    answered = {line[0]: line[1] for line in lines if line and line[0].startswith("/")}

    assert set(answered.values()) == {"200"}
    assert {"/vi/", "/vi/commitments/test-commitment/", "/api/v1/events/"} <= answered.keys()


def test_table_shows_median_rate_and_queries():
    row = Measured("/vi/", 200, 2048, 7, [0.01, 0.01, 0.04])

    assert (
        table("Pages", [row]).splitlines()
        == [
            "Pages  status  KiB  queries  p50 ms  p95 ms  req/s",
            "--------------------------------------------------",
            "/vi/      200  2.0        7    10.0    40.0     50",
            "",
        ][:3]
    )
