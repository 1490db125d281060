"""Every address of the product, by noun."""

from django.urls import URLPattern, URLResolver, path

from commitments.api import routes
from commitments.views import health
from commitments.views.public import (
    commitments,
    findings,
    home,
    indicators,
    instruments,
    method,
    organisations,
    programmes,
    record,
    sources,
)

without_language: list[URLPattern | URLResolver] = [
    # health
    path("healthz", health.health, name="healthz"),
    # api
    *routes.routes,
]

# public pages
public: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("programmes/", programmes.programme_list, name="programme-list"),
    path("programmes/<slug:slug>/", programmes.programme_detail, name="programme-detail"),
    path(
        "programmes/<slug:programme>/priorities/<slug:slug>/",
        programmes.priority_detail,
        name="priority-detail",
    ),
    path("priorities/", programmes.priority_list, name="priority-list"),
    path("commitments/", commitments.commitment_list, name="commitment-list"),
    path("commitments/<slug:slug>/", commitments.commitment_detail, name="commitment-detail"),
    path(
        "commitments/<slug:slug>/updates/<int:number>/",
        commitments.update_detail,
        name="update-detail",
    ),
    path("organisations/", organisations.organisation_list, name="organisation-list"),
    path(
        "organisations/<slug:slug>/",
        organisations.organisation_detail,
        name="organisation-detail",
    ),
    path("indicators/", indicators.indicator_list, name="indicator-list"),
    path("indicators/<slug:slug>/", indicators.indicator_detail, name="indicator-detail"),
    path("instruments/", instruments.instrument_list, name="instrument-list"),
    path("instruments/<slug:slug>/", instruments.instrument_detail, name="instrument-detail"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<slug:slug>/", sources.source_detail, name="source-detail"),
    path("gaps/", findings.gap_list, name="gap-list"),
    path("method/", method.method, name="method"),
    path("record/", record.event_list, name="event-list"),
    path("record/<int:sequence>/", record.event_detail, name="event-detail"),
]

pages: list[URLPattern | URLResolver] = [*public]
