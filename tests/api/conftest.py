"""A reader of the API, its document, and a small record in which every noun stands."""

from datetime import date

import pytest

from tests import factories as make
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def read(client):
    """The JSON at an address under /api/v1/, which must be there."""

    def get(path, **parameters):
        response = client.get(f"/api/v1/{path}", parameters)
        assert response.status_code == 200, response.content
        assert response["Content-Type"] == "application/json"
        return response.json()

    return get


@pytest.fixture
def slugs(read):
    """The slugs of a list, in its order."""
    return lambda path, **parameters: [row["slug"] for row in read(path, **parameters)["results"]]


@pytest.fixture
def today(time_machine):
    """The day on which the tests live."""
    time_machine.move_to(NOW, tick=False)
    return TODAY


@pytest.fixture
def everything(world, today):
    """The world's commitment with all that can hang on it, and a row of every other noun."""
    source = make.SourceFactory(slug="test-source", published="2026-Q1", issuer=world.body,
                                published_earliest=date(2026, 1, 1),
                                published_latest=date(2026, 3, 31))  # fmt: skip
    priority = make.PriorityFactory(programme=world.programme, slug="test-priority")
    commitment = world.commitment
    fill_commitment(commitment, world, source, priority)
    first = make.StatusUpdateFactory(
        commitment=commitment, body=world.body, is_published=True,
        as_of_on=date(2026, 5, 1), stage="reported_complete", summary_en="Test summary",
    )  # fmt: skip
    evidence = make.EvidenceFactory(update=first, source=source, relation="press", shows="Test")
    acceptance = make.EvidenceAcceptanceFactory(evidence=evidence)
    make.CompletionFactory(update=first, acceptance=acceptance)
    make.MeasurementFactory(update=first, target=commitment.targets.get(), value="7.250000")
    second = make.StatusUpdateFactory(
        commitment=commitment, body=world.body, is_published=True, corrects=first,
        correction_reason_en="Test reason", forecast="at_risk", problem_en="Test problem",
    )  # fmt: skip
    make.RetractionFactory(update=second)
    commitment.stage, commitment.stage_as_of_on = first.stage, first.as_of_on
    commitment.stage_update = first
    commitment.save()
    make.AcceptanceFactory(programme=world.programme, organisation=world.body).commitments.add(
        commitment
    )
    instrument = make.InstrumentFactory(slug="test-instrument", dated_on=TODAY)
    instrument.commitments.add(commitment)
    point = make.IndicatorPointFactory(indicator__slug="test-indicator", value="12.800000")
    make.IndicatorPointFactory(indicator=point.indicator, value="12.900000", comparator="about")
    make.RecognitionFactory(number=1, organisation=world.body).sources.add(source)
    make.RecordNoteFactory(number=1, instrument=instrument).sources.add(source)
    make.ContradictionFactory(number=1).sources.add(source)
    make.GapFactory(number=1)
    for row in (instrument, priority, world.body, commitment):
        row.sources.add(source)
    return world


def fill_commitment(commitment, world, source, priority):
    commitment.priority = priority
    for name in ("original_due", "due"):
        setattr(commitment, name, "2026")
        setattr(commitment, f"{name}_earliest", date(2026, 1, 1))
        setattr(commitment, f"{name}_latest", date(2026, 12, 31))
    make.WordingFactory(commitment=commitment).sources.add(source)
    make.TargetFactory(
        commitment=commitment, metric="tests", unit="test", value="22.500000",
        comparator="at_least", direction="up",
    )  # fmt: skip
    make.MilestoneFactory(commitment=commitment).sources.add(source)
    make.ChangeRequestFactory(
        commitment=commitment, decision="approved", decider=make.UserFactory(), decided_at=NOW,
        proposed={"title_en": "Test"}, replaced={"title_en": ""},
    )  # fmt: skip
    make.ChangeRequestFactory(commitment=commitment)  # undecided: not public
    make.OrganisationNameFactory(organisation=world.body)
    period = make.ReportingPeriodFactory(programme=world.programme)
    make.ObligationFactory(commitment=commitment, period=period)
    world.lead.sources.add(source)


@pytest.fixture
def demo(db):
    """An invented commitment of the demonstration."""
    programme = make.ProgrammeFactory(slug="demo", code="DEMO", is_demo=True)
    return make.CommitmentFactory(programme=programme, slug="demo-commitment")
