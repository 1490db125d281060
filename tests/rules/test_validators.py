"""What an update must say before it is kept, and before it is handed in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.models import Forecast, Stage, UpdateKind
from commitments.rules.validators import LIMITS, SubmissionFacts, check_draft, check_submission

TODAY = date(2026, 7, 1)
PROGRESS = SubmissionFacts(
    kind="progress",
    as_of_on=date(2026, 6, 30),
    stage="in_progress",
    forecast="on_track",
    summary_vi="Test: việc đang làm",
    has_due_or_target=True,
    previous_published=False,
    current_stage="",
)
NO_CHANGE = SubmissionFacts(
    kind="no_change",
    as_of_on=TODAY,
    has_due_or_target=True,
    previous_published=True,
    current_stage="in_progress",
)
CONTEXT = SubmissionFacts(
    kind="context",
    as_of_on=TODAY,
    summary_en="Test news",
    has_due_or_target=True,
    previous_published=False,
    current_stage="in_progress",
)


def found(refusals):
    return [(one.code, one.field, one.status) for one in refusals]


def submitted(said, **changes):
    return found(check_submission(replace(said, **changes), TODAY))


@pytest.mark.parametrize("said", [PROGRESS, NO_CHANGE, CONTEXT])
def test_complete_updates_pass(said):
    assert check_submission(said, TODAY) == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"as_of_on": None}, ("as_of_missing", "as_of_on", 422)),
        ({"as_of_on": TODAY + timedelta(days=1)}, ("as_of_in_future", "as_of_on", 422)),
        ({"stage": ""}, ("stage_missing", "stage", 422)),
        ({"stage": "complete"}, ("stage_not_the_bodys", "stage", 422)),
        ({"stage": "withdrawn"}, ("stage_not_the_bodys", "stage", 422)),
        ({"stage": "test"}, ("stage_not_the_bodys", "stage", 422)),
        ({"forecast": ""}, ("forecast_missing", "forecast", 422)),
        ({"forecast": "not_given"}, ("forecast_missing", "forecast", 422)),
        ({"forecast": "test"}, ("forecast_unknown", "forecast", 422)),
        ({"has_due_or_target": False}, ("forecast_not_asked", "forecast", 422)),
        ({"forecast": "at_risk"}, ("problem_missing", "problem_vi", 422)),
        ({"forecast": "at_risk", "problem_vi": " \n"}, ("problem_missing", "problem_vi", 422)),
        ({"forecast": "off_track", "problem_en": "Test"}, ("asked_missing", "asked_vi", 422)),
        ({"summary_vi": "  "}, ("summary_missing", "summary_vi", 422)),
        ({"stage": "reported_complete"}, ("evidence_missing", "evidence", 422)),
        ({"current_stage": "complete"}, ("commitment_closed", None, 409)),
        ({"current_stage": "withdrawn"}, ("commitment_closed", None, 409)),
        ({"current_stage": "superseded"}, ("commitment_closed", None, 409)),
        ({"corrects": True}, ("correction_reason_missing", "correction_reason_vi", 422)),
        ({"summary_vi": "x" * 5001}, ("too_long", "summary_vi", 422)),
        ({"problem_en": "x" * 2001}, ("too_long", "problem_en", 422)),
        ({"asked_vi": "x" * 2001}, ("too_long", "asked_vi", 422)),
        ({"correction_reason_en": "x" * 2001}, ("too_long", "correction_reason_en", 422)),
    ],
)
def test_progress_is_refused_for_one_reason(changes, refusal):
    assert submitted(PROGRESS, **changes) == [refusal]


@pytest.mark.parametrize(
    "changes",
    [
        {"as_of_on": TODAY},
        {"summary_vi": "", "summary_en": "Test"},
        {"forecast": "at_risk", "problem_en": "Test"},
        {"forecast": "off_track", "problem_vi": "Test", "asked_en": "Test"},
        {"forecast": "not_given", "has_due_or_target": False},
        {"forecast": "", "has_due_or_target": False},
        {"stage": "reported_complete", "evidence_count": 1},
        {"stage": "not_started", "current_stage": "reported_complete"},
        {"stage": "paused", "current_stage": "in_progress"},
        {"corrects": True, "correction_reason_en": "Test"},
        {"corrects": True, "correction_reason_en": "Test", "current_stage": "complete"},
        {"summary_vi": "x" * 4999 + "\r\n"},
    ],
)
def test_progress_passes_with(changes):
    assert submitted(PROGRESS, **changes) == []


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"stage": "in_progress"}, []),
        ({"current_stage": ""}, []),
        ({"current_stage": "reported_complete", "stage": "reported_complete"}, []),
        ({"forecast": "on_track"}, []),
        ({"previous_published": False}, [("nothing_published_before", "kind", 422)]),
        ({"stage": "paused"}, [("stage_changed", "stage", 422)]),
        ({"forecast": "at_risk"}, [("problem_missing", "problem_vi", 422)]),
        ({"current_stage": "complete"}, [("commitment_closed", None, 409)]),
        ({"as_of_on": None}, [("as_of_missing", "as_of_on", 422)]),
    ],
)
def test_no_change_asks_for_less(changes, refusals):
    assert submitted(NO_CHANGE, **changes) == refusals


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"current_stage": "complete"}, []),
        ({"stage": "in_progress"}, [("context_has_stage", "stage", 422)]),
        ({"forecast": "on_track"}, [("context_has_forecast", "forecast", 422)]),
        ({"summary_en": ""}, [("summary_missing", "summary_vi", 422)]),
    ],
)
def test_context_carries_no_stage(changes, refusals):
    assert submitted(CONTEXT, **changes) == refusals


def test_every_field_is_reported_at_once():
    empty = replace(PROGRESS, as_of_on=None, stage="", forecast="", summary_vi="")

    assert found(check_submission(empty, TODAY)) == [
        ("as_of_missing", "as_of_on", 422),
        ("stage_missing", "stage", 422),
        ("forecast_missing", "forecast", 422),
        ("summary_missing", "summary_vi", 422),
    ]


def test_off_track_asks_for_problem_and_help():
    assert submitted(PROGRESS, forecast="off_track") == [
        ("problem_missing", "problem_vi", 422),
        ("asked_missing", "asked_vi", 422),
    ]


def test_an_unknown_kind_is_refused():
    assert ("kind_unknown", "kind", 422) in submitted(PROGRESS, kind="test")


def test_a_draft_may_be_half_empty():
    empty = SubmissionFacts(
        kind="progress",
        as_of_on=None,
        has_due_or_target=True,
        previous_published=False,
        current_stage="complete",
    )

    assert check_draft(empty) == []
    assert check_draft(replace(empty, as_of_on=date(2030, 1, 1), forecast="off_track")) == []


def test_a_draft_keeps_to_limits_and_choices():
    said = replace(CONTEXT, stage="complete", forecast="test", summary_en="x" * 5001)

    assert found(check_draft(said)) == [
        ("stage_not_the_bodys", "stage", 422),
        ("forecast_unknown", "forecast", 422),
        ("too_long", "summary_en", 422),
    ]


def test_refusals_are_in_words_of_the_reader():
    said = replace(PROGRESS, summary_vi="x" * 5001, stage="complete")
    with override("en"):
        texts = [str(refusal) for refusal in check_submission(said, TODAY)]

    assert texts == [
        "A body reports one of: not started, in progress, paused, reported complete. "
        "An officer decides on the other stages.",
        "This text has 5001 characters; 5000 is the limit.",
    ]


TEXTS = st.sampled_from(["", " ", "Test", "x" * 2001, "x" * 5001])
FACTS = st.builds(
    SubmissionFacts,
    kind=st.sampled_from(UpdateKind.values),
    as_of_on=st.none() | st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=5)),
    stage=st.sampled_from(["", *Stage.values]),
    forecast=st.sampled_from(["", *Forecast.values]),
    summary_vi=TEXTS,
    problem_en=TEXTS,
    asked_vi=TEXTS,
    corrects=st.booleans(),
    correction_reason_vi=TEXTS,
    evidence_count=st.integers(0, 2),
    has_due_or_target=st.booleans(),
    previous_published=st.booleans(),
    current_stage=st.sampled_from(["", *Stage.values]),
)


SMALL_CHANGES = {
    "forecast": st.sampled_from(["", *Forecast.values]),
    "stage": st.sampled_from(["", "in_progress", "paused", "reported_complete"]),
    "problem_en": st.sampled_from(["Test", "", " "]),
    "asked_vi": st.sampled_from(["Test", "", " "]),
    "correction_reason_vi": st.sampled_from(["Test", "", "x" * 2001]),
    "corrects": st.booleans(),
    "evidence_count": st.integers(0, 1),
    "has_due_or_target": st.booleans(),
}


@given(FACTS)
def test_whatever_is_said_is_judged(said):
    refusals = check_submission(said, TODAY)
    drafts = {one.code for one in check_draft(said)}

    assert all(str(one) for one in refusals)
    assert drafts <= {one.code for one in refusals}
    assert len({(one.code, one.field) for one in refusals}) == len(refusals)


@settings(max_examples=500)  # about one in eight passes
@given(st.builds(replace, st.sampled_from([PROGRESS, NO_CHANGE, CONTEXT]), **SMALL_CHANGES))
def test_what_passes_keeps_the_constraints_of_the_database(said):
    if check_submission(said, TODAY):
        return

    assert said.as_of_on is not None
    assert said.as_of_on <= TODAY
    assert said.stage in {"", "not_started", "in_progress", "paused", "reported_complete"}
    assert said.forecast not in {"at_risk", "off_track"} or said.problem_en.strip()
    assert said.forecast != "off_track" or said.asked_vi.strip()
    assert said.kind != "context" or (said.stage == "" and not said.gives_forecast)
    assert not said.corrects or said.correction_reason_vi.strip()
    for noun, limit in LIMITS.items():
        assert len(getattr(said, f"{noun}_vi")) <= limit
