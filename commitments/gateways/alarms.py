"""Alarms are handed to the operator's own service, which tells people by a way of its own."""

import json
import logging
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT = 5.0
"""Seconds that connecting and each answer may take."""

logger = logging.getLogger(__name__)


class _NoRedirects(HTTPRedirectHandler):
    """Somebody else's address is not the one that the operator gave."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def post(address: str, said: Mapping[str, object]) -> bool:
    """Post what is said as JSON; whether it was taken. An error is logged and never raised.

    The address may hold a secret: only its host is logged.
    """
    if not address.startswith(("https://", "http://")):
        logger.error("The alarm was not handed on: ALARM_WEBHOOK is no address of the web.")
        return False
    headers = {"Content-Type": "application/json", "User-Agent": "cam-ket"}
    try:
        request = Request(address, json.dumps(said).encode(), headers, method="POST")
        with build_opener(_NoRedirects).open(request, timeout=TIMEOUT):
            return True
    except (OSError, HTTPException, ValueError) as error:
        kind = f"{type(error).__name__} {getattr(error, 'code', '')}".strip()
        logger.error("The alarm was not taken by %s: %s", _host(address), kind)
        return False


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or "?"
    except ValueError:
        return "?"
