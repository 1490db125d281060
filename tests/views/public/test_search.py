"""The search through everything: groups, marks, references, a past day."""

import pytest

from commitments.services.read_models import documents
from tests import factories
from tests.views.public.reading import foreign, sections

PATH = "/en/search/"


@pytest.fixture
def said(world):
    """Of one word something in every group, some of it in Vietnamese."""
    factories.WordingFactory(commitment=world.commitment, text_en="Test turbines at sea.")
    source = factories.SourceFactory(title="Thử tuabin gió", publisher="Test press", language="vi")
    for number in range(5):
        factories.StatusUpdateFactory(
            commitment=world.commitment,
            body=world.body,
            is_published=True,
            summary_en=f"Test turbines {number}",
        )
    factories.InstrumentFactory(slug="decree", title_en="Test decree on turbines", number="1/NĐ")
    factories.IndicatorFactory(slug="turbines", name_en="Test turbines built")
    factories.GapFactory(text_en="Test: nobody counts turbines.")
    factories.OrganisationFactory(slug="demo-body", name_en="Test turbines", is_demo=True)
    documents.fill_all()
    return source


def _groups(response):
    return {group.name: group.number for group in response.context["groups"]}


def test_search_finds_in_every_group_and_says_where(client, said, world):
    response = client.get(f"{PATH}?q=TURBINES")

    assert _groups(response) == {
        "commitments": 1,
        "instruments": 1,
        "indicators": 1,
        "findings": 1,
        "updates": 5,
    }
    found = sections(response)
    assert "In the wording: Test turbines at sea." in found["Commitments"]
    assert found["Instruments"] == "Instrument Test decree on turbines"
    assert found["Updates"].endswith("Updates: all 5")
    assert "<mark>turbines</mark>" in response.content.decode()


def test_search_shows_one_group_whole(client, said):
    response = client.get(f"{PATH}?q=turbines&only=updates")

    assert [item.url for item in response.context["found"]] == [
        f"/en/commitments/test-commitment/updates/{number}/" for number in range(1, 6)
    ]


def test_search_marks_what_is_in_another_language(client, said):
    response = client.get(f"{PATH}?q=tuabin+gio")

    assert _groups(response) == {"sources": 1}
    assert foreign(response) == ["vi"]
    assert "Thử <mark>tuabin</mark> <mark>gió</mark>" in response.content.decode()


def test_search_keeps_the_demonstration_apart(client, said):
    assert _groups(client.get(f"{PATH}?q=turbines&demo=true")) == {"organisations": 1}


def test_reference_leads_to_its_commitment(client, said):
    answer = client.get(f"{PATH}?q=cpt26 1")

    assert (answer.status_code, answer.get("Location")) == (302, "/en/commitments/test-commitment/")


def test_search_says_what_it_cannot_read_or_find(client, said):
    asked = {"only=never": 400, "q=" + "x" * 201: 400, "q=%25_%27": 200, "q=nowhere": 200, "": 200}

    assert {query: client.get(f"{PATH}?{query}").status_code for query in asked} == asked
    assert "Nothing in the record holds these words" in client.get(f"{PATH}?q=nowhere").text
