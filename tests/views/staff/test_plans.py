"""The form of a commitment's plan: begun, kept, with rows more or less, never lost."""

import pytest

from commitments.models import Commitment, PublicEvent, Source
from commitments.rules.commitments import SourceSaid
from tests import factories
from tests.plans import begun
from tests.views.staff.planning import (
    CREATE,
    LEAD,
    MILESTONE,
    SAVED,
    SOURCE,
    TARGET,
    address,
    plan_typed,
    sent_back,
    stored,
    whole,
)
from tests.views.staff.reading import errors, refusal, told, words

pytestmark = pytest.mark.usefixtures("monday")


def test_commitment_create_shows_room_for_a_lead_and_a_source(erin, world, as_):
    page = as_(erin).get(CREATE)

    sent = sent_back(page)
    assert {name: value for name, value in sent.items() if value} == {
        "csrfmiddlewaretoken": sent["csrfmiddlewaretoken"],
        "version": "0", "after": "0",
        "parts-TOTAL_FORMS": "1", "parts-INITIAL_FORMS": "1", "parts-MIN_NUM_FORMS": "0",
        "parts-MAX_NUM_FORMS": "20", "parts-0-role": "lead", "parts-0-confidence": "confirmed",
        "targets-TOTAL_FORMS": "0", "targets-INITIAL_FORMS": "0", "targets-MIN_NUM_FORMS": "0",
        "targets-MAX_NUM_FORMS": "20",
        "milestones-TOTAL_FORMS": "0", "milestones-INITIAL_FORMS": "0",
        "milestones-MIN_NUM_FORMS": "0", "milestones-MAX_NUM_FORMS": "40",
        "sources-TOTAL_FORMS": "1", "sources-INITIAL_FORMS": "1", "sources-MIN_NUM_FORMS": "0",
        "sources-MAX_NUM_FORMS": "20",
    }  # fmt: skip
    assert Commitment.objects.count() == 1


def test_commitment_create_keeps_the_whole_plan(erin, world, as_):
    answer = as_(erin).post(CREATE, plan_typed())

    assert (answer.status_code, answer.url) == (302, address("test-pledge", "edit/"))
    assert told(answer) == SAVED
    assert stored() == whole()
    assert PublicEvent.objects.count() == 0


def test_commitment_create_goes_on_to_what_is_missing(erin, world, as_):
    answer = as_(erin).post(CREATE, plan_typed(deed="check"))

    assert answer.url == address("test-pledge", "publish/")


def test_commitment_edit_sends_back_what_is_stored(erin, world, as_):
    draft = begun(erin, world.programme)
    before = stored()

    page = as_(erin).get(address("test-pledge", "edit/"))
    answer = as_(erin).post(address("test-pledge", "edit/"), sent_back(page))

    draft.refresh_from_db()
    assert (answer.status_code, told(answer), draft.version) == (302, SAVED, 1)
    assert stored() == before


def test_commitment_edit_in_vietnamese_sends_back_the_same_figures(erin, world, as_):
    begun(erin, world.programme)
    before = stored()
    vietnamese = address("test-pledge", "edit/").replace("/en/", "/vi/")

    answer = as_(erin).post(vietnamese, sent_back(as_(erin).get(vietnamese)))

    assert (answer.status_code, stored()) == (302, before)


def test_commitment_edit_keeps_numbers_and_gives_the_next_to_new_rows(erin, world, as_):
    draft = begun(erin, world.programme)
    rows = {"milestones": [MILESTONE, MILESTONE | {"number": "4"}, MILESTONE]}

    as_(erin).post(address("test-pledge", "edit/"), plan_typed(version=1, rows=rows))

    numbers = draft.milestones.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [4, 5, 6]


def test_commitment_edit_follows_a_changed_slug(erin, world, as_):
    begun(erin, world.programme)

    answer = as_(erin).post(
        address("test-pledge", "edit/"), plan_typed(version=1, slug="test-other")
    )

    assert answer.url == address("test-other", "edit/")


def test_commitment_create_twice_begins_one(erin, world, as_):
    first = as_(erin).post(CREATE, plan_typed())
    second = as_(erin).post(CREATE, plan_typed())

    assert first.url == second.url == address("test-pledge", "edit/")
    assert Commitment.objects.count() == 2


def test_commitment_create_from_two_windows_says_so_and_loses_nothing(erin, world, as_):
    as_(erin).post(CREATE, plan_typed())

    page = as_(erin).post(CREATE, plan_typed(title_en="Test other pledge"))

    assert (page.status_code, refusal(page)) == (
        409,
        "This was not done You have begun another commitment since this form was opened. What you "
        "typed here is kept below: saving it begins a further one.",
    )
    sent = sent_back(page)
    assert (sent["title_en"], sent["targets-0-value"]) == ("Test other pledge", "20000")
    answer = as_(erin).post(CREATE, sent)
    assert (answer.url, Commitment.objects.count()) == (
        address("test-other-pledge", "edit/"), 3,
    )  # fmt: skip


# Rows


@pytest.mark.parametrize("kind", ["parts", "targets", "milestones", "sources"])
def test_rows_come_and_go_without_a_word_lost(kind, erin, world, as_):
    more = as_(erin).post(CREATE, plan_typed(deed=f"{kind}-add", title_en="Test\u202etyped"))
    sent = sent_back(more)
    fewer = as_(erin).post(CREATE, sent | {"deed": f"{kind}-remove-0"})

    assert (more.status_code, sent[f"{kind}-TOTAL_FORMS"], sent["title_en"]) == (
        200, "2", "Test\u202etyped",
    )  # fmt: skip
    assert "autofocus" in more.text
    assert sent_back(fewer)[f"{kind}-TOTAL_FORMS"] == "1"
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize("deed", ["parts-remove-99", "parts-remove-x", "parts-", "parts-remove--1"])
def test_rows_that_are_not_there_cannot_go(deed, erin, world, as_):
    assert sent_back(as_(erin).post(CREATE, plan_typed(deed=deed)))["parts-TOTAL_FORMS"] == "1"


def test_rows_are_all_that_htmx_gets(erin, world, as_):
    part = as_(erin).post(CREATE, plan_typed(deed="targets-add"), headers={"HX-Request": "true"})

    assert part.text.strip().startswith('<fieldset class="fields govuk-fieldset" id="targets"')
    assert "Target 2" in words(part.text)
    assert "Milestone" not in words(part.text)


def test_empty_rows_are_left_out(erin, world, as_):
    rows = {
        "parts": [{"role": "partner", "confidence": "confirmed"}, LEAD],
        "targets": [{}, TARGET],
        "milestones": [{"number": ""}, MILESTONE],
        "sources": [{"slug": ""}, SOURCE],
    }

    as_(erin).post(CREATE, plan_typed(rows=rows))

    assert stored() == whole()


# Sources


def test_sources_are_known_by_title_or_by_address(erin, world, as_):
    titled = factories.SourceFactory(title="Test known title")
    placed = factories.SourceFactory(url="https://example.org/known")
    rows = {"sources": [{"title": "Test known title"}, {"url": "https://example.org/known"}]}

    as_(erin).post(CREATE, plan_typed(rows=rows))

    assert {one.slug for one in stored().sources} == {titled.slug, placed.slug}
    assert Source.objects.count() == 2


def test_sources_of_one_title_are_asked_for_by_address(erin, world, as_):
    for _time in range(2):
        factories.SourceFactory(title="Test title of two")

    page = as_(erin).post(CREATE, plan_typed(rows={"sources": [{"title": "Test title of two"}]}))

    assert (page.status_code, errors(page)) == (
        422,
        [("id_sources-0-title", "Several sources have this title. Please give its address too.")],
    )


def test_sources_are_offered_those_of_the_same_world(erin, world, as_):
    factories.SourceFactory(title="Test known", publisher="Test press", published="2026",
        published_earliest="2026-01-01", published_latest="2026-12-31",
        url="https://example.org/known")  # fmt: skip
    factories.SourceFactory(title="Test invented", is_demo=True)
    factories.SourceFactory(title="Test not public", published_at=None)

    page = as_(erin).get(CREATE)

    offered = page.text.split('<datalist id="known-sources">')[1].split("</datalist>")[0]
    assert offered == (
        '<option value="Test known">Test press · 2026 · https://example.org/known</option>'
    )


def test_sources_that_are_public_stand_as_they_are(erin, world, as_):
    known = factories.SourceFactory(title="Test known")
    begun(erin, world.programme, sources=(SourceSaid(slug=known.slug),))

    page = as_(erin).get(address("test-pledge", "edit/"))

    sent = sent_back(page)
    assert (sent["sources-0-slug"], "sources-0-title" in sent) == (known.slug, False)
    assert "Test known" in page.text


def test_sources_that_only_a_draft_names_can_be_amended(erin, world, as_):
    begun(erin, world.programme)
    edit = address("test-pledge", "edit/")

    as_(erin).post(edit, sent_back(as_(erin).get(edit)) | {"sources-0-title": "Test anew"})

    assert list(Source.objects.values_list("title", "url")) == [("Test anew", SOURCE["url"])]
