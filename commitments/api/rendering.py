"""In which form an answer is given: JSON always, lists as files too."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from commitments.rules.negotiation import CSV, JSON, MEDIA_TYPES, NDJSON, XLSX, form_for
from commitments.text.canonical import decimal_text


class OrjsonRenderer(BaseRenderer):
    """Writes JSON with orjson."""

    media_type = MEDIA_TYPES[JSON]
    format = JSON
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else dumped(data)


class CsvRenderer(OrjsonRenderer):
    """Names the form; the file itself is streamed by `exporting`, refusals stay JSON."""

    media_type, format = MEDIA_TYPES[CSV], CSV


class NdjsonRenderer(OrjsonRenderer):
    """Names the form, as above."""

    media_type, format = MEDIA_TYPES[NDJSON], NDJSON


class XlsxRenderer(OrjsonRenderer):
    """Names the form, as above."""

    media_type, format = MEDIA_TYPES[XLSX], XLSX


FILES: tuple[type[OrjsonRenderer], ...] = (CsvRenderer, NdjsonRenderer, XlsxRenderer)


def dumped(data: Any) -> bytes:
    return orjson.dumps(data, default=spelt)


def spelt(value: Any) -> str:
    """What orjson does not know: decimals as exact text, translations in the reader's language."""
    match value:
        case Decimal():
            return decimal_text(value)
        case Promise():
            return str(value)
    raise TypeError(f"{type(value).__name__} is not for JSON")


class ByAccept(BaseContentNegotiation):
    """The form that `Accept` likes best; the address may name one instead (`wishes.form_asked`).

    A browser's `Accept` is no reason to refuse: it is shown JSON.
    """

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        known = {one.format: one for one in renderers}
        form = request.query_params.get("format") or form_for(request.META.get("HTTP_ACCEPT", ""))
        if form not in known and request.query_params.get("format"):
            form = JSON  # refused as a parameter, by name
        if form not in known:
            raise NotAcceptable
        return known[form], known[form].media_type
