"""The search through everything: commitments first, then what else holds the words, by groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters.listed import rows_of
from commitments.filters.search import GROUPS, SearchForm
from commitments.reports import lookup
from commitments.reports import search as searching
from commitments.reports.found import Finding, findings
from commitments.services.read_models import documents
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail
from commitments.views.public.commitment_list import day_asked, feed_address

PER_PAGE = 20
FIRST = 10
"""How many commitments stand before the other groups, where no group is asked for."""


@dataclass(frozen=True)
class Group:
    """What was found of one group: some of it, and how much there is in all."""

    name: str
    label: Any
    number: int
    items: Sequence[Finding] = ()

    @property
    def is_capped(self) -> bool:
        """Whether there are more than anybody counted."""
        return self.name in lookup.MANY and self.number > searching.MOST

    @property
    def at_least(self) -> int:
        return min(self.number, searching.MOST) if self.is_capped else self.number


@require_safe
def search(request: PublicRequest) -> HttpResponse:
    """Show what holds every word; a reference that was typed leads to its commitment."""
    form = SearchForm(request.GET)
    is_valid = form.is_valid()
    if is_valid and (named := searching.named_by(form.cleaned_data["q"])):
        address, day = reverse("commitment-detail", args=[named.slug]), day_asked(request)
        return redirect(f"{address}?{day}" if day else address)
    words = form.words if is_valid else []
    context: dict[str, Any] = {
        "form": form,
        "is_valid": is_valid,
        "words": words,
        "demo": form.is_demo,
        "trail": trail((_("Search"), "")),
    }
    if words:
        documents.bring_up_to_date()
        context |= _found(request, form, words)
    status = 200 if is_valid else 400
    return render(request, "public/search/list.html", context, status=status)


def _found(request: PublicRequest, form: SearchForm, words: list[str]) -> dict[str, Any]:
    only = form.cleaned_data["only"]
    keys = lookup.commitments_with(words, is_demo=form.is_demo)
    others = lookup.others_with(words, is_demo=form.is_demo)
    groups = [
        Group("commitments", GROUPS["commitments"], len(keys)),
        *(Group(name, GROUPS[name], of.number, of.examples) for name, of in others.items()),
    ]
    context: dict[str, Any] = {
        "groups": [group for group in groups if group.number],
        "only": only,
        "label": GROUPS.get(only, ""),
        "total": sum(group.number for group in groups),
        "follow": _feed_of(form),
    }
    if only in ("", "commitments"):
        return context | _listed(request, keys, words, PER_PAGE if only else FIRST)
    rows = searching.documents_with(words, searching.GROUPS[only]).filter(is_demo=form.is_demo)
    found = searching.in_turn(rows.select_related("organisation"))
    page = Paginator(found[: searching.MOST], PER_PAGE).get_page(request.GET.get("page"))
    return context | {"page": page, "found": findings(page.object_list, words)}


def _feed_of(form: SearchForm) -> str:
    """The feed of the commitments that hold the words."""
    said = QueryDict(mutable=True)
    said["q"] = form.cleaned_data["q"]
    if form.is_demo:
        said["demo"] = "true"
    return feed_address(said)


def _listed(
    request: PublicRequest, keys: Sequence[int], words: list[str], per_page: int
) -> dict[str, Any]:
    """A page of commitments with where the words stand in each."""
    page = Paginator(keys, per_page).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    return {
        "page": page,
        "commitments": rows_of(shown, request.today),
        "passages": lookup.passages(shown, words) if shown else {},
    }
