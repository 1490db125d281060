"""Figures are read back in digits and words, beside what was published last."""

from decimal import Decimal

import pytest

from tests import deeds
from tests.views.staff.reading import words
from tests.views.staff.writing import edit, stations

pytestmark = pytest.mark.usefixtures("monday")


def read(client, target, value, language="en"):
    return client.get(
        f"/{language}/staff/targets/{target.pk}/read/", {f"target_{target.pk}": value}
    )


@pytest.fixture
def target(alice, dan, erin, world):
    made = stations(world, direction="up", cumulation="latest")
    deeds.published(
        alice, dan, erin, world.commitment, forecast="on_track", measured={made.pk: "10000"}
    )
    return made


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("en", "11200", "11,200 stations : eleven thousand two hundred +12% since 1 June 2026."),
        ("en", "10 050,5", "10,050.5 stations : ten thousand fifty point five "
         "+0.5% since 1 June 2026."),
        ("en", "10000", "10,000 stations : ten thousand The same as on 1 June 2026."),
        ("en", "9,000", "9,000 stations : nine thousand −10% since 1 June 2026. This is less than "
         "was published last (10,000 stations), though the figure is a running total. If it is "
         "right, please say why in the text."),
        ("en", "1.234", "“1.234” can be read in two ways. Please write 1234 if you mean a whole "
         "number, or 1.2340 if you mean a decimal."),
        ("en", "", ""),
        ("en", "many", "Please write digits only, for example 1234 or 22.5; the unit is given "
         "beside it."),
    ],
)  # fmt: skip
def test_figure_is_read_back(language, value, said, target, alice, as_):
    answer = read(as_(alice), target, value, language)

    assert (answer.status_code, words(answer.text)) == (200, said)


def test_figure_is_read_back_in_vietnamese(target, alice, as_):
    answer = read(as_(alice), target, "1.234.565", "vi")

    assert "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi lăm" in answer.text


def test_figure_that_is_stored_is_read_back_in_the_form(target, alice, world, as_):
    draft = deeds.draft(
        alice, world.commitment, forecast="on_track", measured={target.pk: Decimal("12000")}
    )

    page = as_(alice).get(edit(draft))

    assert "twelve thousand" in page.text
    assert "+20% since 1 June 2026." in page.text


def test_figure_is_read_back_for_nobody_logged_out(target, client):
    client.logout()

    answer = client.get(f"/en/staff/targets/{target.pk}/read/", headers={"HX-Request": "true"})

    assert answer.status_code == 401
