"""Charts on the pages of indicators and as files, with every value behind them."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from tests import factories
from tests.views.public.reading import sections


@pytest.fixture
def indicator(db):
    indicator = factories.IndicatorFactory(slug="trees", name_en="Test trees", unit="trees")
    source = factories.SourceFactory(slug="test-source", title="=Test source")
    for year, value, kind in [(2023, "1234.5", "actual"), (2024, 2000, "actual"), (2024, 1900, "estimate"), (2026, 3000, "target")]:  # fmt: skip
        factories.IndicatorPointFactory(
            indicator=indicator,
            source=source,
            period=str(year),
            period_earliest=date(year, 1, 1),
            period_latest=date(year, 12, 31),
            value=Decimal(value),
            kind=kind,
        )
    return indicator


@pytest.fixture
def target(world):
    """A range by 2026, of which something was reported twice."""
    target = factories.TargetFactory(
        commitment=world.commitment, metric="trees", unit="trees", comparator="range",
        value=30, value_max=50, due="2026", due_earliest=date(2026, 1, 1), due_latest=date(2026, 12, 31),
    )  # fmt: skip
    for month, value in [(3, 4), (4, 9)]:
        update = factories.StatusUpdateFactory(commitment=world.commitment, is_published=True)
        factories.MeasurementFactory(
            update=update, target=target, value=value, as_of_on=date(2026, month, 1)
        )
    return target


def test_indicator_page_shows_every_value_and_the_disagreement(client, indicator):
    response = client.get("/en/indicators/trees/")
    found = sections(response)

    assert found["Newest"] == "2024 2,000 trees Actual · stated by the government 1,900 trees Estimate · stated by the government"  # fmt: skip
    assert found["Where the sources disagree"] == (
        "2024 2,000 trees (actual, stated by the government);"
        " 1,900 trees (estimate, stated by the government)"
        " Each stands as it was published. None is preferred, and no mean is taken."
    )
    assert response.content.decode().count('class="chart__drawing"') == 1


def test_indicator_list_shows_newest_values_and_their_course(client, indicator):
    factories.IndicatorFactory(slug="none", name_en="Test nothing")

    page = client.get("/en/indicators/")

    assert sections(page)["Indicators"].endswith(
        "Test trees 2024 2,000 trees (actual, stated by the government)"
        "1,900 trees (estimate, stated by the government) The sources disagree"
        " Test nothing none not published –"
    )
    assert page.content.decode().count('class="chart__spark"') == 1


def test_indicator_files_hold_every_value(client, indicator):
    picture = client.get("/en/indicators/trees/chart.svg")
    values = client.get("/en/indicators/trees/values.csv")

    assert (picture["Content-Type"], values["Content-Type"]) == (
        "image/svg+xml; charset=utf-8", "text/csv; charset=utf-8",
    )  # fmt: skip
    assert ElementTree.fromstring(picture.content).get("lang") == "en"
    lines = values.content.decode().removeprefix("\ufeff").split("\r\n")
    assert lines[0].split(",")[:6] == [
        "period", "period_earliest", "period_latest", "kind", "comparator", "value",
    ]  # fmt: skip
    assert lines[2] == (
        "2023,2023-01-01,2023-12-31,actual,,1234.5,,trees,government,'=Test source,"
        "http://127.0.0.1:8000/en/sources/test-source/,"
    )
    assert len(lines) == 7


def test_target_files_hold_target_and_values(client, target):
    base = f"/vi/commitments/test-commitment/targets/{target.number}"

    picture = ElementTree.fromstring(client.get(f"{base}/chart.svg").content)
    lines = client.get(f"{base}/values.csv").content.decode().split("\r\n")

    assert picture.get("lang") == "vi"
    assert [line.split(",")[:7] for line in lines[2:5]] == [
        ["2026-03-01", "2026-03-01", "2026-03-01", "actual", "", "4", ""],
        ["2026-04-01", "2026-04-01", "2026-04-01", "actual", "", "9", ""],
        ["2026", "2026-01-01", "2026-12-31", "target", "range", "30", "50"],
    ]


@pytest.mark.parametrize(
    "path",
    [
        "commitments/test-commitment/targets/9/chart.svg",
        "commitments/test-commitment/targets/1/chart.svg",  # a target of words
        "commitments/test-commitment/targets/1/values.csv",
        "commitments/never/targets/1/values.csv",
        "indicators/never/chart.svg",
        "indicators/single/chart.svg",  # one value makes no picture
    ],
)
def test_chart_that_is_not_there_is_not_found(client, world, path):
    factories.TargetFactory(commitment=world.commitment)
    factories.IndicatorPointFactory(indicator=factories.IndicatorFactory(slug="single"))

    assert client.get(f"/en/{path}").status_code == 404
