"""Reads a body as JSON without guessing: every slip is refused, and no figure becomes a float."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from commitments.api.errors import Problem

MEDIA_TYPE = "application/json"
LARGEST = 1024 * 1024
"""The most bytes of a body of JSON."""

NOT_JSON = _("Please send the body as “Content-Type: application/json”.")
TOO_LARGE = _("The body has more than {most} bytes. Please send it in parts.")
TWICE = _("The member “{name}” stands twice in one object.")
UNREADABLE = _("The body cannot be read as JSON in UTF-8.")
EMPTY = _("There is no body. Please send a JSON object.")
BROKEN_OFF = _("The body did not arrive whole. Please send it again.")


class StrictJson(BaseParser):
    """Names the media type for the document; `body_of` does the reading."""

    media_type = MEDIA_TYPE


def raw_body(request: Request) -> bytes:
    """The bytes as they came; refused where they are of another type, or too many."""
    plain = request._request
    if plain.content_type != MEDIA_TYPE:
        raise Problem("unsupported-media-type", NOT_JSON)
    refuse_large(request)
    try:
        raw: bytes = _in_chunks(request) if is_chunked(request) else plain.body
    except (RequestDataTooBig, RawPostDataException):
        raise Problem("too-large", format_lazy(TOO_LARGE, most=LARGEST)) from None
    except UnreadablePostError:
        raise Problem("invalid-json", BROKEN_OFF) from None
    if len(raw) > LARGEST:
        raise Problem("too-large", format_lazy(TOO_LARGE, most=LARGEST))
    return raw


def is_chunked(request: Request) -> bool:
    """Sent in chunks of which nobody says how many there are; Django would read none of them."""
    return "chunked" in request.headers.get("Transfer-Encoding", "").lower()


def _in_chunks(request: Request) -> bytes:
    content: bytes = request.META["wsgi.input"].read(LARGEST + 1)
    return content


def refuse_large(request: Request) -> None:
    """Refuse unread what announces itself as too large."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if announced.isdigit() and int(announced) > LARGEST:
        raise Problem("too-large", format_lazy(TOO_LARGE, most=LARGEST))


def read_json(raw: bytes) -> Any:
    """What the bytes say, numbers as int and Decimal.

    Refused: what is not JSON or not UTF-8, halves of letters, NaN, a member that stands twice, a
    number or a nesting that nobody could mean.
    """
    if not raw.strip():
        raise Problem("invalid-json", EMPTY)
    try:
        orjson.loads(raw)  # sees what Python's own reader lets pass
        return json.loads(raw, parse_float=Decimal, object_pairs_hook=_each_once)
    except (ValueError, RecursionError, InvalidOperation):
        raise Problem("invalid-json", UNREADABLE) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Problem("invalid-json", format_lazy(TWICE, name=name[:100]))
        found[name] = value
    return found
