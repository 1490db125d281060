"""The file of the demonstration is read whole, or refused in one line."""

from decimal import Decimal

import pytest

from commitments.errors import Invalid
from commitments.imports.demo import read_demo
from commitments.management.commands.load_demo import SEED
from commitments.services.demo.story import WAYS
from commitments.services.demo.timeline import Timeline
from tests.factories.clock import NOW


def test_read_demo_reads_figures_and_counts_as_what_they_are():
    plan = read_demo(SEED)
    trees = plan.commitments[0]

    assert (trees.slug, trees.asked, trees.targets[0].value) == (
        "demo-tree-register",
        -3,
        Decimal(10000),
    )
    assert [(update.period, dict(update.measured)) for update in trees.updates] == [
        (-3, {1: Decimal(1200)}),
        (-2, {1: Decimal(4100)}),
        (-2, {1: Decimal(3900)}),
        (-1, {1: Decimal(6300)}),
        (0, {1: Decimal(8250)}),
    ]
    assert {update.to for said in plan.commitments for update in said.updates} == set(WAYS)


def test_read_demo_tells_both_languages_everywhere():
    plan = read_demo(SEED)
    texts = [
        (said.slug, language, column)
        for said in plan.commitments
        for language in ("vi", "en")
        for column in ("title", "text")
        if not getattr(said, f"{column}_{language}")
    ]

    assert texts == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code: DM", "codes: DM", "unexpected keyword argument 'codes'"),
        ("asked: -3", "asked: soon", "invalid literal for int()"),
        ('value: "10000"', "value: many", "ConversionSyntax"),
        ("people:", "persons:", "'people'"),
        ("programme:", "programme: [", "demo.yaml"),
    ],
)
def test_read_demo_refuses_what_it_does_not_know_in_one_line(tmp_path, old, new, said):
    path = tmp_path / "demo.yaml"
    path.write_text(SEED.read_text().replace(old, new, 1))

    with pytest.raises(Invalid) as refused:
        read_demo(path)

    assert said in str(refused.value)
    assert "demo.yaml" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("+20d", "2026-06-21"),
        ("-1d", "2026-05-31"),
        ("-1m", "2026-05"),
        ("+7m", "2027-01"),
        ("-6m", "2025-12"),
        ("+1y", "2027"),
    ],
)
def test_timeline_tells_dates_from_today(told, text):
    assert Timeline(NOW).told(told).text == text


def test_timeline_refuses_other_spellings():
    with pytest.raises(ValueError, match="“tomorrow” is not a time"):
        Timeline(NOW).told("tomorrow")
