"""One commitment, and one update."""

from datetime import date

import pytest

from tests import factories
from tests.factories.clock import NOW
from tests.views.public.reading import sections


@pytest.fixture
def reported(world):
    """A commitment with a history: reported, corrected, retracted, and one update in review."""
    commitment = world.commitment
    update = {"commitment": commitment, "body": world.body, "is_published": True}
    first = factories.StatusUpdateFactory(
        **update, summary_en="Test first", as_of_on=date(2026, 4, 30)
    )
    second = factories.StatusUpdateFactory(
        **update,
        summary_en="Test second",
        as_of_on=date(2026, 4, 30),
        corrects=first,
        correction_reason_en="Test counted twice",
        forecast="off_track",
        problem_en="Test problem",
        asked_en="Test asked",
    )
    third = factories.StatusUpdateFactory(
        **update, summary_en="Test third", as_of_on=date(2026, 5, 31)
    )
    factories.RetractionFactory(update=third, reason_en="Test sent for another")
    source = factories.SourceFactory(title="Test page", publisher="Test press")
    evidence = factories.EvidenceFactory(update=second, source=source, relation="press")
    factories.EvidenceAcceptanceFactory(evidence=evidence)
    target = factories.TargetFactory(
        commitment=commitment, metric="test", unit="stations", comparator="at_least", value=20000
    )
    for row, value in ((first, 9000), (second, 8000), (third, 1)):
        factories.MeasurementFactory(update=row, target=target, value=value)
    period = factories.ReportingPeriodFactory(programme=world.programme)
    factories.ObligationFactory(commitment=commitment, period=period)
    factories.StatusUpdateFactory(
        commitment=commitment, body=world.body, is_submitted=True, summary_en="Test hidden"
    )
    commitment.stage, commitment.stage_as_of_on = "in_progress", date(2026, 4, 30)
    commitment.forecast, commitment.forecast_as_of_on = "off_track", date(2026, 4, 30)
    commitment.stage_update = commitment.forecast_update = second
    commitment.last_as_of_on = date(2026, 4, 30)
    commitment.save()
    return commitment


def test_commitment_answers_the_five_questions(client, reported):
    page = sections(client.get("/en/commitments/test-commitment/"))

    assert page["Where it stands"] == (
        "As of 1 June 2026 Stage What has happened? In progress"
        " As of 30 April 2026, according to Test lead; published after review."
        " Forecast Will the present date and target be met? Off track"
        " As of 30 April 2026, according to Test lead; published after review."
        " The problem named: Test problem What is asked: Test asked"
        " Reporting Do we know? Update due An update is open and due on 15 June 2026."
        " An update was submitted on 1 June 2026 and is in review."
        " Verification How do we know? Confirmed by another source"
        " An officer accepted evidence from somebody other than the body itself."
        " Outcome What came of it, at the end of the year? Not assessed yet"
        " No outcome has been assessed for this commitment."
        " What these words mean: the method, version 1"
    )


def test_commitment_shows_only_measurements_that_stand(client, reported):
    page = sections(client.get("/en/commitments/test-commitment/"))

    assert page["Plan"] == (
        "Original due date not published Present due date not published"
        " Targets Test target 1 Promised at least 20,000 stations By no date published"
        " Reported 8,000 stations (as of 1 June 2026, update 2)"
        " Report an error: target 1"
    )
    assert page["Period by period"].partition(" not known. ")[2] == (
        "May 2026 Update due Not submitted · due 15 June 2026"
        " What these words mean: the method, version 1"
    )


def test_commitment_keeps_what_was_corrected_and_retracted_readable(client, reported):
    page = sections(client.get("/en/commitments/test-commitment/"))

    assert page["History"] == (
        "Newest first Everything 4 Updates 3 Corrections and retractions 4"
        " 1 June 2026 Update 3 retracted Test sent for another"
        " 31 May 2026 Update 3 Retracted on 1 June 2026 Test sent for another"
        " Read the retracted text Test third In progress Reported, no evidence yet"
        " Test target 1: 1 stations (as of 1 June 2026)"
        " As of 31 May 2026, according to Test lead; published after review."
        " Report an error: update 3"
        " 30 April 2026 Update 2 This corrects update 1 Test counted twice"
        " Test second Problem: Test problem What is asked, of whom: Test asked"
        " In progress Off track Confirmed by another source"
        " Test target 1: 8,000 stations (as of 1 June 2026)"
        " As of 30 April 2026, according to Test lead; published after review."
        " Test page Test press · date not stated · press · accepted as independent on 1 June 2026"
        " Report an error: update 2"
        " 30 April 2026 Update 1 Corrected by update 2 Test counted twice"
        " Test first In progress Reported, no evidence yet"
        " Test target 1: 9,000 stations (as of 1 June 2026)"
        " As of 30 April 2026, according to Test lead; published after review."
        " Report an error: update 1"
    )


def test_update_has_a_page_of_its_own_with_its_notices(client, reported):
    page = sections(client.get("/en/commitments/test-commitment/updates/1/"))

    assert page["Update 1, as of 30 April 2026"] == (
        "Corrected by update 2 Test counted twice Test first In progress"
        " Reported, no evidence yet Test target 1: 9,000 stations (as of 1 June 2026)"
        " As of 30 April 2026, according to Test lead; published after review."
    )
    assert page["How it came into the record"] == (
        "In the record since 1 June 2026 Way of entry Web form"
        " Handed in On 1 June 2026, by a reporter of Test lead"
        " Signed off On 1 June 2026, by an approver of Test lead, who did not write it"
        " Published On 1 June 2026, by an officer of Test delivery unit,"
        " who neither wrote it nor signed it off"
        " All updates The history of this commitment Data The same as JSON"
        " What these words mean: the method, version 1 Report an error in this update"
    )


def test_commitment_keeps_its_original_beside_what_was_changed(client, world):
    commitment = world.commitment
    change = factories.ChangeRequestFactory(
        commitment=commitment,
        kind="narrowed",
        reason_en="Test reason",
        decision="approved",
        decider=factories.UserFactory(),
        decided_at=NOW,
    )
    factories.ChangeRequestFactory(commitment=commitment, reason_en="Test undecided")
    factories.WordingFactory(commitment=commitment, text_en="Test original", basis="quoted")
    factories.WordingFactory(
        commitment=commitment,
        number=2,
        text_en="Test later",
        basis="quoted",
        kind_of_change="narrowed",
        change=change,
    )
    commitment.original_due, commitment.due = "2026-05", "2027"
    commitment.original_due_earliest = commitment.original_due_latest = date(2026, 5, 31)
    commitment.due_earliest = commitment.due_latest = date(2027, 12, 31)
    commitment.save()

    page = sections(client.get("/en/commitments/test-commitment/"))

    assert page["What was promised"] == (
        "The original wording Test original Quoted word for word"
        " Version 2: narrowed Reason: Test reason The request and its decision"
        " Test later Quoted word for word Compare the wordings word by word"
    )
    assert page["Plan"].startswith(
        "Original due date May 2026 Present due date 2027"
        " Slip against the original date: 579 days later Original and present plan"
        " Of the plan Original Present Slip Due date May 2026 2027 579 days later Targets"
    )
    assert page["History"] == (
        "Newest first Nothing has been reported in the sources found"
        " 1 June 2026 Wording: narrowed Approved Reason: Test reason"
        " Decided on 1 June 2026 by a delivery-unit officer of Test delivery unit,"
        " who did not ask for it."
    )


def test_commitment_shows_links_whose_other_end_is_public(client, world):
    other, draft = (
        factories.CommitmentFactory(
            programme=world.programme, slug=slug, title_en=f"Test {slug}", is_draft=slug == "draft",
            reference=None if slug == "draft" else "TT-002",
        )
        for slug in ("other", "draft")
    )  # fmt: skip
    for one in (other, draft):
        factories.CommitmentLinkFactory(from_commitment=world.commitment, to_commitment=one)
        factories.CommitmentLinkFactory(from_commitment=one, to_commitment=world.commitment)

    page = client.get("/en/commitments/test-commitment/")

    assert sections(page)["Linked commitments"] == (
        "Contributes to Test other TT-002 Contribution to it Test other TT-002"
    )
    assert "Test draft" not in page.text
