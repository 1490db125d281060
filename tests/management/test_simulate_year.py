"""`manage.py simulate_year`: days typed by hand from the calendar of 2026, and nothing left behind.

Free are (from the library): Tết from Monday 16 to Friday 20 February; Monday 27 April for the day
of the Hùng Kings, which is a Sunday; 30 April and 1 May; 31 August to 2 September. Work is done on
Saturday 22 August, in place of 31 August.
"""

import csv
import io
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from commitments.management.commands.simulate_year import NONE
from commitments.management.commands.up import only_copy
from commitments.models import Commitment

pytestmark = pytest.mark.usefixtures("world")

SPRING = [
    # January's period opens on Monday 2 February, for the 1st is a Sunday. Ten working days later,
    # with the five of Tết in between, is Monday 23 February.
    ("2026-02-02", "Mon", "R1", "+0", 1),
    ("2026-02-09", "Mon", "R2", "-5", 1),  # back from the 23rd: 13, 12, 11, 10, 9
    ("2026-02-12", "Thu", "R2", "-2", 1),  # 13, 12
    ("2026-02-23", "Mon", "R2", "+0", 1),
    ("2026-02-24", "Tue", "R3", "+1", 1),
    ("2026-02-26", "Thu", "R3", "+3", 2),
    ("2026-03-02", "Mon", "R3", "+5", 3),
    ("2026-03-09", "Mon", "R3", "+10", 4),
    # Every five working days from there: a Monday, until the days at the end of April.
    ("2026-03-16", "Mon", "R3", "+15", 4),
    ("2026-03-23", "Mon", "R3", "+20", 4),
    ("2026-03-30", "Mon", "R3", "+25", 4),
    ("2026-04-06", "Mon", "R3", "+30", 4),
    ("2026-04-13", "Mon", "R3", "+35", 4),
    ("2026-04-20", "Mon", "R3", "+40", 4),
    ("2026-04-28", "Tue", "R3", "+45", 4),  # 21, 22, 23, 24, not Monday 27, 28
    ("2026-05-07", "Thu", "R3", "+50", 4),  # 29 April, not 30 and 1, then 4, 5, 6, 7 May
]
MARCH = [
    ("2026-04-01", "Wed", "R1", "+0", 1),
    ("2026-04-08", "Wed", "R2", "-5", 1),
    ("2026-04-13", "Mon", "R2", "-2", 1),
    ("2026-04-15", "Wed", "R2", "+0", 1),
    ("2026-04-16", "Thu", "R3", "+1", 1),
    ("2026-04-20", "Mon", "R3", "+3", 2),
    ("2026-04-22", "Wed", "R3", "+5", 3),
    ("2026-05-04", "Mon", "R3", "+10", 4),  # 23, 24, 28, 29 April, 4 May
]
APRIL = [("2026-05-04", "Mon", "R1", "+0", 1)]  # 1 May is free, 2 and 3 are a weekend
END_OF_MARCH = [
    # Due on Tuesday 31 March. Thirty days before is Sunday 1 March: said on Monday.
    ("2026-03-02", "Mon", "R4", "-30d", 1),
    ("2026-03-24", "Tue", "R4", "-7d", 1),
    ("2026-03-30", "Mon", "R4", "-1", 1),
    ("2026-04-01", "Wed", "R4", "+1d", 2),  # past due the officer is told, too
    ("2026-04-07", "Tue", "R4", "+7d", 2),
    ("2026-05-07", "Thu", "R4", "+37d", 2),
]
JULY = [
    ("2026-08-03", "Mon", "R1", "+0", 1),  # 1 August is a Saturday
    ("2026-08-10", "Mon", "R2", "-5", 1),
    ("2026-08-13", "Thu", "R2", "-2", 1),
    ("2026-08-17", "Mon", "R2", "+0", 1),
    ("2026-08-18", "Tue", "R3", "+1", 1),
    ("2026-08-20", "Thu", "R3", "+3", 2),
    ("2026-08-22", "Sat", "R3", "+5", 3),  # 18, 19, 20, 21 and the Saturday that makes up
    ("2026-08-28", "Fri", "R3", "+10", 4),
    ("2026-09-09", "Wed", "R3", "+15", 4),  # not 31 August to 2 September; 3, 4, 7, 8, 9
]
AUGUST = [("2026-09-03", "Thu", "R1", "+0", 1)]  # 1 and 2 September are free


def printed(*args):
    out = io.StringIO()
    call_command("simulate_year", *args, stdout=out)
    return out.getvalue()


def told(text, about):
    """Day, weekday, rule and step of what is said about a thing, with how many are told."""
    rows = list(csv.DictReader(io.StringIO(text)))
    keys = [
        (row["day"], row["weekday"], row["rule"], row["step"])
        for row in rows
        if about in row["about"]
    ]
    return [(*key, keys.count(key)) for key in dict.fromkeys(keys)]


@pytest.fixture(autouse=True)
def own_directory(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def everything():
    """How many rows each table has, and the head of the record."""
    counts = {model._meta.db_table: model.objects.count() for model in apps.get_models()}
    return counts, list(apps.get_model("commitments", "RecordHead").objects.values())


def test_without_opening_it_prints_none_and_says_why(world):
    assert printed() == NONE + "\n"


def test_the_spring_of_2026_is_as_counted_by_hand_and_nothing_is_left(world):
    due = date(2026, 3, 31)
    Commitment.objects.update(due="2026-03-31", due_earliest=due, due_latest=due)
    before = everything()

    text = printed("--open", "2026-02-01", "--until", "2026-05-07", "--csv")

    assert told(text, "January 2026") == SPRING
    assert told(text, "March 2026, due") == MARCH
    assert told(text, "April 2026, due on 18 May") == APRIL
    assert told(text, "commitment itself") == END_OF_MARCH
    assert everything() == before


def test_the_second_of_september_and_the_saturday_that_makes_up_for_it(world):
    text = printed("--open", "2026-08-01", "--until", "2026-09-09", "--csv")

    assert told(text, "for July 2026") == JULY
    assert told(text, "for August 2026") == AUGUST


def test_the_table_says_in_words_who_is_told_of_what(world):
    text = printed("--open", "2026-06-01", "--until", "2026-06-10")

    about = "Update for May 2026, due on 15 June 2026 (CPT26-001)"
    assert [" ".join(line.split()) for line in text.splitlines()[4:6]] == [
        f"2026-06-01 Mon R1 +0 {about} reporters 1",
        f"2026-06-08 Mon R2 -5 {about} reporters 1",
    ]
    assert text.startswith("Notices: 2. Commitments: 1. Stand-ins: 1. Nothing was kept.\n\n")


def test_a_last_day_before_the_opening_is_refused(world):
    with pytest.raises(CommandError, match="lies before the day"):
        printed("--open", "2026-06-01", "--until", "2026-05-01")


@pytest.mark.parametrize("typed", ["2026-13-01", "9999-01-01", "0001-01-01"])
def test_a_day_that_no_calendar_has_is_refused(typed):
    with pytest.raises(CommandError, match=r"no day|the year lies between 2000 and 2100"):
        call_command("simulate_year", f"--open={typed}")


def test_on_sqlite_it_refuses_while_the_installation_runs(world, settings):
    refused = pytest.raises(CommandError, match="Another copy runs")
    answer = refused if connection.vendor == "sqlite" else nullcontext()
    with only_copy(Path(settings.VAR_DIR)), answer:
        printed("--open", "2026-06-01", "--until", "2026-06-02")
