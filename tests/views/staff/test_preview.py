"""The preview, and every error of a form at once."""

import pytest

from commitments.models import Commitment, StatusUpdate
from commitments.services import updates
from tests import deeds
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import typed, words
from tests.views.staff.writing import ADD, DUE, stations

pytestmark = pytest.mark.usefixtures("monday")


def newest():
    return StatusUpdate.objects.order_by("-pk").first()


# The preview


def preview(update):
    return f"/en/staff/updates/{update.pk}/preview/"


def test_preview_is_the_public_page_in_a_frame(alice, dan, erin, world, as_, client):
    target = stations(world)
    draft = deeds.draft(
        alice, world.commitment, evidence=[deeds.PAGE], measured={target.pk: "1234.5"},
        forecast="on_track",
    )  # fmt: skip

    page = as_(alice).get(preview(draft))
    framed = words(page.text.split('<main id="content"')[1].split("</article>")[0])
    draft.refresh_from_db()
    assert (draft.number, draft.published_at, draft.state) == (None, None, "draft")
    bar = words(page.text.split('class="preview-bar"')[1].split("</section>")[0])
    assert "Preview – not published." in bar
    assert "1,234.5 stations : one thousand two hundred thirty-four point five" in bar

    updates.submit_update(update=draft, author=alice, today=TODAY, now=NOW)
    updates.approve_update(update=draft, approver=dan, now=NOW)
    updates.publish_update(update=draft, publisher=erin, today=TODAY, now=NOW)
    client.logout()
    public = client.get("/en/commitments/test-commitment/updates/1/")
    assert framed == words(public.text.split('<main id="content"')[1].split("</article>")[0])


def test_preview_is_for_who_may_see_the_update(alice, dan, bob, erin, carol, world, as_):
    draft = deeds.draft(alice, world.commitment)

    found = [as_(user).get(preview(draft)).status_code for user in (alice, dan, bob, erin, carol)]

    assert found == [200, 200, 404, 404, 404]


def test_preview_button_saves_first(alice, world, as_):
    answer = as_(alice).post(ADD, typed(deed="preview", summary_en="Test: previewed"))

    made = newest()
    assert (answer.status_code, answer.url, made.summary_en, made.state) == (
        302, preview(made), "Test: previewed", "draft",
    )  # fmt: skip


# Everything that is wrong, at once


def test_errors_of_form_and_rules_are_said_together(alice, world, as_):
    Commitment.objects.update(**DUE)
    target = stations(world)
    sent = typed(
        deed="submit", stage="", forecast="off_track", summary_en="x" * 5001,
        evidence=[{"title": "Test page"}], **{f"target_{target.pk}": "1.234"},
    )  # fmt: skip

    answer = as_(alice).post(ADD, sent)

    form = answer.context["form"]
    found = {name: [one.code for one in form.errors.as_data()[name]] for name in form.errors}
    assert answer.status_code == 422
    assert found == {
        "summary_en": ["too_long"],
        f"target_{target.pk}": ["ambiguous_figure"],
        "stage": ["stage_missing"],
        "problem_en": ["problem_missing"],
        "asked_en": ["asked_missing"],
    }
    [row] = answer.context["evidence"]
    assert [one.code for one in row.errors.as_data()["relation"]] == ["relation_missing"]
    assert StatusUpdate.objects.count() == 0


def test_saving_a_draft_asks_for_nothing_that_may_wait(alice, world, as_):
    answer = as_(alice).post(ADD, typed(stage="", summary_en="x" * 5001))

    assert list(answer.context["form"].errors) == ["summary_en"]
