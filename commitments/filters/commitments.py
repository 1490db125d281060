"""What a reader may ask of a list of commitments, cleaned; the same words in page and API."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from commitments.filters.fields import (
    LONGEST_SEARCH,
    NamedFilter,
)
from commitments.models import (
    Commitment,
    CommitmentKind,
    Organisation,
    Priority,
    Programme,
    Stage,
)
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
