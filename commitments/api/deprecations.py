"""What of the API will go, since when that is known, and until when it works."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from commitments.rules.addresses import is_private_path

NOTICE = timedelta(days=365)
"""At least so long something works after it was said that it will go."""
CHANGES = "/api/changes/"
EXPOSED = "Access-Control-Expose-Headers"
Answer = Callable[[HttpRequest], HttpResponse]


class Ending(NamedTuple):
    """An address as the document spells it, or one parameter of it, that will go.

    It is said from the start of `since` (UTC) and works until the start of `until`; `anchor` is
    the place on the page of changes that tells what to use instead. Raises ValueError from `check`
    where it is not said for long enough.
    """

    path: str
    since: date
    until: date
    anchor: str
    parameter: str = ""

    def check(self) -> "Ending":
        if self.until - self.since < NOTICE:
            raise ValueError(f"{self.path} would go less than a year after it was said.")
        return self

    def meets(self, request: HttpRequest) -> bool:
        if self.parameter and self.parameter not in request.GET:
            return False
        return bool(_pattern(self.path).fullmatch(request.path_info))

    def headers(self) -> dict[str, str]:
        """RFC 9745, RFC 8594, and where it is explained."""
        where = f"{settings.SITE_URL}{CHANGES}#{self.anchor}"
        return {
            "Deprecation": f"@{_instant(self.since)}",
            "Sunset": http_date(_instant(self.until)),
            "Link": f'<{where}>; rel="deprecation"; type="text/html"',
        }


ENDINGS: tuple[Ending, ...] = ()
"""All that will go; nothing of version 1 will as yet."""


def announce(get_response: Answer) -> Answer:
    """Middleware: what will go says so in every answer, the first to go where it is several."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        ending = min(
            (one for one in ENDINGS if one.meets(request)), key=lambda one: one.until, default=None
        )
        return _told(response, ending, request) if ending else response

    return answer


def _told(response: HttpResponse, ending: Ending, request: HttpRequest) -> HttpResponse:
    for name, value in ending.headers().items():
        before = response.get(name, "") if name == "Link" else ""
        response[name] = f"{before}, {value}" if before else value
    if not is_private_path(request.path_info) and response.get(EXPOSED, "*") != "*":
        response[EXPOSED] = f"{response[EXPOSED]}, Deprecation, Sunset"
    return response


def mark(paths: dict[str, Any]) -> None:
    """Say it in the document: of an operation, or of one of its parameters."""
    for ending in ENDINGS:
        for operation in paths[ending.path].values():
            if not ending.parameter:
                operation["deprecated"] = True
            for one in operation.get("parameters", []):
                if one["name"] == ending.parameter:
                    one["deprecated"] = True


def _pattern(path: str) -> re.Pattern[str]:
    """Of an address with slots, as `/api/v1/gaps/{number}/`."""
    parts = re.split(r"\{[^}]*\}", path)
    return re.compile("[^/]+".join(re.escape(part) for part in parts))


def _instant(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
