"""The public record: one event per change, chained by hash, and a check that sees every change."""

from datetime import date

import pytest
from django.db import connection

from commitments.models import PublicEvent, RecordHead
from commitments.reports.public import NOUNS, public_of
from commitments.services import record
from commitments.services.record import EDITORS, Actor
from commitments.text.canonical import digest
from tests import factories
from tests.factories.clock import NOW, TODAY

BEFORE_ALL = "0" * 64


def publish(*rows, action="published", by=EDITORS, effective_on=TODAY):
    return record.publish_many(rows, action=action, by=by, effective_on=effective_on, now=NOW)


def faults():
    return [tuple(fault) for fault in record.verify()]


# Writing


def test_publish_writes_what_is_public_and_who_acted(db):
    gap = factories.GapFactory(text_en="Test gap")

    event = record.publish(
        gap, action="loaded", by=Actor("officer", "test-unit"), effective_on=date(2026, 1, 2), now=NOW
    )  # fmt: skip

    assert PublicEvent.objects.values().get() == {
        "id": event.pk,
        "sequence": 1,
        "recorded_at": NOW,
        "effective_on": date(2026, 1, 2),
        "schema_version": 2,
        "object_kind": "gap",
        "object_key": str(gap.number),
        "action": "loaded",
        "before": None,
        "after": public_of(gap).data,
        "actor_role": "officer",
        "actor_organisation": "test-unit",
        "commitment_id": None,
        "is_demo": False,
        "previous_hash": BEFORE_ALL,
        "hash": digest(record.content_of(event)),
    }
    head = RecordHead.objects.get()
    assert (head.sequence, head.hash) == (1, event.hash)


def test_publish_chains_every_event_to_the_one_before(db):
    first, second = publish(factories.GapFactory(), factories.GapFactory())
    [third] = publish(factories.ContradictionFactory())

    assert [event.sequence for event in (first, second, third)] == [1, 2, 3]
    assert [event.previous_hash for event in (first, second, third)] == [
        BEFORE_ALL,
        first.hash,
        second.hash,
    ]


def test_publish_says_what_stood_before(db):
    gap = factories.GapFactory(text_en="Test gap")
    publish(gap)
    gap.text_en = "Test gap, filled"
    gap.save()

    [event] = publish(gap, action="corrected")

    assert (event.before["text_en"], event.after["text_en"]) == ("Test gap", "Test gap, filled")
    assert event.before == PublicEvent.objects.get(sequence=1).after


def test_publish_names_the_commitment_and_marks_the_demonstration(db):
    programme = factories.ProgrammeFactory(is_demo=True)
    commitment = factories.CommitmentFactory(programme=programme)
    target = factories.TargetFactory(commitment=commitment)

    [event] = publish(target)

    assert (event.commitment, event.is_demo) == (commitment, True)


# Checking


@pytest.fixture
def whole(world, alice, dan, erin):
    """At least one public row of every noun, all of them in the record."""
    source = factories.SourceFactory(slug="test-source")
    update = factories.StatusUpdateFactory(
        commitment=world.commitment, body=world.body, is_published=True, author=alice,
        approver=dan, publisher=erin, stage="reported_complete", summary_en="Test",
    )  # fmt: skip
    evidence = factories.EvidenceFactory(update=update, source=source, relation="press")
    accepted = factories.EvidenceAcceptanceFactory(evidence=evidence, officer=erin)
    target = factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000
    )
    factories.MeasurementFactory(update=update, target=target)
    factories.CompletionFactory(update=update, acceptance=accepted)
    factories.RetractionFactory(update=update, officer=erin)
    factories.ObligationFactory(commitment=world.commitment)
    factories.ChangeRequestFactory(
        commitment=world.commitment, requester=alice, decider=erin, decided_at=NOW,
        decision="approved",
    )  # fmt: skip
    for make in (
        factories.WordingFactory, factories.MilestoneFactory,
    ):  # fmt: skip
        make(commitment=world.commitment)
    factories.CommitmentLinkFactory(from_commitment=world.commitment)
    factories.OrganisationNameFactory(organisation=world.body)
    factories.PriorityFactory(programme=world.programme)
    factories.AcceptanceFactory(programme=world.programme, organisation=world.body)
    factories.IndicatorPointFactory(source=source)
    for make in (
        factories.InstrumentFactory, factories.RecognitionFactory, factories.RecordNoteFactory,
        factories.ContradictionFactory, factories.GapFactory,
    ):  # fmt: skip
        make()
    for noun in NOUNS:
        publish(*noun.rows())
    return world


CHANGES = {
    "programme": ("name_en", "Test: altered"),
    "priority": ("title_en", "Test: altered"),
    "organisation": ("name_en", "Test: altered"),
    "source": ("title", "Test: altered"),
    "instrument": ("title_en", "Test: altered"),
    "indicator": ("name_en", "Test: altered"),
    "indicator_point": ("value", "2"),
    "acceptance": ("reason_en", "Test: altered"),
    "reporting_period": ("due_on", "2026-06-16"),
    "commitment": ("title_en", "Test: altered"),
    "wording": ("text_en", "Test: altered"),
    "participation": ("stage", "accepted"),
    "target": ("text_en", "Test: altered"),
    "link": ("stated_on", "2026-01-01"),
    "former_name": ("name_en", "Test: altered"),
    "milestone": ("title_en", "Test: altered"),
    "change_request": ("reason_en", "Test: altered"),
    "obligation": ("waiver_reason_en", "Test: altered"),
    "status_update": ("summary_en", "Test: altered"),
    "measurement": ("value", "2"),
    "evidence": ("shows", "Test: altered"),
    "evidence_acceptance": ("accepted_at", "2026-06-02 02:00:00+00:00"),
    "retraction": ("reason_en", "Test: altered"),
    "completion": ("confirmed_at", "2026-06-02 02:00:00+00:00"),
    "recognition": ("what_en", "Test: altered"),
    "record_note": ("summary_en", "Test: altered"),
    "contradiction": ("text_en", "Test: altered"),
    "gap": ("text_en", "Test: altered"),
}


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_changes_try_every_noun():
    assert CHANGES.keys() == {noun.kind for noun in NOUNS}


def test_verify_finds_nothing_in_a_whole_record(whole):
    assert {noun.kind for noun in NOUNS if not noun.rows()} == set()
    assert faults() == []


def test_verify_of_an_empty_record(db):
    assert faults() == []


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.kind)
def test_verify_names_the_row_that_raw_sql_changed(noun, whole):
    column, value = CHANGES[noun.kind]
    row = noun.rows().first()
    table, key = noun.model._meta.db_table, noun.key(row)
    then = noun.data(row)[column]

    sql(f"UPDATE {table} SET {column} = %s WHERE id = %s", value, row.pk)

    now = noun.data(noun.rows().get(pk=row.pk))[column]
    assert faults() == [
        (
            f"{table} {row.pk} ({noun.kind} {key})",
            f"{column}: the record says {then!r}, the row {now!r}",
        )
    ]


def test_verify_names_a_row_that_raw_sql_deleted(whole):
    sql("DELETE FROM commitments_gap")

    assert faults() == [("commitments_gap (gap 1)", "is in the record, but the row is gone")]


def test_verify_names_a_row_that_nobody_published(whole):
    slipped_in = factories.GapFactory()

    assert faults() == [
        (
            f"commitments_gap {slipped_in.pk} (gap {slipped_in.number})",
            "is published, but no event says so",
        )
    ]


def test_verify_names_an_update_that_was_hidden(whole):
    sql("UPDATE commitments_commitment SET published_at = NULL, reference = NULL")

    assert ("commitments_statusupdate (status_update test-commitment/1)",
            "is in the record, but the row is gone") in faults()  # fmt: skip


@pytest.mark.parametrize("column", ["action", "actor_role", "object_key", "after"])
def test_verify_names_an_event_whose_content_was_altered(column, db):
    first, _second = publish(factories.GapFactory(), factories.GapFactory())
    value = '{"text_en": "Test: altered"}' if column == "after" else "altered"

    sql(f"UPDATE commitments_publicevent SET {column} = %s WHERE sequence = 1", value)

    key = value if column == "object_key" else first.object_key
    assert faults()[0] == ("public_event 1", f"gap {key}: content and hash differ")


def test_verify_sees_an_event_rewritten_with_a_hash_of_its_own(db):
    first, _second = publish(factories.GapFactory(), factories.GapFactory())
    first.action = "altered"
    sql(
        "UPDATE commitments_publicevent SET action = %s, hash = %s WHERE sequence = 1",
        "altered",
        digest(record.content_of(first)),
    )

    assert faults() == [("public_event 2", "does not name the hash of the event before it")]


def test_verify_sees_that_an_event_is_missing(db):
    publish(factories.GapFactory(), factories.GapFactory(), factories.GapFactory())

    sql("DELETE FROM commitments_publicevent WHERE sequence = 2")

    assert faults()[0] == ("public_event 3", "event 2 is missing")


def test_verify_sees_that_the_last_event_is_missing(db):
    publish(factories.GapFactory(), factories.GapFactory())

    sql("DELETE FROM commitments_publicevent WHERE sequence = 2")

    assert faults()[0] == ("record_head", "does not point at event 1, the last one")


def test_verify_compares_only_the_keys_that_the_event_has(db):
    gap = factories.GapFactory(text_en="Test gap")
    publish(gap)
    [event] = PublicEvent.objects.all()
    del event.after["translated"]
    event.hash = digest(record.content_of(event))
    event.save()
    RecordHead.objects.update(hash=event.hash)

    assert faults() == []


def test_verify_takes_as_many_queries_for_many_rows(db, django_assert_num_queries):
    publish(*factories.GapFactory.create_batch(2))
    with django_assert_num_queries(len(NOUNS) * 2 + 3) as few:
        faults()

    publish(*factories.GapFactory.create_batch(20))
    with django_assert_num_queries(len(few.captured_queries)):
        faults()
