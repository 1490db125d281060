"""How many requests a minute one token or one address may make of the API."""

import time
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

import orjson
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.api.addresses import address_of
from commitments.rules.addresses import is_private_path
from commitments.text.problems import PROBLEM, problem

API = "/api/"
WINDOW = 60
"""Seconds after which everything may be asked again."""
HEADERS = ("RateLimit", "RateLimit-Policy")
"""What is one client's own, and never kept with a page (IETF draft ratelimit-headers)."""
TOKEN, NO_TOKEN = "token", "no-token"
UNAUTHORISED = 401
TOO_MANY = _("More than {most} requests in a minute. Please go on in {seconds} seconds.")

Answer = Callable[[HttpRequest], HttpResponse]


class Left(NamedTuple):
    """What is left of a minute: `most` in it, `left` of them, `seconds` until the next."""

    name: str
    most: int
    left: int
    seconds: int

    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.most};w={WINDOW}',
            "RateLimit": f'"{self.name}";r={max(self.left, 0)};t={self.seconds}',
        }


def limit(get_response: Answer) -> Answer:
    """Middleware: counts what is answered anew; a page that is kept is given without counting.

    What a token opens is counted by token, all else by address; so is a token that is none, for
    whoever makes them up could have as many counts as they like.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            return get_response(request)
        left = _count(request)
        if left is None:
            return get_response(request)
        response = _refused(left) if left.left < 0 else get_response(request)
        if response.status_code == UNAUTHORISED and left.name == TOKEN:
            _one_more(NO_TOKEN, address_of(request), left.most)
        for name, value in left.headers().items():
            response[name] = value
        return response

    return answer


def _count(request: HttpRequest) -> Left | None:
    """One more; None where nothing is limited."""
    sent = request.META.get("HTTP_AUTHORIZATION", "")
    own = bool(sent) and is_private_path(request.path_info)
    name, most = (TOKEN, settings.API_CALLS_A_MINUTE) if own else ("address", _most_reads())
    if not most:
        return None
    if own and cache.get(_key(NO_TOKEN, address_of(request), _now()), 0) >= most:
        return Left(NO_TOKEN, most, -1, WINDOW - _now() % WINDOW)
    return _one_more(name, sent if own else address_of(request), most)


def _one_more(name: str, who: str, most: int) -> Left:
    now = _now()
    key = _key(name, who, now)
    cache.add(key, 0, WINDOW * 2)
    try:
        count = cache.incr(key)
    except ValueError:  # it went out of the cache between the two lines
        count = 1
    return Left(name, most, most - count, WINDOW - now % WINDOW)


def _now() -> int:
    """The limit is about the machine's time, not about the record's."""
    return int(time.time())


def _key(name: str, who: str, now: int) -> str:
    return f"api-limit:{name}:{sha256(who.encode()).hexdigest()[:32]}:{now // WINDOW}"


def _most_reads() -> int:
    most: int = settings.API_READS_A_MINUTE
    return most


def _refused(left: Left) -> HttpResponse:
    text = format_lazy(TOO_MANY, most=left.most, seconds=left.seconds)
    body = orjson.dumps(problem("too-many-requests", text))
    headers = {"Retry-After": str(left.seconds)}
    return HttpResponse(body, status=429, content_type=PROBLEM, headers=headers)
