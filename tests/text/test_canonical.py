"""The same content gives the same bytes; what JSON cannot carry is refused."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.text.canonical import (
    LARGEST_INTEGER,
    NotCanonicalError,
    canonical,
    decimal_text,
    digest,
    instant,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
)


def test_canonical_sorts_keys_and_keeps_letters():
    obj = {"vi": "Cam kết", "a": [1, True, None, {}], "é": "\u20ac\n"}

    assert canonical(obj) == '{"a":[1,true,null,{}],"vi":"Cam kết","é":"€\\n"}'.encode()


def test_keys_are_ordered_as_the_rfc_orders_them():
    """The example of RFC 8785, 3.2.3: by UTF-16 units, so that U+1F600 comes before U+FB33."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]

    ordered = list(json.loads(canonical(dict.fromkeys(keys, 0))))

    assert ordered == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@given(JSON)
def test_canonical_says_the_same_as_what_it_was_given(obj):
    again = json.loads(canonical(obj))

    assert again == obj
    assert canonical(again) == canonical(obj)


@given(st.dictionaries(TEXT, JSON))
def test_canonical_does_not_see_the_order_of_keys(obj):
    assert digest(dict(reversed(obj.items()))) == digest(obj)


@pytest.mark.parametrize(
    ("obj", "place"),
    [
        ({"a": 1.0}, "$.a: float"),
        ({"a": [0, Decimal("1")]}, "$.a[1]: Decimal"),
        ([date(2026, 1, 1)], "$[0]: date"),
        ({"a": (1, 2)}, "$.a: tuple"),
        ({1: "a"}, "$: a key that is no text, 1"),
        ({None: "a"}, "$: a key that is no text, None"),
        ({"a": b"x"}, "$.a: bytes"),
        ({"a": 2**53}, "$.a: an integer beyond"),
        (["\ud800"], "$[0]: text that is not valid Unicode"),
        ({"\ud800": 1}, "$: text that is not valid Unicode"),
    ],
)
def test_canonical_refuses_what_json_cannot_carry(obj, place):
    with pytest.raises(NotCanonicalError) as caught:
        canonical(obj)

    assert str(caught.value).startswith(place)


def test_digest_is_sha256_of_the_canonical_bytes():
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_instant_is_utc_with_microseconds():
    hanoi = timezone(timedelta(hours=7))

    assert instant(datetime(2026, 7, 1, 0, 30, tzinfo=hanoi)) == "2026-06-30T17:30:00.000000Z"
    assert instant(datetime(2026, 7, 1, 0, 0, 0, 5, tzinfo=UTC)) == "2026-07-01T00:00:00.000005Z"


def test_instant_refuses_a_time_without_zone():
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2026, 7, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("85", "85"),
        ("85.000000", "85"),
        ("22.50", "22.5"),
        ("-0.050", "-0.05"),
        ("0.000", "0"),
        ("-0", "0"),
        ("1E+3", "1000"),
        ("100", "100"),
        ("1E-6", "0.000001"),
        ("123456789012345678901234.567891", "123456789012345678901234.567891"),
    ],
)
def test_decimal_text_is_plain(number, text):
    assert decimal_text(Decimal(number)) == text


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_decimal_text_refuses_what_is_not_finite(number):
    with pytest.raises(ValueError, match="finite"):
        decimal_text(Decimal(number))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**24), max_value=10**24))
def test_decimal_text_keeps_the_value_and_is_the_same_for_equals(number):
    text = decimal_text(number)

    assert Decimal(text) == number
    assert "E" not in text
    with localcontext(prec=2000):
        assert decimal_text(number * Decimal("1.000")) == text
