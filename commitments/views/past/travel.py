"""Says of which day a page is to speak, and takes it there."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from commitments.errors import Refusal
from commitments.reports import standings
from commitments.reports.replay import Moment, begun_at
from commitments.rules.addresses import is_private_path
from commitments.services.worlds import entered, world_of
from commitments.text.problems import PROBLEM, Fault, problem
from commitments.views.past.asked import DAY, VERSION, moment_of
from commitments.views.past.links import keep_the_day
from commitments.views.public._page import PublicRequest

SAFE = frozenset({"GET", "HEAD"})
API = "/api/"
TIMELESS = ("/healthz", "/data/")
"""What has no past: the health of the house, and files that never change."""
A_MINUTE = "60"
_KINDS = {400: "invalid-parameter", 404: "not-found", 503: "unavailable"}
Answer = Callable[[HttpRequest], HttpResponse]


def travel(get_response: Answer) -> Answer:
    """Answer a page that asks for a past moment out of the record as it stood then.

    Every page that can be read has a past, but the staff's. The view does not know: it takes the
    day from its request, and every query goes to that day's database (`services.worlds`).
    """

    def answer(request: HttpRequest) -> HttpResponse:
        dated = cast(PublicRequest, request)
        dated.today = dated.present = localdate()
        dated.as_of, dated.version, dated.begun_on = None, None, None
        if not _may_travel(request):
            return get_response(request)
        try:
            moment = moment_of(request.GET, dated.today)
            return get_response(request) if moment is None else _there(dated, moment, get_response)
        except Refusal as refused:
            return _refused(dated, refused)

    return answer


def _may_travel(request: HttpRequest) -> bool:
    asks, path = DAY in request.GET or VERSION in request.GET, request.path_info
    has_past = not is_private_path(path) and not path.startswith(TIMELESS)
    return asks and request.method in SAFE and has_past


def _there(request: PublicRequest, moment: Moment, get_response: Answer) -> HttpResponse:
    with entered(world_of(moment)), standings.kept_for(moment.on):
        request.today = request.as_of = moment.on
        request.version = moment.version
        begun = begun_at()
        request.begun_on = localdate(begun) if begun else None
        response = get_response(request)
        if isinstance(response, StreamingHttpResponse):
            # What is written later would be asked of the present.
            response.streaming_content = list(response)
    response["X-Robots-Tag"] = "noindex"
    return response if isinstance(response, StreamingHttpResponse) else _dated(response, moment)


def _dated(response: HttpResponse, moment: Moment) -> HttpResponse:
    """The page with its day in every link."""
    if response.get("Content-Type", "").startswith("text/html"):
        name = DAY if moment.version is None else VERSION
        value = moment.on.isoformat() if moment.version is None else str(moment.version)
        response.content = keep_the_day(response.content.decode(), name, value)
    return response


def _refused(request: PublicRequest, refused: Refusal) -> HttpResponse:
    status = refused.status if refused.status in (404, 503) else 400
    headers = {"Retry-After": A_MINUTE} if status == 503 else {}
    if request.path_info.startswith(API):
        fault = Fault(refused.field or DAY, refused.code, refused.text, in_query=True)
        body = problem(_KINDS[status], refused.text, [fault])
        return JsonResponse(body, status=status, content_type=PROBLEM, headers=headers)
    context = {"refused": refused, "typed": request.GET.get(refused.field or DAY, "")[:60]}
    page = render(request, "public/past/refused.html", context, status=status)
    for name, value in headers.items():
        page[name] = value
    return page
