"""The list and the rows of one noun: found by keys, shaped once for each version of the record."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

import orjson
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from commitments.api.exporting import exported
from commitments.api.including import Along, Reading, included
from commitments.api.paging import Asked, Found, GrowingPages, NumberedPages, Pages
from commitments.api.rendering import FILES, OrjsonRenderer, dumped
from commitments.api.stamps import dated, link, stamped
from commitments.api.wishes import (
    EXPAND,
    FACETS,
    FIELDS,
    FORMAT,
    LANG,
    OF_ROWS,
    Wish,
    expanded,
    form_asked,
    with_facets,
)
from commitments.reports.parts import each, part
from commitments.rules.negotiation import JSON

_NO_FILTER = frozenset({"page", "page_size", "after", "limit", FIELDS, LANG, FORMAT, EXPAND})
"""What says nothing about which rows are found."""


Keys = list[int]


class RecordViewSet(ReadOnlyModelViewSet[Any]):
    """A list and its rows. The queryset says which there are; `loaded` brings what is answered."""

    pagination_class: Any = NumberedPages
    has_texts: ClassVar[bool] = True
    """Whether texts stand in both languages, so that one of them can be asked for."""
    along: ClassVar[Mapping[str, Along]] = {}
    """What can be had along with a list, by the name under which it is asked for."""
    keys: ClassVar[Mapping[str, str]] = {}
    """The columns of the row's key by the parts of its address."""
    has_facets: ClassVar[bool] = False

    @property
    def today(self) -> date:
        """The day that the answer speaks of (`views.past.travel`)."""
        return dated(self.request).today

    @property
    def pages(self) -> Pages:
        return cast(Pages, self.paginator)

    @property
    def wishes(self) -> tuple[str, ...]:
        """The parameters that say how the answer is to look, for the filter to let through."""
        of_rows = OF_ROWS if self.has_texts else (FIELDS,)
        if self.action == "retrieve":
            return of_rows
        more = ((EXPAND,) if self.along else ()) + ((FACETS,) if self.has_facets else ())
        return (*of_rows, FORMAT, *more)

    def get_renderers(self) -> Any:
        forms = FILES if self.action == "list" else ()
        return [OrjsonRenderer(), *(form() for form in forms)]

    def shown(self) -> "QuerySet[Any]":
        """The rows with all that an answer shows."""
        return self.get_queryset()

    def loaded(self, keys: Keys) -> "QuerySet[Any]":
        """These of them, in any order."""
        return self.shown().filter(pk__in=keys).order_by()

    def get_object(self) -> Model:
        asked = {column: self.kwargs[name] for name, column in self.keys.items()}
        asked = asked or {self.lookup_field: self.kwargs[self.lookup_field]}
        return cast(Model, get_object_or_404(self.filter_queryset(self.shown()), **asked))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        wish = self._wish(request)
        said = wish.shaped(self.get_object(), base_of(request))
        return stamped(request, Response(said))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        wish = self._wish(request)
        form = form_asked(request) or request.accepted_renderer.format
        wants = expanded(request, self.along) if self.along else ()
        asked = self.pages.asked(request)  # a file has no pages, but nonsense is refused there too
        if form != JSON:
            return stamped(request, exported(self, request, wish, form))
        found = self._found(request, asked)
        frame = self.pages.frame(request, asked, found, lambda: self._count(request))
        frame |= self.facets(request) if self.has_facets and with_facets(request) else {}
        base = base_of(request)
        if wants:
            wants = tuple(name for name in self.along if name in wants)
            reading = Reading(found.keys, self.today, base, wish.language)
            frame["included"] = included(self.along, wants, reading)
        frame["results"] = orjson.Fragment(b"[%s]" % b",".join(self._rows(found.keys, wish, base)))
        answer = HttpResponse(dumped(frame), content_type=OrjsonRenderer.media_type)
        link(answer, next=frame["next"], prev=frame.get("previous"))
        return stamped(request, answer)

    def facets(self, request: Request) -> dict[str, Any]:
        """Members that say how many rows each choice would leave; most lists have none."""
        return {}

    def _wish(self, request: Request) -> Wish:
        return Wish(request, self.get_serializer_class(), texts=self.has_texts)

    def filtered(self) -> "QuerySet[Any]":
        """The rows that are asked for, in their order."""
        return self.filter_queryset(self.get_queryset())

    def _found(self, request: Request, asked: Asked) -> Found:
        said = question(request)
        key = ("api keys", type(self).__name__, said, self.today, *asked)
        typed = bool(said)
        return part(
            *key, make=lambda: self.pages.found(self.filtered(), asked, self), is_typed=typed
        )

    def _count(self, request: Request) -> int:
        said = question(request)
        key = ("api count", type(self).__name__, said, self.today)
        return part(*key, make=lambda: self.filtered().order_by().count(), is_typed=bool(said))

    def _rows(self, keys: Keys, wish: Wish, base: str) -> Iterable[bytes]:
        def make(some: Keys) -> dict[int, bytes]:
            return {row.pk: dumped(wish.shaped(row, base)) for row in self.loaded(some)}

        if wish.fields:  # of which there is no end
            made = make(keys)
            return [made[key] for key in keys if key in made]
        name = f"api {type(self).__name__}"
        return each(name, keys, base, wish.language, self.today, make=make)


class GrowingViewSet(RecordViewSet):
    """Rows of which there are ever more, and which can be followed by the record's sequence."""

    pagination_class = GrowingPages
    record_kind: ClassVar[str]
    key_columns: ClassVar[tuple[str, ...]]


def base_of(request: Request) -> str:
    """The scheme and host under which it is asked for."""
    return f"{request.scheme}://{request.get_host()}"


def question(request: Request) -> str:
    """What is asked about which rows, whatever the order in which it is said."""
    asked = [
        (name, value)
        for name, values in sorted(request.query_params.lists())
        if name not in _NO_FILTER
        for value in values
    ]
    return urlencode(asked, errors="surrogatepass")
