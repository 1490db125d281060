"""Alarms are handed to the operator's own service, which tells people by a way of its own."""

import json
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from commitments.gateways.outgoing import Limits, Outgoing

TIMEOUT = 5.0
"""Seconds that all of it may take."""

logger = logging.getLogger(__name__)


def post(address: str, said: Mapping[str, object]) -> bool:
    """Post what is said as JSON; whether it was taken. An error is logged and never raised.

    The operator set the address, so that it may be an inner one. It may hold a secret: only its
    host is logged.
    """
    if not address.startswith(("https://", "http://")):
        logger.error("The alarm was not handed on: ALARM_WEBHOOK is no address of the web.")
        return False
    client = Outgoing(Limits(connect=TIMEOUT, read=TIMEOUT, total=TIMEOUT), trusts=True)
    answer = client.post(address, json.dumps(said).encode(), {"Content-Type": "application/json"})
    if answer.is_taken:
        return True
    kind = answer.fault.value if answer.fault else f"status {answer.status}"
    logger.error("The alarm was not taken by %s: %s", _host(address), kind)
    return False


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or "?"
    except ValueError:
        return "?"
