"""A receiver of webhooks: a real server that answers by statuses, and reads what it was sent."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import orjson

from commitments.gateways.outgoing import Limits, Outgoing
from commitments.models import Webhook, WebhookDelivery
from commitments.services.sealing import seal
from commitments.services.webhooks import delivery, planning
from commitments.services.webhooks.messages import new_secret
from tests import factories
from tests.factories.clock import NOW
from tests.gateways.receiving import HERE, Names, serving

SECRET = new_secret()
LIMITS = Limits(connect=1, read=1, total=2)


@dataclass
class Sent:
    """One request: its headers, in small letters, and its body."""

    headers: dict
    body: bytes

    @property
    def id(self):
        return self.headers["webhook-id"]

    @property
    def said(self):
        return orjson.loads(self.body)


@dataclass
class Receiver:
    port: int
    asked: list
    client: Outgoing = field(init=False)

    def __post_init__(self):
        self.client = Outgoing(LIMITS, also={HERE}, ports={self.port}, resolve=Names([HERE]))

    @property
    def address(self):
        return f"http://hooks.example.org:{self.port}/hook"

    @property
    def sent(self):
        return [_read(one) for one in self.asked]

    @property
    def ids(self):
        return [one.id for one in self.sent]


def _read(text):
    head, _blank, body = text.partition("\r\n\r\n")
    lines = [line.split(": ", 1) for line in head.split("\r\n")[1:]]
    return Sent({name.lower(): value for name, value in lines}, body.encode())


def says(status, *headers):
    return "\r\n".join([f"HTTP/1.1 {status} Test", *headers, "Content-Length: 0", "", ""]).encode()


@contextmanager
def receiving(*statuses):
    """Each status once, the last for ever; one may be bytes or a callable, as `serving` takes."""
    answers = [says(one) if isinstance(one, int) else one for one in statuses or (200,)]
    with serving(*answers) as (port, asked):
        yield Receiver(port, asked)


def webhook_to(receiver, **columns):
    said = {"address": receiver.address, "secret": seal(SECRET)}
    return factories.WebhookFactory(**said | columns)


def beat(receiver, now=NOW):
    """As the jobs do: plan, then send each webhook what is due while it answers."""
    planning.plan_deliveries(now=now)
    for webhook_id in delivery.webhooks_to_send(now=now):
        while delivery.deliver_next(webhook_id, now=now, client=receiver.client) is (
            delivery.Outcome.GO_ON
        ):
            pass


def states(webhook=None):
    rows = WebhookDelivery.objects.order_by("pk")
    rows = rows.filter(webhook=webhook) if webhook else rows
    return list(rows.values_list("sequence", "state", "tries"))


def waits(now=NOW):
    """Seconds after which each message is tried next."""
    rows = WebhookDelivery.objects.waiting().order_by("pk")
    return [
        round((at - now) / timedelta(seconds=1))
        for at in rows.values_list("next_try_at", flat=True)
    ]


def fresh(webhook):
    return Webhook.objects.get(pk=webhook.pk)
