"""Handing an update in: whose step it is, and what it needs."""

from datetime import date

import pytest

from commitments.errors import (
    Forbidden,
    IllegalTransition,
    Invalid,
    Refusal,
)
from commitments.models import (
    Commitment,
    Measurement,
    StatusUpdate,
)
from commitments.services import drafts, updates
from commitments.services.citations import EvidenceSaid
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.services.on_the_way import YESTERDAY, state, submit, way


def test_submit_update_is_for_its_author(alice, dan, erin, bob, carol, world):
    draft = deeds.draft(alice, world.commitment)

    for person in (dan, erin, bob, carol):
        person.is_superuser = True
        with pytest.raises(Forbidden):
            submit(draft, person)
    assert (state(draft), way(draft)) == ("draft", [])


def test_submit_update_twice_is_refused(alice, world):
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(IllegalTransition):
        submit(handed_in, alice)
    assert len(way(handed_in)) == 1


def test_submit_update_is_for_the_present_lead(alice, world):
    draft = deeds.draft(alice, world.commitment)
    factories.OrganisationFactory()
    world.lead.organisation = factories.OrganisationFactory()
    world.lead.save()

    with pytest.raises(Forbidden):
        submit(draft, alice)


DUE = {"due": "2026", "due_earliest": date(2026, 1, 1), "due_latest": date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("said", "columns", "found"),
    [
        ({"as_of_on": None}, {}, [("as_of_missing", "as_of_on")]),
        ({"as_of_on": date(2026, 6, 2)}, {}, [("as_of_in_future", "as_of_on")]),
        ({"stage": ""}, {}, [("stage_missing", "stage")]),
        ({"summary_en": " "}, {}, [("summary_missing", "summary_vi")]),
        ({}, DUE, [("forecast_missing", "forecast")]),
        ({"forecast": "on_track"}, {}, [("forecast_not_asked", "forecast")]),
        ({"forecast": "at_risk"}, DUE, [("problem_missing", "problem_vi")]),
        (
            {"forecast": "off_track", "problem_en": "Test"},
            DUE,
            [("asked_missing", "asked_vi")],
        ),
        ({"stage": "reported_complete"}, {}, [("evidence_missing", "evidence")]),
        ({"kind": "no_change", "stage": ""}, {}, [("nothing_published_before", "kind")]),
        (
            {"as_of_on": None, "stage": "", "summary_en": ""},
            {},
            [
                ("as_of_missing", "as_of_on"),
                ("stage_missing", "stage"),
                ("summary_missing", "summary_vi"),
            ],
        ),
    ],
)
def test_submit_update_needs(said, columns, found, alice, world):
    Commitment.objects.update(**columns)
    draft = deeds.draft(alice, Commitment.objects.get(), **said)

    with pytest.raises(Refusal) as refused:
        submit(draft, alice)
    assert [(one.code, one.field) for one in refused.value.refusals] == found
    assert (state(draft), way(draft)) == ("draft", [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (EvidenceSaid(title="Test page"), "relation_missing"),
        (EvidenceSaid(title=" ", relation="press"), "title_missing"),
    ],
)
def test_submit_update_needs_title_and_issuer_of_evidence(row, code, alice, world):
    draft = deeds.draft(alice, world.commitment, evidence=[row])

    with pytest.raises(Refusal) as refused:
        submit(draft, alice)
    assert [(one.code, one.field) for one in refused.value.refusals] == [(code, "evidence")]


def test_submit_update_dates_its_measurements(alice, world):
    target = factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000
    )
    draft = deeds.draft(
        alice, world.commitment, as_of_on=None, forecast="on_track", measured={target.pk: "1"}
    )
    drafts.save_draft(
        update=draft,
        author=alice,
        said={"as_of_on": YESTERDAY},
        evidence=[],
        measured={target.pk: 1},
        version=draft.version,
        now=NOW,
    )

    submit(draft, alice)

    assert list(Measurement.objects.values_list("as_of_on", flat=True)) == [YESTERDAY]


def test_submit_update_of_no_change_repeats_what_was_published(alice, dan, erin, world):
    Commitment.objects.update(**DUE)
    deeds.published(
        alice, dan, erin, world.commitment, forecast="at_risk", problem_en="Test problem"
    )

    handed_in = deeds.submitted(
        alice, world.commitment, kind="no_change", stage="", summary_en="", forecast="not_given"
    )

    fresh = StatusUpdate.objects.get(pk=handed_in.pk)
    assert (fresh.stage, fresh.forecast, fresh.problem_en) == (
        "in_progress", "at_risk", "Test problem",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"stage": "paused"}, "stage_changed"),
        ({"forecast": "off_track"}, "forecast_changed"),
        ({"problem_en": "Test: another problem"}, "problem_en_changed"),
    ],
)
def test_submit_update_of_no_change_loses_no_other_answer(said, code, alice, dan, erin, world):
    Commitment.objects.update(**DUE)
    deeds.published(
        alice, dan, erin, world.commitment, forecast="at_risk", problem_en="Test problem"
    )
    nothing = {"kind": "no_change", "stage": "", "forecast": "not_given", "summary_en": ""}

    with pytest.raises(Invalid) as refused:
        deeds.submitted(alice, world.commitment, **nothing | said)
    assert refused.value.code == code


def test_submit_update_of_no_change_needs_one_that_stands(alice, dan, erin, world):
    only = deeds.published(alice, dan, erin, world.commitment)
    updates.retract_update(update=only, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    with pytest.raises(Refusal) as refused:
        deeds.submitted(alice, world.commitment, kind="no_change", stage="")
    assert refused.value.code == "nothing_published_before"
