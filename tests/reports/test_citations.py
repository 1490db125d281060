"""How a version is cited, and what search engines read: exact, escaped, and nothing invented."""

import json
from datetime import date

import pytest

from commitments.models import Commitment, StatusUpdate
from commitments.reports.citations import citation_of, citation_of_page
from commitments.reports.linked_data import linked_data, update_data
from tests import factories
from tests.factories.clock import TODAY

ADDRESS = "http://127.0.0.1:8000/en/commitments/test-commitment/"


@pytest.fixture
def event(world):
    return factories.PublicEventFactory(commitment=world.commitment, sequence=7)


@pytest.fixture
def cited(world, event, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    world.commitment.title_en = "50% of {A} & B_1 </script>"
    world.commitment.save()
    return citation_of(world.commitment, event, TODAY)


def test_citation_names_version_and_hash(cited, event):
    assert cited.permalink == f"{ADDRESS}?version=7"
    assert cited.text == (
        "“50% of {A} & B_1 </script>” (CPT26-001). Test programme. Cam Kết, the public record of"
        f" national missions and commitments. Version of 1 June 2026, event 7, SHA-256 {event.hash}."
        f" {ADDRESS}?version=7"
    )


def test_citation_is_escaped_for_bibtex(cited, event):
    assert cited.bibtex.splitlines()[:2] == [
        "@misc{camket-cpt26-001-7,",
        r"  title = {{50\% of \{A\} \& B\_1 </script>}},",
    ]
    assert f"  url = {{{ADDRESS}?version=7}}," in cited.bibtex


def test_citation_as_ris_and_csl(cited):
    assert cited.ris.splitlines()[0] == "TY  - ELEC"
    assert cited.ris.endswith("ER  - \r\n")
    (item,) = json.loads(cited.csl)
    assert (item["title"], item["issued"], item["URL"]) == (
        "50% of {A} & B_1 </script>", {"date-parts": [[2026, 6, 1]]}, f"{ADDRESS}?version=7",
    )  # fmt: skip


def test_citation_of_an_update_leads_to_its_page(world, event):
    found = citation_of(world.commitment, event, TODAY, number=3)

    assert found.title == "Update 3: Test commitment"
    assert found.path == "/en/commitments/test-commitment/updates/3/"


def test_citation_of_a_page_without_reference_leaves_it_out(world, event):
    found = citation_of_page(world.body, event, TODAY)

    assert (found.key, found.path) == (
        "camket-organisation-test-lead-7", "/en/organisations/test-lead/",
    )  # fmt: skip
    assert found.text.startswith("“Test lead”. Cam Kết, the public record of national missions")
    assert "number" not in found.bibtex
    assert "howpublished" not in found.bibtex
    assert "T2" not in found.ris
    assert "collection-title" not in json.loads(found.csl)[0]


def test_citation_without_event_names_the_day(world):
    found = citation_of(world.commitment, None, TODAY)

    assert (found.version, found.day) == ("Read on 1 June 2026.", TODAY)
    assert found.permalink.endswith("/commitments/test-commitment/")


def test_linked_data_holds_known_facts_only(world, cited, event):
    bare = str(linked_data(Commitment.objects.get(), event))
    assert "</script" not in bare
    page = json.loads(bare)
    assert page["mainEntity"] == {
        "@type": "Action",
        "identifier": "CPT26-001",
        "name": "50% of {A} & B_1 </script>",
        "agent": page["mainEntity"]["agent"],
    }
    assert page["mainEntity"]["agent"]["name"] == "Test lead"
    assert (page["version"], "citation" in page) == (7, False)


def test_linked_data_gives_dates_as_precisely_as_they_are_known(world, event):
    commitment = world.commitment
    commitment.due, commitment.stage, commitment.stage_as_of_on = "2026-Q2", "paused", TODAY
    assert {"endTime", "actionStatus"} & json.loads(linked_data(commitment, event))[
        "mainEntity"
    ].keys() == set()

    commitment.due, commitment.stage = "2026-06", "in_progress"
    promise = json.loads(linked_data(commitment, event))["mainEntity"]
    assert (promise["endTime"], promise["actionStatus"]) == (
        "2026-06", "https://schema.org/ActiveActionStatus",
    )  # fmt: skip
    assert date.fromisoformat(json.loads(linked_data(commitment, event))["dateModified"][:10])


def test_linked_data_of_an_update_says_who_said_it_and_leaves_out_what_was_retracted(world, event):
    update = factories.StatusUpdateFactory(
        commitment=world.commitment, body=world.body, is_published=True, summary_en="</script> said"
    )
    source = factories.SourceFactory(title="Test source")
    factories.EvidenceFactory(update=update, source=source)

    def told():
        row = StatusUpdate.objects.for_history().get(pk=update.pk)
        return json.loads(update_data(world.commitment, row, event))

    page = told()
    report = page["mainEntity"]
    assert (page["version"], page["isPartOf"]["name"]) == (7, "Test commitment")
    assert (report["@type"], report["reportNumber"]) == ("Report", "CPT26-001/1")
    assert (report["abstract"], report["author"]["name"]) == ("</script> said", "Test lead")
    assert [one["name"] for one in report["citation"]] == ["Test source"]
    assert "creativeWorkStatus" not in report
    factories.RetractionFactory(update=update)
    report = told()["mainEntity"]
    assert (report["creativeWorkStatus"], "abstract" in report) == ("Retracted", False)
