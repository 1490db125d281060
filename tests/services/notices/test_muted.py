"""Muted topics, from the planner to the outbox; May's period opens on Monday 1 June, 08:30."""

from commitments.models import Digest, Notice
from commitments.services import notices
from commitments.services.mutes import mute_all, unmute_all
from tests.services.notices.conftest import local, rows


def test_muted_before_the_tick_nothing_is_planned(owed, alice):
    mute_all(person=alice, now=local(5, 31))

    notices.plan_notices(now=local(6, 1, 9, 0))

    assert rows() == []


def test_muted_what_waits_is_called_off_at_the_next_tick_and_comes_back_once(owed, alice):
    notices.plan_notices(now=local(6, 1, 9, 0))
    mute_all(person=alice, now=local(6, 1, 9, 1))
    notices.plan_notices(now=local(6, 1, 9, 2))
    assert rows() == [("R1", "+0", "Alice", "cancelled")]
    assert Notice.objects.get().cancelled_because == "muted"

    unmute_all(person=alice, now=local(6, 1, 9, 3))
    for minute in (4, 5):
        notices.plan_notices(now=local(6, 1, 9, minute))

    assert rows() == [("R1", "+0", "Alice", "planned")]


def test_muted_between_planning_and_sending_no_mail_goes(owed, alice, mailoutbox):
    notices.plan_notices(now=local(6, 1, 9, 0))
    notices.make_digests(now=local(6, 1, 9, 0))
    mute_all(person=alice, now=local(6, 1, 9, 1))

    sent = notices.deliver_digest(Digest.objects.get().pk, now=local(6, 1, 9, 2))

    assert (sent, mailoutbox) == (False, [])
    assert rows() == [("R1", "+0", "Alice", "cancelled")]
    assert Digest.objects.get().state == "cancelled"


def test_muted_for_a_week_only_the_highest_step_comes_and_what_is_due_came_all_along(owed, alice):
    mute_all(person=alice, now=local(5, 31))
    notices.plan_notices(now=local(6, 8, 9, 0))
    assert rows() == [("R2", "-5", "Alice", "planned")]

    unmute_all(person=alice, now=local(6, 8, 9, 1))
    notices.plan_notices(now=local(6, 8, 9, 2))

    assert rows() == [("R2", "-5", "Alice", "planned"), ("R1", "+0", "Alice", "superseded")]


def test_what_was_sent_before_is_not_said_again_after_a_mute(owed, alice, mailoutbox):
    notices.plan_notices(now=local(6, 1, 9, 0))
    notices.make_digests(now=local(6, 1, 9, 0))
    notices.deliver_digest(Digest.objects.get().pk, now=local(6, 1, 9, 0))

    mute_all(person=alice, now=local(6, 1, 10, 0))
    notices.plan_notices(now=local(6, 1, 10, 1))
    unmute_all(person=alice, now=local(6, 1, 10, 2))
    notices.plan_notices(now=local(6, 1, 10, 3))
    notices.make_digests(now=local(6, 1, 10, 3))

    assert rows() == [("R1", "+0", "Alice", "sent")]
    assert (Digest.objects.count(), len(mailoutbox)) == (1, 1)
