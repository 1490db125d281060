"""What a reader may ask of a list of commitments, cleaned; the same words in page and API."""

from typing import Any

import django_filters as filters
from django.db.models import F, QuerySet
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from commitments.filters.fields import (
    LONGEST_SEARCH,
    LimitedDateFilter,
    NamedFilter,
    RealUnlessAsked,
    YesNoFilter,
    named,
    public_organisations,
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
from commitments.reports.search import with_words
from commitments.rules.dates import LimitedDate
from commitments.text.display import said_text
from commitments.text.folding import terms

NOT_STATED = "none"
"""Asks for the commitments whose stage nobody has stated."""


def _programmes(_request: object) -> QuerySet[Programme]:
    return Programme.objects.public()


def _organisations(_request: object) -> QuerySet[Organisation]:
    return Organisation.objects.public().filter(participations__isnull=False).distinct()


def _priorities() -> list[tuple[str, str]]:
    rows = Priority.objects.filter(programme__published_at__isnull=False)
    return [
        (f"{row.programme.slug}/{row.slug}", said_text(row, "title"))
        for row in rows.select_related("programme")
    ]


class CommitmentFilter(filters.FilterSet):  # type: ignore[misc]
    """Title words, programme, kind, organisation in any part, stage, priority.

    A priority is asked for as `2026/its-slug`: the slug alone is unique in its programme only.
    """

    q = filters.CharFilter(
        method="search", label=_("Words in the title"), max_length=LONGEST_SEARCH
    )
    programme = NamedFilter(
        queryset=_programmes, to_field_name="slug", label=_("Programme"), empty_label=_("All")
    )
    kind = filters.ChoiceFilter(
        choices=CommitmentKind.choices, label=_("Kind"), empty_label=_("All")
    )
    organisation = NamedFilter(
        queryset=_organisations,
        to_field_name="slug",
        method="of_organisation",
        label=_("Organisation"),
        empty_label=_("All"),
    )
    stage = filters.ChoiceFilter(
        choices=[(NOT_STATED, _("no stage stated")), *Stage.choices],
        method="at_stage",
        label=_("Stage"),
        empty_label=_("All"),
    )
    priority = filters.ChoiceFilter(
        choices=_priorities, method="of_priority", label=_("Priority"), empty_label=_("All")
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def search(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        """Every word must begin a word of title, reference or body, marks or no marks."""
        words = terms(value)
        if not words:
            return rows.none()
        for word in words:
            rows = rows.filter(search_text__contains=f" {word}")
        return rows

    def of_organisation(
        self, rows: QuerySet[Commitment], _name: str, value: Organisation
    ) -> QuerySet[Commitment]:
        # As a subquery: a join would repeat a commitment in which a body has two parts.
        return rows.filter(pk__in=value.participations.values("commitment"))

    def at_stage(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        return rows.filter(stage="" if value == NOT_STATED else value)

    def of_priority(
        self, rows: QuerySet[Commitment], _name: str, value: str
    ) -> QuerySet[Commitment]:
        programme, _slash, slug = value.partition("/")
        return rows.filter(priority__programme__slug=programme, priority__slug=slug)


class LetterByLetter(Collate):
    """The same order on every database, also where a past day's is another one than ours."""

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        collation = connection.ops.quote_name("C")
        return self.as_sql(compiler, connection, collation=collation, **extra)


def by_title() -> Collate:
    """Titles without their marks, letter by letter."""
    return LetterByLetter("search_text", "BINARY")


class FullCommitmentFilter(RealUnlessAsked, CommitmentFilter):
    """All that the API may ask. Needs the rows of `for_list`, which know every axis."""

    demo_path = "programme__is_demo"
    q = filters.CharFilter(
        method="search",
        label=_("Words"),
        max_length=LONGEST_SEARCH,
        help_text=_("Words of any text of the commitment, with or without diacritics."),
    )
    priority = filters.ChoiceFilter(
        choices=_priorities,
        method="of_priority",
        label=_("Priority"),
        help_text=_("A priority as programme/slug."),
    )
    organisation = named(public_organisations, _("Organisation"), method="of_organisation")
    role = filters.ChoiceFilter(
        choices=Part.choices,
        method="in_role",
        label=_("Role"),
        help_text=_("The role of the organisation; without one, the role of anybody."),
    )
    forecast = filters.ChoiceFilter(choices=Forecast.choices, label=_("Forecast"))
    reporting = filters.ChoiceFilter(
        choices=Reporting.choices, method="as_computed", label=_("Reporting")
    )
    verification = filters.ChoiceFilter(
        choices=Verification.choices, method="as_computed", label=_("Verification")
    )
    past_due = YesNoFilter(field_name="is_past_due", method="as_computed_yes", label=_("Past due"))
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
            (sign + name, text)
            for name, text in (
                ("reference", _("by reference")),
                ("due", _("by due date")),
                ("stage_as_of_on", _("by date of the stage")),
                ("title", _("by title")),
            )
            for sign in ("", "-")
        ],
        method="ordered",
        label=_("Order"),
        help_text=_("With a minus, the other way round. What has no date comes last."),
    )

    def search(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        """Every word must begin a word of any text; needs the read model of the search."""
        words = terms(value)
        return with_words(rows, words) if words else rows.none()

    def in_role(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        parts = Participation.objects.filter(role=value)
        if organisation := self.form.cleaned_data["organisation"]:
            parts = parts.filter(organisation=organisation)
        return rows.filter(pk__in=parts.values("commitment"))

    def as_computed(
        self, rows: QuerySet[Commitment], name: str, value: str
    ) -> QuerySet[Commitment]:
        return rows.filter(**{name: value})

    def as_computed_yes(
        self, rows: QuerySet[Commitment], name: str, value: bool
    ) -> QuerySet[Commitment]:
        return rows.filter(**{name: value})

    def due_from(
        self, rows: QuerySet[Commitment], _name: str, value: LimitedDate
    ) -> QuerySet[Commitment]:
        return rows.filter(due_latest__gte=value.earliest)

    def due_until(
        self, rows: QuerySet[Commitment], _name: str, value: LimitedDate
    ) -> QuerySet[Commitment]:
        return rows.filter(due_latest__lte=value.latest)

    def ordered(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        keys: dict[str, Any] = {
            "reference": F("reference"),
            "due": F("due_latest"),
            "stage_as_of_on": F("stage_as_of_on"),
            "title": by_title(),
        }
        key = keys[value.removeprefix("-")]
        first = key.desc(nulls_last=True) if value[0] == "-" else key.asc(nulls_last=True)
        return rows.order_by(first, "reference", "pk")
