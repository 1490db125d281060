"""Fields of the fact file: words, dates, figures and references, each read from its text."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from commitments.errors import Refusal
from commitments.rules.addresses import check_address
from commitments.rules.dates import LimitedDate

_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class TextField(serializers.CharField):
    """Text of at most `most` characters; where `empty`, null or nothing at all stands for it."""

    def __init__(self, most: int | None = None, *, empty: bool = False) -> None:
        super().__init__(max_length=most, **_presence(empty))


class WordField(serializers.Field):  # type: ignore[type-arg]
    """One word of a vocabulary, given as the file's words with those of our tables."""

    default_error_messages = {"unknown": "“{word}” is none of: {words}."}

    def __init__(self, words: Mapping[str, Any], *, empty: bool = False) -> None:
        self.words = words
        super().__init__(**_presence(empty))

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or data not in self.words:
            self.fail("unknown", word=data, words=", ".join(self.words))
        return self.words[data]


class DayField(serializers.Field):  # type: ignore[type-arg]
    """A whole day, written like 2026-05-31."""

    default_error_messages = {
        "unreadable": "“{text}” is not a day written like 2026-05-31.",
        "future": "{text} lies in the future.",
    }

    def __init__(self, *, empty: bool = False, past: bool = False) -> None:
        self.past = past
        super().__init__(**_presence(empty))

    def to_internal_value(self, data: Any) -> date:
        try:
            day = date.fromisoformat(str(data))
        except ValueError:
            self.fail("unreadable", text=data)
        if day.isoformat() != data:
            self.fail("unreadable", text=data)
        if self.past and day > self.context["today"]:
            self.fail("future", text=data)
        return day


class LimitedDateField(serializers.Field):  # type: ignore[type-arg]
    """A date as precise as it is known: 2026, 2026-Q2, 2026-05 or 2026-05-31."""

    default_error_messages = {
        "unreadable": "“{text}” is not a date written like 2026, 2026-Q2, 2026-05 or 2026-05-31."
    }

    def __init__(self, *, empty: bool = True) -> None:
        super().__init__(**_presence(empty))

    def to_internal_value(self, data: Any) -> LimitedDate:
        try:
            limited = LimitedDate.parse(str(data))
        except Refusal:
            self.fail("unreadable", text=data)
        if limited.text != data:
            self.fail("unreadable", text=data)
        return limited


class FigureField(serializers.DecimalField):
    """A figure with a point as decimal sign, taken digit for digit."""

    default_error_messages = {"unreadable": "“{text}” is not a figure written like 1234 or 22.5."}

    def __init__(self, *, empty: bool = False) -> None:
        super().__init__(max_digits=30, decimal_places=6, **_presence(empty))

    def to_internal_value(self, data: Any) -> Decimal:
        if not isinstance(data, str) or not _FIGURE.fullmatch(data):
            self.fail("unreadable", text=data)
        return super().to_internal_value(data)

    def quantize(self, value: Decimal) -> Decimal:
        return value


class AddressField(serializers.Field):  # type: ignore[type-arg]
    """An http(s) address that a reader may be sent to."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(**_presence(True))

    def to_internal_value(self, data: Any) -> str:
        address = str(data)
        if len(address) > self.most:
            raise serializers.ValidationError(f"More than {self.most} characters.")
        try:
            return check_address(address)
        except Refusal as refusal:
            raise serializers.ValidationError(str(refusal)) from refusal


class ReferenceField(serializers.Field):  # type: ignore[type-arg]
    """The id of an entry that the same file has; `space` says of which kind."""

    default_error_messages = {"unknown": "“{name}” is the id of nothing among the {space}."}

    def __init__(self, space: str, *, empty: bool = False) -> None:
        self.space = space
        super().__init__(**_presence(empty))

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.context["ids"][self.space]:
            self.fail("unknown", name=data, space=self.space)
        return str(data)


class ReferencesField(serializers.ListField):
    """Ids of entries that the same file has, none of them twice."""

    def __init__(self, space: str, *, empty: bool = False) -> None:
        child = ReferenceField(space)
        super().__init__(child=child, allow_empty=empty, required=not empty)

    def to_internal_value(self, data: Any) -> list[str]:
        names: list[str] = super().to_internal_value(data)
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise serializers.ValidationError(f"“{twice}” stands twice.")
        return names


def _presence(empty: bool) -> dict[str, Any]:
    """Where the source may not say it, null and absence mean the same."""
    return {"required": not empty, "allow_null": empty}
