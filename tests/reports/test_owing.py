"""Who owes an update, and since when."""

from datetime import date, timedelta

import pytest

from commitments.models import Commitment
from commitments.reports import owing
from tests.factories import (
    CommitmentFactory,
    ObligationFactory,
    ProgrammeFactory,
    ReportingPeriodFactory,
    StatusUpdateFactory,
    UserFactory,
)
from tests.factories.clock import NOW

LATER = date(2026, 7, 20)


@pytest.fixture
def periods(db):
    """May, due on 15 June; and June, due on 15 July."""
    programme = ProgrammeFactory()
    may = ReportingPeriodFactory(programme=programme)
    june = ReportingPeriodFactory(
        programme=programme,
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 6, 30),
        opens_on=date(2026, 7, 1),
        due_on=date(2026, 7, 15),
        locks_on=date(2026, 8, 3),
    )
    return may, june


def _owing(periods, **columns):
    commitment = CommitmentFactory(programme=periods[0].programme, **columns)
    return [ObligationFactory(commitment=commitment, period=period) for period in periods]


def _told(on):
    rows = owing.owed(owing.owing(Commitment.objects.public(), on), on)
    return [
        (row.commitment.slug, row.commitment.reporting, row.period, row.missed, row.since)
        for row in rows
    ]


def test_owing_groups_the_late_before_those_who_never_reported(periods):
    may, june = periods
    _owing(periods, slug="never")
    late, _june = _owing(periods, slug="late")
    StatusUpdateFactory(commitment=late.commitment, is_published=True)
    excused = _owing(periods, slug="excused")[1]
    excused.waived_by, excused.waived_at, excused.waiver_reason_en = UserFactory(), NOW, "Test"
    excused.save()
    CommitmentFactory(programme=may.programme, slug="not-asked")
    _owing(periods, slug="draft", is_draft=True)

    assert _told(LATER) == [
        ("late", "late", may, 2, "for 35 days"),
        ("never", "never_reported", may, 2, "for 35 days"),
        ("excused", "waived", june, 0, "for 5 days"),
    ]


@pytest.mark.parametrize(
    ("on", "reporting", "missed", "since"),
    [
        (date(2026, 6, 1), "due", 0, "due in 14 days"),
        (date(2026, 6, 15), "due", 0, "due today"),
        (date(2026, 6, 16), "never_reported", 1, "for 1 day"),
    ],
)
def test_an_update_is_late_from_the_day_after_its_due_day(periods, on, reporting, missed, since):
    may, _june = periods
    _owing(periods, slug="one")

    assert _told(on) == [("one", reporting, may, missed, since)]


def test_what_was_handed_in_is_owed_no_more_nor_what_came_before(periods):
    missed, met = _owing(periods, slug="one")
    met.met_by = StatusUpdateFactory(commitment=missed.commitment, is_published=True)
    met.met_at = NOW + timedelta(days=40)
    met.save()

    assert _told(LATER) == []


def test_late_are_the_longest_owed_only(periods):
    rows = [_owing(periods)[0].commitment for _each in range(3)]

    found = owing.late(Commitment.objects.public(), LATER, 2)

    assert [row.commitment for row in found] == rows[:2]
    assert owing.late(Commitment.objects.public(), date(2026, 6, 10), 2) == []
