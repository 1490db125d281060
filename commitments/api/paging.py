"""Lists in pages by number; what grows also by the sequence of the record, to be followed."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.utils.urls import remove_query_param, replace_query_param

from commitments.api.errors import Problem, bad_parameter
from commitments.models import PublicEvent, RecordHead
from commitments.services.record import FIRST_HASH

LARGEST = 2**63 - 1
NO_PAGE = _("There is no such page.")
Rows = QuerySet[Any]
Json = dict[str, Any]


class Asked(NamedTuple):
    """Which part of a list: page `number`, or what follows the sequence `after`; so many rows."""

    number: int
    size: int
    after: int | None = None


class Found(NamedTuple):
    """The keys of one part; `last` is the sequence up to which a follower has come."""

    keys: list[int]
    more: bool
    last: int | None = None


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
_COUNT: Json = {"type": "integer", "minimum": 0}
_AFTER: Json = {
    "type": ["integer", "null"],
    "description": _("Where to go on another day; null on a page that was asked for by number."),
}


class Pages(BasePagination, ABC):
    """How a list is cut: what was asked for, the keys of it, and what stands before the rows."""

    parameters: tuple[str, ...] = ()

    @abstractmethod
    def asked(self, request: Request) -> Asked:
        """Which page, and how many rows. Raises Problem for what cannot be read."""

    @abstractmethod
    def found(self, rows: Rows, asked: Asked, view: Any) -> Found:
        """The keys of the page. Raises Problem for a page that is not there."""

    @abstractmethod
    def frame(self, request: Request, asked: Asked, found: Found, count: Callable[[], int]) -> Json:
        """What stands before the rows."""

    def narrowed(self, rows: Rows, request: Request) -> Rows:
        """What a file of the whole list holds."""
        return rows


class NumberedPages(Pages):
    """Pages by number. A page that is not there is 404."""

    size, most = 50, 200
    parameters: tuple[str, ...] = ("page", "page_size")

    def asked(self, request: Request) -> Asked:
        size = number_of(request, "page_size", self.size, 1, self.most)
        return Asked(number_of(request, "page", 1, 1, LARGEST), size)

    def found(self, rows: Rows, asked: Asked, view: Any) -> Found:
        """The keys of the page, with one look at whether there are more."""
        first = (asked.number - 1) * asked.size
        if first > LARGEST // 2:
            raise Problem("not-found", NO_PAGE)
        keys = keys_of(rows)[first : first + asked.size + 1]
        if not keys and asked.number > 1:
            raise Problem("not-found", NO_PAGE)
        return Found(keys[: asked.size], len(keys) > asked.size)

    def frame(self, request: Request, asked: Asked, found: Found, count: Callable[[], int]) -> Json:
        """What stands before the rows."""
        here = request.build_absolute_uri()
        following = replace_query_param(here, "page", asked.number + 1) if found.more else None
        return {"count": count(), "next": following, "previous": _before(here, asked.number)}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            _parameter(
                "page", _("Number of the page."), {"minimum": 1, "maximum": LARGEST, "default": 1}
            ),
            _parameter(
                "page_size",
                _("How many on a page."),
                {"minimum": 1, "maximum": self.most, "default": self.size},
            ),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        members = {"count": _COUNT, "next": NEXT, "previous": NEXT, "results": schema}
        return {"type": "object", "required": [*members], "properties": members}


def _before(here: str, number: int) -> str | None:
    """The address of the page before; the first has no number."""
    if number == 1:
        return None
    if number == 2:
        return remove_query_param(here, "page")
    return replace_query_param(here, "page", number - 1)


BATCH, BATCHES = 200, 25
"""A follower's page looks through at most so many events, and is then short."""


class GrowingPages(NumberedPages):
    """The same, and by `after`: the rows in the order in which the record first said them.

    Events are written one after another, whoever publishes at once; so who goes on from the last
    sequence misses no row and sees none twice. The view names the `record_kind` of its rows, and
    the `key_columns` of which their keys in the record are made.
    """

    parameters = ("page", "page_size", "after")

    def asked(self, request: Request) -> Asked:
        asked = super().asked(request)
        if not request.query_params.get("after"):
            return asked
        if request.query_params.get("page"):
            text = _("Pages have a number or follow a sequence, not both.")
            raise bad_parameter("page", "contradicts", text)
        return asked._replace(after=number_of(request, "after", 0, 0, LARGEST))

    def found(self, rows: Rows, asked: Asked, view: Any) -> Found:
        if asked.after is None:
            return super().found(rows, asked, view)
        keys: list[int] = []
        last = asked.after
        for _batch in range(BATCHES):
            events = _firsts(view).filter(sequence__gt=last)[:BATCH]
            named = list(events.values_list("sequence", "object_key"))
            there = _by_key(rows, view.key_columns, [key for _sequence, key in named])
            for last, key in named:
                if key in there:
                    keys.append(there[key])
                if len(keys) == asked.size:
                    return Found(keys, more=True, last=last)
            if len(named) < BATCH:
                return Found(keys, more=False, last=last)
        return Found(keys, more=True, last=last)

    def frame(self, request: Request, asked: Asked, found: Found, count: Callable[[], int]) -> Json:
        if asked.after is None:
            pages = super().frame(request, asked, found, count)
            return {"count": pages.pop("count"), "after": None, **pages}
        here = request.build_absolute_uri()
        following = replace_query_param(here, "after", found.last) if found.more else None
        return {"count": None, "after": found.last, "next": following, "previous": None}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        text = _(
            "Instead of a number: only rows that the record first said after this sequence, in its "
            "order. 0 begins; go on from `after` of the answer."
        )
        after = _parameter("after", text, {"minimum": 0, "maximum": LARGEST})
        return [*super().get_schema_operation_parameters(view), after]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        said = super().get_paginated_response_schema(schema)
        count = {"type": ["integer", "null"], "minimum": 0}
        members = {"count": count, "after": _AFTER} | {
            name: of for name, of in said["properties"].items() if name != "count"
        }
        return {"type": "object", "required": [*members], "properties": members}


def keys_of(rows: Rows) -> Any:
    """The primary keys in the order of the rows, not asked for yet."""
    return rows.prefetch_related(None).values_list("pk", flat=True)


def _firsts(view: Any) -> Rows:
    """The first event of every row of the view's kind, up to the moment that is asked for."""
    request = view.request
    earlier = PublicEvent.objects.filter(
        object_kind=OuterRef("object_kind"),
        object_key=OuterRef("object_key"),
        sequence__lt=OuterRef("sequence"),
    )
    firsts = PublicEvent.objects.filter(
        ~Exists(earlier), object_kind=view.record_kind, before__isnull=True
    )
    if request.as_of:
        firsts = firsts.filter(effective_on__lte=request.today)
    if request.version:
        firsts = firsts.filter(sequence__lte=request.version)
    return firsts.order_by("sequence")


def _by_key(rows: Rows, columns: tuple[str, ...], keys: list[str]) -> dict[str, int]:
    """The rows that have one of these keys of the record, by it."""
    parts = list(zip(*(key.split("/") for key in keys), strict=True))
    if not parts:
        return {}
    asked = {f"{column}__in": set(said) for column, said in zip(columns, parts, strict=True)}
    found = rows.filter(**asked).order_by().prefetch_related(None).values_list("pk", *columns)
    return {"/".join(map(str, key)): pk for pk, *key in found}


class AfterSequence(Pages):
    """The events after a sequence, oldest first, with the head of the whole record."""

    default_limit, max_limit = 100, 1000
    parameters = ("after", "limit")

    def asked(self, request: Request) -> Asked:
        after = number_of(request, "after", 0, 0, LARGEST)
        return Asked(1, number_of(request, "limit", self.default_limit, 1, self.max_limit), after)

    def found(self, rows: Rows, asked: Asked, view: Any) -> Found:
        later = rows.filter(sequence__gt=asked.after).order_by("sequence")
        found = list(later.values_list("pk", "sequence")[: asked.size + 1])
        page = found[: asked.size]
        last = page[-1][1] if page else asked.after
        return Found([pk for pk, _sequence in page], len(found) > asked.size, last)

    def narrowed(self, rows: Rows, request: Request) -> Rows:
        after = number_of(request, "after", 0, 0, LARGEST)
        return rows.filter(sequence__gt=after).order_by("sequence")

    def frame(self, request: Request, asked: Asked, found: Found, count: Callable[[], int]) -> Json:
        here = request.build_absolute_uri()
        following = replace_query_param(here, "after", found.last) if found.more else None
        return {"head": head(), "next": following}

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
