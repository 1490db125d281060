"""A programme is paused for three weeks: nothing goes out, and then each is told once."""

import pytest
from django.core import mail

from commitments.models import Notice
from commitments.services import notices
from commitments.services.pauses import pause_reminders, resume_reminders
from tests import factories
from tests.services.notices.conftest import local, rows


def tick(*day):
    now = local(*day)
    notices.plan_notices(now=now)
    notices.make_digests(now=now)
    for digest_id in notices.digests_to_send(now=now):
        notices.deliver_digest(digest_id, now=now)


def written():
    """To whom mails went since the last look."""
    found = sorted(message.to[0].partition("@")[0] for message in mail.outbox)
    mail.outbox.clear()
    return found


@pytest.fixture
def free(owed):
    """Another programme's commitment of the same body, which is not paused."""
    programme = factories.ProgrammeFactory(delivery_unit=owed.unit, slug="test-free")
    commitment = factories.CommitmentFactory(programme=programme, slug="test-free")
    factories.ParticipationFactory(commitment=commitment, organisation=owed.body)
    return commitment


def test_paused_reminders_catch_up_with_the_highest_step(owed, free, alice, dan, erin):
    tick(6, 8)
    assert written() == ["alice"]
    pause = pause_reminders(
        programme=owed.programme, by=erin, reason="Test reason", now=local(6, 8, 9)
    )

    for day in (*range(9, 31),):
        tick(6, day)

    assert written() == []
    assert rows(state="planned", recipient=alice) == [("R3", "+10", "Alice", "planned")]

    resume_reminders(pause=pause, by=erin, now=local(6, 30, 9))
    tick(6, 30, 10)

    assert written() == ["alice", "dan", "erin", "sam"]
    assert rows(state="sent", digest__day_on="2026-06-30") == [
        ("R3", "+10", name, "sent") for name in ("Alice", "Dan", "Erin", "Sam")
    ]
    assert rows(recipient=alice) == [
        ("R1", "+0", "Alice", "superseded"),
        ("R2", "-5", "Alice", "sent"),
        ("R2", "-2", "Alice", "superseded"),
        ("R2", "+0", "Alice", "superseded"),
        ("R3", "+1", "Alice", "superseded"),
        ("R3", "+3", "Alice", "superseded"),
        ("R3", "+5", "Alice", "superseded"),
        ("R3", "+10", "Alice", "sent"),
    ]
    tick(6, 30, 11)
    assert (written(), Notice.objects.filter(state="planned").count()) == ([], 0)


def test_a_pause_holds_back_its_own_programme_only(owed, free, alice, erin):
    period = factories.ReportingPeriodFactory(programme=free.programme)
    factories.AssignmentFactory(commitment=free, person=alice)
    factories.ObligationFactory(commitment=free, period=period)
    pause_reminders(programme=owed.programme, by=erin, reason="Test reason", now=local(6, 7))

    tick(6, 8)

    assert written() == ["alice"]
    sent = Notice.objects.filter(state="sent").values_list("commitment__slug", flat=True)
    assert list(sent) == ["test-free"]
