"""The kinds of question a filter can ask: a named row, yes or no, a date of limited precision."""

from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal
from commitments.models import Commitment, Organisation, Priority, Programme
from commitments.rules.dates import FIRST_YEAR, LAST_YEAR, LimitedDate
from commitments.text.display import said_text

LONGEST_SEARCH = 200


class NamedField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    """A choice among rows that shows each name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return said_text(obj, "title" if isinstance(obj, Priority) else "name")


class NamedFilter(filters.ModelChoiceFilter):  # type: ignore[misc]
    field_class = NamedField


class YesNoField(forms.TypedChoiceField):
    """`true` or `false`; anything else is refused, where Django's own field would ignore it."""

    def __init__(self, **options: Any) -> None:
        choices = [("", _("All")), ("true", _("Yes")), ("false", _("No"))]
        super().__init__(
            choices=choices, coerce=lambda said: said == "true", empty_value=None, **options
        )


class YesNoFilter(filters.Filter):  # type: ignore[misc]
    field_class = YesNoField


class LimitedDateField(forms.CharField):
    """A date as people write it; `2026` and `2026-Q2` are dates too."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return LimitedDate.parse(text)
        except Refusal as refusal:
            # The text quotes what was typed, and a per cent sign in it must not ask for a value.
            said = {"text": refusal.text}
            raise ValidationError("%(text)s", code=refusal.code, params=said) from refusal


class LimitedDateFilter(filters.Filter):  # type: ignore[misc]
    field_class = LimitedDateField


class YearFilter(filters.Filter):  # type: ignore[misc]
    """A whole number that can be a year."""

    field_class = forms.IntegerField

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, **options)


class RealUnlessAsked(filters.FilterSet):  # type: ignore[misc]
    """Leaves the demonstration out unless it is asked for by `demo` or by its programme.

    Invented and real rows never stand in one list (design §9).
    """

    demo_path = "is_demo"
    demo = YesNoFilter(
        method="as_said",
        label=_("The demonstration"),
        help_text=_("The invented demonstration instead of the real record."),
    )

    def as_said(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        return rows.filter(**{self.demo_path: value})

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if asked["demo"] is None and not asked.get("programme"):
            rows = rows.filter(**{self.demo_path: False})
        return rows


def public_programmes(_request: object) -> QuerySet[Programme]:
    return Programme.objects.public()


def public_organisations(_request: object) -> QuerySet[Organisation]:
    return Organisation.objects.public()


def public_commitments(_request: object) -> QuerySet[Commitment]:
    return Commitment.objects.public()


def named(queryset: Any, label: Any, **options: Any) -> NamedFilter:
    """A filter by the slug of a public row."""
    return NamedFilter(queryset=queryset, to_field_name="slug", label=label, **options)
