"""Many workers at one moment, on real connections: every message once, in order."""

import pytest

from commitments.models import WebhookDelivery
from commitments.services import record
from commitments.services.record import EDITORS
from commitments.services.webhooks import delivery, planning
from tests.factories.clock import NOW, TODAY
from tests.services.notices.test_claim import at_once
from tests.services.webhooks.receiver import receiving, webhook_to

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]


def test_every_message_goes_once_and_in_order_however_many_send(world):
    rows = [world.commitment] * 6
    record.publish_many(rows, action="changed", by=EDITORS, effective_on=TODAY, now=NOW)
    with receiving() as receiver:
        webhook = webhook_to(receiver)
        at_once(lambda: planning.plan_deliveries(now=NOW), 4)
        assert WebhookDelivery.objects.count() == 6

        waiting = WebhookDelivery.objects.filter(state__in=("planned", "sending"))

        def work():
            """Whoever finds another at work looks again, as the next round would."""
            while waiting.exists():
                delivery.deliver_next(webhook.pk, now=NOW, client=receiver.client)

        at_once(work, 4)

    assert [one.said["data"]["sequence"] for one in receiver.sent] == [1, 2, 3, 4, 5, 6]
    assert set(WebhookDelivery.objects.values_list("state", "tries")) == {("sent", 1)}
