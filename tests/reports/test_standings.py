"""Where commitments stand, and how they are counted."""

from datetime import date

import pytest
from django.utils.translation import override

from commitments.models import Commitment, Forecast, Reporting, Stage
from commitments.reports import standings
from commitments.reports.standings import Distribution
from tests.factories import (
    CommitmentFactory,
    ObligationFactory,
    PriorityFactory,
    ProgrammeFactory,
    ReportingPeriodFactory,
    StatusUpdateFactory,
)
from tests.factories.clock import TODAY

LATER = date(2026, 7, 1)
"""After May's period, due on 15 June."""
PAST = {"due": "2026-05", "due_earliest": date(2026, 5, 1), "due_latest": date(2026, 5, 31)}


@pytest.fixture
def programme(db):
    return ProgrammeFactory()


@pytest.fixture
def period(programme):
    return ReportingPeriodFactory(programme=programme)


def _commitment(programme, **columns):
    if columns.get("stage"):
        columns.setdefault("stage_as_of_on", TODAY)
    if columns.get("stage") in ("complete", "withdrawn", "superseded"):
        columns.setdefault("closed_on", TODAY)
    if columns.get("forecast"):
        columns.setdefault("forecast_as_of_on", TODAY)
    return CommitmentFactory(programme=programme, **columns)


def _standing(commitment, on=TODAY):
    rows = standings.for_list(Commitment.objects.all(), on)
    return standings.WORST_FIRST[rows.get(pk=commitment.pk).rank]


@pytest.mark.parametrize(
    "stage",
    ["", "not_started", "in_progress", "paused", "reported_complete", "complete", "withdrawn"],
)
def test_standing_is_the_stage_where_nothing_is_amiss(programme, stage):
    assert _standing(_commitment(programme, stage=stage)) == stage


@pytest.mark.parametrize(
    ("columns", "standing"),
    [
        ({"stage": "in_progress", "forecast": "on_track"}, "past_due"),
        ({"stage": "in_progress", "forecast": "off_track"}, "past_due"),
        ({"stage": ""}, "past_due"),
        ({"stage": "reported_complete"}, "reported_complete"),
        ({"stage": "complete"}, "complete"),
        ({"stage": "superseded"}, "superseded"),
    ],
)
def test_standing_past_due_cannot_be_hidden(programme, columns, standing):
    assert _standing(_commitment(programme, **PAST, **columns)) == standing


@pytest.mark.parametrize("forecast", ["off_track", "at_risk"])
def test_standing_names_a_forecast_that_is_bad(programme, forecast):
    assert _standing(_commitment(programme, stage="in_progress", forecast=forecast)) == forecast


def test_standing_an_update_that_is_owed_and_late(programme, period):
    never = _commitment(programme, stage="in_progress", forecast="at_risk")
    once = _commitment(programme, stage="in_progress")
    StatusUpdateFactory(commitment=once, is_submitted=True)
    closed = _commitment(programme, stage="complete")
    for commitment in (never, once, closed):
        ObligationFactory(commitment=commitment, period=period)

    assert [_standing(row, LATER) for row in (never, once, closed)] == [
        "never_reported",
        "late",
        "complete",
    ]
    assert _standing(once) == "in_progress"  # due, not late: the stage speaks


def test_distribution_counts_every_commitment_once_worst_first(programme):
    _commitment(programme, stage="complete")
    _commitment(programme, stage="in_progress")
    _commitment(programme, stage="in_progress", **PAST)
    _commitment(programme)
    _commitment(programme, stage="withdrawn")

    found = standings.distribution(Commitment.objects.public(), TODAY)

    assert found == Distribution(
        (("past_due", 1), ("", 1), ("in_progress", 1), ("complete", 1), ("withdrawn", 1))
    )
    assert found.total == 5


def test_distribution_of_nothing(db):
    found = standings.distribution(Commitment.objects.public(), TODAY)

    assert found == Distribution(())
    with override("en"):
        assert found.title == "0 commitments"


def test_distributions_by_columns_take_one_query(programme, django_assert_num_queries):
    first, second = PriorityFactory(programme=programme), PriorityFactory(programme=programme)
    for priority, stage in ((first, "in_progress"), (first, ""), (second, "")):
        _commitment(programme, kind="government_task", priority=priority, stage=stage)

    with django_assert_num_queries(1):
        found = standings.distributions(
            Commitment.objects.all(), TODAY, "priority_id", kind="government_task"
        )

    assert found == {
        (first.pk,): Distribution((("", 1), ("in_progress", 1)), "government_task"),
        (second.pk,): Distribution((("", 1),), "government_task"),
    }


@pytest.mark.parametrize(
    ("count", "kind", "words"),
    [
        (1, "government_task", "1 task"),
        (4, "government_task", "4 tasks"),
        (1, "national_mission", "1 national mission"),
        (2, "corporate_pledge", "2 corporate pledges"),
        (24, "", "24 commitments"),
    ],
)
def test_counted_in_words(count, kind, words):
    with override("en"):
        assert standings.counted(count, kind) == words


def test_every_word_of_the_axes_has_its_place():
    words = {*Stage.values, "", "past_due", Forecast.AT_RISK, Forecast.OFF_TRACK}
    words |= {Reporting.LATE, Reporting.NEVER_REPORTED, Reporting.STALE}

    assert set(standings.WORST_FIRST) == words


def test_for_list_ranks_the_worst_first(programme, django_assert_num_queries):
    fine = _commitment(programme, stage="complete")
    past = _commitment(programme, stage="in_progress", **PAST)
    unknown = _commitment(programme)

    with django_assert_num_queries(2):
        rows = list(standings.for_list(Commitment.objects.all(), TODAY).order_by("rank"))

    assert rows == [past, unknown, fine]
