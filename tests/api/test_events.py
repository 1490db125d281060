"""Public events: complete, in sequence, and checkable by whoever reads them."""

import hashlib

import pytest
import rfc8785

from commitments.services import record
from tests import factories as make
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def chain(db):
    """Three events, one of them of the demonstration."""
    gap = make.GapFactory(number=7, text_en="Test gap")
    demo = make.OrganisationFactory(slug="demo-body", is_demo=True)
    by = record.Actor("officer", "test-unit")
    said = {"by": by, "effective_on": TODAY, "now": NOW}
    record.publish(gap, action="published", **said)
    record.publish(demo, action="published", **said)
    gap.text_en = "Test gap, corrected"
    record.publish(gap, action="corrected", **said)


def test_event_is_answered_as_it_was_hashed(read, chain):
    event = read("events/3/")

    assert event | {"hash": None, "previous_hash": None} == {
        "sequence": 3,
        "recorded_at": "2026-06-01T02:00:00.000000Z",
        "effective_on": "2026-06-01",
        "schema_version": 2,
        "object_kind": "gap",
        "object_key": "7",
        "action": "corrected",
        "before": {"number": 7, "text_vi": "", "text_en": "Test gap", "translated": ""},
        "after": {"number": 7, "text_vi": "", "text_en": "Test gap, corrected", "translated": ""},
        "actor_role": "officer",
        "actor_organisation": "test-unit",
        "is_demo": False,
        "previous_hash": None,
        "hash": None,
    }


def test_events_can_be_checked_with_nothing_but_the_answer(read, chain):
    answer = read("events/")
    previous = "0" * 64
    for event in answer["results"]:
        said = event.pop("hash")
        assert event["previous_hash"] == previous
        assert hashlib.sha256(rfc8785.dumps(event)).hexdigest() == said
        previous = said

    assert answer["head"] == {"sequence": 3, "hash": previous} == read("events/head/")


def test_events_come_after_a_sequence_the_demonstrations_too(read, chain):
    first = read("events/", limit=1)
    rest = read("events/", after=1)

    assert [event["sequence"] for event in first["results"]] == [1]
    assert first["next"] == "http://testserver/api/v1/events/?after=1&limit=1"
    assert [(event["sequence"], event["is_demo"]) for event in rest["results"]] == [
        (2, True),
        (3, False),
    ]
    assert (rest["next"], rest["head"]["sequence"]) == (None, 3)
    assert read("events/", after=3)["results"] == []


def test_events_end_where_a_full_page_ends(read, chain):
    assert read("events/", limit=3)["next"] is None


def test_events_of_one_thing_are_its_history(read, chain):
    asked = [
        {"object_kind": "gap"},
        {"object_kind": "gap", "object_key": "8"},
        {"object_kind": "organisation", "object_key": "demo-body"},
    ]

    assert [[event["action"] for event in read("events/", **one)["results"]] for one in asked] == [
        ["published", "corrected"],
        [],
        ["published"],
    ]


def test_events_of_a_commitment_are_those_of_its_parts_too(read, world):
    for row in (world.commitment, world.lead):
        record.publish(row, action="published", by=record.EDITORS, effective_on=TODAY, now=NOW)
    make.GapFactory()

    events = read("events/", commitment="test-commitment")["results"]

    assert [(event["object_kind"], event["object_key"]) for event in events] == [
        ("commitment", "test-commitment"),
        ("participation", "test-commitment/lead/test-lead"),
    ]


def test_head_before_the_first_event_is_what_that_event_will_name(read, db):
    assert read("events/") == {
        "head": {"sequence": 0, "hash": "0" * 64},
        "next": None,
        "results": [],
    }
