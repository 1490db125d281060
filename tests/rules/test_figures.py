"""Figures are read by locale, exactly, and asked back where two readings are possible."""

import re
from contextlib import suppress
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from commitments.errors import Invalid
from commitments.rules.figures import read_figure

MARKS = {"vi": (".", ","), "en": (",", ".")}
BLANKS = [" ", "\u00a0", "\u202f", "\u2009"]


@st.composite
def figures(draw):
    before = draw(st.integers(0, 10**24 - 1))
    after = draw(st.text("0123456789", max_size=6))
    return Decimal(f"{before}.{after}" if after else before)


def written(number, group, decimal_sign):
    return f"{number:,f}".translate(str.maketrans({",": group, ".": decimal_sign}))


def code_of(typed, language, **allowed):
    with pytest.raises(Invalid) as caught:
        read_figure(typed, language, field="value", **allowed)
    assert caught.value.field == "value"
    assert str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("1.234,5", "vi", "1234.5"),
        ("1,234.5", "en", "1234.5"),
        ("1.234,5", "en", "1234.5"),
        ("1,234.5", "vi", "1234.5"),
        ("1.234", "vi", "1234"),
        ("1,234", "en", "1234"),
        ("1,234", "en-gb", "1234"),
        ("1.234.567", "en", "1234567"),
        ("1,234,567", "vi", "1234567"),
        ("1 234 567,89", "vi", "1234567.89"),
        ("1\u00a0234\u202f567.89", "en", "1234567.89"),
        ("1 234.567", "en", "1234.567"),
        ("1234.5", "vi", "1234.5"),
        ("1234,5", "en", "1234.5"),
        ("1234.567", "vi", "1234.567"),
        ("1.2340", "en", "1.2340"),
        ("0.125", "en", "0.125"),
        ("0,125", "vi", "0.125"),
        ("0.125", "vi", "0.125"),
        (",5", "vi", "0.5"),
        ("85", "vi", "85"),
        ("  85 ", "en", "85"),
        ("+85", "en", "85"),
        ("007", "en", "7"),
        ("0", "vi", "0"),
        ("100.000.000.000", "vi", "100000000000"),
    ],
)
def test_read_figure_understands(typed, language, number):
    read = read_figure(typed, language)

    assert (read, type(read)) == (Decimal(number), Decimal)


@pytest.mark.parametrize(
    ("typed", "language", "whole", "decimal"),
    [
        ("1.234", "en", "1234", "1.2340"),
        ("1,234", "vi", "1234", "1,2340"),
        ("-100,000", "vi", "-100000", "-100,0000"),
        ("1 234.567", "vi", "1234567", "1234,5670"),
    ],
)
def test_read_figure_asks_back_and_its_answers_are_understood(typed, language, whole, decimal):
    with override("en"), pytest.raises(Invalid) as caught:
        read_figure(typed, language, negative=True, field="value")

    assert (caught.value.code, caught.value.field) == ("ambiguous_figure", "value")
    assert str(caught.value) == (
        f"“{typed}” can be read in two ways. Please write {whole} if you mean a whole number, "
        f"or {decimal} if you mean a decimal."
    )
    assert read_figure(whole, language, negative=True) == Decimal(whole)
    assert read_figure(decimal, language, negative=True) == Decimal(decimal.replace(",", "."))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "figure_missing"),
        (" \u00a0 ", "figure_missing"),
        ("-5", "figure_negative"),
        ("−5", "figure_negative"),
        ("85 %", "figure_percent"),
        ("85 people", "figure_has_letters"),
        ("1,5 tỷ", "figure_has_letters"),
        ("1e5", "figure_has_letters"),
        ("NaN", "figure_has_letters"),
        ("Infinity", "figure_has_letters"),
        ("1_000", "figure_unreadable"),
        ("٣", "figure_unreadable"),
        ("８５", "figure_unreadable"),
        ("55-60", "figure_unreadable"),
        ("1.23.4", "figure_unreadable"),
        ("1.234.56", "figure_unreadable"),
        ("12.34,5", "figure_unreadable"),
        ("1,234.5,6", "figure_unreadable"),
        ("1 23", "figure_unreadable"),
        ("1  234", "figure_unreadable"),
        ("1 234.567,8", "figure_unreadable"),
        ("1234 567", "figure_unreadable"),
        ("01.234", "figure_unreadable"),
        ("5.", "figure_unreadable"),
        (".", "figure_unreadable"),
        ("+", "figure_unreadable"),
        ("+-5", "figure_unreadable"),
        ("9" * 61, "figure_unreadable"),
        ("9" * 25, "figure_too_large"),
        ("0.1234567", "figure_too_precise"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_read_figure_refuses(typed, code, language):
    assert code_of(typed, language) == code


def test_signs_pass_where_they_are_allowed():
    assert read_figure("-1.234,5", "vi", negative=True) == Decimal("-1234.5")
    assert read_figure("− 5", "en", negative=True) == Decimal(-5)
    assert str(read_figure("-0", "en", negative=True)) == "0"
    assert read_figure("22,5 %", "vi", percent=True) == Decimal("22.5")
    assert code_of("%", "vi", percent=True) == "figure_unreadable"
    assert code_of("-", "vi", negative=True) == "figure_unreadable"
    assert code_of("--5", "vi", negative=True) == "figure_unreadable"


@given(figures(), st.sampled_from(["vi", "en"]), st.booleans())
def test_what_is_written_by_locale_is_read_as_the_same(number, language, minus):
    group, decimal_sign = MARKS[language]
    number = -number if minus else number
    typed = written(number, group, decimal_sign)

    if re.fullmatch(rf"-?[1-9]\d{{0,2}}\{decimal_sign}\d{{3}}", typed):
        assert code_of(typed, language, negative=True) == "ambiguous_figure"
        typed += "0"
    assert read_figure(typed, language, negative=True) == number


@given(figures(), st.sampled_from(["vi", "en"]), st.sampled_from(BLANKS))
def test_what_is_grouped_by_blanks_is_read_as_the_same(number, language, blank):
    decimal_sign = MARKS[language][1]
    typed = written(number, blank, decimal_sign)

    if re.fullmatch(rf"[1-9]\d{{0,2}}\{decimal_sign}\d{{3}}", typed):
        typed += "0"
    assert read_figure(typed, language) == number


@given(figures(), st.sampled_from(["vi", "en"]))
def test_every_digit_is_kept(number, language):
    plain = str(number).replace(".", MARKS[language][1])
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        plain += "0"

    assert str(read_figure(plain, language)).rstrip("0") == plain.replace(",", ".").rstrip("0")


@given(st.text(max_size=40), st.sampled_from(["vi", "en"]))
def test_anything_typed_is_a_figure_or_refused(text, language):
    with suppress(Invalid):
        assert read_figure(text, language, negative=True, percent=True).is_finite()
