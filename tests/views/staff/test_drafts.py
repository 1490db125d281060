"""Whose draft it is, discarding one, and drafts that correct."""

import pytest

from commitments.models import Source, StatusUpdate
from tests import deeds, factories
from tests.views.staff.reading import errors, sections, told, typed, words
from tests.views.staff.writing import ADD, SUBMITTED, detail, edit, only, stations

pytestmark = pytest.mark.usefixtures("monday")


# Whose draft it is


@pytest.mark.parametrize(("who", "status"), [("dan", 403), ("erin", 404), ("bob", 404), ("carol", 404)])  # fmt: skip
@pytest.mark.parametrize("page", ["edit/", "submit/", "discard/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_draft_of_somebody_else(method, page, who, status, alice, world, as_, request):
    draft = deeds.draft(alice, world.commitment)
    person = request.getfixturevalue(who)
    type(person).objects.filter(pk=person.pk).update(is_superuser=True)

    answer = getattr(as_(person), method)(f"{detail(draft)}{page}")

    assert answer.status_code == status
    assert "Test: work" not in answer.text
    assert (only().state, only().version) == ("draft", draft.version)


def test_draft_of_a_colleague_can_be_read_not_written(alice, world, as_):
    colleague = factories.MembershipFactory(organisation=world.body, role="reporter").user
    draft = deeds.draft(alice, world.commitment)

    assert "Test: work is under way." in as_(colleague).get(detail(draft)).text
    assert as_(colleague).get(edit(draft)).status_code == 403


def test_update_edit_of_what_was_handed_in_leads_to_its_page(alice, world, as_):
    update = deeds.submitted(alice, world.commitment)

    answer = as_(alice).get(edit(update))

    assert (answer.status_code, answer.url) == (302, detail(update))


def test_what_came_back_shows_the_comment_and_is_handed_in_again(alice, dan, world, as_):
    update = deeds.returned(alice, dan, world.commitment, comment="Test: which month?")

    page = as_(alice).get(edit(update))
    answer = as_(alice).post(
        edit(update), typed(version=only().version, summary_en="Test: May", deed="submit")
    )

    assert "Returned by Dan Test: which month?" in words(page.text)
    assert told(answer) == SUBMITTED
    assert (only().state, only().summary_en) == ("submitted", "Test: May")


# Discarding


def test_discard_asks_first_and_then_leaves_nothing(alice, world, as_):
    draft = deeds.draft(alice, world.commitment, evidence=[deeds.PAGE])
    address = f"/en/staff/updates/{draft.pk}/discard/"

    asked = as_(alice).get(address)
    still = StatusUpdate.objects.count()
    answer = as_(alice).post(address)

    assert "Test: work is under way." in sections(asked)["Discard this draft?"]
    assert (still, StatusUpdate.objects.count(), Source.objects.count()) == (1, 0, 0)
    assert (answer.url, told(answer)) == (
        "/en/staff/commitments/test-commitment/", [("success", "The draft is discarded.")],
    )  # fmt: skip


def test_discard_is_not_for_what_was_handed_in(alice, dan, world, as_):
    update = deeds.returned(alice, dan, world.commitment)

    answer = as_(alice).post(f"/en/staff/updates/{update.pk}/discard/")

    assert (answer.url, StatusUpdate.objects.count()) == (detail(update), 1)


# Corrections


def test_correction_begins_with_what_was_published(alice, dan, erin, world, as_):
    target = stations(world)
    deeds.published(
        alice, dan, erin, world.commitment, forecast="on_track", evidence=[deeds.PAGE],
        measured={target.pk: "12"},
    )  # fmt: skip

    page = as_(alice).get(f"{ADD}?corrects=1")

    form, [row] = page.context["form"], page.context["evidence"]
    assert "Correction of update 1" in words(page.text)
    assert (form["summary_en"].value(), form[f"target_{target.pk}"].value()) == (
        "Test: work is under way.", "12",
    )  # fmt: skip
    assert (row["title"].value(), form["correction_reason_en"].value()) == ("Test page", "")


def test_correction_goes_its_way_with_a_reason(alice, dan, erin, world, as_):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    after = as_(alice).get(f"{ADD}?corrects=1").context["desk"].after

    without = as_(alice).post(f"{ADD}?corrects=1", typed(after=after, deed="submit"))
    draft = StatusUpdate.objects.get(state="draft")
    answer = as_(alice).post(
        edit(draft),
        typed(version=draft.version, correction_reason_en="Test: counted twice", deed="submit"),
    )

    assert errors(without) == [
        ("id_correction_reason_en", "Please give the public reason of the correction.")
    ]
    assert told(answer) == SUBMITTED
    draft.refresh_from_db()
    assert (draft.state, draft.corrects, draft.correction_reason_en) == (
        "submitted", wrong, "Test: counted twice",
    )  # fmt: skip


@pytest.mark.parametrize("number", ["2", "x", "-1", "99999999999999999999"])
def test_correction_of_nothing_is_not_there(number, alice, dan, erin, world, as_):
    deeds.published(alice, dan, erin, world.commitment)

    assert as_(alice).get(ADD, {"corrects": number}).status_code == 404


@pytest.mark.parametrize("who", ["dan", "erin", "bob"])
def test_correction_is_for_reporters_of_the_body(who, alice, dan, erin, world, as_, request):
    deeds.published(alice, dan, erin, world.commitment)

    answer = as_(request.getfixturevalue(who)).get(f"{ADD}?corrects=1")

    assert answer.status_code == 403


def test_correction_beside_another_draft_leads_to_that_one(alice, dan, erin, world, as_):
    deeds.published(alice, dan, erin, world.commitment)
    draft = deeds.draft(alice, world.commitment)

    answer = as_(alice).get(f"{ADD}?corrects=1")

    assert (answer.url, told(answer)) == (
        edit(draft),
        [(
            "warning",
            "You have begun another draft here. Hand it in or discard it first.",
        )],
    )  # fmt: skip
