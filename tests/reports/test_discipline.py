"""How a body kept to its reporting days."""

from datetime import UTC, date, datetime

import pytest

from commitments.reports.discipline import Kept, discipline_of
from tests.factories import (
    CommitmentFactory,
    ObligationFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProgrammeFactory,
    ReportingPeriodFactory,
    StatusUpdateFactory,
    UserFactory,
)
from tests.factories.clock import NOW

DAYS = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 31), "due_on": date(2026, 6, 15)}
LATER = date(2026, 7, 20)
LAST_MINUTE = datetime(2026, 6, 15, 16, 59, tzinfo=UTC)
TOO_LATE = datetime(2026, 6, 15, 17, 0, tzinfo=UTC)
"""Midnight in Ha Noi."""


@pytest.fixture
def body(db):
    return OrganisationFactory()


@pytest.fixture
def may(db):
    return ReportingPeriodFactory(programme=ProgrammeFactory())


def _asked(may, body, met_at=None, waived=False, **columns):
    commitment = CommitmentFactory(programme=may.programme, **columns)
    ParticipationFactory(commitment=commitment, organisation=body)
    done = {}
    if met_at:
        done = {"met_by": StatusUpdateFactory(commitment=commitment), "met_at": met_at}
    if waived:
        done = {"waived_by": UserFactory(), "waived_at": NOW, "waiver_reason_en": "Test"}
    return ObligationFactory(commitment=commitment, period=may, **done)


def test_discipline_counts_each_update_once(may, body):
    _asked(may, body, met_at=LAST_MINUTE)
    _asked(may, body, met_at=TOO_LATE)
    _asked(may, body, waived=True)
    for _each in range(2):
        _asked(may, body)
    _asked(may, OrganisationFactory(), met_at=NOW)
    _asked(may, body, is_draft=True)

    found = discipline_of(body, LATER)

    assert found.periods == [Kept(on_time=1, late=1, never=2, waived=1, ahead=0, **DAYS)]
    assert (found.whole, found.whole.asked) == (Kept(1, 1, 2, 1, 0), 5)


def test_what_is_open_is_not_missing_before_its_due_day_has_passed(may, body):
    _asked(may, body)

    assert discipline_of(body, date(2026, 5, 31)).periods == []
    assert discipline_of(body, date(2026, 6, 15)).periods == [Kept(ahead=1, **DAYS)]
    assert discipline_of(body, date(2026, 6, 16)).periods == [Kept(never=1, **DAYS)]


def test_what_closed_before_the_due_day_is_not_counted(may, body):
    closed = {"stage": "complete", "stage_as_of_on": date(2026, 6, 10)}
    _asked(may, body, closed_on=date(2026, 6, 10), **closed)
    _asked(may, body, closed_on=date(2026, 6, 10), met_at=NOW, **closed)
    _asked(may, body, closed_on=date(2026, 6, 20), **closed)

    assert discipline_of(body, LATER).whole == Kept(on_time=1, never=1)


def test_an_update_counts_for_the_body_that_led_when_it_was_due(may, body):
    missed = _asked(may, body)
    missed.commitment.participations.update(ended_on=date(2026, 6, 20))
    successor = OrganisationFactory()
    ParticipationFactory(commitment=missed.commitment, organisation=successor)

    assert discipline_of(body, LATER).whole == Kept(never=1)
    assert not discipline_of(successor, LATER)


def test_one_query_however_many_periods(may, body, django_assert_num_queries):
    for _each in range(3):
        _asked(may, body)

    with django_assert_num_queries(1):
        assert discipline_of(body, LATER).whole.asked == 3
