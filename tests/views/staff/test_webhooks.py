"""The webhooks of a body on its own pages: made, kept and seen by its members alone."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.models import Webhook, WebhookDelivery
from commitments.services.sealing import unseal
from tests import factories
from tests.factories.clock import NOW

HOOK = "https://receiver.example.org/hook"
LIST = "/en/staff/organisations/test-lead/webhooks/"


def test_a_reporter_makes_one_and_sees_its_secret_once(world, alice, client):
    client.force_login(alice)
    assert "This body has no webhook" in client.get(LIST).text
    assert LIST in client.get("/en/staff/account/").text
    refused = client.post(f"{LIST}add/", {"address": "http://10.0.0.1/", "name": "Test store"})
    assert refused.status_code == 422
    assert 'href="#id_address"' in refused.text
    made = client.post(f"{LIST}add/", {"address": HOOK, "programmes": ["test"]})
    webhook = Webhook.objects.get()
    assert unseal(webhook.secret) == re.search(r'value="(whsec_[^"]+)"', made.text)[1]
    assert (webhook.organisation, webhook.made_by, webhook.programmes) == (
        world.body, alice, ["test"],
    )  # fmt: skip
    page = f"/en/staff/webhooks/{webhook.pk}/"
    assert "whsec_" not in client.get(page).text
    assert client.post(f"{page}edit/", {"address": HOOK, "name": "Test store"})["Location"] == page
    assert "Test store" in client.get(LIST).text
    assert client.post(page, {"deed": "pause"})["Location"] == page
    assert "Paused" in client.get(page).text
    assert client.post(page, {"deed": "nonsense"}).status_code == 422
    assert client.post(page, {"deed": "replay", "after": "x"}).status_code == 422
    assert client.post(page, {"deed": "end"})["Location"] == LIST
    assert client.post(page, {"deed": "test"}).status_code == 409
    assert "It cannot be taken back" not in client.get(page).text


def test_messages_are_listed_narrowed_and_sent_again(world, alice, client):
    webhook = factories.WebhookFactory(email="", organisation=world.body, made_by=alice)
    client.force_login(alice)
    page = f"/en/staff/webhooks/{webhook.pk}/"
    client.get(page)
    factories.PublicEventFactory(sequence=1)

    def row(sequence, **said):
        return factories.WebhookDeliveryFactory(webhook=webhook, sequence=sequence, **said)

    gone = row(1, state="dead", tries=10, last_error="not_public")
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for number in range(2, 30):
        row(number, state="sent", sent_at=NOW, answer=200, tries=1)
    with CaptureQueriesContext(connection) as many:
        first = client.get(page).text
    assert len(many) == len(one)
    assert first.count("answered 200") == 20
    row(40, state="failed", tries=1, last_error="timeout")
    assert (
        "The last answer: no answer in time. The next try is on 1 June 2026"
        in client.get(page).text
    )
    dead = client.get(page, {"show": "dead"}).text
    assert "the address leads into a private network" in dead
    assert dead.count('id="message-') == 1
    assert client.get(page, {"show": "\x00", "page": "9" * 50}).status_code == 200
    client.post(page, {"deed": "again", "which": str(gone.pk)})
    assert WebhookDelivery.objects.get(pk=gone.pk).state == "planned"


def test_nobody_else_sees_or_touches_it(world, alice, bob, erin, client):
    webhook = factories.WebhookFactory(email="", organisation=world.body, made_by=alice)
    citizens = factories.WebhookFactory()
    for person in (bob, erin):
        client.force_login(person)
        for page in (webhook, citizens):
            asked = [
                client.get(f"/en/staff/webhooks/{page.pk}/"),
                client.get(f"/en/staff/webhooks/{page.pk}/edit/"),
                client.post(f"/en/staff/webhooks/{page.pk}/", {"deed": "end"}),
            ]
            assert [one.status_code for one in asked] == [404] * 3
        assert [client.get(LIST).status_code, client.get(f"{LIST}add/").status_code] == [403] * 2
    assert Webhook.objects.standing().count() == 2
    factories.WebhookDeliveryFactory(webhook=webhook)
    factories.WebhookDeliveryFactory(webhook=citizens, state="dead", made_at=timezone.now())
    seen = " ".join(
        client.get("/en/staff/reminders/").text.split()
    )  # numbers, and nobody's address
    for said in ("1 waits", "2 webhooks listen", "1 message was given up in the last 14 days"):
        assert said in seen
    assert webhook.address not in seen
