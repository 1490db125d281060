"""What is not the record of another installation, or not for this one, is refused whole."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from commitments.errors import Invalid
from commitments.models import (
    Commitment,
    Organisation,
    Participation,
    Programme,
    PublicEvent,
    RecordHead,
)
from commitments.services import record
from commitments.services.restoring import BrokenChain, NotEmpty, restore
from commitments.services.restoring.reading import events_in
from commitments.text.canonical import canonical, digest
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def lines(world):
    """Three events as lines; the tables that tell of them are not empty."""
    rows = [world.unit, world.body, world.programme]
    made = record.publish_many(
        rows, action="loaded", by=record.EDITORS, effective_on=TODAY, now=NOW
    )
    return [canonical(record.content_of(one) | {"hash": one.hash}) + b"\n" for one in made]


def altered(line, **said):
    """An event that says something else and has the hash for it."""
    event = json.loads(line) | said
    event.pop("hash")
    return canonical(event | {"hash": digest(event)}) + b"\n"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda one, two, three: [two, three], "its sequence is not the number of the line."),
        (
            lambda one, two, three: [one, altered(two, previous_hash="1" * 64)],
            "it does not name the hash of the event before it.",
        ),
        (
            lambda one, two, three: [one, two.replace(b"Test lead", b"Test head")],
            "content and hash differ.",
        ),
        (lambda one, two, three: [one, two[:-9]], "it is not canonical JSON."),
        (lambda one, two, three: [one, two.replace(b":", b": ", 1)], "it is not canonical JSON."),
        (lambda one, two, three: [one, b"\xff\n"], "it is not canonical JSON."),
        (lambda one, two, three: [one, b"[" * 100_000 + b"\n"], "it is not canonical JSON."),
        (lambda one, two, three: [one, b"[]\n"], "it is not a public event."),
        (lambda one, two, three: [one, altered(two, extra=1)], "it is not a public event."),
        (lambda one, two, three: [one, altered(two, after="x")], "it is not a public event."),
    ],
)
def test_events_in_believes_nothing(lines, tmp_path, change, why):
    path = tmp_path / "events.ndjson"
    path.write_bytes(b"".join(change(*lines)))
    with pytest.raises(BrokenChain) as refused:
        list(events_in(path))

    number = 1 if why.startswith("its sequence") else 2
    assert str(refused.value) == f"Line {number} of the events: {why}"


def test_restore_refuses_an_installation_that_holds_something(lines, tmp_path):
    (tmp_path / "events.ndjson").write_bytes(b"".join(lines))
    with pytest.raises(NotEmpty):
        restore(tmp_path)
    PublicEvent.objects.all().delete()
    RecordHead.objects.all().delete()
    with pytest.raises(CommandError, match="This installation is not empty"):
        call_command("restore", str(tmp_path))
    with pytest.raises(CommandError, match="There is no file of events there"):
        call_command("restore", str(tmp_path / "nowhere"))

    assert PublicEvent.objects.count() == 0


PERIOD = {
    "programme": "x",
    "starts_on": "2026-01-01",
    "ends_on": "2026-01-31",
    "opens_on": "2026-02-02",
    "due_on": "2026-02-16",
    "locks_on": "2026-03-02",
}


@pytest.fixture
def emptied(lines):
    for model in (PublicEvent, RecordHead, Participation, Commitment, Programme, Organisation):
        model.objects.all().delete()
    return lines


def test_restore_brings_back_what_the_events_tell(emptied, tmp_path):
    (tmp_path / "events.ndjson").write_bytes(b"".join(emptied))
    said = StringIO()
    call_command("restore", str(tmp_path / "events.ndjson"), stdout=said)

    assert said.getvalue().splitlines()[0] == "programme: 1"
    assert Programme.objects.get().delivery_unit.slug == "test-unit"
    assert list(record.verify()) == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"effective_on": "2026-13-01"}, "An event bears no instant or no day."),
        ({"effective_on": "20260101"}, "An event bears no instant or no day."),
        ({"recorded_at": "2026-01-01T00:00:00"}, "An event bears no instant or no day."),
        (
            {"object_kind": "../../x", "object_key": "1"},
            "What the record says of ../../x 1 cannot be read.",
        ),
        (
            {"object_kind": "reporting_period", "object_key": "x/2026-01-01", "after": PERIOD},
            "The record names programme x but does not tell of it.",
        ),
        (
            {"object_kind": "gap", "object_key": "1", "after": {"number": "one"}},
            "What the record says of gap 1 cannot be read.",
        ),
    ],
)
def test_restore_refuses_what_makes_no_rows(emptied, tmp_path, said, why):
    path = tmp_path / "events.ndjson"
    path.write_bytes(altered(emptied[0], **said))
    with pytest.raises(Invalid) as refused:
        restore(path)

    assert str(refused.value) == why
    assert (PublicEvent.objects.count(), RecordHead.objects.count()) == (0, 0)


def test_restore_keeps_nothing_that_is_not_what_the_record_says(emptied, tmp_path):
    path = tmp_path / "events.ndjson"
    after = json.loads(emptied[0])["after"] | {"name_vi": 3}
    path.write_bytes(altered(emptied[0], after=after))
    with pytest.raises(CommandError, match="Nothing was restored"):
        call_command("restore", str(path), stdout=StringIO(), stderr=StringIO())

    assert (PublicEvent.objects.count(), Organisation.objects.count()) == (0, 0)
