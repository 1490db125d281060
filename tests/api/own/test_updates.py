"""Updates of a body's own system, from the first draft to the public record."""

import json
from io import BytesIO

import pytest

from commitments.models import StatusUpdate
from commitments.services import updates
from tests import deeds
from tests import factories as make
from tests.factories.clock import NOW, TODAY

SAID = {
    "commitment": "test-commitment",
    "as_of_on": "2026-05-31",
    "stage": "in_progress",
    "summary_en": "Test: work is under way.",
}
PAGE = {
    "title": "Test page",
    "url": "HTTPS://Example.org/test-page",
    "publisher": "Test publisher",
    "published": "2026-Q1",
    "language": "en",
    "kind": "press",
    "relation": "press",
    "shows": "Test table",
}


@pytest.fixture
def target(world):
    return make.TargetFactory(
        commitment=world.commitment, number=3, metric="tests", unit="test", value="100"
    )


def test_update_goes_from_a_draft_to_the_record(ask, world, alice, dan, erin, target):
    source = make.SourceFactory(slug="test-law", title="Test law", published_at=NOW)
    body = SAID | {
        "forecast": "at_risk",
        "problem_en": "Test: money is short.",
        "measurements": [{"target": 3, "value": 22.5}],
        "evidence": [PAGE, {"source": "test-law", "relation": "government"}],
        "client_reference": "test 1",
    }

    answer = ask("post", "updates/", body)
    begun = answer.json()

    assert answer.status_code == 201, begun
    assert answer["Location"] == begun["address"]
    row = StatusUpdate.objects.get()
    assert begun == {
        "id": row.pk,
        "address": f"http://testserver/api/v1/own/updates/{row.pk}/",
        "commitment": "test-commitment",
        "number": None,
        "state": "draft",
        "kind": "progress",
        "origin": "api",
        "as_of_on": "2026-05-31",
        "stage": "in_progress",
        "forecast": "at_risk",
        "summary_vi": None,
        "summary_en": "Test: work is under way.",
        "problem_vi": None,
        "problem_en": "Test: money is short.",
        "asked_vi": None,
        "asked_en": None,
        "corrects": None,
        "correction_reason_vi": None,
        "correction_reason_en": None,
        "evidence": [
            {
                "number": 1, "source": None, "title": "Test page",
                "publisher": "Test publisher", "url": "https://example.org/test-page",
                "published": "2026-Q1", "language": "en", "kind": "press", "relation": "press",
                "shows": "Test table", "file": None,
            },
            {
                "number": 2, "source": "test-law", "title": "Test law", "publisher": None,
                "url": source.url or None, "published": None, "language": source.language or None,
                "kind": source.kind or None, "relation": "government", "shows": None, "file": None,
            },
        ],
        "measurements": [
            {"target": 3, "value": "22.5", "as_of_on": "2026-05-31", "metric": "tests",
             "unit": "test"}
        ],
        "client_reference": "test 1",
        "returned_because": None,
        "created_at": "2026-06-01T02:00:00.000000Z",
        "saved_at": "2026-06-01T02:00:00.000000Z",
        "submitted_at": None,
        "approved_at": None,
        "published_at": None,
        "dry_run": False,
        "missing": [],
    }  # fmt: skip
    assert (row.author, row.body, row.origin) == (alice, world.body, "api")

    where = f"updates/{row.pk}/"
    changed = ask(
        "patch", where, {"forecast": "off_track", "summary_en": None},
        headers={"If-Match": answer["ETag"]},
    )  # fmt: skip
    assert [(one["pointer"], one["code"]) for one in changed.json()["missing"]] == [
        ("#/asked_vi", "asked_missing"),
        ("#/summary_vi", "summary_missing"),
    ]
    assert changed.json()["evidence"] == begun["evidence"]
    assert changed.json()["measurements"] == begun["measurements"]

    refused = ask("post", f"{where}submit/", headers={"If-Match": changed["ETag"]})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == ["#/asked_vi", "#/summary_vi"]
    mended = ask(
        "patch", where, {"asked_en": "Test: help.", "summary_vi": "Thử nghiệm."},
        headers={"If-Match": changed["ETag"]},
    )  # fmt: skip
    handed_in = ask("post", f"{where}submit/", headers={"If-Match": mended["ETag"]})
    assert (handed_in.status_code, handed_in.json()["state"]) == (200, "submitted")

    signed = updates.approve_update(update=row, approver=dan, now=NOW)
    updates.publish_update(update=signed, publisher=erin, today=TODAY, now=NOW)
    public = ask("get", where).json()
    assert (public["state"], public["number"]) == ("published", 1)
    assert [one["source"] is None for one in public["evidence"]] == [False, False]
    found = ask("get", "updates/", query="?state=published&client_reference=test+1").json()
    assert [one["id"] for one in found["results"]] == [row.pk]
    assert ask("get", "updates/", query="?state=draft").json()["results"] == []


def test_body_may_come_in_chunks(client, token, world):
    """Without a length, as some programs send it: Django itself would read nothing."""
    sent = json.dumps(SAID).encode()
    answer = client.generic(
        "POST",
        "/api/v1/own/updates/",
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", "Transfer-Encoding": "chunked"},
        CONTENT_TYPE="application/json",
        CONTENT_LENGTH="",
        **{"wsgi.input": BytesIO(sent)},
    )

    assert (answer.status_code, answer.json()["summary_en"]) == (201, SAID["summary_en"])


def test_what_was_published_is_corrected_also_when_closed(ask, world, alice, dan, erin):
    deeds.published(alice, dan, erin, world.commitment)
    world.commitment.refresh_from_db()
    world.commitment.stage, world.commitment.closed_on = "complete", TODAY
    world.commitment.save()
    body = SAID | {"corrects": 1, "submit": True}

    missing = ask("post", "updates/", body)
    begun = ask("post", "updates/", body | {"correction_reason_vi": "Thử nghiệm: sai số."})

    assert [one["pointer"] for one in missing.json()["errors"]] == ["#/correction_reason_vi"]
    assert begun.status_code == 201, begun.content
    assert (begun.json()["corrects"], begun.json()["state"]) == (1, "submitted")
    assert ask("post", "updates/", SAID).status_code == 409


def test_nothing_changed_is_said_in_one_request(ask, world, alice, dan, erin):
    deeds.published(alice, dan, erin, world.commitment)
    said = {"commitment": "test-commitment", "kind": "no_change", "as_of_on": "2026-06-01"}

    begun = ask("post", "updates/", said | {"submit": True})

    assert begun.status_code == 201, begun.content
    assert (begun.json()["stage"], begun.json()["state"]) == ("in_progress", "submitted")
