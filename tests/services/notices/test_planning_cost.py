"""What planning costs does not grow with the rows: queries per batch, and rows in memory."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Obligation
from commitments.reports.subjects import BATCH, SUBJECTS
from commitments.rules.moments import day_of
from commitments.services import notices
from commitments.services.notices.planning import gaps_of, planning_steps, working_days
from tests import factories
from tests.services.notices.conftest import local

NOW = local(6, 15)


@pytest.fixture
def fifty(owed):
    for _ in range(49):
        commitment = factories.CommitmentFactory(programme=owed.programme)
        factories.ParticipationFactory(commitment=commitment, organisation=owed.body)
        factories.AssignmentFactory(commitment=commitment)
        factories.ObligationFactory(commitment=commitment, period=owed.obligation.period)


def asked(do):
    with CaptureQueriesContext(connection) as queries:
        do()
    return len(queries)


def test_a_batch_asks_as_much_for_one_row_as_for_fifty(fifty):
    subject, calendar = SUBJECTS["obligation"], working_days(NOW)
    rows = list(subject.open(day_of(NOW)))
    one = asked(lambda: gaps_of(subject, rows[:1], NOW, calendar))

    assert len(rows) == 50
    assert asked(lambda: gaps_of(subject, rows, NOW, calendar)) == one


def test_a_run_with_nothing_new_asks_as_much_for_fifty_as_for_one_and_writes_nothing(fifty):
    def run():
        notices.plan_notices(now=NOW)

    run()
    many = asked(run)
    Obligation.objects.order_by("-pk").exclude(pk=Obligation.objects.order_by("pk")[0].pk).update(
        waived_at=NOW, waived_by=factories.UserFactory(), waiver_reason_en="Test"
    )
    run()

    assert asked(run) == many


def test_no_more_than_a_batch_is_in_memory(fifty):
    subject = SUBJECTS["obligation"]
    sizes = [len(batch) for batch in subject.batches(subject.open(day_of(NOW)), 20)]

    assert sizes == [20, 20, 10]
    assert BATCH <= 1000
    assert len(list(planning_steps(now=NOW, at_once=20))) > 3
