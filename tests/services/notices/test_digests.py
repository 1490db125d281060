"""Notices come together: one digest per person and working day."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Digest, Notice
from commitments.services import notices
from tests import factories
from tests.services.notices.conftest import local


def tick(*day):
    now = local(*day)
    notices.plan_notices(now=now)
    return notices.make_digests(now=now)


def digests():
    return [
        (one.recipient.full_name, f"{one.day_on:%m-%d}", one.state, one.notices.count())
        for one in Digest.objects.select_related("recipient").order_by("pk")
    ]


@pytest.fixture
def three(owed, alice):
    """Three commitments for which Alice owes an update of the same period."""
    for number in range(2):
        commitment = factories.CommitmentFactory(programme=owed.programme, slug=f"test-{number}")
        factories.ParticipationFactory(commitment=commitment, organisation=owed.body)
        factories.AssignmentFactory(commitment=commitment, person=alice, assigned_by=alice)
        factories.ObligationFactory(commitment=commitment, period=owed.obligation.period)
    return owed


def test_make_digests_gathers_all_of_a_person_into_one(three, alice):
    assert tick(6, 8) == 1

    assert digests() == [("Alice", "06-08", "planned", 3)]
    digest = Digest.objects.get()
    assert (digest.recipient, digest.language, digest.due_at, digest.next_try_at) == (
        alice,
        "en",
        local(6, 8),
        local(6, 8),
    )
    assert digest.message_id == f"<digest-{alice.pk}-20260608@cam-ket.example.org>"


def test_make_digests_twice_is_once(three):
    assert [tick(6, 8), tick(6, 8, 8, 31), tick(6, 8, 20)] == [1, 0, 0]
    assert digests() == [("Alice", "06-08", "planned", 3)]


def test_make_digests_waits_for_the_minute_of_each_person(owed, dan):
    dan.digest_minute = 16 * 60
    dan.save()

    tick(6, 18, 15, 59)
    assert digests() == [("Alice", "06-18", "planned", 1)]

    tick(6, 18, 16, 0)
    assert digests() == [("Alice", "06-18", "planned", 1), ("Dan", "06-18", "planned", 1)]


def test_make_digests_rests_on_free_days(owed):
    notices.plan_notices(now=local(6, 12))
    factories.HolidayFactory(on=local(6, 15).date())

    assert [notices.make_digests(now=local(6, day)) for day in (13, 14, 15)] == [0, 0, 0]
    assert notices.make_digests(now=local(6, 16)) == 1


def test_make_digests_adds_to_a_digest_that_waits(three, alice):
    tick(6, 8)
    late = factories.CommitmentFactory(programme=three.programme, slug="test-late")
    factories.ParticipationFactory(commitment=late, organisation=three.body)
    factories.AssignmentFactory(commitment=late, person=alice, assigned_by=alice)
    factories.ObligationFactory(commitment=late, period=three.obligation.period)

    tick(6, 8, 9)

    assert digests() == [("Alice", "06-08", "planned", 4)]


@pytest.mark.parametrize("state", ["sent", "dead"])
def test_make_digests_leaves_the_rest_for_the_next_working_day(owed, alice, state):
    """A digest of the day that is closed is not followed by a second one."""
    tick(6, 12)
    sent_at = local(6, 12) if state == "sent" else None
    Digest.objects.update(state=state, sent_at=sent_at)
    if state == "sent":
        Notice.objects.planned().update(state="sent")
    other = factories.ObligationFactory(
        commitment__programme=owed.programme, period=owed.obligation.period
    )
    factories.ParticipationFactory(commitment=other.commitment, organisation=owed.body)
    factories.AssignmentFactory(commitment=other.commitment, person=alice, assigned_by=alice)

    assert [tick(6, 12, 9), tick(6, 13), tick(6, 14)] == [0, 0, 0]
    assert tick(6, 15) == 1

    assert digests()[1][:3] == ("Alice", "06-15", "planned")
    carried = Digest.objects.get(day_on=local(6, 15).date()).notices
    assert set(carried.planned().values_list("subject_id", "step")) == {
        (owed.obligation.pk, "+0"),
        (other.pk, "+0"),
    }


def test_make_digests_does_not_touch_what_is_being_sent(three):
    tick(6, 8)
    Digest.objects.update(state="sending", leased_until=local(6, 8, 8, 40))

    assert tick(6, 8, 8, 35) == 0
    assert digests() == [("Alice", "06-08", "sending", 3)]


def test_make_digests_moves_what_was_not_delivered_to_the_next_working_day(owed):
    tick(6, 11)
    Digest.objects.update(state="failed", tries=3, last_error="Test error")

    assert tick(6, 12) == 1

    assert digests() == [("Alice", "06-11", "dead", 0), ("Alice", "06-12", "planned", 1)]
    assert Digest.objects.earliest("day_on").last_error == "Test error"


def test_make_digests_waits_for_the_minute_also_with_what_is_left_of_yesterday(owed):
    tick(6, 11)
    Digest.objects.update(state="failed", tries=3)

    assert [tick(6, 12, 0, 5), tick(6, 12, 8, 29), tick(6, 12, 8, 30)] == [0, 0, 1]


def test_make_digests_writes_nothing_for_whom_today_is_over(owed):
    tick(6, 12)
    Digest.objects.update(state="dead")

    with CaptureQueriesContext(connection) as asked:
        notices.make_digests(now=local(6, 12, 9))

    written = [query["sql"] for query in asked if not query["sql"].startswith("SELECT")]
    assert {sql.split()[1] for sql in written} == {'"commitments_digest"'}, "only what has ended"
    assert len(written) == 4


def test_make_digests_calls_off_yesterdays_that_nobody_tried(owed):
    tick(6, 11)

    tick(6, 12)

    assert digests() == [("Alice", "06-11", "cancelled", 0), ("Alice", "06-12", "planned", 1)]


def test_make_digests_takes_over_from_a_sender_that_died(owed):
    tick(6, 11)
    Digest.objects.update(state="sending", leased_until=local(6, 11, 8, 40))

    tick(6, 12)

    assert digests() == [("Alice", "06-11", "dead", 0), ("Alice", "06-12", "planned", 1)]


def test_make_digests_leaves_yesterdays_to_a_sender_that_lives(owed):
    tick(6, 11, 23, 59)
    Digest.objects.update(state="sending", leased_until=local(6, 12, 8, 40))

    assert tick(6, 12) == 0
    assert digests() == [("Alice", "06-11", "sending", 1)]


def test_make_digests_opens_again_what_was_called_off_without_a_mail(owed):
    tick(6, 11)
    Digest.objects.update(state="cancelled", tries=1)
    Notice.objects.planned().update(state="cancelled", cancelled_because="reassigned")

    assert tick(6, 11, 9) == 1

    assert digests() == [("Alice", "06-11", "planned", 1)]
    digest = Digest.objects.get()
    assert (digest.tries, digest.next_try_at) == (0, local(6, 11, 9))


def test_make_digests_speaks_the_language_of_each(owed, dan):
    dan.language = "vi"
    dan.save()

    tick(6, 18)

    assert set(Digest.objects.values_list("recipient__full_name", "language")) == {
        ("Alice", "en"),
        ("Dan", "vi"),
    }


def test_make_digests_asks_as_many_queries_for_one_person_as_for_ten(owed):
    def queries(day):
        notices.plan_notices(now=local(6, day))
        with CaptureQueriesContext(connection) as asked:
            notices.make_digests(now=local(6, day))
        return len(asked)

    one = queries(8)
    for _number in range(9):
        person = factories.UserFactory()
        factories.MembershipFactory(user=person, organisation=owed.body)
        factories.AssignmentFactory(commitment=owed.commitment, person=person)

    assert queries(11) == one
    assert len(digests()) == 11
