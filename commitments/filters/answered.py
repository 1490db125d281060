"""What a program may ask of the list of commitments: the facets of the page, and more."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import django_filters as filters
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.filters.commitments import NOT_STATED, by_title
from commitments.filters.facets import FACETS, FacetField
from commitments.filters.fields import (
    LONGEST_SEARCH,
    LimitedDateFilter,
    RealUnlessAsked,
    YesNoFilter,
)
from commitments.models import (
    Commitment,
    CommitmentKind,
    Forecast,
    Organisation,
    Part,
    Participation,
    Priority,
    Programme,
    Reporting,
    Stage,
    Verification,
)
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import facets, search
from commitments.reports.facets import DUE, Counts
from commitments.rules.dates import LimitedDate
from commitments.text.folding import terms

BLANK = {"stage": NOT_STATED, "verification": NOT_STATED}
RELEVANCE, STANDING = "relevance", "standing"
_ONE_WORLD = _("The demonstration and the real record are never shown in one list.")
_SEVERAL = _("May be given several times: any of them.")


def _words(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def _programmes() -> list[tuple[str, str]]:
    return _words(Programme.objects.public().values_list("slug", flat=True))


def _organisations() -> list[tuple[str, str]]:
    return _words(Organisation.objects.public().values_list("slug", flat=True))


def _priorities() -> list[tuple[str, str]]:
    rows = Priority.objects.filter(programme__published_at__isnull=False)
    return _words(map("/".join, rows.values_list("programme__slug", "slug")))


class FacetFilter(filters.MultipleChoiceFilter):  # type: ignore[misc]  # not typed
    """Some values of a facet. Which rows have them is asked of all facets together."""

    field_class = FacetField


def _facet(label: Any, choices: Any, about: Any = _SEVERAL) -> FacetFilter:
    return FacetFilter(method="later", choices=choices, label=label, help_text=about)


class FullCommitmentFilter(RealUnlessAsked):
    """All that the API may ask. Needs the rows of `reports.facets.prepared`."""

    demo_path = "programme__is_demo"
    q = filters.CharFilter(
        method="search",
        label=_("Words"),
        max_length=LONGEST_SEARCH,
        help_text=_("Words of any text of the commitment, with or without diacritics."),
    )
    programme = _facet(_("Programme"), _programmes)
    kind = _facet(_("Kind"), CommitmentKind.choices)
    organisation = _facet(_("Organisation"), _organisations)
    role = filters.ChoiceFilter(
        choices=Part.choices,
        method="in_role",
        label=_("Role"),
        help_text=_("The role of the organisation; without one, the role of anybody."),
    )
    stage = _facet(_("Stage"), [(NOT_STATED, _("no stage stated")), *Stage.choices])
    priority = _facet(_("Priority"), _priorities, _("A priority as programme/slug."))
    forecast = _facet(_("Forecast"), Forecast.choices)
    reporting = _facet(_("Reporting"), Reporting.choices)
    verification = _facet(
        _("Verification"), [(NOT_STATED, _("nothing to verify yet")), *Verification.choices]
    )
    due = _facet(_("Due"), list(DUE.items()))
    past_due = YesNoFilter(method="that_is_past_due", label=_("Past due"))
    due_after = LimitedDateFilter(
        method="due_from",
        label=_("Due on or after"),
        help_text=_("A day, or 2026-06, 2026-Q2, 2026: due on or after its first day."),
    )
    due_before = LimitedDateFilter(
        method="due_until",
        label=_("Due on or before"),
        help_text=_("A day, or 2026-06, 2026-Q2, 2026: due on or before its last day."),
    )
    ordering = filters.ChoiceFilter(
        choices=[
            *(
                (sign + name, text)
                for name, text in (
                    ("reference", _("by reference")),
                    ("due", _("by due date")),
                    ("stage_as_of_on", _("by date of the stage")),
                    ("title", _("by title")),
                )
                for sign in ("", "-")
            ),
            (RELEVANCE, _("best match first")),
            (STANDING, _("worst first")),
        ],
        method="ordered",
        label=_("Order"),
        help_text=_("With a minus, the other way round. What has no date comes last."),
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def is_valid(self) -> bool:
        """Invented and real rows never stand in one list (design §9)."""
        if not super().is_valid():
            return False
        asked = self.form.cleaned_data["programme"]
        programmes = Programme.objects.filter(slug__in=asked)
        mixed = len(asked) > 1 and len(set(programmes.values_list("is_demo", flat=True))) > 1
        if mixed:
            self.form.add_error("programme", ValidationError(_ONE_WORLD, code="one_world"))
        return not mixed

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = cast(CommitmentQuerySet, super().filter_queryset(queryset))
        return facets.narrowed(rows, self.chosen)

    def counts(self) -> Counts:
        """What each value of a facet would leave, with all else that is asked applied."""
        rows = cast(CommitmentQuerySet, super().filter_queryset(self.queryset.all()))
        return facets.counts(rows, self.chosen)

    @property
    def chosen(self) -> Mapping[str, set[Any]]:
        """By facet the values as the columns hold them."""
        said = {name: self.form.cleaned_data[name] for name in FACETS}
        return {name: _as_held(name, values) for name, values in said.items() if values}

    def later(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        return rows

    def search(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        """Every word must begin a word of any text; needs the read model of the search."""
        words = terms(value)
        return search.with_words(rows, words) if words else rows.none()

    def in_role(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        parts = Participation.objects.filter(role=value)
        if organisations := self.form.cleaned_data["organisation"]:
            parts = parts.filter(organisation__slug__in=organisations)
        return rows.filter(pk__in=parts.values("commitment"))

    def that_is_past_due(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        return rows.filter(is_past_due=value)

    def due_from(
        self, rows: QuerySet[Commitment], _name: str, value: LimitedDate
    ) -> QuerySet[Commitment]:
        return rows.filter(due_latest__gte=value.earliest)

    def due_until(
        self, rows: QuerySet[Commitment], _name: str, value: LimitedDate
    ) -> QuerySet[Commitment]:
        return rows.filter(due_latest__lte=value.latest)

    def ordered(self, rows: Any, _name: str, value: str) -> Any:
        if value == RELEVANCE:
            words = terms(self.form.cleaned_data["q"] or "")
            return search.best_first(rows, words) if words else rows
        if value == STANDING:
            return rows.order_by("rank", F("due_latest").asc(nulls_last=True), "reference")
        keys: dict[str, Any] = {
            "reference": F("reference"),
            "due": F("due_latest"),
            "stage_as_of_on": F("stage_as_of_on"),
            "title": by_title(),
        }
        key = keys[value.removeprefix("-")]
        first = key.desc(nulls_last=True) if value[0] == "-" else key.asc(nulls_last=True)
        return rows.order_by(first, "reference", "pk")


def _as_held(name: str, words: list[str]) -> set[Any]:
    if name == "programme":
        return set(Programme.objects.filter(slug__in=words).values_list("pk", flat=True))
    if name == "organisation":
        return set(Organisation.objects.filter(slug__in=words).values_list("pk", flat=True))
    if name == "priority":
        rows = Priority.objects.filter(slug__in=[word.partition("/")[2] for word in words])
        found = rows.values_list("pk", "programme__slug", "slug")
        return {pk for pk, programme, slug in found if f"{programme}/{slug}" in words}
    return {"" if BLANK.get(name) == word else word for word in words}
