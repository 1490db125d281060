"""The OpenAPI document of the API, and the page that shows it."""

from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request

from commitments.api.examples import OF_COMPONENT

NAMES = {"vi": "Tiếng Việt", "en": "English"}
PROBLEM = {
    "type": "object",
    "description": "Why something is refused (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "code", "detail"],
                "properties": {
                    "parameter": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


@extend_schema(exclude=True)
@api_view(["GET"])
def schema(request: Request) -> HttpResponse:
    """The document, in the language of `?lang=` or else of the reader's browser."""
    made = orjson.dumps(_made(_language(request)))
    return HttpResponse(made, content_type="application/vnd.oai.openapi+json")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same for people, shown by Swagger UI; as a list of addresses without JavaScript."""
    language = _language(request)
    operations = [
        {"path": path, "summary": operation["summary"]}
        for path, methods in _made(language)["paths"].items()
        for operation in methods.values()
    ]
    languages = [
        {"code": code, "name": NAMES[code], "url": f"?lang={code}", "is_active": code == language}
        for code in NAMES
    ]
    document = f"{reverse('api-schema')}?lang={language}"
    context = {"operations": operations, "languages": languages, "document": document}
    with translation.override(language):
        return render(request, "api/docs.html", context)


def _language(request: HttpRequest | Request) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in NAMES else translation.get_language() or settings.LANGUAGE_CODE


@lru_cache(maxsize=4)
def _made(language: str) -> dict[str, Any]:
    """Made once per language and process: it takes a good part of a second."""
    with translation.override(language):
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        found = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        settled: dict[str, Any] = orjson.loads(orjson.dumps(found, default=str))
    return settled


def complete(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """Hook of the generator: adds examples, and the problems any address may answer with."""
    components = result["components"]["schemas"]
    components["Problem"] = PROBLEM
    for name, example in OF_COMPONENT.items():
        components[name] = components[name] | {"examples": [example]}
    answer = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"] |= {
                "400": {"description": "A parameter cannot be accepted.", "content": answer},
                "404": {"description": "There is no such row or page.", "content": answer},
            }
    return result
