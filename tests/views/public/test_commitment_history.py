"""The history of a commitment by kind and page, its closing, and what of it is taken away."""

import json
import re
from datetime import date, timedelta

import pytest

from commitments.services import record
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.services.changes.asking import ask, decide
from tests.views.public.reading import sections

PAGE = "/en/commitments/test-commitment/"


@pytest.fixture
def told(world, alice, erin):
    """A commitment with one line of every kind."""
    commitment = world.commitment
    editors = {"by": record.EDITORS, "now": NOW}
    record.publish(commitment, action="published", effective_on=date(2026, 1, 2), **editors)
    decide(ask(alice, commitment, "date_moved", proposed={"due": "2027"}), erin)
    first = factories.StatusUpdateFactory(
        commitment=commitment, body=world.body, is_published=True, as_of_on=date(2026, 3, 1)
    )
    factories.StatusUpdateFactory(
        commitment=commitment,
        body=world.body,
        is_published=True,
        as_of_on=date(2026, 3, 1),
        corrects=first,
        correction_reason_en="Test reason",
    )
    factories.RecognitionFactory(commitment=commitment, year=2025, what_en="Test honour")
    other = factories.CommitmentFactory(programme=world.programme, title_en="Test other")
    link = factories.CommitmentLinkFactory(from_commitment=commitment, to_commitment=other)
    record.publish(link, action="linked", effective_on=TODAY, **editors)
    return world


def history(client, query=""):
    return sections(client.get(f"{PAGE}{query}"))["History"]


def titles(client, query=""):
    return re.findall(r'timeline__title">(?:<a[^>]*>)?([^<]*)', client.get(PAGE + query).text)


def test_history_tells_everything_newest_first(told, client):
    assert titles(client) == [
        "Due date moved", "Linked: contributes to", "Update 2", "Update 1",
        "Published in the record", "Recognition",
    ]  # fmt: skip
    assert "Entered in this record on 1 June 2026." in history(client)


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("updates", ["Update 2", "Update 1"]),
        ("plan", ["Due date moved"]),
        ("corrections", ["Update 2", "Update 1"]),
        ("record", ["Linked: contributes to", "Published in the record", "Recognition"]),
    ],
)
def test_history_shows_the_kind_that_is_asked_for(told, client, show, found):
    assert titles(client, f"?show={show}") == found


@pytest.mark.parametrize("query", ["?show=%00", "?show=never&page=999999999999", "?page=x"])
def test_history_answers_any_question(told, client, query):
    assert len(titles(client, query)) == 6


def test_a_long_history_is_paged_and_every_update_keeps_its_address(world, client):
    for day in range(45):
        factories.StatusUpdateFactory(
            commitment=world.commitment,
            body=world.body,
            is_published=True,
            as_of_on=date(2026, 1, 1) + timedelta(days=day),
        )

    pages = [titles(client, f"?page={number}") for number in (1, 2, 3)]

    assert [len(found) for found in pages] == [20, 20, 5]
    assert (pages[0][0], pages[2][-1]) == ("Update 45", "Update 1")
    assert client.get(f"{PAGE}updates/1/").status_code == 200


def test_a_withdrawn_commitment_says_why_before_all_else(world, alice, erin, client):
    decide(ask(alice, world.commitment, "withdrawn", proposed={}, reason_en="Test: no use"), erin)

    page = sections(client.get(PAGE))

    assert (
        page["Test commitment"]
        .partition("Withdrawn")[2]
        .startswith(
            " on 1 June 2026 Reason: Test: no use The request and its decision"
            " What was promised and what was said of it stays readable below."
        )
    )


def test_what_took_the_place_of_a_superseded_one_is_linked(world, client):
    commitment, successor = (
        world.commitment,
        factories.CommitmentFactory(
            programme=world.programme, slug="test-later", title_en="Test later", reference="TT-9"
        ),
    )
    commitment.stage, commitment.stage_as_of_on, commitment.closed_on = "superseded", TODAY, TODAY
    commitment.save()
    change = factories.ChangeRequestFactory(commitment=commitment, kind="superseded")
    factories.CommitmentLinkFactory(
        from_commitment=successor, to_commitment=commitment, kind="supersedes", change=change
    )

    top = sections(client.get(PAGE))["Test commitment"]

    assert "Superseded on 1 June 2026" in top
    assert "In its place: Test later TT-9" in top
    assert "The record holds no reason for it." in top  # nobody has decided the request


def test_the_page_carries_its_data_and_its_citation(told, client):
    page = client.get(PAGE).text

    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    (data,) = (one for one in map(json.loads, scripts) if "mainEntity" in one)
    assert (data["@type"], data["mainEntity"]["identifier"]) == ("WebPage", "CPT26-001")
    assert f"?version={data['version']}" in page
    assert sections(client.get(PAGE))["Cite this page"].startswith("“Test commitment” (CPT26-001).")


@pytest.mark.parametrize("path", ["cite.bib", "cite.ris", "cite.json", "updates/1/cite.bib"])
def test_citations_are_files_too(told, client, path):
    answer = client.get(PAGE + path)

    assert answer.status_code == 200
    assert "camket-cpt26-001-" in answer["Content-Disposition"]
    assert "Test commitment" in answer.content.decode()


@pytest.mark.parametrize("path", ["cite.doc", "updates/9/cite.bib", "updates/1/cite.doc"])
def test_no_other_citation_is_found(told, client, path):
    assert client.get(PAGE + path).status_code == 404


def test_events_as_a_table(told, client):
    answer = client.get(f"{PAGE}history.csv")

    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert len(lines) == 2 + told.commitment.events.count()  # keys, then headings
    assert "commitment,test-commitment,published" in lines[2]
