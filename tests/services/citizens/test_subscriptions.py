"""Following by mail: asked for, confirmed, told once a week and never twice, ended."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from commitments.errors import WrongState
from commitments.filters.saved import SEARCHES, cleaned_query
from commitments.models import CitizenMail, PublicEvent, Subscriber, Subscription
from commitments.reports.news import news
from commitments.reports.news.prose import said_lines
from commitments.services import citizen_mails, record, subscriptions
from commitments.services.record import EDITORS
from commitments.services.subscriptions import weekly
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.services.citizens.outbox import send_due, weekly_mails

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
ANNA = "anna@example.org"


def ask(email=ANNA, kind="everything", key="", now=NOW):
    subscriptions.ask(email=email, language="en", kind=kind, key=key, now=now)


def follow(kind="everything", key="", email=ANNA, now=NOW):
    """Asked for and confirmed, without the mail between."""
    ask(email, kind, key, now)
    CitizenMail.objects.all().delete()
    return subscriptions.confirm(
        subscription=Subscription.objects.get(subscriber__email=email, kind=kind, key=key), now=now
    )


def change(*rows, now=NOW):
    record.publish_many(rows, action="changed", by=EDITORS, effective_on=TODAY, now=now)


def test_ask_sends_one_mail_that_confirms_and_keeps_the_address_apart(db):
    ask()
    ask()  # pressed twice

    [message] = send_due(NOW)
    assert (message.to, message.subject) == (
        [ANNA],
        "Please confirm: changes of the record by mail",
    )
    assert message.extra_headers["Message-ID"].startswith("<subscription-")
    assert send_due(NOW) == []
    assert list(Subscription.objects.values_list("kind", "confirmed_at")) == [("everything", None)]


def test_a_stranger_cannot_bombard_an_address(db, world):
    for key in ("test-commitment", "", "test-unit", "test-lead"):
        kind = {"": "everything", "test-commitment": "commitment"}.get(key, "organisation")
        ask(kind=kind, key=key)
    assert len(send_due(NOW)) == 3
    for number in range(4):
        ask(now=NOW + timedelta(hours=number))
        assert send_due(NOW + timedelta(hours=number)) == []
    ask(now=NOW + DAY)
    assert len(send_due(NOW + DAY)) == 1


def test_confirm_lapses_after_seven_days_and_the_address_goes(db):
    ask()
    late = NOW + WEEK
    with pytest.raises(WrongState):
        subscriptions.confirm(subscription=Subscription.objects.get(), now=late)

    assert subscriptions.tidy_subscriptions(now=late - timedelta(seconds=1)) == 0
    assert subscriptions.tidy_subscriptions(now=late) == 1
    assert (Subscriber.objects.count(), CitizenMail.objects.count()) == (0, 0)


def test_tidy_keeps_who_follows_something(db, world):
    follow()
    ask(kind="commitment", key="test-commitment")

    assert subscriptions.tidy_subscriptions(now=NOW + WEEK) == 0
    assert list(Subscription.objects.values_list("kind", flat=True)) == ["everything"]


def test_weekly_tells_each_change_once_and_none_of_before(db, world):
    change(world.programme)
    follow()
    assert weekly_mails(NOW + WEEK) == []  # nothing changed since it was confirmed

    change(world.body, world.commitment, now=NOW + WEEK)
    [first] = weekly_mails(NOW + WEEK + DAY)
    change(world.commitment, now=NOW + WEEK + DAY)
    assert weekly_mails(NOW + WEEK + DAY) == []  # one a week
    [second] = weekly_mails(NOW + 2 * WEEK)

    assert weekly_mails(NOW + 3 * WEEK) == []
    told = [
        [line for line in message.body.splitlines() if line.startswith("- ")]
        for message in (first, second)
    ]
    assert told == [
        ["- Commitment changed", "- Organisation changed", "- Every change of the record"],
        ["- Commitment changed", "- Every change of the record"],
    ]
    assert "CPT26-001 · Test commitment" in first.body
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]


@pytest.mark.parametrize(
    ("kind", "key", "told"),
    [
        ("commitment", "test-commitment", ["CPT26-001 · Test commitment"]),
        ("organisation", "test-lead", ["CPT26-001 · Test commitment", "Organisation · Test lead"]),
        ("organisation", "test-unit", ["Organisation · Test delivery unit"]),
        ("search", "q=commitment&programme=test", ["CPT26-001 · Test commitment"]),
        ("search", "q=nothing", []),
    ],
)
def test_weekly_tells_of_what_is_followed_only(world, kind, key, told):
    follow(kind, key)
    change(world.unit, world.body, world.programme, world.commitment)

    mails = weekly_mails(NOW + WEEK)

    lines = [line for message in mails for line in message.body.splitlines()]
    assert [line for line in lines if " · Test" in line and line[0] != "-"] == told


def test_weekly_of_a_priority_and_never_of_the_demonstration(world):
    priority = factories.PriorityFactory(programme=world.programme, slug="test-priority")
    world.commitment.priority = priority
    world.commitment.save()
    demo = factories.CommitmentFactory(
        programme=factories.ProgrammeFactory(slug="demo", code="D", is_demo=True), slug="test-demo"
    )
    follow("priority", "test/test-priority")
    follow("everything", "", "everything@example.org")
    follow("commitment", "test-demo", "demo@example.org")
    change(world.commitment, demo)

    assert {
        message.to[0]: [one for one in ("commitments/test-commitment", "commitments/test-demo") if one in message.body]
        for message in weekly_mails(NOW + WEEK)
    } == {
        ANNA: ["commitments/test-commitment"],
        "everything@example.org": ["commitments/test-commitment"],
        "demo@example.org": ["commitments/test-demo"],
    }  # fmt: skip


def test_weekly_says_what_the_page_of_changes_says(world):
    update = factories.StatusUpdateFactory(commitment=world.commitment, summary_en="Test summary")
    follow("commitment", "test-commitment")
    change(update)

    [message] = weekly_mails(NOW + WEEK)

    [entry] = news(PublicEvent.objects.all()).entries
    told = message.body.partition("CPT26-001 · Test commitment\n")[2].partition("http")[0]
    assert told.splitlines() == [
        f"- {entry.title}",
        *(f"  {one.text}" for one in said_lines(entry)),
    ]
    assert "Test summary" in told


def test_several_things_come_in_one_mail_with_each_change_once(world):
    follow()
    follow("commitment", "test-commitment")
    change(world.commitment)

    [message] = weekly_mails(NOW + WEEK)

    assert message.body.count("Commitment changed") == 1


def test_a_new_subscription_is_not_told_of_what_was_before_it(world):
    follow("organisation", "test-unit")
    change(world.commitment)
    follow("commitment", "test-commitment", now=NOW + DAY)

    assert weekly_mails(NOW + WEEK) == []


def test_weekly_waits_for_hour_and_working_day_and_new_readers_for_the_next(world, settings):
    follow()
    change(world.commitment)
    monday_before_seven = NOW + WEEK - timedelta(hours=2, minutes=1)
    sunday = NOW + 6 * DAY

    for early in (NOW, sunday, monday_before_seven):
        assert weekly.plan_weekly(now=early) == 0
    assert weekly.plan_weekly(now=monday_before_seven + timedelta(minutes=1)) == 1


def test_a_week_that_could_not_be_sent_is_told_by_the_next(world, settings):
    follow()
    change(world.commitment)
    weekly.plan_weekly(now=NOW + WEEK)
    settings.EMAIL_BACKEND = "tests.services.citizens.backends.Down"
    assert send_due(NOW + WEEK) == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    change(world.body, now=NOW + WEEK)

    [message] = weekly_mails(NOW + 2 * WEEK)

    assert "Commitment changed" in message.body
    assert "Organisation changed" in message.body
    assert list(CitizenMail.objects.order_by("pk").values_list("state", flat=True)) == [
        "dead",
        "sent",
    ]


def test_a_failed_mail_is_tried_again_and_says_the_same_under_the_same_name(world, settings):
    follow()
    change(world.commitment)
    weekly.plan_weekly(now=NOW + WEEK)
    settings.EMAIL_BACKEND = "tests.services.citizens.backends.Down"
    send_due(NOW + WEEK)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    change(world.body, now=NOW + WEEK)  # after it was planned: for the next

    assert send_due(NOW + WEEK) == []
    [message] = send_due(NOW + WEEK + timedelta(minutes=2))

    assert "Organisation changed" not in message.body
    assert Subscriber.objects.get().through_sequence == 1


def test_a_sender_that_died_is_followed_by_one_other(world):
    follow()
    change(world.commitment)
    weekly.plan_weekly(now=NOW + WEEK)
    lease = NOW + WEEK + timedelta(minutes=10)
    CitizenMail.objects.update(state="sending", leased_until=lease, tries=1)

    assert send_due(lease - timedelta(seconds=1)) == []
    assert len(send_due(lease)) == 1
    assert send_due(lease) == []


def test_ended_between_planning_and_sending_nothing_goes(world):
    subscriber = follow().subscriber
    change(world.commitment)
    weekly.plan_weekly(now=NOW + WEEK)
    pk = CitizenMail.objects.get().pk
    subscriptions.end_all(subscriber=subscriber)

    assert citizen_mails.deliver_citizen_mail(pk, now=NOW + WEEK, searches=SEARCHES) is False
    assert (mail.outbox, Subscriber.objects.count(), CitizenMail.objects.count()) == ([], 0, 0)


def test_a_refusal_for_good_ends_it(world, settings, monkeypatch):
    follow()
    change(world.commitment)
    settings.EMAIL_BACKEND = "tests.services.citizens.backends.Refusing"

    assert weekly_mails(NOW + WEEK) == []
    assert Subscriber.objects.count() == 0
    assert issubclass(SMTPRecipientsRefused, OSError)


def test_asked_again_what_is_followed_leads_to_ones_own_page(db):
    follow()
    ask()

    [message] = send_due(NOW)

    assert message.subject == "You follow this already"
    assert "/en/subscribe/own/" in message.body


def test_end_of_the_last_one_forgets_the_address(world):
    first = follow()
    second = follow("commitment", "test-commitment")

    subscriptions.end(subscriber=first.subscriber, subscription_id=first.pk)
    assert Subscriber.objects.count() == 1
    subscriptions.end(subscriber=first.subscriber, subscription_id=second.pk)
    assert Subscriber.objects.count() == 0


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("q=dien&order=due&page=3", "q=dien"),
        ("q=+b+&stage=in_progress&as_of=2026-01-01", "q=b&stage=in_progress"),
    ],
)
def test_search_keeps_what_it_asks_only(db, query, kept):
    assert cleaned_query(query) == kept
