"""A list with a few filters as its page shows it: what was asked, what is left, how to widen it."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from commitments.filters.facets import FacetedForm, kept
from commitments.reports.facets import NOTHING, Counts
from commitments.reports.narrowing import Plan, counts, narrowed
from commitments.reports.parts import part
from commitments.views.public._facets import shown, ways_out, wider
from commitments.views.public._page import PublicRequest
from commitments.views.public.commitment_list import CountedPaginator, day_asked

PER_PAGE = 50


def finder(
    request: PublicRequest,
    form: FacetedForm,
    plan: Plan,
    rows: Callable[[Any], QuerySet[Any]],
    ordered: Callable[[QuerySet[Any]], QuerySet[Any]],
) -> dict[str, Any]:
    """What the template of the list is handed. `rows` gives what the words find, `ordered` sorts
    what is left and loads what a row shows."""
    is_valid = form.is_valid()
    query = kept(request.GET, facets=form.facets)
    found = rows(form) if is_valid else None
    counted = _counts(request, form, plan, found, query)
    some = ordered(narrowed(plan, found, form.chosen)) if found is not None else []
    page = CountedPaginator(some, counted.total, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "form": form,
        "is_valid": is_valid,
        "facets": SimpleLazyObject(lambda: shown(form, counted)),
        "page": page,
        "number": counted.total,
        "applied": ways_out(form, request.path) if is_valid else [],
        "wider": wider(form, counted, request.path) if is_valid and not counted.total else [],
        "query": query,
    }


def _counts(
    request: PublicRequest, form: FacetedForm, plan: Plan, found: QuerySet[Any] | None, query: str
) -> Counts:
    """Of words there is no end: what holds them is counted each time."""
    if found is None:
        return NOTHING
    if form.words is not None:
        return counts(plan, found, form.chosen)
    key = ("list-counts", request.path, query, request.today)
    return part(*key, make=lambda: counts(plan, found, form.chosen))


def finder_page(request: PublicRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; its address says what was asked, and 400 that something could not be read."""
    status = 200 if context["is_valid"] else 400
    answer = render(request, template, context, status=status)
    page, query = context["page"], context["query"]
    number = f"page={page.number}" if page.number > 1 else ""
    asked = "&".join(one for one in (query, number, day_asked(request)) if one)
    answer["HX-Push-Url"] = f"{request.path}?{asked}" if asked else request.path
    return answer
