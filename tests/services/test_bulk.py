"""One deed on many: what is foreseen is what is done, and a refusal stops none of the others."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.errors import Forbidden
from commitments.models import Assignment, BulkRun, Commitment, Notice, PublicEvent
from commitments.reports.register import rows_for
from commitments.services import bulk
from commitments.services.bulk import Order
from commitments.text.display import limited_date
from tests import factories
from tests.factories.clock import NOW, TODAY

TOKEN = UUID(int=7)


def led(world, body=None, **columns):
    made = factories.CommitmentFactory(programme=world.programme, **columns)
    factories.ParticipationFactory(commitment=made, organisation=body or world.body)
    return made


def owe(world, commitment):
    period = world.programme.periods.first() or factories.ReportingPeriodFactory(
        programme=world.programme, opens_on=TODAY
    )
    return factories.ObligationFactory(commitment=commitment, period=period)


@pytest.fixture
def two(world):
    """One of Alice's body, one of another."""
    elsewhere = factories.OrganisationFactory(name_en="Test other")
    return [world.commitment, led(world, elsewhere, reference="Z-2", title_en="Test second")]


def seen(user, *commitments):
    keys = [one.pk for one in commitments]
    return list(rows_for(user, TODAY).filter(pk__in=keys).order_by("reference"))


def foreseen(order, *commitments):
    return [line[1:] for line in bulk.foresee(seen(order.by, *commitments), order)]


def done(order, *commitments, token=TOKEN):
    run = bulk.do_to_all(
        token=token, commitments=seen(order.by, *commitments), order=order, now=NOW
    )
    return [(line["done"], line["words"]) for line in run.results]


def test_bulk_assigns_where_the_person_reports(alice, erin, world, two):
    order = Order("assign", erin, TODAY, alice)

    assert foreseen(order, *two) == [
        (True, "Alice reports on it from now on."),
        (False, "Alice does not report for the responsible body."),
    ]
    assert done(order, *two) == [
        (True, "Alice reports on it from now on."),
        (False, "Please choose a reporter of the responsible body."),
    ]
    assert [(one.commitment, one.person) for one in Assignment.objects.all()] == [
        (world.commitment, alice)
    ]


def test_bulk_says_who_reports_already(alice, erin, world):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)

    assert foreseen(Order("assign", erin, TODAY, alice), world.commitment) == [
        (False, "Alice reports on it already.")
    ]


def test_bulk_ends_assignments(alice, erin, world, two):
    charge = factories.AssignmentFactory(commitment=world.commitment, person=alice)
    order = Order("end", erin, TODAY, alice)
    expected = [
        (True, "Alice no longer reports on it."),
        (False, "Alice does not report on it."),
    ]

    assert foreseen(order, *two) == expected
    assert done(order, *two) == expected
    charge.refresh_from_db()
    assert charge.ended_at == NOW


def test_bulk_waives_what_is_owed(erin, world, two):
    owed = owe(world, world.commitment)
    order = Order("waive", erin, TODAY, None, "", "Test reason")
    due = limited_date(owed.period.due_on)
    expected = [
        (True, f"The update that is due on {due} is waived."),
        (False, "No update is owed."),
    ]

    assert foreseen(order, *two) == expected
    assert done(order, *two) == expected
    owed.refresh_from_db()
    assert (owed.waived_by, owed.waiver_reason_en) == (erin, "Test reason")
    assert [event.action for event in PublicEvent.objects.all()] == ["waived"]


def test_bulk_reminds_through_the_ledger(alice, erin, world, two):
    owe(world, world.commitment)
    owe(world, two[1])
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    order = Order("nudge", erin, TODAY)

    assert foreseen(order, *two) == [
        (True, "1 person is reminded."),
        (False, "Nobody is in charge, so nobody would be reminded."),
    ]
    assert done(order, *two) == [
        (True, "1 person is reminded."),
        (
            False,
            "Nobody is in charge of this commitment, so nobody was reminded. "
            "Assign somebody first.",
        ),
    ]
    assert [notice.recipient for notice in Notice.objects.all()] == [alice]


def test_bulk_reminds_nobody_who_owes_nothing(erin, world):
    order = Order("nudge", erin, TODAY)

    assert (
        foreseen(order, world.commitment)
        == done(order, world.commitment)
        == [(False, "No update is owed.")]
    )


@pytest.mark.parametrize("deed", ["assign", "end", "waive", "nudge"])
def test_bulk_refuses_each_row_that_is_not_theirs(deed, alice, bob, world):
    owe(world, world.commitment)
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    order = Order(deed, bob, TODAY, alice, "", "Test reason")
    no = (False, "You may see this, but it is not yours to change.")
    before = list(Assignment.objects.values())

    assert foreseen(order, world.commitment) == [no]
    said = done(order, world.commitment)

    assert said == [no]
    assert list(Assignment.objects.values()) == before
    assert (Notice.objects.count(), PublicEvent.objects.count()) == (0, 0)


def test_bulk_of_an_approver_does_not_waive(dan, world):
    owe(world, world.commitment)
    order = Order("waive", dan, TODAY, None, "", "Test reason")

    assert done(order, world.commitment) == [
        (False, "You may see this, but it is not yours to change.")
    ]


def test_bulk_is_done_once_for_a_token(alice, erin, world, two):
    order = Order("assign", erin, TODAY, alice)
    first = done(order, *two)
    Assignment.objects.all().delete()

    assert done(order, *two) == first
    assert (Assignment.objects.count(), BulkRun.objects.count()) == (0, 1)


def test_bulk_answers_nobody_elses_token(alice, dan, erin, world):
    done(Order("assign", erin, TODAY, alice), world.commitment)

    with pytest.raises(Forbidden):
        done(Order("assign", dan, TODAY, alice), world.commitment)


def test_bulk_keeps_who_did_what_and_when(alice, erin, two):
    done(Order("assign", erin, TODAY, alice), *two)

    run = BulkRun.objects.get()
    assert (run.person, run.deed, run.chosen, run.started_at, run.finished_at) == (
        erin, "assign", 2, NOW, NOW,
    )  # fmt: skip


def test_bulk_foresees_in_as_many_queries_for_many(alice, erin, world):
    owe(world, world.commitment)
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    orders = [
        Order(deed, erin, TODAY, alice, "", "Test") for deed in ("assign", "end", "waive", "nudge")
    ]

    def queries():
        commitments = seen(erin, *Commitment.objects.all())
        with CaptureQueriesContext(connection) as found:
            for order in orders:
                bulk.foresee(commitments, order)
        return len(found)

    _warm = queries()
    one = queries()
    for number in range(30):
        made = led(world, reference=f"N-{number}")
        owe(world, made)
        factories.AssignmentFactory(commitment=made, person=alice)

    assert queries() == one
