"""Numbers in words: as they are taught, and never two numbers in the same words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from commitments.text.readout import in_words


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        ("0", "không", "zero"),
        ("1", "một", "one"),
        ("5", "năm", "five"),
        ("10", "mười", "ten"),
        ("11", "mười một", "eleven"),
        ("14", "mười bốn", "fourteen"),
        ("15", "mười lăm", "fifteen"),
        ("20", "hai mươi", "twenty"),
        ("21", "hai mươi mốt", "twenty-one"),
        ("24", "hai mươi tư", "twenty-four"),
        ("25", "hai mươi lăm", "twenty-five"),
        ("55", "năm mươi lăm", "fifty-five"),
        ("100", "một trăm", "one hundred"),
        ("101", "một trăm linh một", "one hundred one"),
        ("105", "một trăm linh năm", "one hundred five"),
        ("110", "một trăm mười", "one hundred ten"),
        ("111", "một trăm mười một", "one hundred eleven"),
        ("121", "một trăm hai mươi mốt", "one hundred twenty-one"),
        ("555", "năm trăm năm mươi lăm", "five hundred fifty-five"),
        ("1000", "một nghìn", "one thousand"),
        ("1001", "một nghìn không trăm linh một", "one thousand one"),
        ("1010", "một nghìn không trăm mười", "one thousand ten"),
        ("1200", "một nghìn hai trăm", "one thousand two hundred"),
        ("12345", "mười hai nghìn ba trăm bốn mươi lăm", "twelve thousand three hundred forty-five"),
        ("20000", "hai mươi nghìn", "twenty thousand"),
        ("1000000", "một triệu", "one million"),
        ("1000005", "một triệu không trăm linh năm", "one million five"),
        ("1005000", "một triệu không trăm linh năm nghìn", "one million five thousand"),
        ("1000000000", "một tỷ", "one billion"),
        ("1000000001", "một tỷ không trăm linh một", "one billion one"),
        ("2500000000000", "hai nghìn năm trăm tỷ", "two trillion five hundred billion"),
        ("1000000000000000000", "một tỷ tỷ", "one quintillion"),
        ("1234.5", "một nghìn hai trăm ba mươi tư phẩy năm",
         "one thousand two hundred thirty-four point five"),
        ("0.05", "không phẩy không năm", "zero point zero five"),
        ("7.250000", "bảy phẩy hai năm", "seven point two five"),
        ("-3", "âm ba", "minus three"),
        ("1E+3", "một nghìn", "one thousand"),
    ],
)  # fmt: skip
def test_numbers_are_said_as_they_are_taught(number, vi, en):
    assert (in_words(Decimal(number), "vi"), in_words(Decimal(number), "en")) == (vi, en)


DIGITS = {word: number for number, word in enumerate(
    ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
)} | {"mốt": 1, "tư": 4, "lăm": 5, "mười": 10}  # fmt: skip
UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ["thousand", "million", "billion", "trillion", "quadrillion", "quintillion", "sextillion"]


def heard_vi(words):
    """A listener who knows the words and nothing of how they were made."""
    if "tỷ" in words:
        at = len(words) - 1 - words[::-1].index("tỷ")
        return heard_vi(words[:at]) * 10**9 + heard_vi(words[at + 1 :])
    total = group = last = 0
    for word in words:
        if word in ("triệu", "nghìn"):
            total += (group + last) * {"triệu": 10**6, "nghìn": 10**3}[word]
            group = last = 0
        elif word in ("trăm", "mươi"):
            group, last = group + last * {"trăm": 100, "mươi": 10}[word], 0
        elif word != "linh":
            group, last = group + last, DIGITS[word]
    return total + group + last


def heard_en(words):
    total = group = 0
    for word in words:
        if word in SCALES:
            total, group = total + group * 1000 ** (SCALES.index(word) + 1), 0
        elif word == "hundred":
            group *= 100
        else:
            tens, _dash, ones = word.rpartition("-")
            group += TENS.index(tens) * 10 if tens else 0
            group += UNITS.index(ones) if ones in UNITS else TENS.index(ones) * 10
    return total + group


WHOLE = some.one_of(
    some.integers(0, 10**24 - 1),
    some.integers(0, 100_000),
    some.builds(
        lambda digit, power: digit * 10**power, some.integers(1, 999), some.integers(0, 21)
    ),
)


@given(WHOLE)
def test_who_hears_the_words_writes_the_same_number(number):
    assert heard_vi(in_words(Decimal(number), "vi").split()) == number
    assert heard_en(in_words(Decimal(number), "en").split()) == number


@given(some.decimals(min_value=0, max_value=10**12, places=6, allow_nan=False))
def test_decimals_are_said_digit_by_digit(value):
    for language, point in (("vi", "phẩy"), ("en", "point")):
        whole, _point, behind = in_words(value, language).partition(f" {point} ")
        words = [*(DIGITS if language == "vi" else UNITS)]
        digits = "".join(str(words.index(word)) for word in behind.split())
        assert whole == in_words(Decimal(int(value)), language)
        assert digits == format(value, "f").partition(".")[2].rstrip("0")
