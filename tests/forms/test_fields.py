"""Fields that read what people type, and say so at the field when they cannot."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from commitments.forms.fields import (
    AddressField,
    DayField,
    FigureField,
    LimitedDateField,
    LineField,
    LongTextField,
)
from commitments.rules.dates import LimitedDate


def code(field, value):
    with pytest.raises(ValidationError) as wrong:
        field.clean(value)
    return wrong.value.error_list[0].code


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (DayField(required=False), " 31/5/2026 ", date(2026, 5, 31)),
        (DayField(required=False), "", None),
        (LimitedDateField(required=False), "5/2026", LimitedDate.parse("2026-05")),
        (LimitedDateField(required=False), "", None),
        (AddressField(required=False), " HTTPS://Example.org/A ", "https://example.org/A"),
        (AddressField(required=False), "", ""),
        (FigureField(unit="m", required=False), " 12 ", Decimal(12)),
        (FigureField(unit="m", required=False), "", None),
        (FigureField(unit="%", percent=True, required=False), "12 %", Decimal(12)),
        (FigureField(unit="m", negative=True, required=False), "-3", Decimal(-3)),
        (LongTextField(limit=5, required=False), " a\r\nb ", "a\nb"),
        (LongTextField(limit=5, required=False), None, ""),
    ],
)
def test_fields_read_what_was_typed(field, typed, value):
    assert field.clean(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        (DayField(), "soon", "date_unreadable"),
        (DayField(), "5/2026", "date_not_a_day"),
        (DayField(), "", "required"),
        (LimitedDateField(), "Q5/2026", "date_not_in_calendar"),
        (AddressField(), "ftp://example.org", "address_scheme"),
        (AddressField(), "https://me:pw@example.org", "address_has_credentials"),
        (FigureField(unit="m"), "many", "figure_has_letters"),
        (FigureField(unit="m"), "-3", "figure_negative"),
        (FigureField(unit="m"), "12 %", "figure_percent"),
        (LongTextField(limit=5), "123456", "too_long"),
        (LongTextField(limit=5), "a\x00", "hidden_character"),
        (LineField(), "Test \u202etext", "hidden_character"),
    ],
)
def test_fields_refuse_with_the_code_of_the_rule(field, typed, found):
    assert code(field, typed) == found


@pytest.mark.parametrize(("language", "value"), [("vi", "1234.5"), ("en", "1234.5")])
def test_figure_field_shows_and_reads_in_the_language_of_the_page(language, value):
    field = FigureField(unit="m")

    with override(language):
        shown = field.prepare_value(Decimal(value))
        assert field.clean(shown) == Decimal(value)
    assert shown == {"vi": "1234,5", "en": "1234.5"}[language]


def test_fields_show_what_was_typed_as_it_was():
    assert DayField().prepare_value("someday") == "someday"
    assert DayField().prepare_value(date(2026, 5, 31)) == "31/5/2026"
    assert FigureField(unit="m").prepare_value("1.2.3") == "1.2.3"


def test_figure_input_carries_its_unit():
    with override("en"):
        html = FigureField(unit="<m>").widget.render("a", "1", {"id": "id_a"})

    assert '<div class="govuk-input__suffix" aria-hidden="true">&lt;m&gt;</div>' in html
    assert 'inputmode="decimal"' in html
