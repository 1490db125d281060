"""Published updates: exact answers, what was corrected and retracted, what is left out."""

from datetime import date

import pytest

from tests import factories as make
from tests.factories.clock import NOW, TODAY

FIRST = {
    "commitment": "test-commitment",
    "number": 1,
    "kind": "progress",
    "origin": "web",
    "speaker": "body",
    "body": "test-lead",
    "as_of_on": "2026-05-01",
    "stage": "reported_complete",
    "step": None,
    "forecast": "not_given",
    "verification": "confirmed",
    "summary_vi": None,
    "summary_en": "Test summary",
    "problem_vi": None,
    "problem_en": None,
    "asked_vi": None,
    "asked_en": None,
    "corrects": None,
    "correction_reason_vi": None,
    "correction_reason_en": None,
    "corrected_by": [2],
    "retraction": None,
    "completion": {"source": "test-source", "confirmed_at": "2026-06-01T02:00:00.000000Z"},
    "evidence": [
        {
            "source": "test-source",
            "relation": "press",
            "shows": "Test",
            "accepted_at": "2026-06-01T02:00:00.000000Z",
        }
    ],
    "measurements": [
        {
            "target": 1,
            "value": "7.25",
            "as_of_on": "2026-06-01",
            "metric": "tests",
            "unit": "test",
        }
    ],
    "submitted_at": "2026-06-01T02:00:00.000000Z",
    "approved_at": "2026-06-01T02:00:00.000000Z",
    "published_at": "2026-06-01T02:00:00.000000Z",
    "is_demo": False,
    "page_vi": "http://testserver/vi/commitments/test-commitment/updates/1/",
    "page_en": "http://testserver/en/commitments/test-commitment/updates/1/",
}
SECOND = FIRST | {
    "number": 2,
    "as_of_on": "2026-06-01",
    "stage": "in_progress",
    "forecast": "at_risk",
    "verification": "reported",
    "summary_en": None,
    "problem_en": "Test problem",
    "corrects": 1,
    "correction_reason_en": "Test reason",
    "corrected_by": [],
    "retraction": {
        "reason_vi": None,
        "reason_en": "Test reason",
        "retracted_at": "2026-06-01T02:00:00.000000Z",
    },
    "completion": None,
    "evidence": [],
    "measurements": [],
    "page_vi": "http://testserver/vi/commitments/test-commitment/updates/2/",
    "page_en": "http://testserver/en/commitments/test-commitment/updates/2/",
}


def test_updates_are_answered_newest_first(read, everything):
    assert read("updates/")["results"] == [SECOND, FIRST]
    assert read("updates/test-commitment/1/") == FIRST


@pytest.mark.parametrize("way", ["is_submitted", "is_approved"])
def test_updates_not_published_are_in_no_answer(client, read, everything, way):
    """Not as rows, not as corrections."""
    first = everything.commitment.updates.get(number=1)
    make.StatusUpdateFactory(
        commitment=everything.commitment, corrects=first, correction_reason_en="Test", **{way: True}
    )
    make.StatusUpdateFactory(commitment=everything.commitment)

    assert read("updates/")["results"] == [SECOND, FIRST]
    assert client.get("/api/v1/updates/test-commitment/3/").status_code == 404


def test_updates_of_commitments_not_published_are_in_no_answer(client, read, db):
    draft = make.CommitmentFactory(is_draft=True, slug="test-draft")
    make.StatusUpdateFactory(commitment=draft, is_published=True)

    assert read("updates/")["count"] == 0
    assert client.get("/api/v1/updates/test-draft/1/").status_code == 404


def test_no_answer_names_a_person(client, everything):
    make.UserFactory(full_name="Nobody Else")
    answers = [
        client.get(f"/api/v1/{path}/").content.decode()
        for path in ("commitments", "commitments/test-commitment", "updates", "events")
    ]

    assert [text for text in answers if "Test person" in text or "example.org" in text] == []


@pytest.fixture
def three(db):
    """An imported one, one of the body, and one of the demonstration."""
    programme = make.ProgrammeFactory(slug="test")
    commitment = make.CommitmentFactory(programme=programme, slug="test-commitment")
    body = make.OrganisationFactory(slug="test-lead")
    make.StatusUpdateFactory(
        commitment=commitment, is_imported=True, as_of_on=date(2026, 5, 1), published_at=NOW,
        kind="context",
    )  # fmt: skip
    make.StatusUpdateFactory(
        commitment=commitment, body=body, is_published=True, as_of_on=TODAY,
        forecast="at_risk", problem_en="Test",
        published_at=NOW.replace(year=2025),
    )  # fmt: skip
    demo = make.CommitmentFactory(programme__is_demo=True, programme__slug="demo")
    make.StatusUpdateFactory(commitment=demo, is_published=True)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [2, 1]),
        ({"programme": "test"}, [2, 1]),
        ({"commitment": "test-commitment"}, [2, 1]),
        ({"body": "test-lead"}, [2]),
        ({"kind": "context"}, [1]),
        ({"origin": "fact_import"}, [1]),
        ({"speaker": "press"}, [1]),
        ({"stage": "none"}, [1]),
        ({"stage": "in_progress"}, [2]),
        ({"forecast": "at_risk"}, [2]),
        ({"as_of_after": "2026-06"}, [2]),
        ({"as_of_before": "2026-05"}, [1]),
        ({"ordering": "as_of_on"}, [1, 2]),
        ({"ordering": "-as_of_on"}, [2, 1]),
        ({"ordering": "published_at"}, [2, 1]),
        ({"ordering": "-published_at"}, [1, 2]),
        ({"programme": "demo", "kind": "context"}, []),
    ],
)
def test_updates_are_filtered_and_ordered(read, three, asked, expected):
    assert [row["number"] for row in read("updates/", **asked)["results"]] == expected


def test_updates_of_the_demonstration_are_asked_for(read, three):
    found = [
        read("updates/", **asked)["results"] for asked in ({"demo": "true"}, {"programme": "demo"})
    ]

    assert [[row["is_demo"] for row in rows] for rows in found] == [[True], [True]]
