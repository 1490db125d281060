"""What the planner leaves behind: a row for everything that should have been said."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Assignment, Cancelled, Membership, Notice, NoticeState
from commitments.services import notices
from commitments.services.notices import Planned
from tests import factories
from tests.services.notices.conftest import READ, local, rows

NOTHING = Planned(0, 0, 0, 0)


def plan(*day):
    return notices.plan_notices(now=local(*day))


def test_plan_notices_before_the_digest_minute_plans_nothing(owed):
    assert notices.plan_notices(now=local(6, 1, 8, 29)) == NOTHING
    assert rows() == []


def test_plan_notices_writes_the_whole_row(owed, alice):
    now = local(6, 1, 8, 31)

    assert notices.plan_notices(now=now) == Planned(1, 0, 0, 0)

    assert list(
        Notice.objects.values_list(
            "rule", "subject_kind", "subject_id", "cycle", "step", "recipient", "commitment",
            "state", "cancelled_because", "due_at", "planned_at", "digest",
        )
    ) == [
        (
            "R1", "obligation", owed.obligation.pk, "2026-06-15", "+0", alice.pk,
            owed.commitment.pk, "planned", "", local(6, 1), now, None,
        )
    ]  # fmt: skip


def test_plan_notices_day_by_day_climbs_the_ladder(owed):
    days = [(6, 1), (6, 8), (6, 11), (6, 15), (6, 16), (6, 18), (6, 22), (6, 29), (7, 6)]

    for day in days:
        plan(*day)
        Notice.objects.planned().update(state=NoticeState.CANCELLED, cancelled_because="done")

    told = [(rule, step, name) for rule, step, name, _state in rows()]
    assert told == [
        ("R1", "+0", "Alice"),
        ("R2", "-5", "Alice"),
        ("R2", "-2", "Alice"),
        ("R2", "+0", "Alice"),
        ("R3", "+1", "Alice"),
        ("R3", "+3", "Alice"),
        ("R3", "+3", "Dan"),
        ("R3", "+5", "Alice"),
        ("R3", "+5", "Dan"),
        ("R3", "+5", "Erin"),
        ("R3", "+10", "Alice"),
        ("R3", "+10", "Dan"),
        ("R3", "+10", "Erin"),
        ("R3", "+10", "Sam"),
        ("R3", "+15", "Alice"),
        ("R3", "+15", "Dan"),
        ("R3", "+15", "Erin"),
        ("R3", "+15", "Sam"),
    ]


def test_plan_notices_after_an_outage_of_thirty_days_plans_the_highest_step_only(owed):
    plan(6, 1)

    assert plan(7, 1) == Planned(created=4, revived=0, superseded=1, cancelled=0)

    assert rows(state="planned") == [
        ("R3", "+10", name, "planned") for name in ("Alice", "Dan", "Erin", "Sam")
    ]
    assert sorted(rows(state="superseded")) == [
        ("R1", "+0", "Alice", "superseded"),
        ("R2", "+0", "Alice", "superseded"),
        ("R2", "-2", "Alice", "superseded"),
        ("R2", "-5", "Alice", "superseded"),
        ("R3", "+1", "Alice", "superseded"),
        ("R3", "+3", "Alice", "superseded"),
        ("R3", "+3", "Dan", "superseded"),
        ("R3", "+5", "Alice", "superseded"),
        ("R3", "+5", "Dan", "superseded"),
        ("R3", "+5", "Erin", "superseded"),
    ]


def test_plan_notices_twice_or_late_or_back_in_time_adds_nothing(owed):
    plan(6, 18)
    there = rows()

    assert [plan(6, 18), plan(6, 18, 9), plan(6, 15), plan(6, 1)] == [NOTHING] * 4
    assert rows() == there


def test_plan_notices_supersedes_what_was_not_sent(owed):
    plan(6, 8)

    assert plan(6, 16) == Planned(created=1, revived=0, superseded=1, cancelled=0)
    assert rows(state="planned") == [("R3", "+1", "Alice", "planned")]


def test_plan_notices_keeps_what_was_sent(owed, alice):
    plan(6, 8)
    digest = factories.DigestFactory(recipient=alice)
    Notice.objects.planned().update(state="sent", digest=digest)

    plan(6, 16)

    assert ("R2", "-5", "Alice", "sent") in rows()


def test_plan_notices_cancels_what_was_met(owed, met):
    plan(6, 8)
    met(owed.obligation, local(6, 9))

    assert plan(6, 9) == Planned(0, 0, 0, 1)
    assert Notice.objects.get(step="-5").cancelled_because == Cancelled.DONE
    assert plan(6, 29) == NOTHING


def test_plan_notices_asks_no_more_for_a_period_once_a_later_one_is_reported(owed, met):
    july = factories.ReportingPeriodFactory(
        programme=owed.programme,
        starts_on=date(2026, 6, 1),
        ends_on=date(2026, 6, 30),
        opens_on=date(2026, 7, 1),
        due_on=date(2026, 7, 15),
        locks_on=date(2026, 8, 3),
    )
    later = factories.ObligationFactory(commitment=owed.commitment, period=july)
    plan(7, 1)
    met(later, local(7, 2))

    plan(7, 6)

    assert rows(state="planned") == []
    assert set(
        Notice.objects.filter(state="cancelled").values_list("subject_id", "cancelled_because")
    ) == {(owed.obligation.pk, "done"), (later.pk, "done")}


def test_plan_notices_cancels_what_was_waived(owed, erin):
    plan(6, 8)
    owed.obligation.waived_by, owed.obligation.waived_at = erin, local(6, 9)
    owed.obligation.waiver_reason_en = "Test reason"
    owed.obligation.save()

    plan(6, 9)

    assert Notice.objects.get(step="-5").cancelled_because == Cancelled.WAIVED


def test_plan_notices_cancels_what_was_reassigned_and_tells_the_new_reporter(owed, alice):
    ben = factories.UserFactory(full_name="Ben")
    factories.MembershipFactory(user=ben, organisation=owed.body)
    plan(6, 8)
    Assignment.objects.filter(person=alice).update(ended_at=local(6, 9))
    factories.AssignmentFactory(commitment=owed.commitment, person=ben)

    assert plan(6, 9) == Planned(created=1, revived=0, superseded=0, cancelled=1)

    assert Notice.objects.get(step="-5", recipient=alice).cancelled_because == "reassigned"
    assert rows(state="planned") == [("R2", "-5", "Ben", "planned")]


def test_plan_notices_takes_a_cancellation_back_when_its_reason_is_gone(owed, alice):
    plan(6, 8)
    Assignment.objects.filter(person=alice).update(ended_at=local(6, 9))
    plan(6, 9)
    factories.AssignmentFactory(commitment=owed.commitment, person=alice)

    assert plan(6, 10) == Planned(created=0, revived=1, superseded=0, cancelled=0)

    assert rows(state="planned") == [("R2", "-5", "Alice", "planned")]
    assert Notice.objects.get(step="-5").cancelled_because == ""


@pytest.mark.parametrize("gone", ["inactive", "member no more"])
def test_plan_notices_cancels_for_who_left(owed, alice, gone):
    plan(6, 8)
    if gone == "inactive":
        type(alice).objects.filter(pk=alice.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=alice).update(ended_on=date(2026, 6, 9))

    plan(6, 9)

    assert Notice.objects.get(step="-5").cancelled_because == Cancelled.LEFT
    assert plan(6, 16) == NOTHING


def test_plan_notices_cancels_for_a_closed_commitment(owed):
    plan(6, 8)
    owed.commitment.stage, owed.commitment.stage_as_of_on = "withdrawn", date(2026, 6, 9)
    owed.commitment.closed_on = date(2026, 6, 9)
    owed.commitment.save()

    plan(6, 9)

    assert Notice.objects.get(step="-5").cancelled_because == Cancelled.CLOSED


def test_plan_notices_starts_a_new_cycle_when_the_date_is_moved(owed):
    plan(6, 8)
    period = owed.obligation.period
    period.due_on = date(2026, 6, 16)
    period.save()

    plan(6, 9)

    assert list(
        Notice.objects.order_by("pk").values_list("cycle", "step", "state", "cancelled_because")
    ) == [
        ("2026-06-15", "+0", "superseded", ""),
        ("2026-06-15", "-5", "cancelled", "moved"),
        ("2026-06-16", "+0", "superseded", ""),
        ("2026-06-16", "-5", "planned", ""),
    ]


def test_plan_notices_tells_nobody_else(owed, bob, carol):
    """Reporters without the charge, other bodies and administrators are not told."""
    factories.MembershipFactory(
        user=factories.UserFactory(full_name="Test colleague"), organisation=owed.body
    )

    plan(6, 29)

    assert {name for _rule, _step, name, _state in rows()} == {"Alice", "Dan", "Erin", "Sam"}


def test_plan_notices_skips_the_approver_of_a_body_that_has_none(owed):
    owed.body.skips_approver = True
    owed.body.save()

    plan(6, 18)

    assert {name for _rule, _step, name, _state in rows()} == {"Alice"}


def test_plan_notices_tells_the_officer_where_nobody_leads(owed):
    owed.lead.delete()

    plan(6, 29)

    assert rows(state="planned") == [("R3", "+10", "Erin", "planned")]


def test_plan_notices_says_nothing_of_a_period_that_is_not_open(owed):
    period = owed.obligation.period
    period.opens_on = date(2026, 6, 10)
    period.save()

    assert notices.plan_notices(now=local(6, 9, 23)) == NOTHING


def test_plan_notices_heeds_holidays_that_people_entered(owed):
    factories.HolidayFactory(on=date(2026, 6, 16))

    plan(6, 16, 23)
    assert rows(state="planned") == [("R2", "+0", "Alice", "planned")]

    plan(6, 17)
    assert rows(state="planned") == [("R3", "+1", "Alice", "planned")]


def _more(owed, alice, count):
    for number in range(count):
        commitment = factories.CommitmentFactory(programme=owed.programme, slug=f"test-{number}")
        factories.ParticipationFactory(commitment=commitment, organisation=owed.body)
        factories.AssignmentFactory(commitment=commitment, person=alice, assigned_by=alice)
        factories.ObligationFactory(commitment=commitment, period=owed.obligation.period)


def _queries(now):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        notices.plan_notices(now=now)
    return len(asked)


def test_plan_notices_asks_as_many_queries_for_one_as_for_twenty(owed, alice):
    one = [_queries(local(6, day)) for day in (1, 8, 9)]
    Notice.objects.all().delete()
    _more(owed, alice, 19)

    assert [_queries(local(6, day)) for day in (1, 8, 9)] == one
    assert len(rows(state="planned")) == 20


def test_cancel_calls_off_what_is_pending_of_one_subject(owed, alice):
    _more(owed, alice, 1)
    plan(6, 8)

    def call_off():
        return notices.cancel(
            subject_kind="obligation",
            subject_id=owed.obligation.pk,
            reason=Cancelled.DONE,
            now=local(6, 8) + timedelta(seconds=1),
        )

    assert [call_off(), call_off()] == [1, 0]
    assert list(
        Notice.objects.filter(step="-5").order_by("pk").values_list("state", "cancelled_because")
    ) == [("cancelled", "done"), ("planned", "")]


def test_preview_tells_what_a_run_would_plan_and_writes_nothing(owed, alice):
    plan(6, 8)

    with CaptureQueriesContext(connection) as asked:
        ahead = list(notices.preview(now=local(6, 18)))

    assert [(one.recipient.full_name, one.rule, one.step, one.due_at) for one in ahead] == [
        ("Alice", "R3", "+3", local(6, 18)),
        ("Dan", "R3", "+3", local(6, 18)),
    ]
    assert {one.commitment for one in ahead} == {owed.commitment}
    assert all(query["sql"].startswith(READ) for query in asked)
    assert len(rows()) == 2


def test_preview_tells_what_is_pending_and_what_was_called_off_too_early(owed, alice):
    plan(6, 8)
    assert [one.step for one in notices.preview(now=local(6, 9))] == ["-5"]

    Notice.objects.planned().update(state="cancelled", cancelled_because="done")
    assert [one.step for one in notices.preview(now=local(6, 9))] == ["-5"]
