"""The whole update form: typed, stored and sent are three spellings of one thing."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from commitments.forms.differences import differences, merged
from commitments.forms.sheet import (
    Typed,
    as_data,
    sheet_handed_in,
    typed_again,
    typed_of,
    with_empty_row,
    without_row,
)
from commitments.forms.update import Asked, UpdateForm
from commitments.models import StatusUpdate
from tests import deeds, factories
from tests.factories.clock import TODAY


@pytest.fixture
def stations(world):
    return factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000
    )


@pytest.fixture
def draft(alice, stations, world):
    saved = deeds.draft(
        alice, world.commitment, evidence=[deeds.PAGE], measured={stations.pk: "1234.567"},
        forecast="at_risk", problem_vi="Thử",
    )  # fmt: skip
    return StatusUpdate.objects.for_history().get(pk=saved.pk)


@pytest.fixture
def asked(stations):
    return Asked(targets=[stations], forecast=True)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_stored_comes_back_the_same_from_the_form(language, draft, asked, stations):
    with override(language):
        typed = typed_of(draft)
        sheet = sheet_handed_in(asked, as_data(typed))

        assert sheet.is_valid(), (sheet.form.errors, sheet.evidence.errors)
        assert sheet.typed() == typed
        assert differences(asked, sheet.typed(), typed) == []
    kept = sheet.to_keep()
    assert kept["measured"] == {stations.pk: Decimal("1234.567")}
    assert kept["evidence"] == [deeds.PAGE]
    assert {name: kept["said"][name] for name in ("as_of_on", "forecast", "problem_vi")} == {
        "as_of_on": TODAY, "forecast": "at_risk", "problem_vi": "Thử",
    }  # fmt: skip


def test_typed_again_keeps_what_nobody_can_read(asked):
    sent = {"as_of_on": "someday ", "evidence-0-url": "nowhere"}

    typed = typed_again(asked, sent)

    assert typed.fields["as_of_on"] == "someday "
    assert [row["url"] for row in typed.rows] == ["nowhere"]


def test_rows_come_and_go_one_at_a_time():
    one, two = {"title": "1"}, {"title": "2"}
    typed = Typed({"stage": "paused"}, [one, two])

    assert without_row(typed, 0) == Typed({"stage": "paused"}, [two])
    assert without_row(typed, 9) == typed
    assert with_empty_row(typed).rows[:2] == [one, two]
    assert set(with_empty_row(typed).rows[2].values()) == {""}


def test_said_of_related_news_carries_no_stage(asked):
    sheet = sheet_handed_in(
        asked, {"kind": "context", "stage": "paused", "forecast": "on_track",
                "evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0"},
    )  # fmt: skip

    assert sheet.is_valid()
    assert (sheet.form.said()["stage"], sheet.form.said()["forecast"]) == ("", "not_given")


def test_said_of_an_empty_form_is_a_draft_of_progress(asked):
    sheet = sheet_handed_in(asked, {"evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0"})

    assert sheet.is_valid()
    assert sheet.form.said() == {
        "kind": "progress", "as_of_on": None, "stage": "", "forecast": "not_given",
        "summary_vi": "", "summary_en": "", "problem_vi": "", "problem_en": "",
        "asked_vi": "", "asked_en": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        (Asked(), set()),
        (Asked(forecast=True), {"forecast"}),
        (Asked(is_correction=True), {"correction_reason_vi", "correction_reason_en"}),
    ],
)
def test_form_asks_only_what_is_asked(asked, there):
    optional = {"forecast", "correction_reason_vi", "correction_reason_en"}

    assert optional & UpdateForm(asked=asked).fields.keys() == there


def test_figure_may_be_negative_only_where_the_promise_is(world):
    more = {"commitment": world.commitment, "metric": "m", "unit": "percent"}
    plain, baseline, below = (
        factories.TargetFactory(**more, value=value, baseline=base)
        for value, base in [(1, None), (1, -2), (-1, None)]
    )
    form = UpdateForm(asked=Asked(targets=[plain, baseline, below]))

    found = {
        target: (form.fields[f"target_{target.pk}"].negative, form.fields[f"target_{target.pk}"].percent)
        for target in (plain, baseline, below)
    }  # fmt: skip
    assert found == {plain: (False, True), baseline: (True, True), below: (True, True)}


def test_differences_are_named_as_the_form_names_them(draft, asked):
    stored = typed_of(draft)
    mine = Typed(stored.fields | {"stage": "paused", "as_of_on": "31/5/2026"}, [])

    with override("en"):
        found = [tuple(one) for one in differences(asked, mine, stored)]

    assert found == [
        ("as_of_on", "As of which day is this true?", "", "31/5/2026", "1/6/2026"),
        ("stage", "Stage: what has happened?", "", "Paused", "In progress"),
        ("evidence", "Evidence", "", "",
         "Test page · Test publisher · https://example.org/test-page · Another third party"),
    ]  # fmt: skip


def test_differences_prefer_what_is_not_empty(draft, asked):
    stored = typed_of(draft)
    mine = Typed(stored.fields | {"stage": "", "summary_en": "Test: mine"}, stored.rows)

    assert {one.name: one.prefers_mine for one in differences(asked, mine, stored)} == {
        "stage": False, "summary_en": True,
    }  # fmt: skip


def test_merged_takes_the_stored_version_only_where_it_was_chosen():
    mine = Typed({"stage": "paused", "summary_en": "stored", "summary_vi": "a"}, [{"title": "1"}])
    stored = Typed({"stage": "in_progress", "summary_en": "b", "summary_vi": "c"}, [])

    chosen = {
        "take-stage": "stored", "take-summary_vi": "mine", "summary_en": "stored",
        "take-evidence": "stored",
    }  # fmt: skip

    assert merged(mine, stored, chosen) == Typed(
        {"stage": "in_progress", "summary_en": "stored", "summary_vi": "a"}, []
    )


def test_typed_of_a_draft_without_a_day_leaves_it_empty(alice, world):
    saved = deeds.draft(alice, world.commitment, as_of_on=None, stage="")

    assert (typed_of(saved).fields["as_of_on"], typed_of(saved).fields["stage"]) == ("", "")
