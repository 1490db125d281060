"""What holds for every page: who may keep its answer, and in which letters it is asked."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

PRIVATE = frozenset({"staff", "admin"})
"""The namespaces whose pages no cache may keep, refusals and redirects included."""

UTF8 = frozenset({"utf-8", "utf8"})

Answer = Callable[[HttpRequest], HttpResponse]


def keep_private(get_response: Answer) -> Answer:
    """Mark every answer of a private namespace, so that no view can forget it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        found = request.resolver_match
        if found is not None and PRIVATE.intersection(found.namespaces):
            response["Cache-Control"] = "private, no-store"
        return response

    return answer


def take_utf8_only(get_response: Answer) -> Answer:
    """Refuse a form in another encoding: some would bring letters that nothing can store."""

    def answer(request: HttpRequest) -> HttpResponse:
        if (request.encoding or "utf-8").lower() not in UTF8:
            raise BadRequest
        return get_response(request)

    return answer
