"""`manage.py verify_record`: what it prints, and its exit code."""

import pytest
from django.core.management import call_command
from django.db import connection

from commitments.models import RecordHead
from commitments.services import record
from commitments.services.record import EDITORS
from tests import factories
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def gap(db):
    made = factories.GapFactory(text_en="Test gap")
    record.publish(made, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    return made


def test_verify_record_says_that_it_is_whole(gap, capsys):
    call_command("verify_record")

    assert capsys.readouterr() == (
        f"Events: 1\nHead: {RecordHead.objects.get().hash}\nThe record is whole.\n",
        "",
    )


def test_verify_record_of_nothing(db, capsys):
    call_command("verify_record")

    assert capsys.readouterr().out == (
        "Events: 0\nHead: none, the record is empty\nThe record is whole.\n"
    )


def test_verify_record_names_each_fault_and_exits_1(gap, capsys):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_gap SET text_en = 'Test: altered'")

    with pytest.raises(SystemExit) as ended:
        call_command("verify_record")

    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines()[2:] == [
        f"FAULT commitments_gap {gap.pk} (gap {gap.number}): "
        "text_en: the record says 'Test gap', the row 'Test: altered'",
        "The record is not whole: 1 fault.",
    ]


def test_verify_record_tells_how_far_a_long_check_is(gap, capsys, monkeypatch):
    monkeypatch.setattr(record, "STEP", 1)

    call_command("verify_record")

    said = capsys.readouterr().err.splitlines()
    assert said[0] == "1 of 1 events checked …"
    assert "Comparing rows: gap …" in said
