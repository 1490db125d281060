"""What a chart shows: every value once, what is missing open, and no text on another."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from commitments.charts import Chart, Kind, alone, bars, spark
from commitments.charts.labels import LETTER, SIZE, Box
from tests.charts.readings import MONTH, reading

DAY = date(2026, 6, 1)


def chart(*readings, gap=timedelta(days=1), heading="Test trees"):
    return Chart("test", heading, "trees", readings, DAY, "/test.svg", "/test.csv", gap)


def drawing(shown):
    return ElementTree.fromstring(shown.drawing)


def classes(tree, name):
    return [one for one in tree.iter() if name in (one.get("class") or "").split()]


def texts(tree):
    return [one.text for one in tree.iter("text")]


def test_chart_says_what_it_shows():
    shown = chart(
        reading("2024", "1234.5"), reading("2026", "5000", Kind.TARGET, comparator="at_least")
    )
    tree = drawing(shown)

    assert (tree.get("role"), tree.get("aria-labelledby"), tree.get("aria-describedby")) == (
        "img", "test-title", "test-words",
    )  # fmt: skip
    assert [(one.get("id"), one.text) for one in list(tree)[:2]] == [
        ("test-title", "Test trees (trees)"),
        (
            "test-words",
            "1 value stated; the newest: actual, 2024: 1,234.5 trees; target, 2026: at least 5,000 trees.",
        ),
    ]
    assert texts(tree) == [
        "0", "2,000", "4,000", "6,000", "2024", "2025", "2026", "trees", "≥ 5,000", "1,234.5",
        "actual", "target", "As of 1 June 2026",
    ]  # fmt: skip


def test_chart_follows_the_reader():
    shown = chart(reading("2024", "1234.5"), reading("2025", "2000"))

    with override("vi"):
        assert "1.234,5" in texts(drawing(shown))


def test_chart_has_no_style_and_no_script():
    tree = drawing(chart(reading("2024", "1"), reading("2025", "2")))

    assert [one for one in tree.iter() if one.get("style") or one.tag in {"style", "script"}] == []


def test_chart_keeps_texts_as_texts():
    shown = chart(reading("2024", "1"), reading("2025", "2"), heading="<script>&'\"")

    assert ElementTree.fromstring(shown.drawing)[0].text == "<script>&'\" (trees)"
    assert "<script>" not in alone(shown, "https://example.org/?a=1&b=<2>") + spark(shown)


@pytest.mark.parametrize(
    ("periods", "gap", "joins"),
    [
        (["2023", "2024", "2025"], 1, 2),
        (["2021", "2023", "2024"], 1, 1),  # 2022 is missing
        (["2024", "2025", "2025"], 1, 0),  # two values for one year: none is chosen
        (["2026-01-31", "2026-02-28", "2026-05-31"], 31, 1),
        (["2026-01-31", "2026-02-28"], 1, 0),
    ],
)
def test_chart_joins_only_what_follows(periods, gap, joins):
    values = [reading(period, number) for number, period in enumerate(periods, 1)]

    tree = drawing(chart(*values, gap=timedelta(days=gap)))

    assert len(classes(tree, "chart__join")) == joins
    assert len(classes(tree, "chart__mark")) == len(periods) + 1  # one in the key


def test_chart_of_a_range_shows_both_ends():
    aim = reading("2026", "30", Kind.TARGET, comparator="range", value_max=Decimal(50))

    tree = drawing(chart(reading("2026-02-01", "4"), aim))

    assert len(classes(tree, "chart__range")) == 1
    assert "30–50" in texts(tree)


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([], False),
        ([reading("2026", "5", Kind.TARGET)], False),
        ([reading("2026", "5", Kind.TARGET), reading("2027", "5", Kind.TARGET)], False),
        ([reading("2025-01-01", "0", Kind.BASELINE), reading("2027", "5", Kind.TARGET)], False),
        ([reading("2026", "5")], False),
        ([reading("2026", "5"), reading("2027", "5", Kind.TARGET)], True),
    ],
)
def test_chart_is_drawn_where_there_is_something_to_compare(readings, expected):
    assert chart(*readings).is_drawn is expected


periods = st.sampled_from(["2019", "2021", "2024", "2025-02-01", "2025-07-31", "2026"])
values = st.decimals(0, 10**9, places=2)
some = st.lists(
    st.builds(reading, periods, values, st.sampled_from(list(Kind))), min_size=2, max_size=9
)


@given(some, st.sampled_from(["vi", "en"]))
def test_chart_lets_no_number_lie_on_another(found, language):
    with override(language):
        tree = drawing(chart(*found, gap=MONTH))
    boxes = [_box(one) for one in classes(tree, "chart__number")]

    assert [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])] == []


def _box(element):
    x, y, wide = float(element.get("x")), float(element.get("y")), len(element.text) * LETTER
    left = x - {"middle": wide / 2, "end": wide, None: 0}[element.get("text-anchor")]
    return Box(left + 0.2, y - SIZE + 0.2, left + wide - 0.2, y + 2.8)


def test_alone_names_sources_day_and_address():
    shown = chart(reading("2024", "1", source="Test source"), reading("2025", "2", source="Other"))
    tree = ElementTree.fromstring(alone(shown, "https://example.org/en/"))

    found = [one.text for one in tree.iter("{http://www.w3.org/2000/svg}text")]

    assert found[0] == "Test trees"
    assert " ".join(found[found.index("Sources:") :]) == (
        "Sources: – Test source – Other As of 1 June 2026. https://example.org/en/"
        " Drawn by Cam Kết from the public record; the values are those of the sources."
    )


def test_spark_is_nothing_where_there_is_nothing_to_draw():
    assert spark(chart(reading("2024", "1"))) == ""


def test_bars_are_as_long_as_they_count():
    tree = ElementTree.fromstring(bars([("Late", 1), ("None", 0), ("In progress", 4)], "5 tasks"))

    assert [one.text for one in list(tree)[:2]] == ["5 tasks", "1 Late, 4 In progress"]
    assert [one.get("width") for one in tree.iter("rect")] == ["28", "112"]
    assert texts(tree) == ["Late", "1", "In progress", "4"]
