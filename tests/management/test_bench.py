"""`manage.py bench` prints what it measured and refuses an empty database."""

import io
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from commitments.management.commands.bench import Measured, table
from commitments.models import Commitment, ImportRun, Notice


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


def test_bench_imports_exports_and_reads_back_and_leaves_nothing(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    out = io.StringIO()
    call_command("bench", seconds=0.01, rows=3, stdout=out)
    lines = out.getvalue().split("Spreadsheets, 3 commitments")[1].splitlines()

    assert [line.split("  ")[0] for line in lines[2:] if line] == [
        "write XLSX",
        "check (all new)",
        "apply",
        "export XLSX",
        "export CSV",
        "check (read back)",
    ]
    assert lines[3].endswith("12 new, 0 changed, 0 unchanged, 0 faulty")
    assert " 0 new, 0 changed, " in lines[7]
    assert (Commitment.objects.count(), ImportRun.objects.count()) == (1, 0)


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


def test_bench_plans_what_is_owed_draws_it_and_leaves_nothing(world, tmp_path):
    out = io.StringIO()
    picture = tmp_path / "cost.svg"
    call_command("bench", seconds=0.01, owed=[40], figure=picture, stdout=out)
    lines = out.getvalue().split("queries/batch\n")[1].splitlines()

    assert [line.split("  ")[0] for line in lines[1:] if line] == [
        "first run of a month",
        "next run, mails waiting",
        "next run, mails sent",
        "run after two weeks",
    ]
    assert [line.split()[-6] for line in lines[1:] if line] == ["40", "0", "0", "120"]
    root = ElementTree.parse(picture).getroot()
    assert [one.text for one in root if one.tag.endswith("title")] == ["What planning costs"]
    assert (Commitment.objects.count(), Notice.objects.count()) == (1, 0)
