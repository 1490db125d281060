"""Who may touch a webhook is asked by every deed, whichever page or program calls it."""

from functools import partial

import pytest

from commitments.errors import Forbidden, WrongState
from commitments.models import Webhook, WebhookDelivery
from commitments.services.webhooks import keeping
from tests import factories
from tests.factories.clock import NOW

SAID = {"address": "https://example.org/other", "name": "", "kinds": [], "programmes": []}
DEEDS = {
    "edit": partial(keeping.edit_webhook, **SAID),
    "pause": partial(keeping.pause_webhook, now=NOW),
    "resume": partial(keeping.resume_webhook, now=NOW),
    "rotate": partial(keeping.rotate_secret, now=NOW),
    "test": partial(keeping.send_test, now=NOW),
    "replay": partial(keeping.replay_webhook, after=0),
    "again": partial(keeping.send_again, delivery_id=None, now=NOW),
    "end": partial(keeping.end_webhook, now=NOW),
}


def refused(deed, **on):
    """The kind of refusal; None where it was done."""
    try:
        deed(**on)
    except (Forbidden, WrongState) as found:
        return type(found)
    return None


def test_each_deed_asks_who_may(world, alice, bob, erin):
    of_body = factories.WebhookFactory(email="", organisation=world.body, made_by=alice)
    citizens = factories.WebhookFactory()
    factories.WebhookDeliveryFactory(webhook=of_body, state="dead")
    before = list(Webhook.objects.values()), list(WebhookDelivery.objects.values())
    found = {
        (name, str(webhook.email), str(by)): refused(deed, webhook=webhook, by=by)
        for name, deed in DEEDS.items()
        for webhook, people in ((of_body, (bob, erin, None)), (citizens, (alice, bob)))
        for by in people
    }

    assert set(found.values()) == {Forbidden}, found
    assert (list(Webhook.objects.values()), list(WebhookDelivery.objects.values())) == before
    with pytest.raises(Forbidden):
        keeping.make_webhook(organisation=world.body, by=bob, now=NOW, **SAID)


def test_what_ended_or_is_not_confirmed_is_left_alone(world, alice):
    ended = factories.WebhookFactory(email="", organisation=world.body, made_by=alice, ended_at=NOW)
    unconfirmed = factories.WebhookFactory(confirmed_at=None)
    deeds = DEEDS | {"end": partial(keeping.end_webhook, now=NOW)}

    assert {refused(deed, webhook=ended, by=alice) for deed in deeds.values()} == {WrongState}
    del deeds["end"]  # whoever has the link may forget it in any state
    assert {refused(deed, webhook=unconfirmed, by=None) for deed in deeds.values()} == {WrongState}
    for _number in range(20):
        factories.WebhookFactory(email="", organisation=world.body, made_by=alice)
    make = partial(keeping.make_webhook, organisation=world.body, now=NOW, **SAID)
    assert refused(make, by=alice) is WrongState


def test_each_deed_is_done_by_a_member_of_the_body(world, alice):
    webhook = factories.WebhookFactory(email="", organisation=world.body, made_by=alice)

    assert {refused(deed, webhook=webhook, by=alice) for deed in DEEDS.values()} == {None}
    found = Webhook.objects.get()
    assert (found.address, found.turn, found.ended_at) == ("https://example.org/other", 2, NOW)
