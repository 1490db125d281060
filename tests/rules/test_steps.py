"""What the step of a loaded update says of the stage."""

import pytest

from commitments.models import Speaker, Step
from commitments.rules.steps import kind_of, stage_of


def test_stage_of_every_step_said_by_the_government():
    assert {step.value: str(stage_of(step, Speaker.GOVERNMENT)) for step in Step} == {
        "announced": "",
        "accepted": "",
        "drafting": "in_progress",
        "consultation": "in_progress",
        "in_progress": "in_progress",
        "issued": "in_progress",
        "in_force": "in_progress",
        "fulfilled": "complete",
        "context": "",
    }


@pytest.mark.parametrize(
    ("speaker", "stage"),
    [("body", "reported_complete"), ("government", "complete"), ("press", "complete")],
)
def test_fulfilled_is_complete_only_by_the_word_of_others(speaker, stage):
    assert stage_of("fulfilled", speaker) == stage


def test_only_related_news_is_context():
    assert [step.value for step in Step if kind_of(step) == "context"] == ["context"]
