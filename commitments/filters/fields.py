"""The kinds of question a filter can ask: a named row, yes or no, a date of limited precision."""

from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal
from commitments.models import Priority
from commitments.rules.dates import LimitedDate
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
            raise ValidationError(refusal.text, code=refusal.code) from refusal


class LimitedDateFilter(filters.Filter):  # type: ignore[misc]
    field_class = LimitedDateField
