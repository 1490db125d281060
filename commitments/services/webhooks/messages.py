"""What a webhook is sent: an event in an envelope, signed as Standard Webhooks says."""

import base64
import hashlib
import hmac
from datetime import datetime
from secrets import token_bytes
from typing import Any

import orjson
from django.conf import settings

from commitments.models import PublicEvent, Webhook, WebhookDelivery
from commitments.services.record import content_of
from commitments.services.sealing import unseal
from commitments.text.canonical import instant

PREFIX = "whsec_"
TEST = "test"


def new_secret() -> str:
    return PREFIX + base64.b64encode(token_bytes(32)).decode()


def body_of(delivery: WebhookDelivery) -> bytes:
    """The message as bytes, the same at every try. Raises PublicEvent.DoesNotExist."""
    if delivery.sequence is None:
        data: dict[str, Any] = {"site": settings.SITE_URL, "number": delivery.turn}
        return _enveloped(TEST, delivery.made_at, data)
    event = PublicEvent.objects.get(sequence=delivery.sequence)
    data = content_of(event) | {"hash": event.hash}
    return _enveloped(f"{event.object_kind}.{event.action}", event.recorded_at, data)


def _enveloped(kind: str, at: datetime, data: dict[str, Any]) -> bytes:
    return orjson.dumps({"type": kind, "timestamp": instant(at), "data": data})


def headers_of(webhook: Webhook, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """Signed by the secret, for a day after it was changed by the former one as well.

    Raises ValueError where the secret cannot be read: SECRET_KEY is another one.
    """
    secrets = [webhook.secret]
    if webhook.former_until is not None and webhook.former_until > now:
        secrets.append(webhook.former_secret)
    at = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": at,
        "webhook-signature": " ".join(_signed(one, message_id, at, body) for one in secrets),
    }


def _signed(sealed: str, message_id: str, at: str, body: bytes) -> str:
    secret = unseal(sealed)
    if secret is None:
        raise ValueError("sealed under another key")
    key = base64.b64decode(secret.removeprefix(PREFIX))
    made = hmac.new(key, f"{message_id}.{at}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(made.digest()).decode()}"
