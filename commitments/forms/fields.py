"""Fields that read dates, figures and addresses with the rules of the house."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from commitments.errors import Refusal
from commitments.rules.addresses import check_address
from commitments.rules.dates import LimitedDate, parse_day
from commitments.rules.figures import read_figure
from commitments.rules.texts import check_characters, check_text
from commitments.text.display import active_language
from commitments.text.typed import typed_day, typed_figure

Read = TypeVar("Read")


def read(reader: Callable[[str], Read], typed: str) -> Read:
    """What the reader makes of the text; its refusal becomes the form's error."""
    try:
        return reader(typed)
    except Refusal as refused:
        raise ValidationError(refused.text, code=refused.code) from refused


class DayField(forms.CharField):
    """One day, the day first: `31/5/2026`. Empty is None."""

    def prepare_value(self, value: Any) -> Any:
        return typed_day(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        return read(parse_day, typed) if typed else None


class LimitedDateField(forms.CharField):
    """A date that may be less precise than a day: `5/2026`. Empty is None."""

    def clean(self, value: Any) -> LimitedDate | None:
        typed = super().clean(value)
        return read(LimitedDate.parse, typed) if typed else None


class AddressField(forms.CharField):
    """The address of a public page, checked and spelled alike. Empty stays empty."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return read(check_address, typed) if typed else ""


class FigureInput(forms.TextInput):
    """A text input with the unit behind it."""

    template_name = "staff/widgets/figure.html"

    def __init__(self, unit: str, attrs: dict[str, Any] | None = None) -> None:
        """Of text, not of number: a person types either decimal sign."""
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"unit": self.unit}


class FigureField(forms.CharField):
    """An exact figure with either decimal sign, read in the page's language. Empty is None."""

    def __init__(
        self, *, unit: str, negative: bool = False, percent: bool = False, **options: Any
    ) -> None:
        super().__init__(widget=FigureInput(unit), **options)
        self.negative, self.percent = negative, percent

    def prepare_value(self, value: Any) -> Any:
        return typed_figure(value, active_language()) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        return read(self._read, typed) if typed else None

    def _read(self, typed: str) -> Decimal:
        return read_figure(typed, active_language(), negative=self.negative, percent=self.percent)


class LongTextField(forms.CharField):
    """A text of several lines in one language; a line break counts as one character."""

    def __init__(self, *, limit: int, lang: str = "", rows: int = 4, **options: Any) -> None:
        attrs: dict[str, Any] = {"rows": rows}
        if lang:
            attrs |= {"lang": lang, "spellcheck": "true"}
        super().__init__(widget=forms.Textarea(attrs), **options)
        self.max_length = limit  # the counter of the page looks for it

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        super().validate(value)
        _refuse(check_text(value, self.max_length or 0))


class LineField(forms.CharField):
    """A text of one line without hidden characters; how long it may be, the rules say."""

    def validate(self, value: str) -> None:
        super().validate(value)
        _refuse(check_characters(value))


def _refuse(found: Iterator[Refusal]) -> None:
    """The first refusal as the form's error."""
    for refusal in found:
        raise ValidationError(refusal.text, code=refusal.code)
