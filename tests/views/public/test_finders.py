"""The lists of organisations and of sources: words, facets with counts, ways to find more."""

import pytest

from commitments.services.read_models import documents
from tests import factories


@pytest.fixture
def bodies(world):
    """A lead, the unit, a partner of another programme, and one of the demonstration."""
    other = factories.ProgrammeFactory(slug="other", name_en="Test other", delivery_unit=world.unit)
    partner = factories.OrganisationFactory(
        slug="partner", name_en="Test Đại Việt", kind="association", search_text=" test dai viet"
    )
    pledge = factories.CommitmentFactory(programme=other, slug="pledge")
    factories.ParticipationFactory(commitment=pledge, organisation=partner, role="partner")
    factories.ParticipationFactory(commitment=pledge, organisation=world.body, role="lead")
    draft = factories.CommitmentFactory(is_draft=True, programme=other)
    factories.ParticipationFactory(commitment=draft, organisation=world.unit)
    factories.OrganisationFactory(slug="invented", is_demo=True)
    return world


@pytest.fixture
def publications(world):
    for slug, day, language, relation in (
        ("law", "2026-03-01", "vi", "government"),
        ("news", "2026-05-01", "en", "press"),
        ("page", "2025", "en", ""),
        ("undated", "", "", None),
    ):
        year = day[:4]
        span = {"published_earliest": f"{year}-01-01", "published_latest": f"{year}-12-31"}
        source = factories.SourceFactory(
            slug=slug,
            title=f"Test {slug} về điện",
            language=language,
            published=year,
            **(span if day else {}),
        )
        if relation is not None:
            update = factories.StatusUpdateFactory(
                commitment=world.commitment, body=world.body, is_published=True
            )
            factories.EvidenceFactory(update=update, source=source, relation=relation)
    draft = factories.StatusUpdateFactory(commitment=world.commitment, body=world.body)
    factories.EvidenceFactory(update=draft, source=source, relation="press")
    documents.fill_all()


FOUND = {
    "organisations/": {
        "": ["test-lead", "partner", "test-unit"],
        "q=dai+viet": ["partner"],
        "q=!!": [],
        "kind=association": ["partner"],
        "role=lead": ["test-lead"],
        "role=lead&role=partner": ["test-lead", "partner"],
        "role=partner&programme=test": [],
        "programme=other": ["test-lead", "partner"],
        "page=7&never=1&q=": ["test-lead", "partner", "test-unit"],
    },
    "sources/": {
        "": ["law", "news", "page", "undated"],
        "q=dien": ["law", "news", "page", "undated"],
        "q=dien+news": ["news"],
        "year=2026": ["law", "news"],
        "year=none&year=2025": ["page", "undated"],
        "language=none": ["undated"],
        "relation=none": ["page"],
        "relation=press&relation=government&language=en": ["news"],
        "archived=no&kind=none&year=2025": ["page"],
        "archived=yes": [],
    },
}
UNREADABLE = {
    "organisations/": ("kind=%00", "role=boss", "programme=never", "q=" + "x" * 201),
    "sources/": ("year=26", "kind=never", "archived=maybe", "q=%00"),
}


def _counts(answer):
    return {
        facet.name: {option.word: option.count for option in facet.options}
        for facet in answer.context["facets"]
    }


def test_lists_find_what_is_asked_for_and_say_what_they_cannot_read(client, bodies, publications):
    factories.SourceFactory(slug="invented", is_demo=True)
    for path, asked in FOUND.items():
        found = {}
        for query in asked:
            answer = client.get(f"/en/{path}?{query}")
            assert answer.status_code == 200, query
            found[query] = [row.slug for row in answer.context["page"]]
        assert found == asked
        for query in UNREADABLE[path]:
            answer = client.get(f"/en/{path}?{query}")
            (field,) = answer.context["form"].errors
            assert (answer.status_code, list(answer.context["page"])) == (400, [])
            assert f'<a href="#id_{field}">' in answer.text
            assert f'id="id_{field}"' in answer.text


def test_facets_of_bodies_count_with_all_others_applied(client, bodies):
    path = "/en/organisations/"

    assert _counts(client.get(path)) == {
        "kind": {"company": 1, "ministry": 1, "association": 1},
        "role": {"lead": 1, "partner": 1},
        "programme": {"test": 1, "other": 2},
    }
    answer = client.get(f"{path}?role=partner&programme=test")
    assert _counts(answer) == {
        "role": {"lead": 1, "partner": 0},
        "programme": {"test": 0, "other": 1},
    }
    assert [(way.label, way.count, way.url) for way in answer.context["wider"]] == [
        ("Part", 1, f"{path}?programme=test"),
        ("Programme", 1, f"{path}?role=partner"),
    ]
    assert "Without “Part”: 1</a>" in answer.text
    assert answer["HX-Push-Url"] == f"{path}?role=partner&programme=test"


def test_facets_of_sources_count_with_all_others_applied(client, publications):
    assert _counts(client.get("/en/sources/?language=en&order=due")) == {
        "year": {"2026": 1, "2025": 1},
        "relation": {"press": 1, "none": 1},
        "language": {"vi": 1, "en": 2, "none": 1},
    }
    page = client.get("/en/sources/?language=en").text
    assert 'href="/en/sources/">Clear filters</a>' in page
    assert 'name="order"' not in page
