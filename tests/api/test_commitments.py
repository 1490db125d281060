"""Commitments: exact answers, every filter, what is left out."""

from datetime import date

import pytest

from commitments.text.folding import search_text
from tests import factories as make
from tests.factories.clock import NOW

ROW = {
    "slug": "test-commitment",
    "reference": "CPT26-001",
    "programme": "test",
    "priority": "test-priority",
    "kind": "corporate_pledge",
    "title_vi": None,
    "title_en": "Test commitment",
    "note": None,
    "speaker": None,
    "original_due": "2026",
    "original_due_earliest": "2026-01-01",
    "original_due_latest": "2026-12-31",
    "due": "2026",
    "due_earliest": "2026-01-01",
    "due_latest": "2026-12-31",
    "is_past_due": False,
    "stage": "reported_complete",
    "stage_as_of_on": "2026-05-01",
    "stage_speaker": "body",
    "stage_update": 1,
    "forecast": "not_given",
    "forecast_as_of_on": None,
    "forecast_speaker": None,
    "forecast_update": None,
    "reporting": "due",
    "reporting_opened_on": None,
    "owed_since_on": "2026-06-15",
    "last_as_of_on": None,
    "verification": "confirmed",
    "computed_on": "2026-06-01",
    "closed_on": None,
    "participations": [
        {
            "organisation": "test-lead",
            "name_vi": None,
            "name_en": "Test lead",
            "role": "lead",
            "stage": None,
            "since": None,
            "since_earliest": None,
            "since_latest": None,
            "confidence": "confirmed",
            "ended_on": None,
            "change": None,
            "sources": ["test-source"],
        }
    ],
    "instruments": ["test-instrument"],
    "sources": ["test-source"],
    "is_demo": False,
    "published_at": "2026-06-01T02:00:00.000000Z",
    "page_vi": "http://testserver/vi/commitments/test-commitment/",
    "page_en": "http://testserver/en/commitments/test-commitment/",
}
PARTS = {
    "wordings": [
        {
            "number": 1,
            "basis": "summarised",
            "text_vi": None,
            "text_en": "Test wording",
            "kind_of_change": None,
            "change": None,
            "stated_on": None,
            "sources": ["test-source"],
        }
    ],
    "targets": [
        {
            "number": 1,
            "text_vi": None,
            "text_en": "Test target 1",
            "translated": None,
            "metric": "tests",
            "unit": "test",
            "comparator": "at_least",
            "value": "22.5",
            "value_max": None,
            "baseline": None,
            "baseline_on": None,
            "direction": "up",
            "cumulation": None,
            "due": None,
            "due_earliest": None,
            "due_latest": None,
            "replaces": None,
            "change": None,
            "measurements": [
                {"update": 1, "value": "7.25", "as_of_on": "2026-06-01", "is_standing": False}
            ],
        }
    ],
    "milestones": [
        {
            "number": 1,
            "title_vi": None,
            "title_en": "Test milestone 1",
            "original_due": "2026-06-01",
            "original_due_earliest": "2026-06-01",
            "original_due_latest": "2026-06-01",
            "due": "2026-06-01",
            "due_earliest": "2026-06-01",
            "due_latest": "2026-06-01",
            "done_on": None,
            "change": None,
            "sources": ["test-source"],
        }
    ],
    "obligations": [
        {
            "period": "2026-05-01",
            "ends_on": "2026-05-31",
            "opens_on": "2026-06-01",
            "due_on": "2026-06-15",
            "locks_on": "2026-07-01",
            "met_at": None,
            "waived_at": None,
            "waiver_reason_vi": None,
            "waiver_reason_en": None,
        }
    ],
    "links": [],
    "linked_from": [],
}


def test_commitment_list_answers_rows(read, everything):
    assert read("commitments/") == {"count": 1, "next": None, "previous": None, "results": [ROW]}


def test_commitment_is_answered_whole(read, everything):
    whole = read("commitments/test-commitment/")
    (change,) = whole.pop("changes")

    assert whole == ROW | PARTS
    assert {name: change[name] for name in ("kind", "proposed", "decision", "reason_en")} == {
        "kind": "clarified",
        "proposed": {"title_en": "Test"},
        "decision": "approved",
        "reason_en": "Test reason",
    }


def test_links_are_told_from_both_ends_but_not_of_drafts(read, world):
    part = make.CommitmentFactory(slug="test-part", programme=world.programme)
    draft = make.CommitmentFactory(slug="test-draft", programme=world.programme, is_draft=True)
    make.CommitmentLinkFactory(from_commitment=part, to_commitment=world.commitment)
    make.CommitmentLinkFactory(from_commitment=draft, to_commitment=world.commitment)
    said = {"kind": "contributes_to", "stated_on": None, "change": None}

    assert read("commitments/test-part/")["links"] == [said | {"to": "test-commitment"}]
    assert read("commitments/test-commitment/")["linked_from"] == [
        said | {"commitment": "test-part"}
    ]


def test_commitments_not_published_are_not_found(client, slugs, world):
    make.CommitmentFactory(is_draft=True, slug="test-draft", programme=world.programme)

    assert slugs("commitments/") == ["test-commitment"]
    assert client.get("/api/v1/commitments/test-draft/").status_code == 404


def test_measurements_of_drafts_are_not_shown(read, everything):
    commitment = everything.commitment
    draft = make.StatusUpdateFactory(commitment=commitment, body=everything.body)
    make.MeasurementFactory(update=draft, target=commitment.targets.get(), value=9)

    (target,) = read("commitments/test-commitment/")["targets"]

    assert [value["value"] for value in target["measurements"]] == ["7.25"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["test-commitment"]),
        ({"demo": "false"}, ["test-commitment"]),
        ({"demo": "true"}, ["demo-commitment"]),
        ({"programme": "demo"}, ["demo-commitment"]),
        ({"programme": "demo", "demo": "false"}, []),
        ({"programme": "test"}, ["test-commitment"]),
    ],
)
def test_commitments_of_the_demonstration_stand_in_no_list_of_real_ones(
    slugs, world, demo, asked, expected
):
    assert slugs("commitments/", **asked) == expected


def test_commitment_of_the_demonstration_says_so(read, demo):
    assert read("commitments/demo-commitment/")["is_demo"] is True


@pytest.fixture
def three(db, today):
    """Three commitments that differ in whatever can be asked."""
    programme = make.ProgrammeFactory(slug="test")
    priority = make.PriorityFactory(programme=programme, slug="test-priority")
    lead, other = (make.OrganisationFactory(slug=slug) for slug in ("test-lead", "test-other"))
    rows = {
        "first": {
            "kind": "government_task", "priority": priority, "title_vi": "Điện toán đám mây",
            "title_en": "", "due": "2026-05", "due_earliest": date(2026, 5, 1),
            "due_latest": date(2026, 5, 31), "forecast": "at_risk",
            "forecast_as_of_on": date(2026, 5, 1),
        },
        "second": {
            "kind": "national_mission", "title_en": "Cloud of tests", "stage": "in_progress",
            "stage_as_of_on": date(2026, 5, 2), "due": "2026", "due_earliest": date(2026, 1, 1),
            "due_latest": date(2026, 12, 31),
        },
        "third": {
            "kind": "corporate_pledge", "title_en": "Another", "stage": "paused",
            "stage_as_of_on": date(2026, 5, 1),
        },
    }  # fmt: skip
    for number, (slug, values) in enumerate(rows.items(), 1):
        words = search_text(values.get("title_vi", ""), values["title_en"])
        rows[slug] = make.CommitmentFactory(
            programme=programme, slug=slug, reference=f"T-{number}", search_text=words, **values
        )
    make.ParticipationFactory(commitment=rows["first"], organisation=lead)
    make.ParticipationFactory(commitment=rows["second"], organisation=lead, role="partner")
    make.ParticipationFactory(commitment=rows["second"], organisation=other)
    owed = make.ReportingPeriodFactory(programme=programme, due_on=date(2026, 6, 15))
    make.ObligationFactory(commitment=rows["third"], period=owed)
    update = make.StatusUpdateFactory(commitment=rows["third"], is_published=True)
    rows["third"].stage_update = update
    rows["third"].save()
    return rows


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["first", "second", "third"]),
        ({"programme": "test"}, ["first", "second", "third"]),
        ({"priority": "test/test-priority"}, ["first"]),
        ({"kind": "national_mission"}, ["second"]),
        ({"organisation": "test-lead"}, ["first", "second"]),
        ({"organisation": "test-lead", "role": "lead"}, ["first"]),
        ({"organisation": "test-lead", "role": "partner"}, ["second"]),
        ({"role": "lead"}, ["first", "second"]),
        ({"role": "assigned_by"}, []),
        ({"stage": "none"}, ["first"]),
        ({"stage": "paused"}, ["third"]),
        ({"forecast": "at_risk"}, ["first"]),
        ({"forecast": "not_given"}, ["second", "third"]),
        ({"reporting": "due"}, ["third"]),
        ({"reporting": "not_asked"}, ["first", "second"]),
        ({"verification": "reported"}, ["third"]),
        ({"past_due": "true"}, ["first"]),
        ({"past_due": "false"}, ["second", "third"]),
        ({"due_before": "2026-05-31"}, ["first"]),
        ({"due_before": "2026-05-30"}, []),
        ({"due_before": "2026-Q2"}, ["first"]),
        ({"due_before": "2026"}, ["first", "second"]),
        ({"due_after": "2026-05-31"}, ["first", "second"]),
        ({"due_after": "1/6/2026"}, ["second"]),
        ({"due_after": "2026-06", "due_before": "2027"}, ["second"]),
        ({"q": "dam dien"}, ["first"]),
        ({"q": "ĐIỆN"}, ["first"]),
        ({"q": "cloud"}, ["second"]),
        ({"q": "loud"}, []),
        ({"q": "cloud another"}, []),
        ({"q": "?!"}, []),
        ({"q": ""}, ["first", "second", "third"]),
        ({"stage": "paused", "kind": "national_mission"}, []),
        ({"ordering": "reference"}, ["first", "second", "third"]),
        ({"ordering": "-reference"}, ["third", "second", "first"]),
        ({"ordering": "due"}, ["first", "second", "third"]),
        ({"ordering": "-due"}, ["second", "first", "third"]),
        ({"ordering": "stage_as_of_on"}, ["third", "second", "first"]),
        ({"ordering": "-stage_as_of_on"}, ["second", "third", "first"]),
        ({"ordering": "title"}, ["third", "second", "first"]),
        ({"ordering": "-title"}, ["first", "second", "third"]),
    ],
)
def test_commitments_are_filtered_and_ordered(slugs, three, asked, expected):
    assert slugs("commitments/", **asked) == expected


def test_commitments_come_newest_programme_first(slugs, db):
    for year in (2025, 2026):
        programme = make.ProgrammeFactory(year=year)
        for number in (2, 1):
            make.CommitmentFactory(
                programme=programme, reference=f"T{year}-{number}", slug=f"t-{year}-{number}"
            )

    assert slugs("commitments/") == ["t-2026-1", "t-2026-2", "t-2025-1", "t-2025-2"]


def test_pages_hold_every_commitment_once(read, db):
    make.CommitmentFactory.create_batch(5, published_at=NOW)
    pages = [
        read("commitments/", page_size=2, page=number, kind="corporate_pledge")
        for number in (1, 2, 3)
    ]

    assert [len(page["results"]) for page in pages] == [2, 2, 1]
    assert len({row["slug"] for page in pages for row in page["results"]}) == 5
    assert [(page["count"], page["previous"], page["next"]) for page in pages] == [
        (5, None, "http://testserver/api/v1/commitments/?kind=corporate_pledge&page=2&page_size=2"),
        (
            5,
            "http://testserver/api/v1/commitments/?kind=corporate_pledge&page_size=2",
            "http://testserver/api/v1/commitments/?kind=corporate_pledge&page=3&page_size=2",
        ),
        (5, "http://testserver/api/v1/commitments/?kind=corporate_pledge&page=2&page_size=2", None),
    ]
