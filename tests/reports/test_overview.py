"""What the first page says."""

from datetime import date

import pytest

from commitments.models import Commitment, Programme
from commitments.reports import bodies, overview
from commitments.reports.standings import Distribution
from tests.factories import (
    CommitmentFactory,
    MilestoneFactory,
    ObligationFactory,
    OrganisationFactory,
    ParticipationFactory,
    PriorityFactory,
    ProgrammeFactory,
    ReportingPeriodFactory,
    RetractionFactory,
    StatusUpdateFactory,
)
from tests.factories.clock import TODAY

PAST, AHEAD = date(2026, 5, 31), date(2026, 6, 30)


def _due(day):
    return {"due": day.isoformat(), "due_earliest": day, "due_latest": day}


@pytest.fixture
def programme(db):
    return ProgrammeFactory()


def test_by_kind_leaves_out_what_a_programme_does_not_have(programme):
    CommitmentFactory(programme=programme)
    CommitmentFactory(programme=programme, kind="national_mission", **_due(PAST))
    CommitmentFactory(programme=programme, is_draft=True)
    empty = ProgrammeFactory()

    found = overview.by_kind([programme, empty], TODAY)

    assert found == [
        overview.ByKind(
            programme,
            [
                ("national_mission", Distribution((("past_due", 1),), "national_mission")),
                ("corporate_pledge", Distribution((("", 1),), "corporate_pledge")),
            ],
        ),
        overview.ByKind(empty, []),
    ]
    assert [row.total for row in found] == ["2 commitments", "0 commitments"]


def test_by_reporting_counts_the_worst_first(programme):
    period = ReportingPeriodFactory(programme=programme)
    for _each in range(2):
        ObligationFactory(commitment=CommitmentFactory(programme=programme), period=period)
    CommitmentFactory(programme=programme)

    assert overview.by_reporting(programme, TODAY) == [("due", 2), ("not_asked", 1)]
    assert overview.by_reporting(programme, date(2026, 7, 1)) == [
        ("never_reported", 2),
        ("not_asked", 1),
    ]


def test_by_priority_counts_tasks_only(programme):
    first, second = PriorityFactory(programme=programme), PriorityFactory(programme=programme)
    CommitmentFactory(programme=programme, priority=first, kind="government_task")
    CommitmentFactory(programme=programme, priority=first)
    without = ProgrammeFactory()

    assert overview.by_priority([programme, without], TODAY) == [
        (
            programme,
            [
                (first, Distribution((("", 1),), "government_task")),
                (second, Distribution((), "government_task")),
            ],
        )
    ]


def test_late_is_what_is_past_due_or_owes_an_update(programme):
    past = CommitmentFactory(programme=programme, **_due(PAST))
    CommitmentFactory(programme=programme, **_due(AHEAD))
    never = CommitmentFactory(programme=programme)
    ObligationFactory(commitment=never, period=ReportingPeriodFactory(programme=programme))
    rows = Commitment.objects.public()

    assert overview.late(rows, TODAY, 5) == [past]
    assert overview.late(rows, date(2026, 6, 20), 5) == [past, never]
    assert overview.late(rows, date(2026, 6, 20), 1) == [past]


def test_latest_updates_stand_and_are_real(programme):
    commitment = CommitmentFactory(programme=programme)
    old = StatusUpdateFactory(commitment=commitment, is_published=True, as_of_on=PAST)
    new = StatusUpdateFactory(commitment=commitment, is_published=True)
    StatusUpdateFactory(commitment=commitment, is_submitted=True)
    RetractionFactory(update=StatusUpdateFactory(commitment=commitment, is_published=True))
    demo = CommitmentFactory(programme=ProgrammeFactory(is_demo=True))
    StatusUpdateFactory(commitment=demo, is_published=True)

    assert overview.latest_updates(5) == [new, old]
    assert overview.latest_updates(1) == [new]


def test_next_due_holds_commitments_and_milestones_in_order(programme):
    closing = {"stage": "complete", "stage_as_of_on": TODAY, "closed_on": TODAY}
    second = CommitmentFactory(programme=programme, **_due(AHEAD))
    CommitmentFactory(programme=programme, **_due(PAST))
    closed = CommitmentFactory(programme=programme, **_due(AHEAD), **closing)
    MilestoneFactory(commitment=closed)
    step = MilestoneFactory(commitment=second)
    MilestoneFactory(commitment=second, done_on=TODAY)

    found = overview.next_due(Commitment.objects.public(), TODAY, 5)

    assert found == [
        overview.NextDue("2026-06-01", TODAY, second, step),
        overview.NextDue("2026-06-30", AHEAD, second),
    ]
    assert overview.next_due(Commitment.objects.public(), TODAY, 1) == found[:1]


def test_by_body_counts_each_mission_and_pledge_once(programme, django_assert_num_queries):
    big, small = OrganisationFactory(slug="a-big"), OrganisationFactory(slug="b-small")
    for body, kind in (
        (big, "national_mission"),
        (big, "national_mission"),
        (small, "corporate_pledge"),
    ):
        commitment = CommitmentFactory(programme=programme, kind=kind)
        ParticipationFactory(commitment=commitment, organisation=body)
        ParticipationFactory(commitment=commitment, organisation=small, role="partner")
    CommitmentFactory(programme=programme)
    task = CommitmentFactory(
        programme=programme, kind="government_task", priority=PriorityFactory(programme=programme)
    )
    ParticipationFactory(commitment=task, organisation=big)
    other = ProgrammeFactory()

    with django_assert_num_queries(4):
        found = bodies.by_body(
            list(Programme.objects.filter(pk__in=[programme.pk, other.pk]).order_by("pk"))
        )

    assert found == [
        bodies.BodyRow(big, [["2 national missions"], []]),
        bodies.BodyRow(small, [["1 corporate pledge"], []]),
        bodies.BodyRow(None, [["1 corporate pledge"], []]),
    ]
