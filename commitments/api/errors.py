"""Every refusal as a problem of RFC 9457; never a page, never a trace."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from commitments.errors import Refusal
from commitments.text.problems import KINDS, Fault, Said, problem
from commitments.text.problems import PROBLEM as CONTENT_TYPE

NOT_FOUND = _("There is nothing at this address.")
NOT_ALLOWED = _("The method {method} cannot be used here.")
PARAMETERS = _("The request has parameters that cannot be accepted; none was applied.")
BODY = _("Some of what was sent cannot be accepted; nothing was kept.")
SERVER_ERROR = _("Something went wrong here. It was written down; please try again.")


class Problem(exceptions.APIException):
    """What is refused, by the name of its kind in `text.problems.KINDS`.

    `headers` are added to the answer. Raises KeyError for a kind that is not there.
    """

    def __init__(
        self,
        kind: str,
        text: Said = "",
        faults: Sequence[Fault] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.kind, self.text, self.faults = kind, text, list(faults)
        self.headers = headers or {}
        self.status_code = KINDS[kind].status


def bad_parameter(name: str, code: str, text: Said) -> Problem:
    return bad_parameters([Fault(name, code, text, in_query=True)])


def bad_parameters(faults: Sequence[Fault]) -> Problem:
    return Problem("invalid-parameter", PARAMETERS, faults)


def faults_of(errors: Iterable[tuple[str, ValidationError]], *, in_query: bool) -> list[Fault]:
    """What Django's forms found, each said anew in every language."""
    return [
        Fault(where, one.code or "invalid", _later(one), in_query)
        for where, error in errors
        for one in error.error_list
    ]


def _later(error: ValidationError) -> Said:
    if error.code == "null_characters_not_allowed":
        return _NULL  # Django says it in English only
    return lambda: " ".join(error.messages)


_NULL = _("This text holds a null character. Please delete it.")


OF_CODE = {
    "as_of_in_future": "date-in-future",
    "done_in_future": "date-in-future",
    "stated_in_future": "date-in-future",
    "commitment_closed": "commitment-closed",
    "period_closed": "period-closed",
    "draft_is_about_something_else": "draft-exists",
    "stale": "precondition-failed",
    "changed_since_read": "precondition-failed",
    "own_work": "own-work",
    "draft_exists": "draft-exists",
    "reference_taken": "reference-taken",
    "key_reused": "key-reused",
}
"""Refusals of the services that are kinds of their own."""
OF_STATUS = {403: "forbidden", 404: "not-found", 409: "wrong-state", 422: "invalid-body"}


def problem_of(refused: Refusal, *, under: str = "") -> Problem:
    """What a service refused, at the field to blame; `under` is the pointer to the whole.

    It is of a kind of its own when all that is refused is of that kind.
    """
    kinds = {OF_CODE.get(one.code, OF_STATUS[one.status]) for one in refused.refusals}
    general = OF_STATUS[refused.status]
    kind = kinds.pop() if len(kinds) == 1 else general
    if KINDS[kind].status == 422:
        faults = [
            Fault(f"{under}/{one.field}" if one.field else under, one.code, one.text)
            for one in refused.refusals
        ]
        return Problem(kind, BODY, faults)
    return Problem(kind, refused.text if len(refused.refusals) == 1 else "")


def answer_problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's handler in the words of RFC 9457; what it does not know stays a server error."""
    found = _as_problem(exc)
    if found is None:
        return None
    answered = exception_handler(exc, context)
    response = answered or Response()
    response.status_code = found.status_code
    response.data = problem(found.kind, found.text, found.faults)
    response.content_type = CONTENT_TYPE
    for name, value in found.headers.items():
        response[name] = value
    return response


_OF_DRF: list[tuple[type[Exception], str, str | Promise]] = [
    (Http404, "not-found", NOT_FOUND),
    (exceptions.NotFound, "not-found", NOT_FOUND),
    (exceptions.ParseError, "invalid-json", ""),
    (exceptions.UnsupportedMediaType, "unsupported-media-type", ""),
    (exceptions.NotAuthenticated, "token-missing", ""),
    (exceptions.AuthenticationFailed, "token-unknown", ""),
    (exceptions.PermissionDenied, "forbidden", ""),
    (PermissionDenied, "forbidden", ""),
    (exceptions.NotAcceptable, "not-acceptable", ""),
    (exceptions.Throttled, "too-many-requests", ""),
]


def _as_problem(exc: Exception) -> Problem | None:
    if isinstance(exc, Problem):
        return exc
    if isinstance(exc, Refusal):
        return problem_of(exc)
    if isinstance(exc, exceptions.MethodNotAllowed):
        text = format_lazy(NOT_ALLOWED, method=exc.args[0] if exc.args else "?")
        return Problem("method-not-allowed", text)
    for of_library, kind, said in _OF_DRF:
        if isinstance(exc, of_library):
            return Problem(kind, said)
    return None


def server_error(request: HttpRequest) -> HttpResponse:
    """The root's handler of what nobody foresaw: a problem under /api/, else the page."""
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    body = problem("server-error", SERVER_ERROR)
    return HttpResponse(orjson.dumps(body), status=500, content_type=CONTENT_TYPE)
