"""Reporting, the axis that asks whether we know, in every branch of design §3."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commitments.models import Commitment
from tests import factories as f
from tests.factories.clock import NOW, TODAY

DAY = timedelta(days=1)
MARCH = (date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 15), date(2026, 5, 4))
APRIL = (date(2026, 4, 1), date(2026, 4, 30), date(2026, 5, 4), date(2026, 5, 18), date(2026, 6, 1))
MAY = (date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 15), date(2026, 7, 1))


def _owe(world, days, **said):
    names = ("starts_on", "ends_on", "opens_on", "due_on", "locks_on")
    period = f.ReportingPeriodFactory(
        programme=world.programme, **dict(zip(names, days, strict=True))
    )
    return f.ObligationFactory(commitment=world.commitment, period=period, **said)


def _waive(world, days):
    officer = f.UserFactory()
    return _owe(world, days, waived_by=officer, waived_at=NOW, waiver_reason_en="Test reason")


def _meet(world, days, **said):
    update = f.StatusUpdateFactory(commitment=world.commitment, **said)
    return _owe(world, days, met_by=update, met_at=NOW)


def _update(world, **said):
    return f.StatusUpdateFactory(commitment=world.commitment, **said)


def _axis(name, on=TODAY):
    return Commitment.objects.with_reporting(on).values_list(name, flat=True).get()


def test_reporting_without_obligation_is_not_asked(world):
    assert _axis("reporting") == "not_asked"


def test_reporting_before_the_period_opens_is_not_asked(world):
    _owe(world, MAY)

    assert _axis("reporting", MAY[2] - DAY) == "not_asked"
    assert _axis("reporting", MAY[2]) == "due"


def test_reporting_is_waived_when_the_newest_opened_is_even_if_older_ones_are_unmet(world):
    _owe(world, APRIL)
    _waive(world, MAY)

    assert _axis("reporting") == "waived"


def test_reporting_forgets_a_waiver_when_the_next_period_opens(world):
    _waive(world, APRIL)
    _owe(world, MAY)

    assert _axis("reporting", MAY[2] - DAY) == "waived"
    assert _axis("reporting", MAY[2]) == "due"


def test_reporting_is_due_until_the_due_day_has_passed(world):
    _owe(world, MAY)

    assert _axis("reporting", MAY[3]) == "due"
    assert _axis("reporting", MAY[3] + DAY) == "never_reported"


@pytest.mark.parametrize("said", [{}, {"is_imported": True}, {"state": "draft", "as_of_on": TODAY}])
def test_reporting_past_due_is_never_reported_where_nothing_was_submitted(world, said):
    _owe(world, APRIL)
    _update(world, **said)

    assert _axis("reporting") == "never_reported"


@pytest.mark.parametrize("trait", ["is_submitted", "is_approved", "is_published"])
def test_reporting_past_due_is_late_where_something_was_submitted_once(world, trait):
    _owe(world, APRIL)
    _update(world, **{trait: True})

    assert _axis("reporting") == "late"


def test_reporting_past_due_is_late_where_what_was_submitted_was_returned(world):
    _owe(world, APRIL)
    _update(world, is_submitted=True, state="returned")

    assert _axis("reporting") == "late"


def test_reporting_judges_by_the_oldest_unmet(world):
    _owe(world, APRIL)
    _owe(world, MAY)
    _update(world, is_submitted=True)

    assert _axis("reporting") == "late"
    assert _axis("owed_since_on") == APRIL[3]


def test_reporting_is_current_again_when_a_later_period_is_met(world):
    _owe(world, APRIL)
    _meet(world, MAY, is_published=True)

    assert _axis("reporting") == "current"
    assert _axis("owed_since_on") is None


@pytest.mark.parametrize("trait", ["is_submitted", "is_approved", "is_published"])
def test_reporting_is_current_from_submission_on_however_slow_the_review(world, trait):
    _meet(world, MAY, **{trait: True})

    assert _axis("reporting") == "current"


def test_reporting_stays_current_when_the_update_is_returned(world):
    _meet(world, MAY, is_submitted=True, state="returned")

    assert _axis("reporting") == "current"


def test_reporting_is_stale_when_the_last_as_of_is_older_than_two_periods(world):
    met = _meet(world, MARCH, is_published=True, as_of_on=APRIL[0] - DAY)
    _owe(world, APRIL, met_by=met.met_by, met_at=NOW)
    _owe(world, MAY, met_by=met.met_by, met_at=NOW)

    assert _axis("reporting") == "stale"


def test_reporting_is_current_when_the_last_as_of_lies_within_two_periods(world):
    met = _meet(world, MARCH, is_published=True, as_of_on=APRIL[0])
    _owe(world, APRIL, met_by=met.met_by, met_at=NOW)
    _owe(world, MAY, met_by=met.met_by, met_at=NOW)

    assert _axis("reporting") == "current"


def test_reporting_is_stale_when_all_that_was_said_was_retracted(world):
    met = _meet(world, MAY, is_published=True)
    f.RetractionFactory(update=met.met_by)

    assert _axis("reporting") == "stale"


@pytest.mark.parametrize("days", [APRIL, MAY])
@pytest.mark.parametrize("stage", ["complete", "withdrawn", "superseded"])
def test_reporting_owes_nothing_when_closed(world, stage, days):
    _owe(world, days)
    _update(world, is_published=True, as_of_on=MARCH[0])
    Commitment.objects.update(stage=stage, stage_as_of_on=TODAY, closed_on=TODAY)

    assert _axis("reporting") == "current"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({}, None),
        ({"is_submitted": True}, NOW),
        ({"is_approved": True}, NOW),
        ({"is_submitted": True, "state": "returned"}, None),
        ({"is_published": True}, None),
    ],
)
def test_in_review_since_is_the_submission_that_waits(world, said, shown):
    _update(world, **said)

    assert _axis("in_review_since") == shown


def test_in_review_since_is_the_oldest_submission_that_waits(world):
    _update(world, is_submitted=True)
    earlier = datetime(2026, 5, 20, tzinfo=UTC)
    _update(world, is_submitted=True, submitted_at=earlier)

    assert _axis("in_review_since") == earlier
