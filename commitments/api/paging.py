"""Lists in pages by number; the record by its sequence, so that a reader can follow it."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from commitments.api.errors import Problem, bad_parameter
from commitments.models import RecordHead
from commitments.services.record import FIRST_HASH

LARGEST = 2**63 - 1


def number_of(request: Request, name: str, default: int, least: int, most: int) -> int:
    """A whole number from the query; refused outside `least` to `most`."""
    said = request.query_params.get(name, "")
    if not said:
        return default
    if said.isascii() and said.isdigit() and len(said) < 20 and least <= int(said) <= most:
        return int(said)
    text = _("A whole number from {least} to {most} is needed.")
    raise bad_parameter(name, "invalid", format_lazy(text, least=least, most=most))


def _parameter(name: str, description: Any, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": "integer", **schema},
    }


NEXT = {"type": ["string", "null"], "format": "uri"}


class NumberedPages(PageNumberPagination):
    """Pages by number. A page that is not there is 404."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    parameters = ("page", "page_size")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        try:
            return super().paginate_queryset(queryset, request, view)
        except NotFound:
            raise Problem("not-found", _("There is no such page.")) from None

    def get_page_size(self, request: Request) -> int:
        return number_of(request, "page_size", self.page_size, 1, self.max_page_size)

    def get_page_number(self, request: Request, paginator: Any) -> int:
        return number_of(request, "page", 1, 1, LARGEST)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            _parameter(
                "page", _("Number of the page."), {"minimum": 1, "maximum": LARGEST, "default": 1}
            ),
            _parameter(
                "page_size",
                _("How many on a page."),
                {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size},
            ),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "minimum": 0},
                "next": NEXT,
                "previous": NEXT,
                "results": schema,
            },
        }


class AfterSequence(BasePagination):
    """The events after a sequence, oldest first, with the head of the whole record."""

    default_limit, max_limit = 100, 1000
    parameters = ("after", "limit")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        after = number_of(request, "after", 0, 0, LARGEST)
        limit = number_of(request, "limit", self.default_limit, 1, self.max_limit)
        found = list(queryset.filter(sequence__gt=after).order_by("sequence")[: limit + 1])
        self.last = found[limit - 1].sequence if len(found) > limit else None
        return found[:limit]

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"head": head(), "next": self._next(), "results": data})

    def _next(self) -> str | None:
        if self.last is None:
            return None
        return replace_query_param(self.request.build_absolute_uri(), "after", self.last)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            _parameter(
                "after",
                _("Only events after this sequence."),
                {"minimum": 0, "maximum": LARGEST, "default": 0},
            ),
            _parameter(
                "limit",
                _("How many at most."),
                {"minimum": 1, "maximum": self.max_limit, "default": self.default_limit},
            ),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["head", "next", "results"],
            "properties": {
                "head": {"$ref": "#/components/schemas/Head"},
                "next": NEXT,
                "results": schema,
            },
        }


def head() -> dict[str, Any]:
    """The newest sequence and hash of the record; before the first event, what it will name."""
    found = RecordHead.objects.filter(pk=1).values("sequence", "hash").first()
    return dict(found) if found else {"sequence": 0, "hash": FIRST_HASH}
