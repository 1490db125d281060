"""The OpenAPI document of the API, and the page that shows it."""

from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request

from commitments.api import deprecations, reference
from commitments.api.examples import INVALID, NOT_FOUND, OF_COMPONENT
from commitments.api.own import document as own
from commitments.rules.dates import FIRST_YEAR, LAST_YEAR
from commitments.text.problems import PROBLEM as CONTENT_TYPE

NAMES = {"vi": "Tiếng Việt", "en": "English"}
_TEXT = {"type": "string"}
_DETAILS = dict.fromkeys(("detail", "detail_vi", "detail_en"), _TEXT)
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", *_DETAILS],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": _TEXT,
        "status": {"type": "integer"},
        **_DETAILS,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", *_DETAILS],
                "properties": {
                    "parameter": _TEXT,
                    "pointer": _TEXT,
                    "code": _TEXT,
                    **_DETAILS,
                },
            },
        },
    },
}

ABOUT = {
    "Acceptance": _("A body's taking-on of a programme's missions, as sources report it."),
    "Commitment": _(
        "A commitment with its axes: what has happened, whether it will be met, whether we know, "
        "and how we know. What depends on the day is worked out for the day computed_on."
    ),
    "Completion": _("An officer's confirmation that what was reported complete is complete."),
    "Event": _(
        "One line of the public record. Its hash is the SHA-256 of all its other members in "
        "canonical JSON (RFC 8785)."
    ),
    "EvidenceRow": _("What ties an update to a source, as a row of its own list."),
    "FoundGroup": _("A group of things that hold the words, and some of them."),
    "Hit": _("A thing that was found, by its key in the public record."),
    "Piece": _("Letters that follow each other, and whether they were looked for."),
    "Search": _("What was found, by groups."),
    "Evidence": _("What ties an update to a source. Accepted: an officer took it as independent."),
    "Head": _("The newest event of the record: its sequence and its hash."),
    "IndicatorPoint": _("One published value. Several for one period stand side by side."),
    "Obligation": _("The update that is owed for one reporting period, named by its first day."),
    "PartIn": _("The part that an organisation has in one commitment."),
    "Participation": _("The part that one organisation has in the commitment."),
    "Problem": _("Why something is refused (RFC 9457)."),
    "Retraction": _("An officer's notice that an update no longer stands; its text stays."),
    "StatusUpdate": _(
        "What is said of a commitment at a date. It names bodies, never people; what was "
        "corrected or retracted says so."
    ),
    "Target": _("A promised quantity. Where no figure was published, value and unit are null."),
    "TargetMeasurement": _(
        "A value reported against the target. It stands unless its update was corrected or "
        "retracted."
    ),
    "WholeCommitment": _("A commitment with everything that hangs on it."),
    "Wording": _("One version of the text. Number 1 is the original and never changes."),
}


@extend_schema(exclude=True)
@api_view(["GET"])
def schema(request: Request) -> HttpResponse:
    """The document, in the language of `?lang=` or else Vietnamese."""
    made = orjson.dumps(_made(language_of(request)))
    return HttpResponse(made, content_type="application/vnd.oai.openapi+json")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same in words, as one page that needs no script."""
    language = language_of(request)
    languages = [
        {"code": code, "name": NAMES[code], "url": f"?lang={code}", "is_active": code == language}
        for code in NAMES
    ]
    made = _made(language)
    with translation.override(language):
        context = {
            "languages": languages,
            "document": f"{reverse('api-schema')}?lang={language}",
            "operations": reference.operations(made),
            "objects": reference.objects(made),
            "vocabularies": reference.vocabularies(made),
        }
        return render(request, "api/docs.html", context)


def language_of(request: HttpRequest | Request) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in NAMES else settings.LANGUAGE_CODE


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
    components["Problem"] = {**PROBLEM}
    for name, example in OF_COMPONENT.items():
        components[name]["examples"] = [example]
    for name, about in ABOUT.items():
        components[name]["description"] = about
    own.tell(components)
    deprecations.mark(result["paths"])
    for path, operations in result["paths"].items():
        if path.startswith(own.PREFIX):
            own.complete(path, operations)
            continue
        for operation in operations.values():
            _bound_years(operation)
            if "/events/" not in path:
                operation.setdefault("parameters", []).extend(_past())
            operation["responses"] |= {
                "400": _refused(_("A parameter cannot be accepted."), INVALID),
                "404": _refused(_("There is no such row or page."), NOT_FOUND),
            }
    return result


def _bound_years(operation: dict[str, Any]) -> None:
    for one in operation.get("parameters", []):
        if one["name"] == "year":
            one["schema"] |= {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}


def _past() -> list[dict[str, Any]]:
    """Everything but the events themselves can be asked as of a past moment."""
    return [
        {
            "name": "as_of",
            "in": "query",
            "required": False,
            "schema": {"type": "string"},
            "description": _(
                "A past day, or 2026-06, 2026-Q2, 2026 for its last day: the answer is what the "
                "public events with effect by that day say."
            ),
        },
        {
            "name": "version",
            "in": "query",
            "required": False,
            "schema": {"type": "integer", "minimum": 1},
            "description": _(
                "The sequence of a public event: the answer is the record as it stood after it."
            ),
        },
    ]


def _refused(description: Any, example: dict[str, Any]) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": description,
        "content": {CONTENT_TYPE: {"schema": schema, "example": example}},
    }
