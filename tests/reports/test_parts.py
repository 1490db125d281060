"""Parts of pages are made once for a moment, and never taken for those of another."""

import pytest
from django.utils.translation import override

from commitments.reports.parts import (
    LONGEST_KEY,
    Parts,
    at_hand,
    each,
    once,
    out_of_reach,
    part,
)


class Making:
    """Counts what is made."""

    def __init__(self):
        self.number = 0

    def __call__(self):
        self.number += 1
        return f"made {self.number}"


@pytest.fixture
def parts():
    return Parts(100_000)


def test_part_is_made_once_for_a_moment(parts):
    make = Making()
    with at_hand(parts, 1):
        once, again = part("a", make=make), part("a", make=make)
        other = part("a", "key", make=make)
    with at_hand(parts, 2):
        later = part("a", make=make)

    assert (once, again, other, later) == ("made 1", "made 1", "made 2", "made 3")


def test_part_of_a_former_moment_is_gone_for_good(parts):
    make = Making()
    with at_hand(parts, 1):
        part("a", make=make)
    with at_hand(parts, 2):
        part("b", make=make)
    with at_hand(parts, 1):
        assert part("a", make=make) == "made 3"


def test_language_has_parts_of_its_own(parts):
    make = Making()
    with at_hand(parts, 1):
        with override("vi"):
            part("a", make=make)
        with override("en"):
            assert part("a", make=make) == "made 2"


def test_nothing_is_kept_where_no_moment_is_known(parts):
    make = Making()
    part("a", make=make)
    with at_hand(parts, 1):
        part("a", make=make)
        with out_of_reach():
            assert part("a", make=make) == "made 3"
            assert each("a", [1, 2], make=lambda ones: {1: "one"}) == ["one"]
        assert part("a", make=make) == "made 2"
    assert part("a", make=make) == "made 4"


def test_each_is_made_together_for_those_not_kept(parts):
    asked = []

    def make(ones):
        asked.append(ones)
        return {one: f"row {one}" for one in ones if one != 9}

    with at_hand(parts, 1):
        first = each("row", [1, 2], make=make)
        more = each("row", [3, 9, 2, 1], make=make)
        other_day = each("row", [1], "tomorrow", make=make)
        kept = each("row", [2, 3], make=make)

    assert first == ["row 1", "row 2"]
    assert more == ["row 3", "row 2", "row 1"]
    assert other_day == ["row 1"]
    assert kept == ["row 2", "row 3"]
    assert asked == [[1, 2], [3, 9], [1]]


def test_room_is_bounded_and_what_was_used_last_stays():
    parts, make = Parts(3_400), Making()
    with at_hand(parts, 1):
        for name in ("a", "b", "c"):
            part(name, make=lambda: "x" * 200)  # 700 bytes
        part("a", make=make)
        part("d", make=lambda: "y" * 200)

        assert part("a", make=make) == "x" * 200
        assert part("b", make=make) == "made 1"


def test_endless_words_drive_out_nothing_else(parts):
    make = Making()
    with at_hand(parts, 1):
        part("a", make=make)
        for number in range(200):
            part("found", number, make=lambda: "x" * 1000, is_typed=True)

        assert part("a", make=make) == "made 1"
        assert part("found", 199, make=make, is_typed=True) == "x" * 1000
        assert part("found", 1, make=make, is_typed=True) == "made 2"


def test_once_asks_until_it_is_done(parts):
    answers = [False, True, False]
    with at_hand(parts, 1):
        said = [once("a", lambda: answers.pop(0)) for _time in range(3)]
    with at_hand(parts, 2):
        assert not once("a", lambda: answers.pop(0))

    assert said == [False, True, True]
    assert once("a", lambda: True)


def test_endless_addresses_fill_nothing(parts):
    make = Making()
    with at_hand(parts, 1):
        part("a", "x" * (LONGEST_KEY + 1), make=make)
        assert part("a", "x" * (LONGEST_KEY + 1), make=make) == "made 2"
    with at_hand(Parts(0), 1):
        part("a", make=make)
        assert part("a", make=make) == "made 4"
