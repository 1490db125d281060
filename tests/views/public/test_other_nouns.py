"""Organisations, programmes, instruments, sources, the record and the method."""

import pytest
import time_machine

from commitments.models import Programme
from commitments.services import record
from commitments.services.record import EDITORS
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.views.public.reading import sections

WAYS = "Feed of its changes News by mail Report an error on this page The same as data (JSON)"


def test_organisation_shows_its_parts_by_role(client, world):
    other = factories.CommitmentFactory(title_en="Test other", reference="X-1")
    for role in ("partner", "selected_by"):
        factories.ParticipationFactory(commitment=other, organisation=world.body, role=role)
    draft = factories.CommitmentFactory(is_draft=True)
    factories.ParticipationFactory(commitment=draft, organisation=world.body)
    factories.AcceptanceFactory(
        programme=world.programme, organisation=world.body, reason_en="Test reason"
    )
    factories.RecognitionFactory(organisation=world.body)

    page = sections(client.get("/en/organisations/test-lead/"))

    assert page.pop("Cite this page").startswith("“Test lead”. Cam Kết, the public record of")
    assert page.pop("In your own calendar").startswith(
        "Deadlines, milestones and reporting days of what this organisation takes part in"
    )
    row = "X-1 · Corporate pledge Test other no body named · no due date published"
    assert page == {
        "Test lead": "",
        "Leads": "1 commitment CPT26-001 · Corporate pledge Test commitment"
        " no due date published No stage stated Not asked to report",
        "Takes part as partner": f"1 commitment {row} No stage stated Not asked to report",
        "Selected the body that leads": f"1 commitment {row} No stage stated Not asked to report",
        "How it reports": "Counts, not a ranking It was never asked to report here. So nothing is"
        " owed, nothing can be late, and silence says nothing about its work."
        " How reporting is judged",
        "Acceptance of missions": "Test programme Confirmed Test reason",
        "Recognitions": "Being honoured is not the same as having fulfilled."
        " 2025: Test honour Said by the government",
        "Follow, correct, take away": WAYS,
    }


def test_organisation_without_any_part_says_so(client, db):
    factories.OrganisationFactory(slug="alone", name_en="Test alone")

    page = sections(client.get("/en/organisations/alone/"))

    assert page.pop("Cite this page").startswith("“Test alone”.")
    assert page == {
        "Test alone": "",
        "Commitments": "No commitment of this organisation was found",
        "Follow, correct, take away": WAYS,
    }


@pytest.fixture
def demo(db):
    """An invented programme with a body of its own, beside the record."""
    programme = factories.ProgrammeFactory(
        slug="demo", code="DM", name_en="Test demonstration", is_demo=True
    )
    body = factories.OrganisationFactory(slug="invented", name_en="Test invented", is_demo=True)
    commitment = factories.CommitmentFactory(programme=programme, slug="invented")
    factories.ParticipationFactory(commitment=commitment, organisation=body)
    factories.StatusUpdateFactory(commitment=commitment, body=body, is_published=True)
    return programme


def test_demonstration_is_linked_from_home_and_counted_nowhere(client, demo, world):
    home = sections(client.get("/en/"))

    assert home["About this record"].endswith(
        "Test demonstration Demonstration"
        " Its bodies and commitments are invented and counted nowhere above."
    )
    assert home["How is it going?"].startswith("1 commitment 1 no stage stated 1 corporate pledge")
    assert home["What changed?"] == "Nothing has been published yet. All changes · Corrections"


def test_demonstration_is_not_mentioned_where_there_is_none(client, world):
    assert "Demonstration" not in client.get("/en/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "programmes/demo/",
        "commitments/?programme=demo",
        "commitments/invented/",
        "commitments/invented/updates/1/",
        "organisations/invented/",
    ],
)
def test_demonstration_says_so_on_every_page(client, demo, path):
    assert 'class="demo"' in client.get(f"/en/{path}").content.decode()


def test_programme_says_who_is_late(client, world):
    Programme.objects.filter(pk=world.programme.pk).update(reporting_starts_on=TODAY)

    page = sections(client.get("/en/programmes/test/"))

    assert (
        page["Who is late"]
        == "Nobody: no open commitment is past its due date, and no update is late"
    )
    assert page["The programme"] == (
        "Forum 30 December 2025 Delivery unit Test delivery unit Reports monthly, since 1 June 2026"
    )


def test_priority_keeps_missions_apart_from_its_tasks(client, db):
    priority = factories.PriorityFactory(slug="first", programme__slug="test")
    for kind, title in (("government_task", "Test task"), ("national_mission", "Test mission")):
        factories.CommitmentFactory(
            programme=priority.programme, priority=priority, kind=kind, title_en=title
        )

    page = sections(client.get("/en/programmes/test/priorities/first/"))

    assert page["Tasks"].startswith("1 task 1 no stage stated TT26-000 · Government task Test task")
    assert page["Missions and pledges under this priority"].startswith(
        "Not counted with the tasks TT26-001 · National mission Test mission"
    )


def test_instrument_says_what_is_not_known(client, db):
    instrument = factories.InstrumentFactory(slug="decree", note="Test note")
    factories.RecordNoteFactory(instrument=instrument, step="in_force")

    page = sections(client.get("/en/instruments/decree/"))

    assert page["Test instrument 0"] == (
        "Status In force Number not found Issued by not stated Dated not found"
        " In force since not found Editors' note Test note"
    )
    assert page["News"] == (
        "News on an instrument moves no commitment 1 June 2026 Test news In force Said by the press"
    )


def test_source_says_what_rests_on_it(client, world):
    source = factories.SourceFactory(slug="letter", title="Test letter", excerpt_only=True)
    world.commitment.sources.add(source)

    page = sections(client.get("/en/sources/letter/"))

    assert page == {
        "Test letter": "Publisher not stated Address https://example.org/letter"
        " Published date not stated Language not stated Kind not judged Issued by not judged"
        " How far it could be read only the opening could be read",
        "What rests on this source": "Commitments Test commitment",
    }


@pytest.fixture
def events(world):
    """Two events of the commitment's, chained, and one of the body's."""
    at = {"effective_on": TODAY, "now": NOW}
    record.publish(world.body, action="loaded", by=EDITORS, **at)
    record.publish(world.commitment, action="published", by=EDITORS, **at)
    world.commitment.stage, world.commitment.stage_as_of_on = "in_progress", TODAY
    world.commitment.save()
    officer = record.Actor("officer", "test-unit")
    return record.publish(world.commitment, action="stage_set", by=officer, **at)


def test_record_shows_every_event_and_the_newest_hash(client, events):
    page = client.get("/en/record/")

    assert sections(page)["Public record"].partition("Newest event ")[2] == (
        f"3 Its hash {events.hash} How to check it How the chain works The same in words, day by day"
        " No. What By Recorded As of Hash"
        " 3 Commitment: stage set test-commitment delivery-unit officer of test-unit"
        f" 1 June 2026 09:00 1 June 2026 {events.hash[:12]}…"
        " 2 Commitment published test-commitment the editors"
        f" 1 June 2026 09:00 1 June 2026 {events.previous_hash[:12]}…"
        " 1 Organisation loaded test-lead the editors"
        f" 1 June 2026 09:00 1 June 2026 {page.context['page'][2].hash[:12]}…"
    )


def test_record_leaves_the_demonstration_out_until_it_is_asked_for(client, events, demo):
    record.publish(demo, action="published", by=EDITORS, effective_on=TODAY, now=NOW)

    usual, whole = client.get("/en/record/"), client.get("/en/record/?demo=1")

    listed = [[event.sequence for event in page.context["page"]] for page in (usual, whole)]
    assert listed == [[3, 2, 1], [4, 3, 2, 1]]
    left_out = "1 event of the demonstration stands in the same chain and is left out here."
    said = [left_out in sections(page)["Public record"] for page in (usual, whole)]
    assert said == [True, False]


def test_record_of_one_commitment(client, events):
    page = client.get("/en/record/?commitment=test-commitment")

    assert [event.sequence for event in page.context["page"]] == [3, 2]
    assert (
        "Only the events of: Test commitment · Show all events" in sections(page)["Public record"]
    )


def test_event_says_what_it_changed(client, events):
    page = sections(client.get("/en/record/3/"))

    assert page["What it changed"] == (
        "Name Before After stage nothing in_progress stage_as_of_on nothing 2026-06-01"
    )
    assert (
        f"Hash before it {events.previous_hash} Its own hash {events.hash}"
        in (page["Commitment: stage set"])
    )


def test_method_is_versioned_and_defines_its_words(client, db):
    page = sections(client.get("/en/method/1/"))

    assert next(iter(page.values())).startswith("Five questions are asked of every commitment.")
    assert page["Forecast: Will the present date and target be met?"] == (
        "Set by: The body, when it reports."
        " On track The body expects to meet the present date and target."
        " At risk They may be missed; the body names the problem."
        " Off track They will be missed as things stand; the body names the problem and what it"
        " asks of whom. No forecast given No forecast: none is asked for where neither a due date"
        " nor a target was published, and none can be given where nobody was asked to report."
    )
    assert list(page)[6:] == [
        "Past due and late",
        "How commitments are counted",
        "Who accepted missions",
        "How imported statements move a stage",
        "Figures, dates and texts",
        "What is never rewritten",
        "How the chain works",
        "Reminders",
        "Versions of the method",
    ]


def test_method_as_of_a_day_is_the_version_that_held(client, db):
    with time_machine.travel("2026-11-22T03:00:00Z", tick=False):
        present = client.get("/en/method/")
    old = client.get("/en/method/1/")

    assert "Version 2, valid since 22 November 2026" in present.content.decode()
    assert "Version 1, valid from 21 November 2026 to 21 November 2026" in old.content.decode()
    assert "This version no longer holds." in old.content.decode()
    assert client.get("/en/method/3/").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Test gap 1"), ("vi", "Thử khoảng trống (bản dịch của ban biên tập)")],
)
def test_a_translation_by_the_editors_says_so(client, db, language, words):
    factories.GapFactory(text_en="Test gap 1", text_vi="Thử khoảng trống", translated="vi")

    gaps = list(sections(client.get(f"/{language}/gaps/")).values())[-1]

    assert f" {words} " in gaps


def test_source_list_leaves_the_demonstration_out(client, db):
    factories.SourceFactory(title="Test real source")
    factories.SourceFactory(title="Test invented source", slug="invented", is_demo=True)

    listed = client.get("/en/sources/").context["page"].object_list
    own_page = client.get("/en/sources/invented/")

    assert [source.title for source in listed] == ["Test real source"]
    assert own_page.context["demo"] is True


def test_organisation_list_leaves_the_demonstration_out(client, world):
    factories.OrganisationFactory(slug="invented", name_en="Test invented", is_demo=True)

    listed = client.get("/en/organisations/").context["page"].object_list

    assert sorted(body.slug for body in listed) == ["test-lead", "test-unit"]
