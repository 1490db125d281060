"""Every list costs the same queries with 1 row and with 50, every row with few and many parts."""

import pytest

from tests import factories as make
from tests.api.paths import LISTS


def programmes(count):
    make.ProgrammeFactory.create_batch(count)


def priorities(count):
    for _ in range(count):
        make.PriorityFactory().sources.add(make.SourceFactory())


def commitments(count):
    for _ in range(count):
        part = make.ParticipationFactory()
        source = make.SourceFactory()
        make.InstrumentFactory().commitments.add(part.commitment)
        part.sources.add(source)
        part.commitment.sources.add(source)
        make.WordingFactory(commitment=part.commitment)


def updates(count):
    for _ in range(count):
        update = make.StatusUpdateFactory(is_published=True)
        make.EvidenceAcceptanceFactory(evidence__update=update)
        make.MeasurementFactory(update=update)
        make.StatusUpdateFactory(commitment=update.commitment, corrects=update)


def evidence(count):
    for _ in range(count):
        make.EvidenceAcceptanceFactory(evidence__update=make.StatusUpdateFactory(is_published=True))


def organisations(count):
    for _ in range(count):
        part = make.ParticipationFactory()
        source = make.SourceFactory()
        part.sources.add(source)
        part.organisation.sources.add(source)


def acceptances(count):
    for _ in range(count):
        acceptance = make.AcceptanceFactory()
        acceptance.sources.add(make.SourceFactory())
        acceptance.commitments.add(make.CommitmentFactory())


def indicators(count):
    for _ in range(count):
        make.IndicatorPointFactory()


def instruments(count):
    for _ in range(count):
        instrument = make.InstrumentFactory(issuer=make.OrganisationFactory())
        instrument.sources.add(make.SourceFactory())
        instrument.commitments.add(make.CommitmentFactory())


def sources(count):
    for _ in range(count):
        make.SourceFactory(issuer=make.OrganisationFactory())


def recognitions(count):
    for _ in range(count):
        honour = make.RecognitionFactory(
            organisation=make.OrganisationFactory(), commitment=make.CommitmentFactory()
        )
        honour.sources.add(make.SourceFactory())


def record_notes(count):
    for _ in range(count):
        make.RecordNoteFactory().sources.add(make.SourceFactory())


def contradictions(count):
    for _ in range(count):
        make.ContradictionFactory().sources.add(make.SourceFactory())


def gaps(count):
    make.GapFactory.create_batch(count)


def events(count):
    make.PublicEventFactory.create_batch(count)


COSTS = {
    programmes: 4,
    priorities: 5,
    commitments: 8,
    updates: 7,
    evidence: 4,
    organisations: 8,
    acceptances: 6,
    indicators: 5,
    instruments: 6,
    sources: 4,
    recognitions: 5,
    record_notes: 5,
    contradictions: 5,
    gaps: 4,
    events: 4,
}


def test_queries_of_every_list_are_counted():
    assert [fill.__name__.replace("_", "-") for fill in COSTS] == LISTS


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize("fill", COSTS, ids=lambda fill: fill.__name__)
def test_queries_of_a_list_are_as_many_with_1_row_as_with_50(
    db, client, django_assert_num_queries, fill, rows
):
    fill(rows)
    path = f"/api/v1/{fill.__name__.replace('_', '-')}/"

    with django_assert_num_queries(COSTS[fill]):
        answer = client.get(path).json()

    assert len(answer["results"]) >= rows


@pytest.mark.parametrize("parts", [1, 5])
def test_queries_of_a_commitment_are_as_many_with_1_part_as_with_5(
    db, client, django_assert_num_queries, parts
):
    commitment = make.CommitmentFactory(slug="test-commitment")
    make.InstrumentFactory().commitments.add(commitment)
    for number in range(1, parts + 1):
        for row in (
            make.ParticipationFactory(commitment=commitment, role="partner"),
            make.WordingFactory(
                commitment=commitment, number=number,
                kind_of_change="text_found" if number > 1 else "",
            ),
            make.MilestoneFactory(commitment=commitment),
            commitment,
        ):  # fmt: skip
            row.sources.add(make.SourceFactory())
        target = make.TargetFactory(commitment=commitment)
        update = make.StatusUpdateFactory(commitment=commitment, is_published=True)
        make.MeasurementFactory(update=update, target=target)
        make.ChangeRequestFactory(
            commitment=commitment, decision="refused", decider=make.UserFactory(),
            decided_at="2026-06-01T00:00:00Z", source=make.SourceFactory(), decision_note="Test",
            subject=f"target/{number}",
        )  # fmt: skip
        make.ObligationFactory(
            commitment=commitment,
            period__starts_on=f"2026-0{number}-01",
        )

    with django_assert_num_queries(16):
        answer = client.get("/api/v1/commitments/test-commitment/").json()

    names = ("participations", "wordings", "targets", "milestones", "obligations", "changes")
    assert {name: len(answer[name]) for name in names} == dict.fromkeys(names, parts)
    assert [len(target["measurements"]) for target in answer["targets"]] == [1] * parts


@pytest.mark.parametrize("parts", [1, 5])
def test_queries_of_an_update_are_as_many_with_1_part_as_with_5(
    db, client, django_assert_num_queries, parts
):
    commitment = make.CommitmentFactory(slug="test-commitment")
    update = make.StatusUpdateFactory(commitment=commitment, is_published=True)
    for _ in range(parts):
        make.EvidenceFactory(update=update)
        make.MeasurementFactory(update=update)
        make.StatusUpdateFactory(
            commitment=commitment,
            corrects=update,
            is_published=True,
            correction_reason_en="Test reason",
        )

    with django_assert_num_queries(5):
        answer = client.get("/api/v1/updates/test-commitment/1/").json()

    names = ("evidence", "measurements", "corrected_by")
    assert {name: len(answer[name]) for name in names} == dict.fromkeys(names, parts)


@pytest.mark.parametrize("points", [1, 50])
def test_queries_of_an_indicator_are_as_many_with_1_value_as_with_50(
    db, client, django_assert_num_queries, points
):
    indicator = make.IndicatorFactory(slug="test-indicator")
    make.IndicatorPointFactory.create_batch(points, indicator=indicator)

    with django_assert_num_queries(3):
        answer = client.get("/api/v1/indicators/test-indicator/").json()

    assert len(answer["points"]) == points


@pytest.mark.parametrize("parts", [1, 50])
def test_queries_of_an_organisation_are_as_many_with_1_part_as_with_50(
    db, client, django_assert_num_queries, parts
):
    body = make.OrganisationFactory(slug="test-body")
    for _ in range(parts):
        part = make.ParticipationFactory(organisation=body)
        part.sources.add(make.SourceFactory())

    with django_assert_num_queries(6):
        answer = client.get("/api/v1/organisations/test-body/").json()

    assert len(answer["participations"]) == parts
