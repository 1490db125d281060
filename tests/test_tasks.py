"""The jobs: what the beat sends out exists, asks the clock, and may run twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.contrib.sessions.models import Session
from django.core import mail

from commitments import tasks
from commitments.models import (
    Digest,
    Heartbeat,
    Obligation,
    PublicEvent,
    ReportingPeriod,
    WebhookDelivery,
)
from commitments.rules.moments import VIETNAM
from commitments.services import heartbeats, record, updates
from commitments.services.record import EDITORS
from commitments.services.sealing import seal
from commitments.services.webhooks.messages import new_secret
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.services.notices.backends import Choosy
from tracker.celery import app

MONDAY = datetime(2026, 6, 8, 8, 30, tzinfo=VIETNAM)


@pytest.fixture
def owed(world, alice):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    return factories.ObligationFactory(commitment=world.commitment)


@pytest.fixture
def at_once():
    """Jobs handed out run in the same process, and an error in one is an error here."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


def test_the_beat_sends_out_jobs_that_exist():
    app.loader.import_default_modules()
    named = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert named == {
        "commitments.tasks.tick_reminders",
        "commitments.tasks.send_digests",
        "commitments.tasks.keep_periods",
        "commitments.tasks.send_account_mails",
        "commitments.tasks.send_citizen_mails",
        "commitments.tasks.tidy_citizens",
        "commitments.tasks.hand_out_webhooks",
        "commitments.tasks.tidy_sessions",
        "commitments.tasks.release_due",
        "commitments.tasks.clear_files",
        "commitments.tasks.clear_answers",
        "commitments.tasks.make_releases",
    }
    assert named <= app.tasks.keys()
    assert all(app.tasks[name].ignore_result for name in named)


def test_a_tick_and_a_sending_make_one_mail_however_often_they_run(owed, at_once):
    with time_machine.travel(MONDAY, tick=False):
        for _time in range(3):
            tasks.tick_reminders()
            tasks.send_digests()

    assert [message.to for message in mail.outbox] == [["alice@example.org"]]
    assert list(Digest.objects.values_list("state", "sent_at")) == [("sent", MONDAY)]


def test_send_digests_hands_out_each_digest_by_itself(owed, dan, at_once, settings):
    """What one of them meets is not the others' business."""
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Choosy"
    Choosy.refused.add("alice@example.org")
    try:
        with time_machine.travel(MONDAY.replace(day=18), tick=False):
            tasks.tick_reminders()
            tasks.send_digests()
    finally:
        Choosy.refused.clear()

    assert [message.to for message in mail.outbox] == [["dan@example.org"]]
    assert sorted(Digest.objects.values_list("state", flat=True)) == ["failed", "sent"]


def test_send_digest_of_nothing_does_nothing(db):
    tasks.send_digest(1)

    assert mail.outbox == []


def test_keep_periods_lays_out_what_is_owed_once(world, erin):
    world.programme.reporting_starts_on = date(2026, 5, 1)
    world.programme.save()
    world.commitment.reporting_opened_on, world.commitment.reporting_opened_by = (
        date(2026, 5, 4),
        erin,
    )
    world.commitment.save()

    with time_machine.travel(datetime(2026, 6, 1, 1, 0, tzinfo=UTC), tick=False):
        tasks.keep_periods()
        first = [ReportingPeriod.objects.count(), Obligation.objects.count()]
        tasks.keep_periods()

    assert first == [ReportingPeriod.objects.count(), Obligation.objects.count()]
    assert list(Obligation.objects.values_list("period__starts_on", flat=True)) == [
        date(2026, 5, 1),
        date(2026, 6, 1),
    ]


def test_send_account_mails_hands_out_invitations_and_links(world, erin, at_once):
    with time_machine.travel(MONDAY, tick=False):
        factories.InvitationFactory(
            organisation=world.body, invited_by=erin, expires_at=MONDAY + timedelta(days=1)
        )
        factories.AccountMailFactory(email=erin.email)
        for _time in range(3):
            tasks.send_account_mails()

    assert sorted(message.to for message in mail.outbox) == [
        ["erin@example.org"],
        ["invited0@example.org"],
    ]


def test_tidy_sessions_forgets_what_expired(db):
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=MONDAY)

    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        tasks.tidy_sessions()

    assert Session.objects.count() == 0


def test_release_due_publishes_what_is_due_once(world, alice, dan, erin, at_once):
    update = deeds.approved(alice, dan, world.commitment)
    at = NOW + timedelta(hours=1)
    updates.schedule_release(update=update, officer=erin, at=at, today=TODAY, now=NOW)

    found = []
    for moment in (at - timedelta(minutes=1), at, at + timedelta(minutes=1)):
        with time_machine.travel(moment, tick=False):
            tasks.release_due()
        found.append(PublicEvent.objects.filter(object_kind="status_update").count())

    assert found == [0, 1, 1]


def test_every_job_of_the_beat_leaves_word_of_its_run(world, at_once):
    """As many rows as jobs: the heartbeat is how anybody knows that they run."""
    with time_machine.travel(MONDAY, tick=False):
        for entry in app.conf.beat_schedule.values():
            app.tasks[entry["task"]]()

    assert sorted(Heartbeat.objects.values_list("job", flat=True)) == sorted(app.conf.beat_schedule)
    rows = Heartbeat.objects.values_list("started_at", "finished_at", "leased_until", "last_error")
    assert set(rows) == {(MONDAY, MONDAY, None, "")}


def test_a_tick_says_what_it_found(owed):
    with time_machine.travel(MONDAY, tick=False):
        tasks.tick_reminders()

    assert Heartbeat.objects.get(job="tick-reminders").found == {
        "created": 1,
        "revived": 0,
        "superseded": 0,
        "cancelled": 0,
        "mails": 1,
    }


def test_a_tick_does_not_run_beside_another(owed):
    with time_machine.travel(MONDAY, tick=False):
        heartbeats.begin(job=tasks.TICK, now=MONDAY, lease=tasks.TICK_LEASE)
        tasks.tick_reminders()

    assert Digest.objects.count() == 0


def test_a_job_that_breaks_off_leaves_word_of_why(db):
    def work(_now):
        raise SoftTimeLimitExceeded

    with time_machine.travel(MONDAY, tick=False), pytest.raises(SoftTimeLimitExceeded):
        tasks.run("test", work, lease=tasks.TICK_LEASE)

    assert Heartbeat.objects.values_list("finished_at", "leased_until", "last_error").get() == (
        None,
        None,
        "SoftTimeLimitExceeded: SoftTimeLimitExceeded()",
    )


def test_send_digests_hands_out_so_many_a_round(owed, dan, at_once, settings):
    settings.DIGESTS_PER_ROUND = 1
    with time_machine.travel(MONDAY.replace(day=18), tick=False):
        tasks.tick_reminders()
        tasks.send_digests()
        first = Heartbeat.objects.get(job="send-digests").found
        tasks.send_digests()

    assert first == {"handed_out": 1}
    assert [message.to for message in mail.outbox] == [["alice@example.org"], ["dan@example.org"]]


def test_webhooks_are_handed_out_and_called_by_the_one_way_out(world, at_once):
    """Which refuses an inner address before it looks for it."""
    factories.WebhookFactory(address="http://127.0.0.1/", secret=seal(new_secret()))
    record.publish(world.commitment, action="changed", by=EDITORS, effective_on=TODAY, now=NOW)
    tasks.hand_out_webhooks()

    assert list(WebhookDelivery.objects.values_list("state", "last_error", "tries")) == [
        ("failed", "not_public", 1)
    ]
    found = Heartbeat.objects.values_list("found", flat=True).get(job="hand-out-webhooks")
    assert found == {"planned": 1, "handed_out": 1}
