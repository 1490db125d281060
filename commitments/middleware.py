"""What holds for every page: who may keep its answer, in which letters it is asked, who writes."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from commitments.models import Route, User, written_by
from commitments.rules.addresses import is_private_path
from commitments.text.problems import PROBLEM, problem

PRIVATE = frozenset({"staff", "admin"})
"""The namespaces whose pages no cache may keep, refusals and redirects included."""

BY_MAIL = "mail"
"""What a link in a mail adds to its address as `via`; forms keep it."""

UTF8 = frozenset({"utf-8", "utf8"})

API = "/api/"

FLOOD = 5
"""How many of the largest files one form may bring."""

Answer = Callable[[HttpRequest], HttpResponse]


def keep_private(get_response: Answer) -> Answer:
    """Mark every answer of a private namespace, so that no view can forget it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        found = request.resolver_match
        is_named = found is not None and PRIVATE.intersection(found.namespaces)
        if is_named or is_private_path(request.path_info):
            response["Cache-Control"] = "private, no-store"
        return response

    return answer


def take_utf8_only(get_response: Answer) -> Answer:
    """Refuse a form in another encoding: some would bring letters that nothing can store."""

    def answer(request: HttpRequest) -> HttpResponse:
        if (request.encoding or "utf-8").lower() not in UTF8:
            if request.path_info.startswith(API):
                return _problem("unsupported-media-type")
            raise BadRequest
        return get_response(request)

    return answer


def take_no_flood(get_response: Answer) -> Answer:
    """Refuse unread what is larger than any form of ours; less is read past, and answered at
    its field (forms/uploads.py)."""

    def answer(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > FLOOD * settings.EVIDENCE_MAX_BYTES:
            if request.path_info.startswith(API):
                return _problem("too-large")
            return render(request, "413.html", status=413)
        return get_response(request)

    return answer


def _problem(kind: str) -> HttpResponse:
    """What a program is told: never a page."""
    body = problem(kind)
    return JsonResponse(body, status=body["status"], content_type=PROBLEM)


def name_the_hand(get_response: Answer) -> Answer:
    """Note for the house's history who writes, and by which route they came.

    Only where something may be written: a page that is read asks for no session.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return get_response(request)
        with written_by(_route_of(request), lambda: _person_of(request)):
            return get_response(request)

    return answer


def _person_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _route_of(request: HttpRequest) -> str:
    if request.path.startswith(API):
        return Route.API
    return Route.MAIL_LINK if request.GET.get("via") == BY_MAIL else Route.WEB
