"""Webhooks are sent what became public: once, in order, again where that failed, and safely."""

from datetime import timedelta

import pytest
import time_machine
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from commitments.models import PauseReason, Webhook, WebhookDelivery
from commitments.rules.webhooks import MAX_TRIES, RETRY_AFTER
from commitments.services import record, webhooks
from commitments.services.record import EDITORS
from commitments.services.webhooks import delivery, keeping, planning
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.house.floors import HOME
from tests.services.webhooks.receiver import (
    SECRET,
    beat,
    fresh,
    receiving,
    says,
    states,
    waits,
    webhook_to,
)

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


def happen(*rows, action="changed"):
    return record.publish_many(rows, action=action, by=EDITORS, effective_on=TODAY, now=NOW)


def verified(sent, secret=SECRET):
    with time_machine.travel(NOW, tick=False):
        return Verifier(secret).verify(sent.body, sent.headers)


def test_an_event_arrives_once_as_the_api_answers_it_and_signed(world, client):
    happen(world.programme)
    with receiving() as receiver:
        webhook = webhook_to(receiver, through_sequence=1)
        happen(world.commitment)
        beat(receiver)
        beat(receiver, NOW + DAY)
        [sent] = receiver.sent
        answered = client.get("/api/v1/events/2/").json()

    assert verified(sent) == {
        "type": "commitment.changed",
        "timestamp": answered["recorded_at"],
        "data": answered,
    }
    assert (sent.id, sent.headers["content-type"]) == (f"evt_{webhook.pk}_2_1", "application/json")
    with pytest.raises(WebhookVerificationError):
        verified(sent, keeping.new_secret())
    [row] = WebhookDelivery.objects.values("state", "answer", "sent_at", "leased_until")
    assert row == {"state": "sent", "answer": 200, "sent_at": NOW, "leased_until": None}
    assert fresh(webhook).leased_until is None


def test_a_changed_secret_signs_beside_the_former_one_for_a_day(world):
    with receiving() as receiver:
        webhook = webhook_to(receiver)
        new = keeping.rotate_secret(webhook=webhook, by=None, now=NOW)
        happen(world.commitment)
        beat(receiver)
        happen(world.commitment)
        beat(receiver, NOW + DAY)
        both, one = receiver.sent

    assert [len(sent.headers["webhook-signature"].split()) for sent in (both, one)] == [2, 1]
    assert verified(both) == verified(both, new)
    with time_machine.travel(NOW + DAY, tick=False):
        assert Verifier(new).verify(one.body, one.headers)["data"]["sequence"] == 2


def test_two_workers_send_a_message_once(world):
    happen(world.commitment)
    with receiving() as receiver:
        webhook = webhook_to(receiver)
        planning.plan_deliveries(now=NOW)
        planning.plan_deliveries(now=NOW)
        [message] = WebhookDelivery.objects.all()
        lease = NOW + delivery.LEASE
        both = [
            delivery.send_one(message.pk, webhook, NOW, lease, receiver.client) for _worker in "ab"
        ]
        Webhook.objects.update(leased_until=lease)  # the other one is at it
        happen(world.commitment)
        planning.plan_deliveries(now=NOW)
        beside = delivery.deliver_next(webhook.pk, now=NOW, client=receiver.client)

    assert both == [delivery.Outcome.GO_ON, delivery.Outcome.NOTHING]
    assert (beside, len(receiver.asked)) == (delivery.Outcome.NOTHING, 1)
    assert delivery.webhooks_to_send(now=NOW) == []
    assert delivery.webhooks_to_send(now=lease) == [webhook.pk]


def test_a_worker_that_dies_before_it_marks_is_followed_by_another_with_the_same_id(
    world, monkeypatch
):
    """The one possible double, known by its id."""
    happen(world.commitment)
    with receiving() as receiver:
        webhook = webhook_to(receiver)

        def die(_mark):
            raise SystemExit

        monkeypatch.setattr(delivery, "outlast", die)
        with pytest.raises(SystemExit):
            beat(receiver)
        Webhook.objects.update(leased_until=NOW + delivery.LEASE)  # nobody gave it back
        monkeypatch.undo()
        beat(receiver, NOW + MINUTE)
        first = list(receiver.ids)
        beat(receiver, NOW + delivery.LEASE)

    assert (first, receiver.ids) == ([f"evt_{webhook.pk}_1_1"], [f"evt_{webhook.pk}_1_1"] * 2)
    assert states() == [(1, "sent", 2)]
    WebhookDelivery.objects.update(state="sending", sent_at=None, leased_until=NOW, tries=MAX_TRIES)
    assert delivery.give_up_spent(now=NOW) == 1
    assert states() == [(1, "dead", MAX_TRIES)]


def test_order_is_kept_while_one_fails_for_some_minutes_then_it_is_overtaken(world):
    happen(world.commitment, world.commitment, world.commitment)
    with receiving(200, 500, 500, 500, 200) as receiver:
        webhook_to(receiver)
        beat(receiver)
        assert states() == [(1, "sent", 1), (2, "failed", 1), (3, "planned", 0)]
        beat(receiver)
        assert waits() == [5, 5]
        beat(receiver, NOW + 6 * SECOND)
        beat(receiver, NOW + 7 * SECOND)
        assert [one > 290 for one in waits()] == [True, True]
        beat(receiver, NOW + 10 * MINUTE)
        beat(receiver, NOW + 11 * MINUTE)

    assert [one.said["data"]["sequence"] for one in receiver.sent] == [1, 2, 2, 2, 3]
    assert states()[:3] == [(1, "sent", 1), (2, "failed", 3), (3, "sent", 1)]


def test_a_message_is_tried_for_days_then_given_up_and_its_webhook_paused_once(world):
    happen(world.commitment, world.commitment)
    now, gaps = NOW, []
    with receiving(500) as receiver:
        webhook = webhook_to(receiver, language="en")
        while not WebhookDelivery.objects.filter(state="dead").exists():
            beat(receiver, now)
            later = WebhookDelivery.objects.get(sequence=1).next_try_at
            gaps.append(later - now)
            now = max(later, now + SECOND)
    assert all(wait <= gap <= wait * 1.1 for wait, gap in zip(RETRY_AFTER, gaps, strict=False)), (
        gaps
    )
    assert states()[0] == (1, "dead", MAX_TRIES)
    found = fresh(webhook)
    assert (found.pause_reason, found.ended_at) == (PauseReason.FAILING, None)
    assert list(webhook.mails.values_list("kind", "state")) == [("stopped", "planned")]
    assert delivery.webhooks_to_send(now=now + DAY) == []
    happen(world.commitment)
    assert planning.plan_deliveries(now=now) == 0

    with receiving() as receiver:
        Webhook.objects.update(address=receiver.address)
        keeping.send_test(webhook=webhook, by=None, now=now)
        beat(receiver, now)
        assert [one.said["type"] for one in receiver.sent] == ["test"]
        keeping.resume_webhook(webhook=webhook, by=None, now=now)
        assert keeping.send_again(webhook=webhook, by=None, delivery_id=None, now=now) == 1
        beat(receiver, now)

    assert [one.said["data"]["sequence"] for one in receiver.sent[1:]] == [1, 2, 3]
    assert {state for _sequence, state, _tries in states()} == {"sent"}


def test_one_that_takes_other_messages_is_not_paused_for_one_that_it_refuses(world):
    happen(world.commitment, world.commitment)
    with receiving(500, 200) as receiver:
        webhook = webhook_to(receiver)
        planning.plan_deliveries(now=NOW)
        WebhookDelivery.objects.filter(sequence=1).update(tries=MAX_TRIES - 1)
        WebhookDelivery.objects.filter(sequence=2).update(state="sent", sent_at=NOW)
        beat(receiver)

    assert states() == [(1, "dead", MAX_TRIES), (2, "sent", 0)]
    assert fresh(webhook).paused_at is None


@pytest.mark.parametrize(
    ("answer", "state", "said", "wait"),
    [
        (says(204), "sent", (204, ""), None),
        (says(302, "Location: http://127.0.0.1/"), "failed", (302, ""), 5),
        (says(400), "failed", (400, ""), 5),
        (says(503, "Retry-After: 3600"), "failed", (503, ""), 3600),
        (says(429, "Retry-After: 9999999"), "failed", (429, ""), 24 * 3600),
        (says(429, "Retry-After: nonsense"), "failed", (429, ""), 5),
        (b"nonsense\r\n\r\n", "failed", (None, "garbled"), 5),
        (says(410), "dead", (410, ""), None),
    ],
)
def test_what_an_answer_means(world, answer, state, said, wait):
    happen(world.commitment)
    with receiving(answer) as receiver:
        webhook = webhook_to(receiver)
        beat(receiver)

    [row] = WebhookDelivery.objects.values_list("state", "answer", "last_error")
    assert row == (state, *said)
    assert waits() == ([wait] if wait else [])
    assert (fresh(webhook).ended_at is not None) is (said[0] == 410)


def test_an_address_that_leads_inside_is_refused_at_the_sending(world):
    """Whatever was said when it was typed in."""
    happen(world.commitment)
    with receiving() as receiver:
        webhook_to(receiver, address=f"http://127.0.0.2:{receiver.port}/")
        beat(receiver)

    assert receiver.asked == []
    assert list(WebhookDelivery.objects.values_list("state", "last_error")) == [
        ("failed", "not_public")
    ]


def test_one_that_fails_stops_no_other_and_a_slow_one_gets_one_message_a_round(world, monkeypatch):
    happen(world.commitment, world.commitment)
    with receiving(500) as bad, receiving() as good:
        webhook_to(bad)
        webhook_to(good, email="other@example.org")
        planning.plan_deliveries(now=NOW)
        for webhook_id in delivery.webhooks_to_send(now=NOW):
            both = good if Webhook.objects.get(pk=webhook_id).address == good.address else bad
            while delivery.deliver_next(webhook_id, now=NOW, client=both.client) is (
                delivery.Outcome.GO_ON
            ):
                pass
        assert (len(bad.asked), len(good.asked)) == (1, 2)
        monkeypatch.setattr(delivery, "SLOW", 0)
        happen(world.commitment, world.commitment)
        planning.plan_deliveries(now=NOW)
        webhook_id = Webhook.objects.get(address=good.address).pk
        later = NOW + 20 * MINUTE
        slow = delivery.deliver_next(webhook_id, now=later, client=good.client)

    assert slow is delivery.Outcome.WAIT
    assert waits(later)[-1:] == [0]  # for the receiver, not for us


def test_planning_is_bounded_and_asks_the_same_however_many_listen(
    world, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(planning, "WINDOW", 3)
    happen(*[world.commitment] * 8)
    hooks = [factories.WebhookFactory(email=f"{one}@example.org") for one in "abc"]
    with django_assert_max_num_queries(4 + 8 * len(hooks)):
        assert planning.plan_deliveries(now=NOW) == 9
    assert planning.plan_deliveries(now=NOW) == 0
    assert {fresh(one).through_sequence for one in hooks} == {3}
    WebhookDelivery.objects.filter(webhook=hooks[0]).update(state="sent", sent_at=NOW)
    assert planning.plan_deliveries(now=NOW) == 3
    keeping.replay_webhook(webhook=hooks[0], by=None, after=4)
    WebhookDelivery.objects.filter(webhook=hooks[0], state="planned").update(state="cancelled")
    assert planning.plan_deliveries(now=NOW) == 3
    rows = WebhookDelivery.objects.filter(webhook=hooks[0]).order_by("pk")
    assert list(rows.values_list("sequence", "turn", "state")) == [
        (1, 1, "sent"), (2, 1, "sent"), (3, 1, "sent"),
        (4, 1, "cancelled"), (5, 1, "cancelled"), (6, 1, "cancelled"),
        (5, 2, "planned"), (6, 2, "planned"), (7, 2, "planned"),
    ]  # fmt: skip
    assert len(set(rows.values_list("message_id", flat=True))) == 9


def test_the_demonstration_is_told_only_to_those_who_ask_for_it(world):
    demo = factories.ProgrammeFactory(slug="demo", code="D", is_demo=True)
    shown = factories.CommitmentFactory(programme=demo, slug="demo-commitment")
    body = factories.OrganisationFactory(slug="demo-body", is_demo=True)
    happen(world.programme, world.body, world.commitment, demo, body, shown)
    asked = {
        "all": {},
        "test": {"programmes": ["test"]},
        "demo": {"programmes": ["demo"]},
        "both": {"programmes": ["demo", "test"]},
        "kinds": {"kinds": ["commitment"]},
        "other": {"programmes": ["elsewhere"]},
    }
    hooks = {name: factories.WebhookFactory(**said) for name, said in asked.items()}
    planning.plan_deliveries(now=NOW)

    assert {
        name: [sequence for sequence, _state, _tries in states(hook)]
        for name, hook in hooks.items()
    } == {
        "all": [1, 2, 3],
        "test": [1, 2, 3],
        "demo": [4, 5, 6],
        "both": [1, 2, 3, 4, 5, 6],
        "kinds": [3],
        "other": [2],
    }
    assert {fresh(hook).through_sequence for hook in hooks.values()} == {6}


def test_old_rows_are_forgotten_and_what_is_a_bodys_stays(db):
    old = NOW - timedelta(days=31)
    lapsed = factories.WebhookFactory(confirmed_at=None, made_at=NOW - timedelta(days=7))
    ended = factories.WebhookFactory(ended_at=old)
    kept = factories.WebhookFactory()
    factories.WebhookDeliveryFactory(webhook=ended)
    factories.WebhookDeliveryFactory(webhook=kept, state="sent", sent_at=old, made_at=old)
    factories.WebhookDeliveryFactory(webhook=kept, sequence=2, made_at=old)

    assert webhooks.tidy_webhooks(now=NOW) == 2
    assert list(Webhook.objects.all()) == [kept]
    assert list(Webhook.history.values_list("id", flat=True)) == [kept.pk]
    assert [sequence for sequence, _state, _tries in states()] == [2]
    assert lapsed.pk not in Webhook.history.values_list("id", flat=True)


def test_the_receiver_of_the_docs_takes_a_message_once_and_no_forged_one(world):
    page = (HOME / "docs" / "webhooks.md").read_text(encoding="utf-8")
    told = {}
    exec(page.partition("```python\n")[2].partition("```")[0], told)
    happen(world.commitment)
    with receiving() as receiver:
        webhook_to(receiver)
        beat(receiver)
        [sent] = receiver.sent
    seen = set()
    with time_machine.travel(NOW, tick=False):
        taken = [told["receive"](SECRET, sent.headers, sent.body, seen) for _twice in "ab"]
        with pytest.raises(WebhookVerificationError):
            told["receive"](SECRET, sent.headers, sent.body + b" ", seen)

    assert [one and one["sequence"] for one in taken] == [1, None]
