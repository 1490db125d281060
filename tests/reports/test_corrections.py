"""What was corrected in public, in words."""

from datetime import date

import pytest

from commitments.reports.corrections import ENTRY, RETRACTION, UPDATE, corrections, told
from commitments.reports.replay import Moment
from tests.factories import LoadedEntryFactory, PublicEventFactory
from tests.factories.clock import NOW, TODAY


def _update(number, **said):
    after = {"commitment": "test", "number": number, "corrects": None, **said}
    return {"object_kind": "status_update", "object_key": f"test/{number}", "after": after}


@pytest.fixture
def events(db):
    """An update, what corrects it, what retracts that, a re-worded entry, and a plain change."""
    reworded = {"number": 1, "text_en": "Test new"}
    return [
        PublicEventFactory(**_update(1, summary_en="Test old", stage="paused")),
        PublicEventFactory(
            **_update(
                2,
                summary_en="Test new",
                stage="paused",
                corrects=1,
                correction_reason_en="Test slip",
            ),
            actor_role="officer",
        ),
        PublicEventFactory(
            object_kind="retraction",
            object_key="test/2",
            action="retracted",
            after={"commitment": "test", "update": 2, "reason_en": "Test wrong"},
        ),
        PublicEventFactory(
            object_kind="gap",
            object_key="1",
            action="corrected",
            recorded_at=NOW,
            before={"number": 1, "text_en": "Test old"},
            after=reworded,
        ),
        PublicEventFactory(action="stage_set"),
    ]


def _said(rows):
    return [
        (
            row.kind,
            row.title,
            [one.text for one in row.reason],
            [
                ([one.text for one in change.before], [one.text for one in change.after])
                for change in row.changes
            ],
            row.former,
        )
        for row in told(rows)
    ]


def test_corrections_say_what_stood_what_stands_and_why(events):
    LoadedEntryFactory(
        corrections=[{"corrected_at": "2026-06-01T02:00:00.000000Z", "reason": "Test misread"}]
    )

    assert _said(corrections(Moment(TODAY))) == [
        (ENTRY, "Gap corrected", ["Test misread"], [(["Test old"], ["Test new"])], ""),
        (
            RETRACTION,
            "Update 2 retracted",
            ["Test wrong"],
            [],
            "/en/commitments/test/updates/2/",
        ),
        (
            UPDATE,
            "Update 2 corrects update 1",
            ["Test slip"],
            [(["Test old"], ["Test new"])],
            "/en/commitments/test/updates/1/",
        ),
    ]


@pytest.mark.parametrize("kind", [UPDATE, RETRACTION, ENTRY])
def test_corrections_of_one_kind(events, kind):
    assert [row.kind for row in told(corrections(Moment(TODAY), kind=kind))] == [kind]


def test_corrections_of_another_day_or_of_the_demonstration(events):
    assert list(corrections(Moment(date(2026, 5, 31)))) == []
    assert list(corrections(Moment(TODAY), demo=True)) == []


def test_a_correction_without_a_recorded_reason_has_none(events):
    assert told(corrections(Moment(TODAY), kind=ENTRY))[0].reason == []
