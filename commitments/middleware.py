"""What is answered to people who logged in stays between them and the server."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PRIVATE = frozenset({"staff", "admin"})
"""The namespaces whose pages no cache may keep, refusals and redirects included."""

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
