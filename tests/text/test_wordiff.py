"""Two texts word by word: what stayed, what was taken out, what came in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.text.wordiff import Run, sides


def told(runs):
    marks = {"same": "", "removed": "-", "added": "+"}
    return [marks[run.kind] + run.text for run in runs]


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("", "", [], []),
        ("", "Test text", [], ["+Test text"]),
        ("Test text", "", ["-Test text"], []),
        ("Test text", "Test text", ["Test text"], ["Test text"]),
        ("30 cầu", "20 cầu", ["-30", " cầu"], ["+20", " cầu"]),
        (
            "Xây 30 cầu, trước năm 2026.",
            "Xây ít nhất 20 cầu, trước tháng 6/2027.",
            ["Xây", "- 30", " cầu, trước", "- năm 2026", "."],
            ["Xây", "+ ít nhất 20", " cầu, trước", "+ tháng 6/2027", "."],
        ),
        ("by 2026", "by 2026.", ["by 2026"], ["by 2026", "+."]),
        ("a\n\nb", "a b", ["a\n\nb"], ["a b"]),
        ("a b\r\nc", "a b\nc", ["a b\nc"], ["a b\nc"]),
    ],
)
def test_sides_mark_what_differs(before, after, left, right):
    found = sides(before, after)

    assert (told(found[0]), told(found[1])) == (left, right)


def test_sides_take_a_letter_and_its_marks_for_one():
    typed = unicodedata.normalize("NFD", "Nghị quyết về đổi mới")

    left, right = sides(typed, "Nghị quyết về đổi mới")

    assert left == right == [Run("same", "Nghị quyết về đổi mới")]


@given(st.text(max_size=60), st.text(max_size=60))
def test_sides_hold_both_texts_letter_by_letter(before, after):
    left, right = sides(before, after)

    plain = [unicodedata.normalize("NFC", text.replace("\r\n", "\n")) for text in (before, after)]
    assert ["".join(run.text for run in side) for side in (left, right)] == plain


def test_sides_of_long_texts_take_no_time():
    words = [f"test{number % 50}" for number in range(3000)]

    left, right = sides(" ".join(words), " ".join(reversed(words)))

    assert {run.kind for run in left} == {"same", "removed"}
    assert {run.kind for run in right} == {"same", "added"}
