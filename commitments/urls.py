"""Every address of the product, by noun."""

from django.urls import URLPattern, URLResolver, path

from commitments.api import routes
from commitments.views import health

without_language: list[URLPattern | URLResolver] = [
    # health
    path("healthz", health.health, name="healthz"),
    # api
    *routes.routes,
]
pages: list[URLPattern | URLResolver] = []
