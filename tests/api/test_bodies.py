"""Programmes, organisations, sources, instruments, indicators and findings."""

import pytest

from commitments.text.folding import search_text
from tests import factories as make


def test_programme_is_answered(read, world):
    assert read("programmes/")["results"] == [
        {
            "slug": "test",
            "code": "T",
            "year": 2026,
            "name_vi": None,
            "name_en": "Test programme",
            "forum_on": "2025-12-30",
            "delivery_unit": "test-unit",
            "cadence": "monthly",
            "reporting_starts_on": None,
            "missions_said": None,
            "is_demo": False,
            "published_at": "2026-06-01T02:00:00.000000Z",
            "page_vi": "http://testserver/vi/programmes/test/",
            "page_en": "http://testserver/en/programmes/test/",
        }
    ]


def test_indicator_is_answered_with_values_that_disagree(read, everything):
    indicator = read("indicators/test-indicator/")
    points = indicator.pop("points")
    shared = {
        "period": "2025",
        "period_earliest": "2025-01-01",
        "period_latest": "2025-12-31",
        "kind": "actual",
        "speaker": "government",
        "note": None,
    }

    assert indicator == {
        "slug": "test-indicator",
        "name_vi": None,
        "name_en": "Test indicator 0",
        "unit": "%",
        "page_vi": "http://testserver/vi/indicators/test-indicator/",
        "page_en": "http://testserver/en/indicators/test-indicator/",
    }
    assert points == [
        {**shared, "number": 1, "comparator": None, "value": "12.8", "source": "test-source-1"},
        {**shared, "number": 2, "comparator": "about", "value": "12.9", "source": "test-source-2"},
    ]


def test_source_is_answered(read, everything):
    assert read("sources/test-source/") == {
        "slug": "test-source",
        "title": "Test source 0",
        "publisher": None,
        "url": "https://example.org/test-source",
        "published": "2026-Q1",
        "published_earliest": "2026-01-01",
        "published_latest": "2026-03-31",
        "language": None,
        "kind": None,
        "issuer": "test-lead",
        "seed_file": None,
        "excerpt_only": False,
        "note": None,
        "file_name": None,
        "file_type": None,
        "file_size": None,
        "file_sha256": None,
        "is_demo": False,
        "published_at": "2026-06-01T02:00:00.000000Z",
        "page_vi": "http://testserver/vi/sources/test-source/",
        "page_en": "http://testserver/en/sources/test-source/",
    }


def test_commitments_not_published_are_named_nowhere(client, read, everything):
    draft = make.CommitmentFactory(is_draft=True, slug="test-draft")
    make.ParticipationFactory(commitment=draft, organisation=everything.body)
    make.InstrumentFactory(slug="of-draft").commitments.add(draft)
    make.AcceptanceFactory(programme__slug="other", organisation=everything.body).commitments.add(
        draft
    )
    make.RecognitionFactory(number=2, commitment=draft)

    names = ("organisations", "instruments", "acceptances", "recognitions")
    answers = [client.get(f"/api/v1/{name}/").content for name in names]

    assert [b"test-draft" in answer for answer in answers] == [False] * 4
    assert read("instruments/of-draft/")["commitments"] == []
    assert [row["number"] for row in read("recognitions/")["results"]] == [1]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("programmes", {"published_at": None, "slug": "hidden"}),
        ("organisations", {"published_at": None, "slug": "hidden"}),
        ("sources", {"published_at": None, "slug": "hidden"}),
    ],
)
def test_rows_not_published_are_not_found(client, slugs, db, path, fields):
    factory = {
        "programmes": make.ProgrammeFactory,
        "organisations": make.OrganisationFactory,
        "sources": make.SourceFactory,
    }[path]
    factory(**fields)

    assert "hidden" not in slugs(f"{path}/")
    assert client.get(f"/api/v1/{path}/hidden/").status_code == 404


@pytest.mark.parametrize(
    ("path", "factory"),
    [
        ("programmes", make.ProgrammeFactory),
        ("organisations", make.OrganisationFactory),
        ("sources", make.SourceFactory),
    ],
)
def test_rows_of_the_demonstration_are_asked_for(read, slugs, db, path, factory):
    factory(slug="invented", is_demo=True)

    assert "invented" not in slugs(f"{path}/")
    assert slugs(f"{path}/", demo="true") == ["invented"]
    assert read(f"{path}/invented/")["is_demo"] is True


def test_priorities_and_acceptances_of_the_demonstration_are_asked_for(read, db):
    programme = make.ProgrammeFactory(slug="demo", is_demo=True)
    make.PriorityFactory(programme=programme)
    make.AcceptanceFactory(programme=programme)

    paths = ("priorities/", "acceptances/")
    found = [
        [
            read(path)["count"],
            read(path, demo="true")["count"],
            read(path, programme="demo")["count"],
        ]
        for path in paths
    ]

    assert found == [[0, 1, 1], [0, 1, 1]]


def test_organisations_are_found_by_name_without_diacritics(slugs, db):
    for slug, name in (("dien", "Tập đoàn Điện thử"), ("other", "Test body")):
        make.OrganisationFactory(slug=slug, name_vi=name, search_text=search_text(name))

    assert slugs("organisations/", q="dien thu") == ["dien"]
    assert slugs("organisations/", q="…") == []
    assert slugs("organisations/", kind="ministry") == []


@pytest.mark.parametrize(
    ("path", "asked", "count"),
    [
        ("sources", {"issuer": "test-lead"}, 1),
        ("sources", {"kind": "press"}, 0),
        ("sources", {"language": "vi"}, 0),
        ("instruments", {"commitment": "test-commitment"}, 1),
        ("instruments", {"kind": "law"}, 0),
        ("instruments", {"status": "in_force"}, 1),
        ("instruments", {"issuer": "test-lead"}, 0),
        ("acceptances", {"organisation": "test-lead", "programme": "test"}, 1),
        ("acceptances", {"confidence": "unverified"}, 0),
        ("recognitions", {"organisation": "test-lead"}, 1),
        ("recognitions", {"year": "2024"}, 0),
        ("recognitions", {"commitment": "test-commitment"}, 0),
        ("record-notes", {"instrument": "test-instrument"}, 1),
        ("record-notes", {"indicator": "test-indicator"}, 0),
        ("programmes", {"year": "2026"}, 1),
        ("programmes", {"year": "2025"}, 0),
    ],
)
def test_rows_are_filtered(read, everything, path, asked, count):
    assert read(f"{path}/", **asked)["count"] == count
