"""What an update says otherwise than before: than what was published, than what was returned."""

from decimal import Decimal

import pytest
import time_machine

from commitments.models import StatusUpdate
from commitments.reports.review import (
    field_comments,
    filled_fields,
    since_published,
    since_returned,
)
from commitments.services import drafts, updates
from commitments.services.citations import EvidenceSaid
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY

LAW = EvidenceSaid(title="Test law", publisher="Test office", relation="government")


def fresh(update):
    return StatusUpdate.objects.for_history().get(pk=update.pk)


def told(comparison):
    """The fields that changed or were commented on, as a reviewer reads them."""
    return [
        (row.label, row.before, row.after)
        if row.shape != "evidence"
        else (row.label, *((one.what, one.words) for one in row.cited))
        for row in comparison.changed
    ]


@pytest.fixture
def stations(world):
    return factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000
    )


# Since the last published update


def test_since_published_of_the_first_update_is_nothing(alice, world):
    assert since_published(fresh(deeds.submitted(alice, world.commitment))) is None


def test_since_published_names_every_field_that_changed(alice, dan, erin, world, stations):
    deeds.published(
        alice, dan, erin, world.commitment, forecast="on_track", summary_vi="Thử",
        measured={stations.pk: "11500"}, evidence=[deeds.PAGE],
    )  # fmt: skip
    update = deeds.submitted(
        alice, world.commitment, stage="paused", forecast="at_risk", problem_en="Test: rain",
        summary_en="Test: work has stopped.", measured={stations.pk: "12000.5"},
        evidence=[deeds.PAGE, LAW],
    )  # fmt: skip

    found = since_published(fresh(update))

    assert found.against.number == 1
    assert told(found) == [
        ("Stage", "In progress", "Paused"),
        ("Forecast", "On track", "At risk"),
        ("Summary in Vietnamese", "Thử", ""),
        ("Summary in English", "Test: work is under way.", "Test: work has stopped."),
        ("Problem in English", "", "Test: rain"),
        ("Test target 1", "11,500 stations", "12,000.5 stations"),
        ("Evidence", ("added", "Test law · Test office · a public authority")),
    ]
    assert [row.gap for row in found.changed if row.shape == "figure"] == ["+500.5 stations"]
    assert found.same == ["Kind", "As of"]


def test_since_published_marks_the_words(alice, dan, erin, world):
    deeds.published(alice, dan, erin, world.commitment)
    update = deeds.submitted(alice, world.commitment, summary_en="Test: work is done.")

    [row] = since_published(fresh(update)).changed

    assert (row.words.lang, [tuple(run) for run in row.words.after]) == (
        "en", [("same", "Test: work is"), ("added", " done"), ("same", ".")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "old", "new", "gap"),
    [
        ("percent", "55", "60.5", "+5.5 percentage points"),
        ("VND", "2000000", "1500000", "−500,000 VND"),
        ("stations", "5", "5.0", ""),
    ],
)
def test_since_published_says_by_how_much_a_figure_moved(
    unit, old, new, gap, alice, dan, erin, world
):
    target = factories.TargetFactory(
        commitment=world.commitment, metric="test", unit=unit, value=100
    )
    deeds.published(
        alice, dan, erin, world.commitment, forecast="on_track", measured={target.pk: old}
    )
    update = deeds.submitted(
        alice, world.commitment, forecast="on_track", measured={target.pk: new}
    )

    rows = [row for row in since_published(fresh(update)).changed if row.shape == "figure"]

    assert [row.gap for row in rows] == ([gap] if gap else [])


def test_since_published_leaves_news_and_retracted_ones_aside(alice, dan, erin, world):
    deeds.published(alice, dan, erin, world.commitment, summary_en="Test: first")
    wrong = deeds.published(alice, dan, erin, world.commitment, summary_en="Test: wrong")
    updates.retract_update(update=wrong, officer=erin, reason_en="Test", today=TODAY, now=NOW)
    deeds.published(
        alice, dan, erin, world.commitment, kind="context", stage="", summary_en="Test: news"
    )
    update = deeds.submitted(alice, world.commitment)

    assert since_published(fresh(update)).against.number == 1


def test_since_published_of_a_correction_is_against_what_it_corrects(alice, dan, erin, world):
    first = deeds.published(alice, dan, erin, world.commitment)
    deeds.published(alice, dan, erin, world.commitment, summary_en="Test: second")
    update = deeds.submitted(
        alice, world.commitment, corrects=first, correction_reason_en="Test: wrong month",
        summary_en="Test: better",
    )  # fmt: skip

    found = since_published(fresh(update))

    assert (found.against, [row.name for row in found.changed]) == (
        first, ["summary_en", "correction_reason_en"],
    )  # fmt: skip


# Since the return


@pytest.fixture
def returned(alice, dan, world, stations):
    """Sent back an hour after it was handed in, with comments on two fields and the whole."""
    with time_machine.travel(NOW, tick=False):
        handed_in = deeds.submitted(
            alice, world.commitment, forecast="on_track", measured={stations.pk: "100"},
            evidence=[deeds.PAGE],
        )  # fmt: skip
    with time_machine.travel(deeds.later(60), tick=False):
        updates.return_update(
            update=handed_in, reviewer=dan, comment="Test: not yet", now=deeds.later(60),
            field_comments={"summary_en": " Test: which month? ", "stage": "", "evidence": "Test: law?"},
        )  # fmt: skip
    return fresh(handed_in)


def mend(update, author, minutes=120, **said):
    """The author changes it and hands it in again."""
    measured, cited = said.pop("measured", {}), said.pop("evidence", [deeds.PAGE])
    with time_machine.travel(deeds.later(minutes), tick=False):
        saved = drafts.save_draft(
            update=update, author=author, version=StatusUpdate.objects.get(pk=update.pk).version,
            said=deeds.SAID | {"forecast": "on_track"} | said, evidence=cited,
            measured={key: Decimal(value) for key, value in measured.items()},
            now=deeds.later(minutes),
        )  # fmt: skip
        return updates.submit_update(
            update=saved, author=author, today=TODAY, now=deeds.later(minutes)
        )


def test_since_returned_of_what_never_was_is_nothing(alice, world):
    assert since_returned(fresh(deeds.submitted(alice, world.commitment))) is None


def test_since_returned_before_anything_changed_shows_the_comments(returned):
    found = since_returned(returned)

    assert (found.returned.comment, len(found.changed)) == ("Test: not yet", 2)
    assert [(row.name, row.is_changed, row.comment.text) for row in found.changed] == [
        ("summary_en", False, "Test: which month?"),
        ("evidence", False, "Test: law?"),
    ]


def test_since_returned_says_what_the_author_did(returned, alice, stations):
    mend(
        returned, alice, summary_en="Test: in May", measured={stations.pk: "120"},
        evidence=[LAW],
    )  # fmt: skip

    found = since_returned(fresh(returned))

    assert told(found) == [
        ("Summary in English", "Test: work is under way.", "Test: in May"),
        ("Test target 1", "100 stations", "120 stations"),
        (
            "Evidence",
            ("added", "Test law · Test office · a public authority"),
            ("removed", "Test page · Test publisher · another third party"),
        ),
    ]
    assert {row.name: row.comment.text for row in found.changed if row.comment} == {
        "summary_en": "Test: which month?",
        "evidence": "Test: law?",
    }
    assert found.same == ["Kind", "As of", "Stage", "Forecast"]


def test_since_returned_says_where_evidence_reads_otherwise(returned, alice, stations):
    shows = EvidenceSaid(
        title="Test page", publisher="Test publisher", url="https://example.org/test-page",
        relation="third_party", shows="Test: line 3",
    )  # fmt: skip
    mend(returned, alice, measured={stations.pk: "100"}, evidence=[shows])

    cited = since_returned(fresh(returned)).changed[-1].cited

    assert [(one.what, one.before, one.words) for one in cited] == [
        (
            "changed",
            "Test page · Test publisher · another third party",
            "Test page · Test publisher · another third party · Test: line 3",
        )
    ]


def test_since_returned_counts_from_the_last_return(returned, alice, dan, stations):
    again = mend(returned, alice, measured={stations.pk: "100"}, summary_en="Test: second")
    with time_machine.travel(deeds.later(180), tick=False):
        updates.return_update(
            update=again, reviewer=dan, comment="Test: once more", now=deeds.later(180)
        )
    mend(returned, alice, 240, measured={stations.pk: "100"}, summary_en="Test: third")

    found = since_returned(fresh(returned))

    assert found.returned.comment == "Test: once more"
    assert told(found) == [("Summary in English", "Test: second", "Test: third")]


# What can be commented on, and what was


def test_filled_fields_are_what_the_update_says(returned, stations):
    assert filled_fields(returned) == [
        ("kind", "Kind", "Progress"),
        ("as_of_on", "As of", "1 June 2026"),
        ("stage", "Stage", "In progress"),
        ("forecast", "Forecast", "On track"),
        ("summary_vi", "Summary in Vietnamese", ""),
        ("summary_en", "Summary in English", "Test: work is under way."),
        (f"target_{stations.pk}", "Test target 1", "100 stations"),
        ("evidence", "Evidence", "Test page · Test publisher · another third party"),
    ]


def test_field_comments_are_those_of_the_last_return_until_it_is_handed_in(
    returned, alice, stations
):
    assert {name: one.text for name, one in field_comments(returned).items()} == {
        "summary_en": "Test: which month?",
        "evidence": "Test: law?",
    }

    mend(returned, alice, measured={stations.pk: "100"})

    assert field_comments(fresh(returned)) == {}
