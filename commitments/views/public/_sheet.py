"""What the page of a commitment shows, each looked up when the page first asks for it.

Most of it is kept in parts (`reports.parts`): a page whose parts are all at hand asks for none.
"""

from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.shortcuts import get_object_or_404
from django.utils.functional import SimpleLazyObject

from commitments.models import Commitment, Target
from commitments.reports import parts, timeline, whole
from commitments.reports.answers import answers
from commitments.reports.citations import Citation, citation_of
from commitments.reports.linked_data import linked_data
from commitments.reports.periods import ratings
from commitments.reports.plan import plan_of
from commitments.views.public._page import PublicRequest

PER_PAGE = 20
"""Entries of a history at once; an update keeps its own address whatever page it stands on."""
ASKED_LATE = ("whole", "targets", "plan", "ratings", "citation", "data", "answers",
              "page", "entries", "choices")  # fmt: skip


class Sheet:
    """One commitment for one request. Raises Http404 where there is none to show."""

    def __init__(self, request: PublicRequest, slug: str) -> None:
        self.request, self.slug = request, slug
        self.row = parts.part("commitment", slug, request.today, make=self._row)

    def _row(self) -> Commitment:
        found: Commitment = get_object_or_404(whole.rows(self.request.today), slug=self.slug)
        return found

    @property
    def context(self) -> dict[str, Any]:
        return {name: SimpleLazyObject(partial(getattr, self, name)) for name in ASKED_LATE}

    @cached_property
    def whole(self) -> whole.Whole:
        """All rows hang on a commitment of our own: what is kept is shared, and stays as it is."""
        return whole.whole_of(self._row() if parts.are_at_hand() else self.row)

    @cached_property
    def commitment(self) -> Commitment:
        """With the updates that set stage and forecast."""
        full, rows = self._full, self.whole.commitment
        whole.rate(rows, full)
        return rows

    @cached_property
    def targets(self) -> list[Target]:
        return self.whole.targets

    @cached_property
    def plan(self) -> Any:
        return plan_of(self.commitment, whole.measured_of(self.whole))

    @cached_property
    def ratings(self) -> Any:
        return ratings(self.commitment, self.whole.said, self.request.today)

    @cached_property
    def answers(self) -> Any:
        return answers(self.commitment, has_target=bool(self.targets))

    @cached_property
    def _event(self) -> Any:
        return whole.newest_event(self.slug, self.request.today, self.request.version)

    @cached_property
    def citation(self) -> Citation:
        return citation_of(self.commitment, self._event, self.request.present)

    @cached_property
    def data(self) -> Any:
        return linked_data(self.commitment, self._event)

    @cached_property
    def _history(self) -> list[Any]:
        request = self.request
        events = whole.events_of(self.slug, request.today, request.version)
        return timeline.history_of(self.whole, events, request.today)

    @cached_property
    def page(self) -> "Page[Any]":
        """The page of the history that is asked for."""
        chosen = timeline.of_kind(self._history, self._show)
        return Paginator(chosen, PER_PAGE).get_page(self.request.GET.get("page"))

    @cached_property
    def entries(self) -> Sequence[Any]:
        return timeline.dressed(self._listed, self.whole, self._full)

    @cached_property
    def choices(self) -> Any:
        return timeline.choices(self._history, self._show)

    @property
    def _show(self) -> str:
        return self.request.GET.get("show", "")

    @cached_property
    def _listed(self) -> list[Any]:
        return list(self.page.object_list)

    @cached_property
    def _full(self) -> dict[int, Any]:
        """The updates of that page, and those that set stage and forecast, wherever they stand."""
        commitment = self.whole.commitment
        keys = [entry.row.pk for entry in self._listed if entry.form == "update"]
        rated = [commitment.stage_update_id, commitment.forecast_update_id]
        return whole.in_full(self.whole, {*keys, *(pk for pk in rated if pk)})
