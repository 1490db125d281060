"""The addresses of the API. Rows stand under the keys that they have in the public record."""

from typing import Any

from django.http import Http404
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from commitments.api import changes, document, problems
from commitments.api.own.routes import routes as own
from commitments.api.viewsets import bodies, commitments, events, findings, search, updates

NOUNS: list[tuple[str, str, Any, str]] = [
    ("programmes", "programme", bodies.ProgrammeViewSet, "<slug:slug>"),
    ("priorities", "priority", bodies.PriorityViewSet, "<slug:programme>/<slug:slug>"),
    ("commitments", "commitment", commitments.CommitmentViewSet, "<slug:slug>"),
    ("updates", "update", updates.StatusUpdateViewSet, "<slug:commitment>/<int:number>"),
    (
        "evidence",
        "evidence",
        updates.EvidenceViewSet,
        "<slug:commitment>/<int:number>/<slug:source>",
    ),
    ("organisations", "organisation", bodies.OrganisationViewSet, "<slug:slug>"),
    ("acceptances", "acceptance", bodies.AcceptanceViewSet, "<slug:programme>/<slug:organisation>"),
    ("indicators", "indicator", bodies.IndicatorViewSet, "<slug:slug>"),
    ("instruments", "instrument", bodies.InstrumentViewSet, "<slug:slug>"),
    ("sources", "source", bodies.SourceViewSet, "<slug:slug>"),
    ("recognitions", "recognition", findings.RecognitionViewSet, "<int:number>"),
    ("record-notes", "record-note", findings.RecordNoteViewSet, "<int:number>"),
    ("contradictions", "contradiction", findings.ContradictionViewSet, "<int:number>"),
    ("gaps", "gap", findings.GapViewSet, "<int:number>"),
    ("events", "event", events.EventViewSet, "<int:sequence>"),
]


@extend_schema(exclude=True)
@api_view(["GET"])
def root(request: Request) -> Response:
    """Every list by its name, and where they are described."""
    lists = {
        plural: reverse(f"api:{noun}-list", request=request) for plural, noun, _view, _key in NOUNS
    }
    lists["search"] = reverse("api:search", request=request)
    described = {name: reverse(f"api-{name}", request=request) for name in ("docs", "schema")}
    return Response(lists | described)


class Nowhere(APIView):
    """Any other address under /api/: not found, said as a problem, whatever the method."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404


def _addresses() -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = [path("", root, name="root")]
    for plural, noun, view, key in NOUNS:
        found += [
            path(f"{plural}/", view.as_view({"get": "list"}), name=f"{noun}-list"),
            path(f"{plural}/{key}/", view.as_view({"get": "retrieve"}), name=f"{noun}-detail"),
        ]
    return [
        *found,
        path("events/head/", events.event_head, name="event-head"),
        path("search/", search.Search.as_view(), name="search"),
        *own,
    ]


routes: list[URLPattern | URLResolver] = [
    path("api/v1/", include((_addresses(), "api"))),
    path("api/schema/", document.schema, name="api-schema"),
    path("api/docs/", document.docs, name="api-docs"),
    path("api/changes/", changes.changes, name="api-changes"),
    path("api/problems/", problems.problem_list, name="api-problems"),
    path("api/problems/<slug:kind>/", problems.problem_detail, name="api-problem"),
    # Without a slash at its end an address is first looked for with one.
    re_path(r"^api/(?:[\s\S]*/)?\Z", Nowhere.as_view()),
]
