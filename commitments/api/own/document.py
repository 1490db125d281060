"""What the OpenAPI document says of the addresses below /own/: bodies, headers, refusals."""

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.urls import resolve
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema

from commitments.api.own import payloads, serializers
from commitments.api.own.deeds import IF_MATCH, KEY, REPLAYED
from commitments.api.own.examples import BODIES
from commitments.api.own.shapes import Object
from commitments.api.paging import LARGEST
from commitments.text.problems import KINDS, PROBLEM

Json = dict[str, Any]
View = TypeVar("View", bound=Callable[..., Any])
PREFIX = "/api/v1/own/"
_SLOT = re.compile(r"\{[^}]*\}")
TAGS: Json = {"type": "string", "pattern": r'^(\*|(W/)?"[!#-~]+"(, (W/)?"[!#-~]+")*)$'}
"""One version that was read, or several, or any."""
SHAPES = {shape.name: shape for shape in vars(payloads).values() if isinstance(shape, Object)}
"""The bodies that are sent, and the objects in them, as components of the document."""
ABOUT: dict[str, Any] = {
    "OwnUpdate": _("An update of your body, in whatever state."),
    "WholeOwnUpdate": _("The same, with what keeps it from being handed in."),
    "OwnEvidence": _("A publication that shows what the update says."),
    "Missing": _("What a draft still lacks."),
    "OwnObligation": _("An update that your body owes now."),
    "OwnChange": _("A change of plan that was asked for."),
    "OwnFile": _("A file; its id is named in a piece of evidence."),
    "ValuesKept": _("What became of the rows that were sent."),
    "ValueKept": _("What became of one row."),
    "OwnWebhook": _("An address that is told of public events."),
    "OwnWebhookMade": _("A new webhook with its secret, which is answered this once."),
    "MessagePlanned": _("A message that is on its way."),
    "Rehearsed": _("Nothing was done: the request asked what would be."),
}

_READING = ("invalid-parameter", "token-missing", "scope-missing", "not-found")
_WRITING = (
    *_READING, "wrong-state", "too-large", "unsupported-media-type", "invalid-body",
)  # fmt: skip
_MATCHING = ("precondition-failed", "precondition-required")


def read(summary: Any, answers: Any, *, name: str | None = None) -> Callable[[View], View]:
    """What a list or a single row is called and answers; a list has a `name` of its own."""
    return extend_schema(
        tags=["own"], summary=summary, description="", responses={200: answers}, operation_id=name
    )


def write(
    summary: Any, answers: Any, *, sends: str = "", status: int = 200, about: Any = ""
) -> Callable[[View], View]:
    """What is sent, as a component of SHAPES, and what is answered; a rehearsal answers 200."""
    body = {"application/json": {"$ref": f"#/components/schemas/{sends}"}} if sends else None
    answered = {status: answers} if answers else {204: None}
    rehearsed = {} if status == 200 else {200: answers}
    if not answers:
        rehearsed = {200: serializers.RehearsedSerializer}
    return extend_schema(
        tags=["own"],
        summary=summary,
        description=about,
        request=body,
        responses={**answered, **rehearsed},
    )


def complete(path: str, operations: dict[str, Json]) -> None:
    """Hook of the generator: what holds for every address of a kind."""
    scopes = resolve(_SLOT.sub("1", path)).func.cls.scopes  # type: ignore[attr-defined]
    for method, operation in operations.items():
        operation["security"] = [{"token": [str(scopes[method.upper()])]}]
        is_write = method != "get"
        matches = _needs_match(path, method)
        operation["parameters"] = [
            *operation.get("parameters", []),
            *(_pages(path) if method == "get" and not path.endswith("}/") else []),
            *(_write_parameters(matches) if is_write else []),
        ]
        kinds = [*(_WRITING if is_write else _READING), *(_MATCHING if matches else [])]
        operation["responses"] |= _refusals(kinds)
        _say_headers(operation, is_write=is_write)
        _give_example(operation)
        if "/files/" in path:
            operation["requestBody"] = _UPLOAD
        elif "requestBody" in operation:
            operation["requestBody"]["required"] = not path.endswith("/submit/")


def tell(components: Json) -> None:
    """Add what is sent, and say of what is answered what it is."""
    components |= {name: shape.schema() for name, shape in SHAPES.items()}
    for name, about in ABOUT.items():
        components[name]["description"] = about


def _needs_match(path: str, method: str) -> bool:
    if "/webhooks/" in path:
        return False
    return (method != "get" and "{id}" in path) or method in ("patch", "delete")


def _pages(path: str) -> list[Json]:
    told = [
        (
            "after",
            _("Only rows after this id."),
            {"type": "integer", "minimum": 0, "maximum": LARGEST},
        ),
        ("limit", _("How many at most."), {"type": "integer", "minimum": 1, "maximum": 200}),
    ]
    if path.endswith("/own/updates/"):
        states = ["draft", "submitted", "returned", "approved", "published"]
        told += [
            ("state", _("Only those in this state."), {"type": "string", "enum": states}),
            ("commitment", _("Only those of the commitment with this slug."), {"type": "string"}),
            (
                "client_reference",
                _("Only the one that your system calls so."),
                {"type": "string"},
            ),
        ]
    return [_parameter(name, "query", about, schema) for name, about, schema in told]


def _write_parameters(matches: bool) -> list[Json]:
    key = {"type": "string", "pattern": "^[!-~]{1,255}$"}
    about_key = _(
        "A name of your choice for this request. Sent again with the same key within 24 hours, "
        "it is not done again, and answered with the same words."
    )
    about_dry = _("Everything is checked and answered, with status 200, and nothing is kept.")
    told = [
        _parameter(KEY, "header", about_key, key),
        _parameter("dry_run", "query", about_dry, {"type": "boolean"}),
    ]
    if matches:
        about = _("The ETag of what you have read; needed.")
        told.append(_parameter(IF_MATCH, "header", about, TAGS) | {"required": True})
    return told


def _parameter(name: str, place: str, about: Any, schema: Json) -> Json:
    return {
        "name": name,
        "in": place,
        "required": False,
        "description": about,
        "schema": schema,
    }


def _refusals(kinds: Iterable[str]) -> Json:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        str(KINDS[kind].status): {
            "description": KINDS[kind].title,
            "content": {PROBLEM: {"schema": schema}},
        }
        for kind in kinds
    }


_HEADERS: dict[str, Any] = {
    "ETag": _("Its version, for If-Match."),
    "Location": _("Its address, where it is new."),
    REPLAYED: _("true: answered again, not done again."),
}


def _say_headers(operation: Json, *, is_write: bool) -> None:
    for status in ("200", "201") if is_write else ():
        if answer := operation["responses"].get(status):
            answer["headers"] = {
                name: {"description": about, "schema": {"type": "string"}}
                for name, about in _HEADERS.items()
            }


def _give_example(operation: Json) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        if name in BODIES:
            content["example"] = BODIES[name]


_UPLOAD: Json = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {"type": "string", "contentMediaType": "application/octet-stream"}
                },
            }
        }
    },
}
