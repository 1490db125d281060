"""What a reader may ask of the list of reported errors."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.filters.fields import NamedFilter, public_programmes
from commitments.models import ErrorReport, ErrorState, Programme


class ErrorReportFilter(filters.FilterSet):  # type: ignore[misc]
    """By state as of a day, and programme; the demonstration only where its programme is asked."""

    state = filters.ChoiceFilter(
        choices=ErrorState.choices, method="in_state", label=_("State"), empty_label=_("All")
    )
    programme = NamedFilter(
        queryset=public_programmes,
        to_field_name="slug",
        method="in_programme",
        label=_("Programme"),
        empty_label=_("All"),
    )

    class Meta:
        model = ErrorReport
        fields: list[str] = []

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def in_state(
        self, rows: "QuerySet[ErrorReport]", _name: str, value: str
    ) -> "QuerySet[ErrorReport]":
        found: QuerySet[ErrorReport] = rows.in_state(value, self.today)  # type: ignore[attr-defined]
        return found

    def in_programme(
        self, rows: "QuerySet[ErrorReport]", _name: str, value: Programme
    ) -> "QuerySet[ErrorReport]":
        # By its slug: of a past day the programme is a row of that day's own database.
        return rows.filter(programme__slug=value.slug)

    def filter_queryset(self, queryset: "QuerySet[ErrorReport]") -> "QuerySet[ErrorReport]":
        rows: QuerySet[ErrorReport] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("programme") else rows.filter(is_demo=False)
