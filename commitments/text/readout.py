"""Exact numbers in words, in both languages, so that a slip of a digit is heard.

Vietnamese as it is taught: `mốt`, `tư` and `lăm` behind `mươi`, `lăm` behind `mười`, `linh` for an
empty place of ten, `không trăm` for an empty hundred inside a number, nine digits to a `tỷ`.
What stands behind the decimal sign is read digit by digit.
"""

from collections.abc import Callable
from decimal import Decimal

_VI = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_EN = [
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
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = [
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "sextillion",
    "septillion",
]
_BILLION = 10**9


def in_words(value: Decimal, language: str) -> str:
    """`1234.5` as “one thousand two hundred thirty-four point five”, “… phẩy năm”."""
    if language.startswith("vi"):
        return _spoken(value, _vietnamese, _VI, minus="âm", point="phẩy")
    return _spoken(value, _english, _EN, minus="minus", point="point")


def _spoken(
    value: Decimal, whole: Callable[[int], str], digits: list[str], *, minus: str, point: str
) -> str:
    plain = format(abs(value), "f")
    before, _point, after = plain.partition(".")
    after = after.rstrip("0")
    words = [minus] if value < 0 else []
    words.append(whole(int(before)))
    if after:
        words += [point, *(digits[int(digit)] for digit in after)]
    return " ".join(words)


def _vietnamese(number: int) -> str:
    return " ".join(_vi_words(number, inside=False)) or _VI[0]


def _vi_words(number: int, *, inside: bool) -> list[str]:
    """`inside`: something stands before it, so that empty places are said."""
    if number >= _BILLION:
        above, below = divmod(number, _BILLION)
        return [*_vi_words(above, inside=inside), "tỷ", *_vi_words(below, inside=True)]
    words: list[str] = []
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = number // size % 1000
        if group:
            words += _vi_group(group, inside=inside or bool(words))
            words += [name] if name else []
    return words


def _vi_group(group: int, *, inside: bool) -> list[str]:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [_VI[hundreds], "trăm"] if hundreds or inside else []
    if tens == 0:
        return words + ((["linh"] if words else []) + [_VI[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [_VI[tens], "mươi"]
    behind = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return words + ([behind.get(ones, _VI[ones])] if ones else [])


def _english(number: int) -> str:
    words: list[str] = []
    for power in range(len(_SCALES), -1, -1):
        group = number // 1000**power % 1000
        if group:
            words += _en_group(group) + ([_SCALES[power - 1]] if power else [])
    return " ".join(words) or _EN[0]


def _en_group(group: int) -> list[str]:
    hundreds, rest = divmod(group, 100)
    words = [_EN[hundreds], "hundred"] if hundreds else []
    if 0 < rest < 20:
        words.append(_EN[rest])
    elif rest:
        tens, ones = divmod(rest, 10)
        words.append(_TENS[tens - 2] + (f"-{_EN[ones]}" if ones else ""))
    return words
