"""Webhooks without an account: the whole way, and everybody who would abuse it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from commitments.models import CitizenMail, PauseReason, Webhook, WebhookDelivery
from commitments.services import record
from commitments.services.citizen_addresses import end_of_address
from commitments.services.record import EDITORS
from commitments.services.sealing import unseal
from commitments.services.webhooks.stopping import stop
from commitments.text.citizen_links import OWN_WEBHOOK
from commitments.text.citizens import make_stamp, sign
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.services.citizens.outbox import link_in, send_due

PAGE = "/en/webhooks/"
ANNA = "anna@example.org"
HOOK = "https://receiver.example.org/hook"


@pytest.fixture
def client():
    """Nobody's: it would stumble over a form that needs a cookie."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def typed(email=ANNA, address=HOOK, **more):
    stamp = make_stamp("test-form", NOW - timedelta(minutes=1))
    return {"email": email, "address": address, "stamp": stamp, "homepage": ""} | more


def heading(answer):
    return answer.text.partition("<h1>")[2].partition("</h1>")[0]


def secret_in(answer):
    return re.search(r'value="(whsec_[^"]+)"', answer.text)[1]


def own_page(webhook):
    return f"{PAGE}own/{sign(OWN_WEBHOOK, webhook.nonce)}/"


def test_the_whole_way_without_a_cookie(world, client):
    record.publish(world.commitment, action="changed", by=EDITORS, effective_on=TODAY, now=NOW)
    assert 'name="stamp"' in client.get(PAGE).text
    asked = [client.post(PAGE, typed(kinds=["commitment"])) for _twice in "ab"]
    assert {one["Location"] for one in asked} == {f"{PAGE}sent/"}
    [message] = send_due(NOW)
    assert (message.to, HOOK in message.body) == ([ANNA], True)
    confirm = link_in(message, "/confirm/")
    assert heading(client.get(confirm)) == "Confirm: a webhook"
    assert Webhook.objects.get().confirmed_at is None  # reading acts on nothing
    done = client.post(confirm)
    webhook = Webhook.objects.get()
    assert (webhook.confirmed_at, webhook.through_sequence) == (NOW, 1)
    assert unseal(webhook.secret) == secret_in(done)
    assert done["Cache-Control"] == "private, no-store"
    again = client.post(confirm)
    assert (again.status_code, "whsec_" in again.text) == (200, False)
    own = client.get(confirm)["Location"]
    assert own == own_page(webhook)

    client.post(PAGE, typed())
    [link] = send_due(NOW)
    assert (link.subject, link_in(link, "/own/")) == ("Your webhook", own)
    factories.WebhookDeliveryFactory(webhook=webhook, state="dead", answer=500, tries=10)
    shown = client.get(own).text
    assert ("answered 500" in shown, ">event 1</a>" in shown) == (True, True)
    for deed, words in [
        ("test", "A test is on its way."),
        ("pause", "Paused."),
        ("resume", "It goes on."),
        ("again", "1 message is tried again."),
        ("replay", "Everything after that event is sent once more"),
    ]:
        answer = client.post(own, {"deed": deed, "after": "0"})
        assert (deed, answer.status_code, words in answer.text) == (deed, 200, True)
    rotated = secret_in(client.post(own, {"deed": "rotate"}))
    assert unseal(Webhook.objects.get().secret) == rotated
    assert "whsec_" not in client.get(own).text
    assert heading(client.get(own, {"as_of": "2026-01-10"})) == "Your webhook"
    assert list(WebhookDelivery.objects.order_by("pk").values_list("state", "sequence")) == [
        ("cancelled", 1),
        ("planned", None),
    ]
    ended = [client.post(own, {"deed": "end"}), client.post(own, {"deed": "end"}), client.get(own)]
    assert [(one.status_code, heading(one)) for one in ended] == [
        (200, "This webhook has ended"), (410, "This webhook has ended"),
        (410, "This webhook has ended"),
    ]  # fmt: skip
    left = (Webhook, WebhookDelivery, CitizenMail, Webhook.history.model)
    assert [model.objects.count() for model in left] == [0] * 4
    assert client.get(confirm).status_code == 410
    assert dict(client.cookies) == {}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"email": ""}, "Please enter your e-mail address."),
        ({"address": ""}, "Please give an address."),
        ({"address": "ftp://example.org/"}, "must begin with http:// or https://"),
        ({"address": "https://u:p@example.org/"}, "contains a user name or a password"),
        ({"address": "http://169.254.169.254/latest/"}, "lies inside a private network"),
        ({"address": "http://0x7f.1/"}, "lies inside a private network"),
        ({"address": "https://localhost/"}, "lies inside a private network"),
        ({"address": "https://example.org:22/"}, "Nothing is sent to port 22."),
        ({"kinds": ["nonsense"]}, "nonsense is not one of the available choices"),
        ({"programmes": ["nonsense"]}, "nonsense is not one of the available choices"),
        ({"name": "a\u202eb"}, "invisible character"),
        ({"homepage": "x"}, "A field that nobody sees was filled in"),
        ({"stamp": ""}, "This form was not complete."),
    ],
)
def test_refused_and_nothing_typed_is_lost(db, client, said, words):
    answer = client.post(PAGE, typed(**said))

    assert (answer.status_code, words in answer.text) == (422, True)
    assert said.get("address", HOOK) in answer.text
    assert Webhook.objects.count() == 0


def test_an_address_gets_few_mails_and_few_webhooks_whoever_asks(db, client, settings):
    for number in range(8):
        settings.CONFIRM_MAILS_PER_DAY = 100
        client.post(PAGE, typed(address=f"https://example.org/{number}"))
    assert (Webhook.objects.count(), CitizenMail.objects.count()) == (5, 5)
    settings.CONFIRM_MAILS_PER_DAY = 5
    assert client.post(PAGE, typed(address=HOOK))["Location"] == f"{PAGE}sent/"
    assert Webhook.objects.count() == 5
    settings.CITIZEN_FORMS_PER_HOUR = 1
    assert [client.post(PAGE, typed()).status_code for _ in range(3)][-1] == 429
    assert end_of_address(addresses=(ANNA,)) == 5
    assert Webhook.history.count() == 0


def test_links_of_others_open_nothing(db, client):
    webhook = factories.WebhookFactory(email=ANNA, confirmed_at=None, made_at=NOW)
    body = factories.OrganisationFactory()
    of_body = factories.WebhookFactory(email="", organisation=body, made_by=factories.UserFactory())
    token = sign("confirm-webhook", webhook.nonce)
    found = {
        name: client.get(f"{PAGE}{path}/", follow=True).status_code
        for name, path in {
            "forged": "own/nonsense.nonsense",
            "of another purpose": f"own/{token}",
            "not confirmed": f"own/{sign(OWN_WEBHOOK, webhook.nonce)}",
            "a body's": f"own/{sign(OWN_WEBHOOK, of_body.nonce)}",
            "to confirm": f"confirm/{token}",
        }.items()
    }
    assert found == {
        "forged": 404, "of another purpose": 404, "not confirmed": 410, "a body's": 410,
        "to confirm": 200,
    }  # fmt: skip
    Webhook.objects.filter(pk=webhook.pk).update(made_at=NOW - timedelta(days=7))
    assert client.post(f"{PAGE}confirm/{token}/").status_code == 410
    assert Webhook.objects.get(pk=webhook.pk).confirmed_at is None


@pytest.mark.parametrize(
    ("reason", "subject", "page"),
    [
        (PauseReason.FAILING, "A webhook was paused", "It was paused by itself"),
        (PauseReason.GONE, "A webhook was ended", "It has ended"),
    ],
)
def test_whoever_keeps_it_is_told_that_it_was_stopped(
    world, alice, dan, client, reason, subject, page
):
    own = factories.WebhookFactory(email=ANNA, language="en")
    of_body = factories.WebhookFactory(email="", organisation=world.body, made_by=alice)
    for webhook in (own, of_body):
        assert [stop(webhook=webhook, reason=reason, now=NOW) for _twice in "ab"] == [True, False]
    alice.memberships.update(ended_on=TODAY)  # so that an approver is told in her place
    mine, theirs = send_due(NOW)

    assert (mine.subject, mine.to, theirs.to) == (subject, [ANNA], ["dan@example.org"])
    assert page in client.get(link_in(mine, "/own/")).text
    assert link_in(theirs, "/webhooks/") == f"/en/staff/webhooks/{of_body.pk}/"
    assert client.post(own_page(own), {"deed": "nonsense"}).status_code == 422
    assert client.post(own_page(own), {"deed": "replay", "after": "9"}).status_code in (409, 422)
