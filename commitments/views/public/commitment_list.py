"""The list of commitments with its facets, worst first or best match first; and as a file."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters.facets import BEST_FIRST, ORDERS, WORST_FIRST, CommitmentListForm, kept
from commitments.filters.listed import Listed, counted, found_by
from commitments.models import Commitment
from commitments.reports import parts, search, standings
from commitments.reports.facets import NOTHING
from commitments.reports.found import Passage, passage
from commitments.reports.register import COLUMNS, in_words
from commitments.sheets import Column, Table
from commitments.text.display import active_language
from commitments.views.public._facets import shown, ways_out, wider
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail
from commitments.views.tables import dated_file

PER_PAGE = 50
ORDER = ("order", "")


class CountedPaginator(Paginator):  # type: ignore[type-arg]  # not at run time
    """Pages of rows that were counted before."""

    def __init__(self, rows: Any, number: int, per_page: int = PER_PAGE) -> None:
        super().__init__(rows, per_page)
        self.number = number

    @cached_property
    def count(self) -> int:
        return self.number


@require_safe
def commitment_list(request: PublicRequest) -> HttpResponse:
    """Show what the filters find; what they cannot read is said beside each, with 400."""
    form = CommitmentListForm(request.GET)
    is_valid = form.is_valid()
    query = kept(request.GET)
    counts = counted(form, query, request.today) if is_valid else NOTHING
    rows = _rows(request, form, query) if is_valid else Commitment.objects.none()
    page = CountedPaginator(rows, counts.total).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "is_valid": is_valid,
        "facets": SimpleLazyObject(lambda: shown(form, counts)),
        "page": page,
        "found": standings.counted(counts.total) if is_valid else "",
        "words": form.words or [],
        "passages": _passages(page.object_list, form.words or []),
        "applied": ways_out(form, request.path) if is_valid else [],
        "wider": wider(form, counts, request.path) if is_valid and not counts.total else [],
        "orders": _orders(form),
        "query": query,
        "feed": feed_address(request.GET) if is_valid else "",
        "demo": form.is_demo,
        "trail": trail((_("Commitments"), "")),
    }
    answer = render(
        request, "public/commitments/list.html", context, status=200 if is_valid else 400
    )
    number = f"page={page.number}" if page.number > 1 else ""
    asked = "&".join(part for part in (query, number, day_asked(request)) if part)
    answer["HX-Push-Url"] = f"{request.path}?{asked}" if asked else request.path
    return answer


def _rows(request: PublicRequest, form: CommitmentListForm, query: str) -> Any:
    if form.words is None and parts.are_at_hand():
        return Listed(form, query, request.today)
    return found_by(form, request.today)


def feed_address(asked: QueryDict) -> str:
    """The feed of what the list finds, in the language of the page; a feed has an order already."""
    address, query = reverse("search-feed", args=[active_language()]), kept(asked, without=ORDER)
    return f"{address}?{query}" if query else address


def day_asked(request: PublicRequest) -> str:
    """The past day or version that was asked for, as an address has it; nothing for today."""
    names = ("as_of", "version") if request.as_of else ()
    return urlencode({name: request.GET[name] for name in names if name in request.GET})


def _passages(rows: Any, words: list[str]) -> dict[int, Passage]:
    """Where the words stand in each commitment; nothing where none were asked for."""
    if not words:
        return {}
    best = search.best_texts([row.pk for row in rows], words)
    return {row.commitment_id: passage(row, words) for row in best if row.commitment_id}


def _orders(form: CommitmentListForm) -> list[tuple[str, Any, bool]]:
    """What each order is asked by, its name, and whether it holds; nothing asks for the usual."""
    is_valid = form.is_valid()
    words = form.words if is_valid else None
    usual = BEST_FIRST if words else WORST_FIRST
    chosen = form.sorting if is_valid else usual
    return [
        ("" if word == usual else word, label, word == chosen)
        for word, label in ORDERS.items()
        if words or word != BEST_FIRST
    ]


_EXPORTED = (
    "programme",
    "kind",
    "priority",
    "lead",
    "due",
    "stage",
    "forecast",
    "reporting",
    "verification",
    "as_of",
)


@require_safe
def commitment_export(request: PublicRequest, form: str) -> HttpResponseBase:
    """What the list would show, all of it, as CSV or XLSX."""
    asked = CommitmentListForm(request.GET)
    if not asked.is_valid():
        raise BadRequest
    rows = found_by(asked, request.today)
    labels = {"reference": _("Reference"), "title": _("Title")} | COLUMNS
    widths = {"reference": 14, "title": 60}
    names = ("reference", "title", *_EXPORTED)
    columns = [Column(name, labels[name], widths.get(name, 24)) for name in names]
    table = Table(_("Commitments"), columns, in_words(rows, _EXPORTED))
    return dated_file(table, "commitments", form, request.today)
