"""Digests go out: once, to those who still owe, and nobody waits for another's mail server."""

from datetime import timedelta

import pytest
from django.core import mail

from commitments.models import Assignment, Digest, Notice, Obligation
from commitments.rules.retries import next_try
from commitments.services import notices
from commitments.services.notices.delivery import LEASE
from tests import factories
from tests.services.notices.backends import Choosy
from tests.services.notices.conftest import local, rows


def tick(*day):
    now = local(*day)
    notices.plan_notices(now=now)
    notices.make_digests(now=now)


def deliver_all(*day):
    return deliver_all_at(local(*day))


def deliver_all_at(now):
    return [notices.deliver_digest(pk, now=now) for pk in notices.digests_to_send(now=now)]


def run(*day):
    tick(*day)
    return deliver_all(*day)


def told():
    return [message.to for message in mail.outbox]


def states(model):
    return list(model.objects.order_by("pk").values_list("state", flat=True))


@pytest.fixture
def choosy(settings):
    """A mail server that refuses whom the test names."""
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Choosy"
    yield Choosy.refused
    Choosy.refused.clear()


def test_deliver_digest_sends_one_mail_and_marks_it(owed):
    tick(6, 8)
    digest = Digest.objects.get()

    assert notices.deliver_digest(digest.pk, now=local(6, 8, 8, 31)) is True

    digest.refresh_from_db()
    assert (digest.state, digest.tries, digest.sent_at, digest.leased_until) == (
        "sent",
        1,
        local(6, 8, 8, 31),
        None,
    )
    assert digest.subject == "1 update due by 15 June 2026 · Cam Kết"
    assert rows(state="sent") == [("R2", "-5", "Alice", "sent")]
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["alice@example.org"], digest.subject)
    assert message.extra_headers["Message-ID"] == digest.message_id


def test_deliver_digest_twice_sends_one_mail(owed):
    tick(6, 8)
    digest = Digest.objects.get()

    sent = [notices.deliver_digest(digest.pk, now=local(6, 8, hour)) for hour in (9, 9, 10, 23)]

    assert sent == [True, False, False, False]
    assert told() == [["alice@example.org"]]


def test_deliver_digest_leaves_it_to_who_has_the_lease(owed):
    tick(6, 8)
    Digest.objects.update(state="sending", leased_until=local(6, 8) + LEASE)

    assert deliver_all(6, 8, 8, 39) == []
    assert told() == []
    assert deliver_all(6, 8, 8, 40) == [True]


def test_deliver_digest_is_for_its_own_day(owed):
    tick(6, 8)
    digest = Digest.objects.get()

    assert notices.deliver_digest(digest.pk, now=local(6, 9)) is False
    assert told() == []


def test_a_whole_month_sends_what_the_rules_say_and_no_more(owed):
    """Four ticks a day, free days too, from the opening to the first weekly repetition."""
    told_on = []
    for day in range(37):
        for hour in (0, 9, 14, 23):
            moment = local(6, 1, hour) + timedelta(days=day)
            before = len(mail.outbox)
            notices.plan_notices(now=moment)
            notices.make_digests(now=moment)
            for digest_id in notices.digests_to_send(now=moment):
                notices.deliver_digest(digest_id, now=moment)
            mails = mail.outbox[before:]
            told_on += [(f"{moment:%m-%d %H}", one.to[0].split("@")[0]) for one in mails]

    assert told_on == [
        ("06-01 09", "alice"),
        ("06-08 09", "alice"),
        ("06-11 09", "alice"),
        ("06-15 09", "alice"),
        ("06-16 09", "alice"),
        ("06-18 09", "alice"),
        ("06-18 09", "dan"),
        ("06-22 09", "alice"),
        ("06-22 09", "dan"),
        ("06-22 09", "erin"),
        ("06-29 09", "alice"),
        ("06-29 09", "dan"),
        ("06-29 09", "erin"),
        ("06-29 09", "sam"),
        ("07-06 09", "alice"),
        ("07-06 09", "dan"),
        ("07-06 09", "erin"),
        ("07-06 09", "sam"),
    ]


def test_after_an_outage_each_gets_one_mail(owed):
    run(6, 1)
    mail.outbox.clear()

    run(7, 1)

    assert sorted(told()) == [
        ["alice@example.org"],
        ["dan@example.org"],
        ["erin@example.org"],
        ["sam@example.org"],
    ]
    assert sorted(rows(state="sent")) == [
        ("R1", "+0", "Alice", "sent"),
        ("R3", "+10", "Alice", "sent"),
        ("R3", "+10", "Dan", "sent"),
        ("R3", "+10", "Erin", "sent"),
        ("R3", "+10", "Sam", "sent"),
    ]
    assert rows(state="planned") == []


def test_met_between_planning_and_sending_sends_nothing(owed, met):
    tick(6, 8)
    met(owed.obligation, local(6, 8))

    assert deliver_all(6, 8) == [False]

    assert told() == []
    assert states(Digest) == ["cancelled"]
    assert Notice.objects.get(step="-5").cancelled_because == "done"


def test_waived_between_planning_and_sending_sends_nothing(owed, erin):
    tick(6, 8)
    Obligation.objects.update(waived_by=erin, waived_at=local(6, 8), waiver_reason_en="Test reason")

    assert deliver_all(6, 8) == [False]
    assert (told(), Notice.objects.get(step="-5").cancelled_because) == ([], "waived")


def test_reassigned_between_planning_and_sending_tells_the_new_reporter_only(owed, alice):
    tick(6, 8)
    ben = factories.UserFactory(full_name="Ben", email="ben@example.org")
    factories.MembershipFactory(user=ben, organisation=owed.body)
    Assignment.objects.update(ended_at=local(6, 8))
    factories.AssignmentFactory(commitment=owed.commitment, person=ben)

    assert deliver_all(6, 8) == [False]
    assert run(6, 8, 9) == [True]

    assert told() == [["ben@example.org"]]
    assert Notice.objects.get(step="-5", recipient=alice).cancelled_because == "reassigned"


def test_a_digest_leaves_out_what_was_met_and_keeps_the_rest(owed, alice, met):
    other = factories.ObligationFactory(
        commitment__programme=owed.programme,
        commitment__title_en="Test other commitment",
        period=owed.obligation.period,
    )
    factories.ParticipationFactory(commitment=other.commitment, organisation=owed.body)
    factories.AssignmentFactory(commitment=other.commitment, person=alice)
    tick(6, 8)
    met(owed.obligation, local(6, 8))

    assert deliver_all(6, 8) == [True]

    (message,) = mail.outbox
    assert "Test other commitment" in message.body
    assert owed.commitment.title_en not in message.body


def test_what_was_called_off_by_the_deed_itself_is_not_sent(owed):
    tick(6, 8)
    notices.cancel(
        subject_kind="obligation", subject_id=owed.obligation.pk, reason="done", now=local(6, 8)
    )

    assert deliver_all(6, 8) == [False]
    assert (told(), states(Digest)) == ([], ["cancelled"])


def test_one_failing_recipient_stops_nobody(owed, choosy):
    choosy.add("alice@example.org")

    assert run(6, 18) == [False, True]

    assert told() == [["dan@example.org"]]
    failed = Digest.objects.get(recipient__email="alice@example.org")
    assert (failed.state, failed.tries, failed.next_try_at, failed.leased_until) == (
        "failed",
        1,
        next_try(1, local(6, 18), failed.message_id),
        None,
    )
    assert failed.last_error.startswith("SMTPRecipientsRefused: ")
    assert "Test refusal" in failed.last_error


def test_a_failed_digest_is_tried_again_and_sent(owed, choosy):
    choosy.add("alice@example.org")
    run(6, 8)
    choosy.clear()

    assert deliver_all(6, 8, 8, 30) == []
    assert deliver_all(6, 8, 8, 32) == [True]

    digest = Digest.objects.get()
    assert (digest.state, digest.tries, digest.last_error) == ("sent", 2, "")
    assert told() == [["alice@example.org"]]


def test_a_digest_is_given_up_after_eight_tries_and_carried_by_the_next_working_day(owed, settings):
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Unreachable"
    tick(6, 11)
    Digest.objects.update(message_id="<test-0@example.org>")
    moment, tries = local(6, 11), []
    while moment:
        tries.append(f"{moment:%H:%M}")
        assert Digest.objects.get().next_try_at == moment
        assert deliver_all_at(moment) == [False]
        moment = next_try(len(tries), moment, "<test-0@example.org>")
    assert tries == ["08:30", "08:31", "08:36", "08:54", "10:02", "14:04", "18:37", "23:02"]
    digest = Digest.objects.get()
    assert (digest.state, digest.tries) == ("dead", 8)
    assert digest.last_error == "ConnectionRefusedError: [Errno 111] Connection refused"

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run(6, 12) == [True]
    assert told() == [["alice@example.org"]]
    assert rows(state="sent") == [("R2", "-2", "Alice", "sent")]


def test_a_sender_that_dies_every_time_does_not_try_for_ever(owed):
    tick(6, 8)
    Digest.objects.update(state="sending", leased_until=local(6, 8), tries=8)

    assert deliver_all(6, 8, 12) == []


def test_a_notice_of_later_that_day_waits_for_the_next_working_day(owed, alice):
    run(6, 12)  # nothing new since Thursday's -2 step, so Friday's mail carries that one
    other = factories.ObligationFactory(
        commitment__programme=owed.programme, period=owed.obligation.period
    )
    factories.ParticipationFactory(commitment=other.commitment, organisation=owed.body)
    factories.AssignmentFactory(commitment=other.commitment, person=alice)

    assert [run(6, 12, 10), run(6, 13), run(6, 14), run(6, 15)] == [[], [], [], [True]]

    assert [message.subject for message in mail.outbox] == [
        "1 update due by 15 June 2026 · Cam Kết",
        "2 updates due by 15 June 2026 · Cam Kết",
    ]


def test_a_step_reached_since_takes_the_place_of_the_pending_one(owed):
    """The day's digest carries a step of before; the planner has not run since."""
    tick(6, 15)
    Digest.objects.update(day_on=local(6, 16).date())

    assert deliver_all(6, 16) == [False]
    assert run(6, 16, 9) == [True]

    assert rows(state="sent") == [("R3", "+1", "Alice", "sent")]


def test_reminders_change_nothing_that_they_are_about(owed):
    def everything():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Obligation, Assignment, type(owed.commitment), type(owed.body))
        ]

    before = everything()
    for day in (1, 8, 16, 22, 29):
        run(6, day)

    assert everything() == before


def test_the_mail_names_who_was_told_before_and_who_is_told_today(owed):
    for day in (16, 18):
        run(6, day)

    run(6, 22)

    texts = {message.to[0]: message.body for message in mail.outbox[-3:]}
    assert (
        "  Reminded before: Alice (reporter) on 18 June 2026; Dan (approver) on 18 June 2026\n"
        "  Reminded today as well: Alice (reporter); Dan (approver)\n"
    ) in texts["erin@example.org"]
    assert (
        "  Reminded before: Dan (approver) on 18 June 2026\n"
        "  Reminded today as well: Dan (approver); Erin (delivery-unit officer)\n"
    ) in texts["alice@example.org"]


def test_a_notice_of_a_kind_that_this_release_does_not_know_stays_as_it_is(owed, alice):
    """A newer release planned it; its facts are not those of the obligation with its number."""
    other = factories.NoticeFactory(
        subject_kind="newer", subject_id=owed.obligation.pk, rule="R4", recipient=alice,
        commitment=owed.commitment, due_at=local(6, 1),
    )  # fmt: skip

    for day in (1, 8, 16):
        run(6, day)

    other.refresh_from_db()
    assert (other.state, other.digest) == ("planned", None)
    assert len(told()) == 3
