"""The search through everything: commitments first, then what else holds the words, by groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters.listed import shown
from commitments.filters.search import GROUPS, SearchForm
from commitments.models import Commitment, SearchDocument
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import search as searching
from commitments.reports import standings
from commitments.reports.found import Finding, Passage, findings, passage
from commitments.services.read_models import documents
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail
from commitments.views.public.commitment_list import CountedPaginator, day_asked, feed_address

PER_PAGE, FEW = 20, 3
FIRST = 10
"""How many commitments stand before the other groups, where no group is asked for."""
MANY = ("sources", "updates")
"""Groups that may have very many texts; each is looked through by itself."""


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
        return self.name in MANY and self.number > searching.MOST

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
    rows = _commitments(request, form, words)
    number = rows.count()
    groups = [
        Group("commitments", GROUPS["commitments"], number),
        *_others(words, is_demo=form.is_demo, only=only),
    ]
    context: dict[str, Any] = {
        "groups": [group for group in groups if group.number],
        "only": only,
        "label": GROUPS.get(only, ""),
        "total": sum(group.number for group in groups),
        "follow": _feed_of(form),
    }
    if only in ("", "commitments"):
        return context | _listed(request, rows, words, number, PER_PAGE if only else FIRST)
    found = searching.in_turn(
        _texts(words, searching.GROUPS[only], is_demo=form.is_demo).select_related("organisation")
    )
    page = Paginator(found[: searching.MOST], PER_PAGE).get_page(request.GET.get("page"))
    return context | {"page": page, "found": findings(page.object_list, words)}


def _feed_of(form: SearchForm) -> str:
    """The feed of the commitments that hold the words."""
    said = QueryDict(mutable=True)
    said["q"] = form.cleaned_data["q"]
    if form.is_demo:
        said["demo"] = "true"
    return feed_address(said)


def _commitments(request: PublicRequest, form: SearchForm, words: list[str]) -> CommitmentQuerySet:
    rows = Commitment.objects.public().filter(programme__is_demo=form.is_demo)
    return searching.best_first(searching.with_words(rows, words), words)


def _listed(
    request: PublicRequest, rows: CommitmentQuerySet, words: list[str], number: int, per_page: int
) -> dict[str, Any]:
    """A page of commitments with where the words stand in each."""
    listed = standings.known(shown(rows), request.today)
    page = CountedPaginator(listed, number, per_page).get_page(request.GET.get("page"))
    best = searching.best_texts([row.pk for row in page.object_list], words)
    passages: dict[int, Passage] = {pk: passage(row, words) for pk, row in best.items()}
    return {"page": page, "commitments": list(page.object_list), "passages": passages}


def _texts(words: list[str], kinds: Sequence[str], *, is_demo: bool) -> QuerySet[SearchDocument]:
    return searching.documents_with(words, kinds).filter(is_demo=is_demo)


def _others(words: list[str], *, is_demo: bool, only: str) -> list[Group]:
    """All other groups with how much there is of each; some of each, where none is asked for."""
    few = _texts(words, searching.FEW_OF, is_demo=is_demo).select_related("organisation")
    of_few = findings(searching.in_turn(few)[: searching.MOST], words)
    groups = []
    for name, kinds in searching.GROUPS.items():
        if name in MANY:
            rows = _texts(words, kinds, is_demo=is_demo)
            number = searching.capped(rows)
            # To sort what nobody counts would cost more than three examples are worth.
            is_shown = 0 < number <= searching.MOST and not only
            some = findings(searching.in_turn(rows)[:FEW], words) if is_shown else []
            groups.append(Group(name, GROUPS[name], number, some))
        else:
            own = [found for found in of_few if found.of in kinds]
            groups.append(Group(name, GROUPS[name], len(own), own[:FEW]))
    return groups
