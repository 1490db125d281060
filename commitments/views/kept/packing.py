"""What is sent is made small, in the way that the one who asks can read."""

import gzip
from functools import lru_cache

import brotli
from django.http import HttpResponse
from django.utils.text import compress_string

BROTLI, GZIP, PLAIN = "br", "gzip", ""
SMALL = 400
"""Bytes below which packing saves nothing: it all travels in one packet."""
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
TEXT_SUFFIXES = ("+json", "+xml")
MASK = 100
"""Up to so many random bytes hide how well a page with a secret in it packs (BREACH)."""


@lru_cache(maxsize=128)
def coding_for(accepted: str) -> str:
    """The best coding that an `Accept-Encoding` allows; a star is not taken at its word."""
    weights = dict(_weights(accepted[:500].lower()))
    return next((coding for coding in (BROTLI, GZIP) if weights.get(coding)), PLAIN)


def _weights(accepted: str) -> list[tuple[str, float]]:
    found = []
    for part in accepted.split(","):
        name, _semicolon, parameter = part.partition(";")
        try:
            weight = float(parameter.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        found.append((name.strip(), weight))
    return found


def is_packable(response: HttpResponse) -> bool:
    """Whether it is a text that is whole, not packed yet, and not named by a tag of its own."""
    kind = response.get("Content-Type", "").partition(";")[0]
    return (
        not response.streaming
        and not response.has_header("Content-Encoding")
        and not response.has_header("ETag")
        and (kind.startswith(TEXTS) or kind.endswith(TEXT_SUFFIXES))
        and len(response.content) >= SMALL
    )


def packed(body: bytes, coding: str) -> bytes:
    """The same bytes for the same body, always; quick rather than smallest."""
    if coding == BROTLI:
        small: bytes = brotli.compress(body, quality=4)
        return small
    return gzip.compress(body, 5, mtime=0) if coding == GZIP else body


def pack(response: HttpResponse, coding: str) -> None:
    """Pack an answer that everybody may read."""
    if coding and is_packable(response):
        _replace(response, packed(response.content, coding), coding)


def pack_secret(response: HttpResponse, coding: str) -> None:
    """Pack an answer that is for one person: masked, and never by brotli, which has no mask."""
    if coding and is_packable(response):
        masked = compress_string(response.content, max_random_bytes=MASK)
        _replace(response, masked, GZIP)


def _replace(response: HttpResponse, body: bytes, coding: str) -> None:
    response.content = body
    response["Content-Encoding"] = coding
    response["Content-Length"] = str(len(body))
