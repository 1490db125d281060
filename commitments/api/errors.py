"""Every refusal as a problem of RFC 9457; never a page."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from commitments.text.problems import PROBLEM as CONTENT_TYPE
from commitments.text.problems import problem


def answer_problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's handler in the words of RFC 9457; what it does not know stays a server error."""
    response = exception_handler(exc, context)
    if response is None:
        return None
    said = response.data
    detail = said.get("detail", "") if isinstance(said, dict) else ""
    errors = []
    if isinstance(exc, Http404):
        detail = _("There is nothing at this address.")
    if isinstance(exc, ValidationError):
        detail = _("The request has parameters that cannot be accepted; none was applied.")
        errors = list(_errors(exc.detail))
    response.data = problem(response.status_code, str(detail), errors)
    response.content_type = CONTENT_TYPE
    return response


def _errors(detail: Any) -> Iterator[dict[str, str]]:
    for parameter, said in detail.items():
        for one in said:
            code = getattr(one, "code", None) or "invalid"
            yield {"parameter": parameter, "code": code, "detail": str(one)}


def server_error(request: HttpRequest) -> HttpResponse:
    """The root's handler of what nobody foresaw: a problem under /api/, else the page."""
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    body = problem(500, _("Something went wrong here. It was written down; please try again."))
    return HttpResponse(orjson.dumps(body), status=500, content_type=CONTENT_TYPE)
