"""A person's own calendar: what they will be asked, and nothing once they left."""

from datetime import date

import icalendar
import pytest

from commitments.feeds import own_calendar, written
from commitments.models import Membership
from commitments.rules.workdays import vietnam_calendar
from commitments.services import updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.feeds.lines import faults

SITE = "https://cam-ket.example.org"
DAYS = vietnam_calendar([2026])
WHAT = "Test commitment (CPT26-001)"


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.SITE_URL = SITE


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def entries(person, today=TODAY):
    calendar = own_calendar(fresh(person), today, DAYS)
    body = written(calendar)
    assert faults(body) == []
    assert len(icalendar.Calendar.from_ical(body).events) == len(calendar.entries)
    return sorted(calendar.entries, key=lambda one: (one.on, one.key))


def said(person, today=TODAY):
    """Day, summary and where it leads."""
    return [(one.on, one.summary, one.url.removeprefix(SITE)) for one in entries(person, today)]


@pytest.fixture
def owed(world, alice, erin):
    """Alice reports on the commitment; May's update is owed, June's to come."""
    row = world.commitment
    row.reporting_opened_on, row.reporting_opened_by = TODAY, erin
    row.save()
    may = factories.ReportingPeriodFactory(programme=world.programme)
    factories.ReportingPeriodFactory(
        programme=world.programme,
        starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30), opens_on=date(2026, 7, 1),
        due_on=date(2026, 7, 15), locks_on=date(2026, 8, 3),
    )  # fmt: skip
    factories.AssignmentFactory(commitment=row, person=alice)
    return factories.ObligationFactory(commitment=row, period=may)


FORM = "/en/staff/commitments/test-commitment/updates/add/"
INSIDE = "/en/staff/commitments/test-commitment/"
MAY = (date(2026, 6, 15), f"Update due: {WHAT}, May 2026", FORM)
JUNE = (date(2026, 7, 15), f"Update due: {WHAT}, June 2026", FORM)


def test_reporter_finds_updates_owed_and_to_come_with_the_prepared_form(owed, alice):
    assert said(alice) == [MAY, JUNE]
    first = entries(alice)[0]
    assert first.key == "own-obligation-test-commitment-2026-05-01"
    assert first.description == f"Can be handed in from 1 June 2026 on.\n{SITE}{FORM}"


def test_what_was_handed_in_is_not_asked_again_and_what_was_waived_is_gone(owed, alice, erin):
    owed.met_by = factories.StatusUpdateFactory(commitment=owed.commitment)
    owed.met_at = NOW
    owed.save()
    assert said(alice) == [(MAY[0], f"Submitted: {WHAT}, May 2026", INSIDE), JUNE]

    owed.met_by = owed.met_at = None
    owed.waived_by, owed.waived_at, owed.waiver_reason_en = erin, NOW, "Test"
    owed.save()
    assert said(alice) == [JUNE]


def test_nobody_is_asked_for_a_duty_that_nobody_gave(owed, alice):
    row = owed.commitment
    row.reporting_opened_on = row.reporting_opened_by = None
    row.save()

    assert said(alice) == []


def test_nothing_is_asked_of_what_is_closed(owed, alice):
    row = owed.commitment
    row.stage, row.stage_as_of_on, row.closed_on = "complete", TODAY, TODAY
    row.save()

    assert said(alice) == []


def test_dates_in_ones_charge_lead_inside(world, alice, dan):
    row = world.commitment
    row.due, row.due_earliest, row.due_latest = "2026", date(2026, 1, 1), date(2026, 12, 31)
    row.save()
    factories.MilestoneFactory(commitment=row)
    dates = [
        (TODAY, "Milestone: Test milestone 1 (CPT26-001)", INSIDE),
        (date(2026, 12, 31), f"By the end of 2026: {WHAT}", INSIDE),
    ]
    assert [said(alice), said(dan)] == [[], []]

    for person, charge in ((alice, "report"), (dan, "approve")):
        factories.AssignmentFactory(commitment=row, person=person, charge=charge)

    assert [said(alice), said(dan)] == [dates, dates]
    assert {one.key for one in entries(dan)} == {
        "own-commitment-test-commitment", "own-milestone-test-commitment-1",
    }  # fmt: skip


def test_approver_and_officer_find_what_waits_for_them(world, alice, dan, erin):
    update = deeds.submitted(alice, world.commitment)
    change = factories.ChangeRequestFactory(commitment=world.commitment, requester=alice)
    page = f"/en/staff/updates/{update.pk}/"
    review = (date(2026, 6, 3), f"Waits for your review: {WHAT}", page)
    request = (
        date(2026, 6, 4),
        f"Change request waits for your decision: {WHAT}",
        f"/en/staff/changes/{change.pk}/",
    )
    assert [said(alice), said(dan), said(erin)] == [[], [review], [request]]
    assert entries(dan)[0].description == (f"It has been waiting since 1 June 2026.\n{SITE}{page}")

    updates.approve_update(update=update, approver=dan, now=NOW)

    assert [said(dan), said(erin)] == [[], [review, request]]


def test_officer_finds_when_the_updates_of_each_programme_are_due(owed, erin):
    page = "/en/programmes/test/"

    assert said(erin) == [
        (date(2026, 6, 15), "Updates on May 2026 are due: Test programme", page),
        (date(2026, 7, 15), "Updates on June 2026 are due: Test programme", page),
    ]


def test_whoever_left_or_lost_the_charge_finds_nothing(owed, alice, bob):
    factories.AssignmentFactory(commitment=owed.commitment, person=bob)
    assert said(bob) == []

    membership = Membership.objects.get(user=alice)
    membership.ended_on = membership.started_on
    membership.save()
    assert said(alice) == []
    membership.ended_on = None
    membership.save()
    assert said(alice) == [MAY, JUNE]

    charge = owed.commitment.assignments.get(person=alice)
    charge.ended_at = charge.assigned_at
    charge.save()
    assert said(alice) == []


def test_a_body_that_lost_the_lead_is_asked_for_nothing(owed, alice, world):
    world.lead.ended_on = TODAY
    world.lead.save()

    assert said(alice) == []


def test_own_calendar_is_private_and_names_nobody_else(owed, alice, dan, erin):
    calendar = own_calendar(alice, TODAY, DAYS)
    text = written(calendar).decode()

    assert (calendar.name, calendar.is_public) == ("Cam Kết: my dates", False)
    assert [one for one in ("Alice", "Dan", "Erin", "@example.org\r\n") if one in text] == []
