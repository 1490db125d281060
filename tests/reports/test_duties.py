"""What became of each owed update."""

from datetime import date

import pytest

from commitments.reports.duties import duties
from tests.factories import (
    CommitmentFactory,
    ObligationFactory,
    ReportingPeriodFactory,
    StatusUpdateFactory,
    UserFactory,
)
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def commitment(db):
    return CommitmentFactory()


def _owe(commitment, **columns):
    period = ReportingPeriodFactory(programme=commitment.programme)
    return ObligationFactory(commitment=commitment, period=period, **columns)


def _said(commitment, on=TODAY):
    return [(duty.state, str(duty.says)) for duty in duties(commitment, on)]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 5, 31), ("", "Opens on 1 June 2026")),
        (TODAY, ("due", "Not submitted")),
        (date(2026, 6, 15), ("due", "Not submitted")),
        (date(2026, 6, 16), ("late", "Not submitted")),
    ],
)
def test_duty_that_nobody_met(commitment, on, said):
    _owe(commitment)

    assert _said(commitment, on) == [said]


def test_duty_that_was_met_or_waived(commitment):
    _owe(commitment, met_by=StatusUpdateFactory(commitment=commitment), met_at=NOW)
    assert _said(commitment) == [("", "Submitted on 1 June 2026")]

    waived = CommitmentFactory()
    _owe(waived, waived_by=UserFactory(), waived_at=NOW, waiver_reason_en="Test <reason>")
    assert _said(waived) == [("waived", "Waived: Test &lt;reason&gt;")]


def test_duty_of_what_is_closed(db):
    commitment = CommitmentFactory(stage="complete", stage_as_of_on=TODAY, closed_on=TODAY)
    _owe(commitment)

    assert _said(commitment) == [("", "Not submitted; what is closed owes nothing")]


def test_duties_are_newest_first(commitment):
    _owe(commitment)
    april = ReportingPeriodFactory(
        programme=commitment.programme,
        starts_on=date(2026, 4, 1),
        ends_on=date(2026, 4, 30),
        opens_on=date(2026, 5, 4),
        due_on=date(2026, 5, 18),
        locks_on=date(2026, 6, 1),
    )
    ObligationFactory(commitment=commitment, period=april)

    assert [duty.period.starts_on.month for duty in duties(commitment, TODAY)] == [5, 4]


def test_duties_end_with_what_had_opened_when_it_was_closed(db):
    closed_on = date(2026, 5, 31)
    commitment = CommitmentFactory(stage="withdrawn", stage_as_of_on=closed_on, closed_on=closed_on)
    _owe(commitment)

    assert _said(commitment, date(2026, 5, 31)) == _said(commitment) == []
