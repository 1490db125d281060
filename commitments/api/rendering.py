"""Answers are JSON, whatever a client says it would like."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from commitments.text.canonical import decimal_text


class OrjsonRenderer(BaseRenderer):
    """Writes JSON with orjson."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=spelt)


def spelt(value: Any) -> str:
    """What orjson does not know: decimals as exact text, translations in the reader's language."""
    match value:
        case Decimal():
            return decimal_text(value)
        case Promise():
            return str(value)
    raise TypeError(f"{type(value).__name__} is not for JSON")


class AlwaysFirst(BaseContentNegotiation):
    """Takes the first parser and renderer: a browser's `Accept` is no reason to refuse."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type
