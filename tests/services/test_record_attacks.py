"""Attempts on the record by somebody with the database in their hands, and what each leaves."""

import json
from datetime import date

import pytest
from django.db import connection

from commitments.models import PublicEvent, RecordHead
from commitments.reports.public import NOUNS
from commitments.services import record
from commitments.services.record import EDITORS
from tests import factories
from tests.factories.clock import NOW, TODAY


def publish(*rows):
    return record.publish_many(rows, action="published", by=EDITORS, effective_on=TODAY, now=NOW)


def faults():
    return [tuple(fault) for fault in record.verify()]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def kept(db):
    """Three gaps, and the head as an outsider kept it."""
    gaps = [factories.GapFactory(text_en=f"Test gap {number}") for number in range(3)]
    publish(*gaps)
    head = RecordHead.objects.get()
    return gaps, (head.sequence, head.hash)


# Dates of limited precision: what is past due rests on columns beside the published text


DATED = {
    "source": "published",
    "indicator_point": "period",
    "commitment": "due",
    "participation": "since",
    "target": "due",
    "milestone": "due",
}


@pytest.mark.parametrize("kind", DATED)
def test_verify_names_a_date_that_is_not_what_its_text_says(kind, world):
    column = DATED[kind]
    said = {
        column: "2026-06",
        f"{column}_earliest": date(2026, 6, 1),
        f"{column}_latest": date(2026, 6, 30),
    }
    make = {
        "source": factories.SourceFactory,
        "indicator_point": factories.IndicatorPointFactory,
        "commitment": factories.CommitmentFactory,
        "participation": factories.ParticipationFactory,
        "target": factories.TargetFactory,
        "milestone": factories.MilestoneFactory,
    }[kind]
    row = make(**said)
    for noun in NOUNS:
        publish(*noun.rows())
    assert faults() == []

    table = row._meta.db_table
    sql(f"UPDATE {table} SET {column}_latest = '2030-12-31' WHERE id = %s", row.pk)

    noun = next(noun for noun in NOUNS if noun.kind == kind)
    assert faults() == [
        (
            f"{table} {row.pk} ({kind} {noun.key(row)})",
            f"{column}: “2026-06” means 2026-06-01 to 2026-06-30, the row 2026-06-01 to 2030-12-31",
        )
    ]


# Links


LINKED = [(noun.kind, field.name) for noun in NOUNS for field in noun.model._meta.many_to_many]


@pytest.mark.parametrize(("kind", "link"), LINKED)
def test_verify_names_a_row_whose_links_were_altered(kind, link, world):
    source = factories.SourceFactory(slug="test-source")
    other = {"sources": source, "commitments": world.commitment}[link]
    noun = next(noun for noun in NOUNS if noun.kind == kind)
    row = noun.rows().first() or FACTORIES[kind]()
    for one in NOUNS:
        publish(*one.rows())
    assert faults() == []

    getattr(row, link).add(other)

    assert faults() == [
        (
            f"{row._meta.db_table} {row.pk} ({kind} {noun.key(row)})",
            f"{link}: the record says [], the row {[other.slug]!r}",
        )
    ]


FACTORIES = {
    "priority": factories.PriorityFactory,
    "instrument": factories.InstrumentFactory,
    "acceptance": factories.AcceptanceFactory,
    "wording": factories.WordingFactory,
    "milestone": factories.MilestoneFactory,
    "recognition": factories.RecognitionFactory,
    "record_note": factories.RecordNoteFactory,
    "contradiction": factories.ContradictionFactory,
}


# Events


def test_an_event_moved_to_another_commitment_is_named(world):
    other = factories.CommitmentFactory(programme=world.programme, slug="test-other")
    publish(world.commitment, other)

    sql("UPDATE commitments_publicevent SET commitment_id = %s WHERE sequence = 1", other.pk)

    assert ("public_event 1", "stands under another commitment than it is about") in faults()


def test_an_event_taken_from_its_commitment_is_named(world):
    target = factories.TargetFactory(commitment=world.commitment)
    publish(world.commitment, target)

    sql("UPDATE commitments_publicevent SET commitment_id = NULL")

    assert [fault for fault in faults() if fault[0].startswith("public_event")] == [
        ("public_event 1", "stands under another commitment than it is about"),
        ("public_event 2", "stands under another commitment than it is about"),
    ]


def test_two_events_that_changed_places_are_named(kept):
    sql("UPDATE commitments_publicevent SET sequence = 99 WHERE sequence = 1")
    sql("UPDATE commitments_publicevent SET sequence = 1 WHERE sequence = 2")
    sql("UPDATE commitments_publicevent SET sequence = 2 WHERE sequence = 99")

    found = faults()

    assert ("public_event 1", "does not name the hash of the event before it") in found
    assert {where for where, _what in found} >= {"public_event 1", "public_event 2"}


@pytest.mark.parametrize("column", ["is_demo", "actor_organisation", "recorded_at", "effective_on"])
def test_an_event_with_another_column_is_named(column, kept):
    value = {
        "is_demo": True,
        "actor_organisation": "test-other",
        "recorded_at": "2026-01-01 00:00:00+00:00",
        "effective_on": "2026-01-01",
    }[column]

    sql(f"UPDATE commitments_publicevent SET {column} = %s WHERE sequence = 2", value)

    assert faults() == [("public_event 2", "gap 2: content and hash differ")]


def test_the_order_of_keys_says_nothing(kept):
    event = PublicEvent.objects.get(sequence=2)
    turned = json.dumps(dict(reversed(event.after.items())), indent=1)

    sql("UPDATE commitments_publicevent SET after = %s WHERE sequence = 2", turned)

    assert faults() == []


def test_events_taken_off_the_end_leave_their_rows_behind(kept):
    _gaps, _head = kept
    first = PublicEvent.objects.get(sequence=1)
    sql("DELETE FROM commitments_publicevent WHERE sequence > 1")
    sql("UPDATE commitments_recordhead SET sequence = 1, hash = %s", first.hash)

    assert [what for _where, what in faults()] == ["is published, but no event says so"] * 2


def test_a_record_written_anew_is_whole_but_for_the_head_that_others_kept(kept):
    """Whoever rewrites everything is seen only by who kept a hash: so it is published."""
    gaps, (sequence, known) = kept
    sql("UPDATE commitments_gap SET text_en = 'Test: altered' WHERE id = %s", gaps[0].pk)
    sql("DELETE FROM commitments_publicevent")
    sql("DELETE FROM commitments_recordhead")
    publish(*(type(gap).objects.get(pk=gap.pk) for gap in gaps))

    assert faults() == []
    head = RecordHead.objects.get()
    assert head.sequence == sequence
    assert head.hash != known


def test_a_missing_head_is_named(kept):
    sql("DELETE FROM commitments_recordhead")

    assert faults() == [("record_head", "does not point at event 3, the last one")]


@pytest.mark.parametrize("said", ["[1]", '"altered"', "7"])
def test_an_event_that_says_no_object_is_named(said, kept):
    sql("UPDATE commitments_publicevent SET after = %s WHERE sequence = 2", said)

    assert faults()[0] == ("public_event 2", "gap 2: content and hash differ")


UNREADABLE = [
    ("commitments_reportingperiod", "due_on", "2026-13-45"),
    ("commitments_indicatorpoint", "value", "altered"),
    ("commitments_publicevent", "recorded_at", "2026-13-45 00:00:00"),
]


@pytest.mark.parametrize(("table", "column", "value"), UNREADABLE)
def test_what_cannot_even_be_read_is_named(table, column, value, world):
    """SQLite keeps any text in any column."""
    if connection.vendor != "sqlite":
        return
    factories.ReportingPeriodFactory(programme=world.programme)
    factories.IndicatorPointFactory(value=1)
    for noun in NOUNS:
        publish(*noun.rows())

    sql("PRAGMA ignore_check_constraints = ON")
    sql(f"UPDATE {table} SET {column} = %s", value)
    sql("PRAGMA ignore_check_constraints = OFF")

    assert [where for where, what in faults() if what.startswith("cannot be read")] == [table]
