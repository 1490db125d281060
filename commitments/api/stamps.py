"""What every public answer says of itself in its headers."""

from datetime import date, datetime
from typing import TypeVar, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.utils.timezone import get_current_timezone
from rest_framework.request import Request

from commitments.api.languages import AUTO
from commitments.api.wishes import LANG
from commitments.models import PublicEvent
from commitments.reports.parts import part

Answer = TypeVar("Answer", bound=HttpResponseBase)


class Dated(HttpRequest):
    """A request with the day that its answer speaks of; `as_of` is None for the present."""

    today: date
    as_of: date | None


def dated(request: Request) -> Dated:
    """The request as `views.past.travel` made it, with the day that it speaks of."""
    return cast(Dated, request._request)


def stamped(request: Request, answer: Answer) -> Answer:
    """Say when it changed last, and by which headers it was chosen."""
    patch_vary_headers(answer, ["Accept"])
    if request.query_params.get(LANG) == AUTO:
        patch_vary_headers(answer, ["Accept-Language"])
    if not dated(request).as_of and (changed := part("api changed", make=_last_event)):
        answer["Last-Modified"] = http_date(max(changed, _morning(request)).timestamp())
    return answer


def link(answer: HttpResponseBase, **addresses: str | None) -> None:
    """Name the pages beside this one (RFC 8288)."""
    said = [f'<{address}>; rel="{name}"' for name, address in addresses.items() if address]
    if said:
        answer["Link"] = ", ".join(said)


def _last_event() -> datetime | None:
    newest = PublicEvent.objects.order_by("-sequence").values_list("recorded_at", flat=True)
    return newest.first()


def _morning(request: Request) -> datetime:
    """What is worked out for a day changes when it begins, though nobody writes anything."""
    day = dated(request).today
    return datetime(day.year, day.month, day.day, tzinfo=get_current_timezone())
