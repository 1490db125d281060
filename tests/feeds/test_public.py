"""Public calendars: which days they hold, how sure each is, and what is over."""

from datetime import date, timedelta

import icalendar
import pytest
from django.utils.translation import override

from commitments.feeds import (
    AsOf,
    commitment_calendar,
    organisation_calendar,
    programme_calendar,
    written,
)
from commitments.models import PublicEvent
from commitments.services import record
from commitments.services.record import SYSTEM
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.feeds.lines import faults

SITE = "https://cam-ket.example.org"


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.SITE_URL = SITE


def now():
    return AsOf(TODAY, PublicEvent.objects.all())


def due(row, text, earliest, latest=None):
    """Give a commitment or milestone its present due date."""
    row.due, row.due_earliest, row.due_latest = text, earliest, latest or earliest
    row.save()
    return row


def said(calendar):
    """Day, summary and status of every entry, read back by the library."""
    body = written(calendar)
    assert faults(body) == []
    return [
        (event.start, str(event["SUMMARY"]), str(event["STATUS"]))
        for event in icalendar.Calendar.from_ical(body).events
    ]


def period_of(world, **days):
    usual = {
        "starts_on": date(2026, 5, 1),
        "ends_on": date(2026, 5, 31),
        "opens_on": date(2026, 6, 1),
        "due_on": date(2026, 6, 15),
        "locks_on": date(2026, 7, 1),
    }
    return factories.ReportingPeriodFactory(programme=world.programme, **usual | days)


def opened(commitment, erin, on=TODAY):
    commitment.reporting_opened_on, commitment.reporting_opened_by = on, erin
    commitment.save()


def milestone_of(world, title="Test milestone"):
    return factories.MilestoneFactory(commitment=world.commitment, title_en=title)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "en", "vi"),
    [
        ("2026-05-31", date(2026, 5, 31), date(2026, 5, 31), "Due: ", ""),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "By the end of 2026: ", "năm 2026: "),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30), "By the end of Q2 2026: ", "quý II/2026: "),
        ("2026-06", date(2026, 6, 1), date(2026, 6, 30), "By the end of June 2026: ", "tháng 6/2026: "),
    ],
)  # fmt: skip
def test_a_date_is_no_more_certain_than_it_was_said(text, earliest, latest, en, vi, world):
    due(world.commitment, text, earliest, latest)
    what = "Test commitment (CPT26-001)"

    assert said(commitment_calendar(world.commitment, now())) == [
        (latest, f"{en}{what}", "CONFIRMED")
    ]
    with override("vi"):
        (entry,) = commitment_calendar(world.commitment, now()).entries
    assert entry.summary.endswith(f"{vi}{what}")
    assert entry.url == f"{SITE}/vi/commitments/test-commitment/"


def test_an_uncertain_day_says_so_in_its_description(world):
    due(world.commitment, "2026", date(2026, 1, 1), date(2026, 12, 31))

    (entry,) = commitment_calendar(world.commitment, now()).entries

    assert entry.description.splitlines() == [
        "Test programme",
        "Known is 2026, but no day; the last day that it can mean stands here.",
        f"{SITE}/en/commitments/test-commitment/",
    ]


def test_what_was_moved_keeps_its_name_and_gets_a_higher_version(world):
    row = due(world.commitment, "2026-08-31", date(2026, 8, 31))
    record.publish(row, action="published", by=SYSTEM, effective_on=TODAY, now=NOW)
    (before,) = programme_calendar(world.programme, now()).entries
    due(row, "2026-09-30", date(2026, 9, 30))
    later = NOW + timedelta(hours=1)
    record.publish(row, action="changed", by=SYSTEM, effective_on=TODAY, now=later)

    (after,) = programme_calendar(world.programme, now()).entries

    assert (before.key, before.version, before.changed_at) == ("commitment-test-commitment", 1, NOW)
    assert (after.key, after.version, after.changed_at) == ("commitment-test-commitment", 2, later)
    assert after.on == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("stage", "word", "status"),
    [
        ("withdrawn", "Withdrawn", "CANCELLED"),
        ("superseded", "Superseded", "CANCELLED"),
        ("complete", "Complete", "CONFIRMED"),
    ],
)
def test_what_is_over_says_so_and_what_was_given_up_is_called_off(stage, word, status, world):
    row = due(world.commitment, "2026-08-31", date(2026, 8, 31))
    row.stage, row.stage_as_of_on, row.closed_on = stage, TODAY, TODAY
    row.save()
    milestone = due(milestone_of(world), "2026-07-31", date(2026, 7, 31))
    of_milestone = "Milestone" if stage == "complete" else word

    assert said(programme_calendar(world.programme, now())) == [
        (date(2026, 7, 31), f"{of_milestone}: Test milestone (CPT26-001)", status),
        (date(2026, 8, 31), f"{word}: Test commitment (CPT26-001)", status),
    ]
    milestone.done_on = TODAY
    milestone.save()
    assert said(programme_calendar(world.programme, now()))[0] == (
        date(2026, 7, 31), "Done: Test milestone (CPT26-001)", "CONFIRMED",
    )  # fmt: skip


def test_milestones_stand_with_their_commitment(world):
    due(milestone_of(world), "2026-07", date(2026, 7, 1), date(2026, 7, 31))

    (entry,) = commitment_calendar(world.commitment, now()).entries

    assert (entry.key, entry.on) == ("milestone-test-commitment-1", date(2026, 7, 31))
    assert entry.summary == "Milestone, by the end of July 2026: Test milestone (CPT26-001)"
    assert entry.description.splitlines()[0] == "Test commitment (CPT26-001)"


def test_past_days_stay_for_a_year(world):
    gone, kept = TODAY - timedelta(days=366), TODAY - timedelta(days=365)
    due(milestone_of(world, "Test gone"), gone.isoformat(), gone)
    due(milestone_of(world, "Test kept"), kept.isoformat(), kept)

    assert said(programme_calendar(world.programme, now())) == [
        (kept, "Milestone: Test kept (CPT26-001)", "CONFIRMED")
    ]


# Reporting


MAY = [
    (date(2026, 6, 1), "Reporting on May 2026 opens: Test programme", "CONFIRMED"),
    (date(2026, 6, 15), "Updates on May 2026 are due: Test programme", "CONFIRMED"),
]


def calendars(world):
    return [
        said(programme_calendar(world.programme, now())),
        said(organisation_calendar(world.body, now())),
        said(commitment_calendar(world.commitment, now())),
    ]


def test_reporting_days_stand_only_where_reporting_was_opened(world, erin):
    period_of(world)
    assert calendars(world) == [[], [], []]

    opened(world.commitment, erin)

    assert calendars(world) == [MAY, MAY, MAY]


def test_a_commitment_has_no_reporting_days_of_before_its_opening_nor_waived_ones(world, erin):
    may = period_of(world)
    opened(world.commitment, erin, on=date(2026, 6, 16))
    assert calendars(world) == [MAY, [], []]

    opened(world.commitment, erin)
    factories.ObligationFactory(
        commitment=world.commitment,
        period=may,
        waived_at=NOW,
        waived_by=erin,
        waiver_reason_en="Test",
    )
    assert calendars(world) == [MAY, MAY, []]


def test_what_is_closed_has_no_reporting_days_to_come(world, erin):
    row = world.commitment
    opened(row, erin)
    may = period_of(world)
    period_of(
        world,
        starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30), opens_on=date(2026, 7, 1),
        due_on=date(2026, 7, 15), locks_on=date(2026, 8, 3),
    )  # fmt: skip
    factories.ObligationFactory(commitment=row, period=may)
    assert [len(found) for found in calendars(world)] == [4, 4, 4]

    row.stage, row.stage_as_of_on, row.closed_on = "complete", TODAY, TODAY
    row.save()

    assert calendars(world)[1:] == [MAY, MAY]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 4, 1), date(2026, 6, 30), "Q2 2026"),
        (date(2026, 2, 1), date(2026, 4, 30), "1 February 2026 – 30 April 2026"),
        (date(2026, 5, 4), date(2026, 5, 10), "4 May 2026 – 10 May 2026"),
    ],
)
def test_periods_are_named_as_people_do(first, last, words, world, erin):
    opened(world.commitment, erin)
    period_of(world, starts_on=first, ends_on=last, opens_on=last + timedelta(days=1),
              due_on=last + timedelta(days=9), locks_on=last + timedelta(days=30))  # fmt: skip

    found = [summary for _day, summary, _status in said(programme_calendar(world.programme, now()))]

    assert found[0] == f"Reporting on {words} opens: Test programme"


# What is not public


def test_drafts_and_other_bodies_stand_in_no_public_calendar(world):
    draft = factories.CommitmentFactory(programme=world.programme, is_draft=True)
    factories.ParticipationFactory(commitment=draft, organisation=world.body)
    due(draft, "2026-08-31", date(2026, 8, 31))
    due(factories.MilestoneFactory(commitment=draft), "2026-08-31", date(2026, 8, 31))
    elsewhere = due(factories.CommitmentFactory(), "2026-08-31", date(2026, 8, 31))
    former = factories.ParticipationFactory(
        commitment=elsewhere, organisation=world.body, role="partner", ended_on=TODAY
    )

    assert calendars(world) == [[], [], []]

    former.ended_on = None
    former.save()
    assert len(organisation_calendar(world.body, now()).entries) == 1


def test_calendars_name_what_they_are_of(world):
    found = [
        programme_calendar(world.programme, now()),
        organisation_calendar(world.body, now()),
        commitment_calendar(world.commitment, now()),
    ]

    assert [one.name for one in found] == [
        "Cam Kết: Test programme",
        "Cam Kết: Test lead",
        "Cam Kết: Test commitment (CPT26-001)",
    ]
    assert {(one.language, one.is_public) for one in found} == {("en", True)}
