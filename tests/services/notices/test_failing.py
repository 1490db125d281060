"""Senders that die half-way, mails that cannot be written, and programmes that are paused."""

import logging
from datetime import timedelta

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.core import mail
from django.db import OperationalError

from commitments.models import Assignment, Commitment, Digest, Notice, Pause
from commitments.rules.retries import MAX_TRIES
from commitments.services import notices
from commitments.services.notices.delivery import LEASE
from commitments.services.nudges import nudge
from tests import factories
from tests.services.notices.backends import Dying
from tests.services.notices.conftest import local, rows

NOW = local(6, 8)


def tick(now=NOW):
    notices.plan_notices(now=now)
    notices.make_digests(now=now)


def deliver(now=NOW):
    return [notices.deliver_digest(pk, now=now) for pk in notices.digests_to_send(now=now)]


def run(now=NOW):
    tick(now)
    return deliver(now)


def told():
    return [message.to[0].split("@")[0] for message in mail.outbox]


def digests(**asked):
    found = Digest.objects.filter(**asked).order_by("pk")
    return list(found.values_list("kind", "state", "tries"))


@pytest.fixture
def other(owed, alice):
    """Alice reports for a commitment of another programme too."""
    made = factories.ObligationFactory(
        commitment__title_en="Test other commitment",
        commitment__programme__delivery_unit=owed.unit,
        period__starts_on=owed.obligation.period.starts_on,
    )
    factories.ParticipationFactory(commitment=made.commitment, organisation=owed.body)
    factories.AssignmentFactory(commitment=made.commitment, person=alice)
    return made


@pytest.fixture
def dying(settings):
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Dying"
    yield Dying
    Dying.of = None


@pytest.mark.parametrize(
    "death", [SoftTimeLimitExceeded(), OperationalError("server closed"), SystemExit(1)]
)
def test_a_sender_that_dies_after_the_server_took_it_is_followed_by_a_copy_of_the_same_name(
    death, owed, dying
):
    """The one gap in which a mail can go out twice."""
    tick()
    dying.of = death
    with pytest.raises(type(death)):
        deliver()
    digest = Digest.objects.get()
    assert (digest.state, digest.tries, digest.leased_until) == ("sending", 1, NOW + LEASE)
    assert rows() == [("R1", "+0", "Alice", "superseded"), ("R2", "-5", "Alice", "planned")]
    dying.of = None

    assert run(NOW + LEASE - timedelta(seconds=1)) == []
    assert run(NOW + LEASE) == [True]

    assert [one.extra_headers["Message-ID"] for one in mail.outbox] == [digest.message_id] * 2
    assert digests() == [("daily", "sent", 2)]


def test_a_mail_whose_senders_all_die_is_given_up_on_the_same_day(owed):
    tick()
    Digest.objects.update(state="sending", leased_until=NOW, tries=MAX_TRIES)

    tick(NOW + timedelta(minutes=1))

    digest = Digest.objects.get()
    assert (digest.state, digest.last_error) == ("dead", "The sender ended half-way.")


def test_what_goes_out_after_the_lease_was_lost_is_still_noted_as_sent(owed, dying, caplog):
    tick()

    def given_up():
        Digest.objects.update(state="dead", leased_until=None)

    dying.of = given_up
    assert deliver() == [True]

    assert rows(state="sent") == [("R2", "-5", "Alice", "sent")]
    assert "was sent after its lease had run out" in caplog.text


def test_what_was_called_off_and_taken_up_again_while_the_server_had_it_went_once(owed, dying):
    tick()

    def charge_is_taken_and_given_back():
        charge = Assignment.objects.filter(commitment=owed.commitment)
        charge.update(ended_at=NOW)
        tick()
        charge.update(ended_at=None)
        tick()

    dying.of = charge_is_taken_and_given_back
    assert deliver() == [True]

    assert rows(state="sent", digest__state="sent") == [("R2", "-5", "Alice", "sent")]
    assert (run(NOW + LEASE), run(local(6, 9))) == ([], [])


def test_a_notice_that_no_mail_can_be_made_of_keeps_nothing_else_back(owed, other, caplog):
    tick()
    Commitment.objects.filter(pk=other.commitment_id).update(slug="not an address")

    assert deliver() == [True]

    (message,) = mail.outbox
    assert (owed.commitment.title_en in message.body, "Test other" in message.body) == (True, False)
    left = Notice.objects.get(state="planned")
    assert left.subject_id == other.pk
    digest = Digest.objects.get()
    assert digest.last_error.startswith(f"Left out: notice {left.pk}: NoReverseMatch: ")
    errors = [one.getMessage() for one in caplog.records if one.levelno == logging.ERROR]
    assert errors == [f"Notice {left.pk} cannot be put into a mail"]
    Commitment.objects.filter(pk=other.commitment_id).update(slug="test-mended")

    assert [run(NOW + timedelta(hours=1)), run(local(6, 9))] == [[], [True]]
    assert "Test other commitment" in mail.outbox[1].body


def test_a_mail_that_cannot_be_written_at_all_is_given_up_at_once_and_stops_nobody(owed, caplog):
    Commitment.objects.update(slug="not an address")
    day = local(6, 18)

    assert [run(day), deliver(day + LEASE)] == [[False, False], []]

    assert (digests(), told()) == ([("daily", "dead", 1)] * 2, [])
    for one in Digest.objects.all():
        assert one.last_error.startswith("NoReverseMatch: ")
        assert f"Digest {one.pk} cannot be written" in caplog.text
    assert {state for *_rest, state in rows(rule="R3", step="+3")} == {"planned"}


def test_nothing_of_a_paused_programme_is_gathered(owed, other):
    factories.PauseFactory(programme=owed.programme)

    assert run() == [True]

    assert [message.subject for message in mail.outbox] == [
        "1 update due by 15 June 2026 · Cam Kết"
    ]
    assert "Test other commitment" in mail.outbox[0].body
    paused = Notice.objects.get(state="planned")
    assert (paused.subject_id, paused.digest) == (owed.obligation.pk, None)
    assert run(NOW + timedelta(hours=3)) == []


def test_a_mail_of_which_a_part_is_paused_goes_without_it(owed, other):
    tick()
    pause = factories.PauseFactory(programme=owed.programme)

    assert deliver() == [True]
    assert owed.commitment.title_en not in mail.outbox[0].body
    assert run(local(6, 9)) == []
    end(pause)

    assert run(local(6, 10)) == [True]
    assert owed.commitment.title_en in mail.outbox[1].body


def end(pause):
    Pause.objects.filter(pk=pause.pk).update(resumed_by=pause.paused_by, resumed_at=NOW)


def test_a_mail_of_which_all_is_paused_goes_back_and_after_that_one_goes_with_the_highest_step(
    owed,
):
    tick()
    pause = factories.PauseFactory(programme=owed.programme)

    assert deliver() == [False]
    assert digests() == [("daily", "cancelled", 1)]
    assert rows(state="planned") == [("R2", "-5", "Alice", "planned")]
    for day in (9, 11, 15):
        assert run(local(6, day)) == []
    end(pause)

    assert run(local(6, 16)) == [True]
    assert rows(state="planned") == []
    assert rows(state="sent") == [("R3", "+1", "Alice", "sent")]
    assert [one for one in rows() if one[3] == "cancelled"] == []


def test_a_mail_that_went_back_goes_out_on_the_same_day_when_reminding_goes_on(owed):
    tick()
    pause = factories.PauseFactory(programme=owed.programme)
    assert [deliver(), run(NOW + timedelta(hours=1))] == [[False], []]
    end(pause)

    assert run(NOW + timedelta(hours=2)) == [True]

    assert (digests(), told()) == ([("daily", "sent", 1)], ["alice"])


def test_a_single_mail_that_went_back_goes_out_by_itself_when_reminding_goes_on(owed, erin):
    nudge(obligation=owed.obligation, by=erin, now=local(6, 9))
    notices.make_digests(now=local(6, 9))
    pause = factories.PauseFactory(programme=owed.programme)
    (single,) = notices.digests_to_send(now=local(6, 9))
    assert notices.deliver_digest(single, now=local(6, 9)) is False
    assert rows(rule="N1") == [("N1", "20260609", "Alice", "planned")]
    assert run(local(6, 9, 12)) == []
    end(pause)

    tick(local(6, 9, 13))
    assert notices.deliver_digest(single, now=local(6, 9, 13)) is True

    assert rows(rule="N1") == [("N1", "20260609", "Alice", "sent")]
    assert digests(kind="single") == [("single", "sent", 1)]


def test_what_is_called_off_while_paused_does_not_come_back(owed, met):
    tick()
    pause = factories.PauseFactory(programme=owed.programme)
    deliver()
    met(owed.obligation, NOW)
    end(pause)

    assert run(local(6, 9)) == []
    assert [one for one in rows() if one[3] in ("planned", "sent")] == []


def test_digests_to_send_hands_out_the_oldest_five_hundred(owed, alice):
    def single(number):
        return factories.DigestFactory.build(
            recipient=alice, kind="single", message_id=f"<test-{number}@example.org>",
            next_try_at=NOW - timedelta(minutes=number % 600),
        )  # fmt: skip

    made = Digest.objects.bulk_create([single(number) for number in range(600)])

    found = notices.digests_to_send(now=NOW)

    oldest = sorted(made, key=lambda one: (one.next_try_at, one.pk))
    assert found == [one.pk for one in oldest[:500]]
    assert len(notices.digests_to_send(now=NOW, at_most=None)) == 600
