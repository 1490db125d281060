"""Handing in from the form."""

from datetime import date

import pytest

from commitments.models import Commitment, StatusUpdate
from commitments.services import obligations
from tests import deeds
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import errors, refusal, told, typed
from tests.views.staff.writing import ADD, DUE, ROW, SUBMITTED, detail, edit, only

pytestmark = pytest.mark.usefixtures("monday")


def test_submit_hands_in_from_the_first_form(alice, world, as_):
    answer = as_(alice).post(ADD, typed(evidence=[ROW], deed="submit"))

    update = only()
    assert (answer.url, told(answer)) == (detail(update), SUBMITTED)
    assert (update.state, update.submitted_at) == ("submitted", NOW)


def test_submit_of_a_body_without_approver_goes_to_the_delivery_unit(alice, world, as_):
    type(world.body).objects.update(skips_approver=True)

    answer = as_(alice).post(ADD, typed(deed="submit"))

    assert told(answer) == [
        ("success", "The update is submitted. The delivery unit reviews it next.")
    ]


def test_submit_says_all_that_is_missing_and_keeps_the_draft(alice, world, as_):
    Commitment.objects.update(**DUE)
    sent = typed(
        as_of_on="2/6/2026", stage="", forecast="off_track", evidence=[{"publisher": "Test"}],
        deed="submit",
    )  # fmt: skip

    answer = as_(alice).post(ADD, sent)

    assert answer.status_code == 422
    assert errors(answer) == [
        ("id_as_of_on", "The as-of date lies in the future. Please give today or an earlier day."),
        ("id_stage_0", "Please choose the stage."),
        ("id_problem_en", "Please name the problem that puts the date or target at risk."),
        (
            "id_asked_en",
            "Please say what is asked of whom, so that it can get back on track.",
        ),
        ("id_evidence-0-title", "Please give the title of the publication."),
        ("id_evidence-0-relation", "Please say who published it; only then can anybody judge it."),
    ]
    draft = only()
    assert (draft.state, draft.summary_en, draft.forecast) == (
        "draft", "Test: work is under way.", "off_track",
    )  # fmt: skip
    assert answer.context["desk"].address == edit(draft)
    assert f'name="version" value="{draft.version}"' in answer.text


def test_submit_of_completion_asks_for_evidence_above_the_rows(alice, world, as_):
    answer = as_(alice).post(ADD, typed(stage="reported_complete", deed="submit"))

    assert (answer.status_code, errors(answer)) == (
        422,
        [(
            "evidence",
            "Please add at least one piece of evidence that the commitment is complete.",
        )],
    )  # fmt: skip


def test_submit_of_related_news_drops_stage_and_forecast_as_it_says(alice, world, as_):
    Commitment.objects.update(**DUE)

    as_(alice).post(ADD, typed(kind="context", stage="paused", forecast="on_track", deed="submit"))

    update = only()
    assert (update.state, update.kind, update.stage, update.forecast) == (
        "submitted", "context", "", "not_given",
    )  # fmt: skip


def test_submit_of_no_change_before_anything_was_published(alice, world, as_):
    answer = as_(alice).post(ADD, typed(kind="no_change", stage="", summary_en="", deed="submit"))

    assert (answer.status_code, errors(answer)) == (
        422,
        [(
            "id_kind_0",
            "“No material change” needs an earlier published update of your organisation. "
            "Please report progress this time.",
        )],
    )  # fmt: skip


def test_submit_of_no_change_repeats_what_was_published(alice, dan, erin, world, as_):
    deeds.published(alice, dan, erin, world.commitment, stage="paused")
    page = as_(alice).get(ADD)

    answer = as_(alice).post(
        ADD,
        typed(
            kind="no_change", stage="", summary_en="", deed="submit",
            after=page.context["desk"].after,
        ),
    )  # fmt: skip

    newest = StatusUpdate.objects.order_by("-pk").first()
    assert (told(answer), newest.stage) == (SUBMITTED, "paused")


def test_submit_meets_the_obligation(alice, erin, world, as_):
    obligations.open_reporting(
        programme=world.programme, commitments=[world.commitment], officer=erin,
        starts_on=date(2026, 5, 1), today=TODAY, now=NOW,
    )  # fmt: skip

    as_(alice).post(ADD, typed(deed="submit"))

    obligation = world.commitment.obligations.get(period__starts_on=date(2026, 5, 1))
    assert (obligation.met_by, obligation.met_at) == (only(), NOW)


def test_submit_into_a_commitment_closed_meanwhile_keeps_the_text(alice, world, as_):
    draft = deeds.draft(alice, world.commitment)
    Commitment.objects.update(stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY)

    answer = as_(alice).post(
        edit(draft), typed(version=draft.version, summary_en="Test: more", deed="submit")
    )

    assert answer.status_code == 409
    assert refusal(answer) == (
        "This was not done This commitment is closed (withdrawn); only related news can be added."
    )
    assert answer.context["form"]["summary_en"].value() == "Test: more"
    assert (only().state, only().summary_en) == ("draft", "Test: more")


def test_update_submit_hands_in_what_is_stored(alice, world, as_):
    draft = deeds.draft(alice, world.commitment, evidence=[deeds.PAGE])

    answer = as_(alice).post(f"/en/staff/updates/{draft.pk}/submit/")

    assert (answer.url, told(answer), only().state) == (detail(draft), SUBMITTED, "submitted")


def test_update_submit_shows_the_form_where_something_is_missing(alice, world, as_):
    draft = deeds.draft(alice, world.commitment, stage="", summary_en="Test: kept")

    answer = as_(alice).post(f"/en/staff/updates/{draft.pk}/submit/")

    assert (answer.status_code, errors(answer)) == (
        422, [("id_stage_0", "Please choose the stage.")],
    )  # fmt: skip
    assert answer.context["form"]["summary_en"].value() == "Test: kept"
    assert only().state == "draft"
