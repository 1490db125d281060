"""Lets pages of other hosts read the public API; what a token opens is for programs alone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from commitments.rules.addresses import is_private_path
from commitments.rules.negotiation import OPEN

A_DAY = 24 * 60 * 60
_MAY = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": str(A_DAY),
}


def open_to_all(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every public answer under /api/ may be read from anywhere, without cookies.

    A browser that asks whether it may ask is answered here.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/") or is_private_path(request.path_info):
            return get_response(request)
        asks_first = "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META
        if request.method == "OPTIONS" and asks_first:
            return HttpResponse(status=204, headers=OPEN | _MAY)
        response = get_response(request)
        for name, value in (OPEN | (_MAY if request.method == "OPTIONS" else {})).items():
            response[name] = value
        return response

    return answer
