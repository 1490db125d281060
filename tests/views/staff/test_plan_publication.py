"""The page before publication, the deed, and throwing a draft away."""

import re

import pytest

from commitments.models import Commitment, PublicEvent
from tests import factories
from tests.plans import begun, sheet
from tests.views.staff.planning import EDIT_ANCHOR, address
from tests.views.staff.reading import refusal, told, words

pytestmark = pytest.mark.usefixtures("monday")

PUBLISH = address("test-pledge", "publish/")
DISCARD = address("test-pledge", "discard/")


def tasks(page):
    """The steps with what each lacks, and the way to it."""
    found = re.findall(r'<li class="govuk-task-list__item.*?</li>', page.text, re.DOTALL)
    return [words(one) for one in found]


def ways(page):
    return re.findall(r'__hint"><a href="([^"]*)"', page.text)


def test_commitment_publish_says_what_is_missing(erin, world, as_):
    begun(erin, world.programme, text_vi="", text_en="", stated_on=None, parts=(), sources=())

    page = as_(erin).get(PUBLISH)

    assert (page.status_code, tasks(page)) == (
        200,
        [
            "About the commitment Complete",
            "Wording Please give the wording in at least one language. It never changes later. "
            "Incomplete",
            "Who takes part Please name the body that made the pledge, as its lead. Incomplete",
            "Targets Complete",
            "Milestones Complete",
            "Sources Please name at least one source; without it nobody can check the commitment. "
            "Incomplete",
        ],
    )
    assert ways(page) == [f"{EDIT_ANCHOR}#id_text_en", f"{EDIT_ANCHOR}#parts",
                          f"{EDIT_ANCHOR}#sources"]  # fmt: skip
    assert "3 things are missing" in words(page.text)
    assert 'name="version"' not in page.text


def test_commitment_publish_shows_how_it_will_stand(erin, world, as_):
    begun(erin, world.programme, due=None)

    page = as_(erin).get(PUBLISH)

    text = words(page.text)
    assert "Nothing is missing" in text
    assert "Unusual, but it may be so There is no due date. It can then never be past due." in text
    assert "at least 20,000 stations" in text
    assert "Test wording" in text
    assert "Test page" in text
    assert PublicEvent.objects.count() == 0


def test_commitment_publish_publishes_once(erin, world, as_):
    draft = begun(erin, world.programme)

    answer = as_(erin).post(PUBLISH, {"version": 1})
    again = as_(erin).post(PUBLISH, {"version": 1})

    draft.refresh_from_db()
    assert (answer.url, told(answer)) == (
        address("test-pledge"),
        [(
            "success",
            "The commitment is public, as CPT-001. Its wording and dates are the original now.",
        )],
    )  # fmt: skip
    assert (again.url, draft.reference, draft.original_due) == (
        address("test-pledge"), "CPT-001", "2026-12-31",
    )  # fmt: skip
    assert PublicEvent.objects.filter(object_kind="commitment").count() == 1


def test_commitment_publish_of_another_version_shows_it_first(erin, world, as_):
    begun(erin, world.programme)

    page = as_(erin).post(PUBLISH, {"version": 2})

    assert (page.status_code, refusal(page)) == (
        409,
        "This was not done Somebody else saved this meanwhile. Compare both versions and save "
        "again.",
    )
    assert Commitment.objects.public().count() == 1


def test_commitment_publish_of_what_became_incomplete(erin, world, as_):
    begun(erin, world.programme, sources=())

    page = as_(erin).post(PUBLISH, {"version": 1})

    assert (page.status_code, refusal(page)) == (422, None)
    assert ways(page) == [f"{EDIT_ANCHOR}#sources"]


def test_commitment_publish_sends_to_the_cell_of_a_row(erin, world, as_):
    lead = sheet().parts[0]
    partner = {"organisation": "test-unit", "role": "partner"}
    begun(erin, world.programme, parts=(
        type(lead)(organisation="test-lead", role="lead"), type(lead)(**partner),
    ))  # fmt: skip

    assert ways(as_(erin).get(PUBLISH)) == [f"{EDIT_ANCHOR}#id_parts-0-since"]


def test_commitment_discard_asks_first(erin, world, as_):
    begun(erin, world.programme)

    page = as_(erin).get(DISCARD)

    assert "Discard this draft?" in words(page.text)
    assert Commitment.objects.count() == 2


def test_commitment_discard_throws_it_away(erin, world, as_):
    begun(erin, world.programme)

    answer = as_(erin).post(DISCARD, {"version": 1})

    assert (answer.url, told(answer)) == (
        "/en/staff/", [("success", "The draft is discarded.")],
    )  # fmt: skip
    assert list(Commitment.objects.all()) == [world.commitment]


def test_commitment_discard_of_what_somebody_works_on(erin, world, as_):
    factories.InternalNoteFactory(commitment=begun(erin, world.programme))

    page = as_(erin).post(DISCARD, {"version": 1})

    assert (page.status_code, refusal(page)) == (
        409,
        "This was not done Something hangs on this draft already: a note, an assignment, an update "
        "or a link of another commitment. Remove that first.",
    )


def test_commitment_discard_of_another_version_is_refused(erin, world, as_):
    begun(erin, world.programme)

    assert as_(erin).post(DISCARD, {"version": 2}).status_code == 409
    assert Commitment.objects.count() == 2
