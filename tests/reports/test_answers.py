"""The five answers in sentences."""

from datetime import date

import pytest

from commitments.models import Commitment
from commitments.reports.answers import according_to, answers
from tests.factories import (
    CommitmentFactory,
    ObligationFactory,
    OrganisationFactory,
    ReportingPeriodFactory,
    StatusUpdateFactory,
    UserFactory,
)
from tests.factories.clock import NOW, TODAY

SAID_ON = date(2026, 4, 30)


def _says(commitment, axis, on=TODAY, *, has_target=False):
    rows = Commitment.objects.with_axes(on).select_related(
        "stage_update__body", "forecast_update__body"
    )
    found = answers(rows.get(pk=commitment.pk), has_target=has_target)
    return next(str(answer.says) for answer in found if answer.axis == axis)


def _update(commitment, **columns):
    return StatusUpdateFactory(commitment=commitment, **columns)


@pytest.mark.parametrize(
    ("speaker", "origin", "words"),
    [
        ("press", "fact_import", "the press; counted on import, not reviewed here."),
        ("government", "fact_import", "the government; counted on import, not reviewed here."),
        ("body", "fact_import", "the body itself; counted on import, not reviewed here."),
        ("body", "web", "Test &lt;body&gt;; published after review."),
        ("government", "api", "the government; published after review."),
    ],
)
def test_according_to_names_the_speaker_and_the_way(db, speaker, origin, words):
    body = OrganisationFactory.build(name_en="Test <body>") if origin != "fact_import" else None
    update = StatusUpdateFactory.build(
        speaker=speaker, origin=origin, as_of_on=SAID_ON, body=body, commitment=None, author=None
    )

    assert according_to(update) == f"As of 30 April 2026, according to {words}"


def test_stage_complete_by_an_officer_says_on_what(db):
    commitment = CommitmentFactory(stage="complete", stage_as_of_on=SAID_ON, closed_on=TODAY)
    update = _update(commitment, is_published=True, stage="reported_complete", as_of_on=SAID_ON)
    update.body.name_en = "Test body"
    update.body.save()
    commitment.stage_update = update
    commitment.save()

    assert _says(commitment, "stage") == (
        "As of 30 April 2026, according to Test body; published after review. Confirmed complete"
        " by the delivery unit on 1 June 2026, on a source other than the body's own."
    )


@pytest.mark.parametrize(
    ("columns", "has_target", "words"),
    [
        (
            {},
            False,
            "No forecast is asked for, because neither a due date nor a target was published.",
        ),
        (
            {},
            True,
            "No forecast was given, because nobody has been asked to report on it yet.",
        ),
        (
            {"due": "2026-05", "due_earliest": date(2026, 5, 1), "due_latest": date(2026, 5, 31)},
            False,
            "No forecast was given, because nobody has been asked to report on it yet."
            " The present due date, May 2026, has passed.",
        ),
        (
            {"stage": "withdrawn", "stage_as_of_on": TODAY, "closed_on": TODAY},
            True,
            "The commitment is closed; no forecast is asked for.",
        ),
    ],
)
def test_forecast_that_is_not_given_says_why(db, columns, has_target, words):
    assert _says(CommitmentFactory(**columns), "forecast", has_target=has_target) == words


def test_forecast_that_the_body_owes(db):
    commitment = CommitmentFactory(reporting_opened_on=TODAY, reporting_opened_by=UserFactory())

    assert _says(commitment, "forecast", has_target=True) == (
        "The body has not given a forecast yet."
    )


@pytest.fixture
def owing(db):
    commitment = CommitmentFactory()
    period = ReportingPeriodFactory(programme=commitment.programme)
    ObligationFactory(commitment=commitment, period=period)
    return commitment


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 5, 31), "No reporting duty was given for it, so no update is owed."),
        (TODAY, "An update is open and due on 15 June 2026."),
        (
            date(2026, 6, 16),
            "The update that was due on 15 June 2026 was not submitted, nor was any other ever.",
        ),
    ],
)
def test_reporting_says_what_is_owed(owing, on, words):
    assert _says(owing, "reporting", on) == words


def test_reporting_says_what_is_in_review(owing):
    _update(owing, is_submitted=True, submitted_at=NOW)

    assert _says(owing, "reporting", date(2026, 6, 16)) == (
        "The update that was due on 15 June 2026 was not submitted."
        " An update was submitted on 1 June 2026 and is in review."
    )


@pytest.mark.parametrize(
    ("last_as_of_on", "words"),
    [
        (SAID_ON, "The last report speaks as of 30 April 2026."),
        (None, "No update is owed at present."),
    ],
)
def test_reporting_that_is_current(owing, last_as_of_on, words):
    update = _update(owing, is_submitted=True)
    owing.obligations.update(met_by=update, met_at=NOW)
    update.state = "returned"
    update.save()
    owing.last_as_of_on = last_as_of_on
    owing.save()

    assert _says(owing, "reporting") == words


@pytest.mark.parametrize(
    ("last_as_of_on", "words"),
    [
        (SAID_ON, "The last report speaks as of 30 April 2026: more than two periods ago."),
        (None, "No report of the last two periods stands."),
    ],
)
def test_reporting_that_is_stale(owing, last_as_of_on, words):
    owing.obligations.update(met_by=_update(owing), met_at=NOW)
    owing.last_as_of_on = last_as_of_on
    owing.save()

    assert _says(owing, "reporting") == words


def test_verification_of_an_import_is_never_confirmed(db):
    commitment = CommitmentFactory(stage="in_progress", stage_as_of_on=SAID_ON)
    commitment.stage_update = _update(commitment, is_imported=True, stage="in_progress")
    commitment.save()

    assert _says(commitment, "verification") == (
        "The statement stands by itself; no evidence is attached to it."
        " An imported statement is never counted as confirmed."
    )
