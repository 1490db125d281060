"""Lets pages of other hosts read the public API; what a token opens is for programs alone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from commitments.rules.addresses import is_private_path


def open_to_all(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every public answer under /api/ may be read from anywhere, without cookies."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/api/") and not is_private_path(request.path_info):
            response["Access-Control-Allow-Origin"] = "*"
            if request.method == "OPTIONS":
                response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
                response["Access-Control-Allow-Headers"] = "*"
        return response

    return answer
