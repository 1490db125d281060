"""How single values are spelt in answers: what is empty is null, amounts are exact text."""

from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commitments.text.canonical import decimal_text, instant

PAGES = {"vi": _("its page in Vietnamese"), "en": _("its page in English")}
DEMO = _("of the invented demonstration")


def or_null(options: dict[str, Any]) -> dict[str, Any]:
    """Say of a column that may be empty that its answer may be null."""
    if options.pop("allow_blank", False):
        options["allow_null"] = True
    return options


class Text(serializers.CharField):
    """A text; null where nothing is stated."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**or_null(options))

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        return str(value) or None


class Address(serializers.URLField):
    """A web address; null where nothing is stated."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**or_null(options))

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        return str(value) or None


class Word(serializers.ChoiceField):
    """A word of one of our vocabularies; null where nothing is stated."""

    def __init__(self, choices: Any, **options: Any) -> None:
        super().__init__(choices, **or_null(options))

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        return str(value) or None


@extend_schema_field(
    {
        "type": "string",
        "format": "limited-date",
        "pattern": r"^\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?$",
        "examples": ["2026", "2026-Q2", "2026-06", "2026-05-31"],
    }
)
class LimitedDay(Text):
    """A date no more precise than what was said; its earliest and latest day stand beside it."""


class Amount(serializers.DecimalField):
    """An exact number, as text and without needless zeros."""

    def to_representation(self, value: Decimal) -> str:
        return decimal_text(value)


class Instant(serializers.DateTimeField):
    """An instant in UTC, with microseconds, as the public record spells it."""

    def to_representation(self, value: datetime) -> str:
        return instant(value)


class Page(serializers.URLField):
    """The address of a row's own page in one language."""

    def __init__(self, language: str, name: str, *keys: str) -> None:
        super().__init__(source="*", read_only=True, help_text=PAGES[language])
        self.language, self.name, self.keys = language, name, keys

    def to_representation(self, value: Any) -> str:
        keys = [attrgetter(key)(value) for key in self.keys]
        with translation.override(self.language):
            path = reverse(self.name, args=keys)
        address: str = self.context["request"].build_absolute_uri(path)
        return address
