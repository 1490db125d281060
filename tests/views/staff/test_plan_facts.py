"""Marking a step as done, and linking one commitment to another."""

import pytest

from commitments.models import CommitmentLink, PublicEvent
from tests import factories
from tests.factories.clock import TODAY
from tests.plans import begun
from tests.views.staff.planning import address
from tests.views.staff.reading import errors, told

pytestmark = pytest.mark.usefixtures("monday")

DONE = address("test-commitment", "milestones/1/complete/")
LINK = address("test-commitment", "links/add/")
SAID = {
    "done_on": "31/5/2026",
    "source-title": "Test page",
    "source-url": "https://example.org/test-page",
}


@pytest.fixture
def milestone(world):
    return factories.MilestoneFactory(commitment=world.commitment)


def test_milestone_complete_says_so_in_public(erin, milestone, as_):
    answer = as_(erin).post(DONE, SAID)

    milestone.refresh_from_db()
    assert (answer.url, told(answer)) == (
        address("test-commitment"),
        [("success", "The step is marked as done. That is public.")],
    )
    assert milestone.done_on.isoformat() == "2026-05-31"
    assert [one.object_kind for one in PublicEvent.objects.order_by("sequence")] == [
        "source", "milestone",
    ]  # fmt: skip


def test_milestone_complete_by_a_known_title(erin, milestone, as_):
    known = factories.SourceFactory(title="Test known")

    as_(erin).post(DONE, {"done_on": "1/6/2026", "source-title": "Test known"})

    assert list(milestone.sources.all()) == [known]


def test_milestone_complete_refuses_at_the_fields(erin, milestone, as_):
    page = as_(erin).post(DONE, {"done_on": "2/6/2026"})

    assert (page.status_code, errors(page)) == (
        422,
        [
            ("id_done_on", "This day lies in the future. Please give today or an earlier day."),
            ("id_source-title", "Please give the title of the publication."),
        ],
    )


def test_milestone_complete_is_not_a_get(erin, milestone, as_):
    page = as_(erin).get(DONE)

    milestone.refresh_from_db()
    assert (page.status_code, milestone.done_on) == (200, None)


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_milestone_complete_is_an_officers(who, milestone, as_, request):
    browser = as_(request.getfixturevalue(who))

    assert [browser.get(DONE).status_code, browser.post(DONE, SAID).status_code] == [403, 403]


def test_milestone_complete_of_none_is_not_there(erin, world, as_):
    assert as_(erin).get(DONE).status_code == 404


@pytest.mark.parametrize("typed", ["TT-002", "tt-002 ", "test-other", " Test-Other"])
def test_link_create_by_reference_or_word(typed, erin, world, as_):
    other = factories.CommitmentFactory(
        programme=world.programme, slug="test-other", reference="TT-002", title_en="Test other"
    )

    answer = as_(erin).post(LINK, {"to": typed, "stated_on": "1/6/2026"})

    assert told(answer) == [("success", "It contributes to “Test other” from now on.")]
    assert list(CommitmentLink.objects.values_list("to_commitment", "stated_on")) == [
        (other.pk, TODAY)
    ]


@pytest.mark.parametrize("typed", ["", "nothing", "CPT26-001", "hidden", "invented"])
def test_link_create_refuses(typed, erin, world, as_):
    factories.CommitmentFactory(slug="hidden", is_draft=True)
    invented = factories.ProgrammeFactory(is_demo=True)
    factories.CommitmentFactory(slug="invented", programme=invented)

    page = as_(erin).post(LINK, {"to": typed})

    assert (page.status_code, [field for field, _text in errors(page)]) == (422, ["id_to"])
    assert CommitmentLink.objects.count() == 0


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_link_create_is_an_officers(who, world, as_, request):
    other = factories.CommitmentFactory(programme=world.programme)
    browser = as_(request.getfixturevalue(who))

    answers = [browser.get(LINK).status_code, browser.post(LINK, {"to": other.slug}).status_code]

    assert (answers, CommitmentLink.objects.count()) == ([403, 403], 0)


def test_link_delete_takes_back_what_was_never_public(erin, world, as_):
    draft = begun(erin, world.programme)
    fresh = factories.CommitmentLinkFactory(from_commitment=draft, to_commitment=world.commitment)
    public = factories.CommitmentLinkFactory(
        from_commitment=world.commitment, to_commitment__programme=world.programme
    )

    seen = as_(erin).get(f"/en/staff/links/{fresh.pk}/delete/")
    answers = [as_(erin).post(f"/en/staff/links/{one.pk}/delete/") for one in (fresh, public)]

    assert [told(one)[-1] for one in answers] == [
        ("success", "The link is taken back."),
        ("error", "This link is in the public record and stays there."),
    ]
    assert seen.status_code == 302
    assert list(CommitmentLink.objects.all()) == [public]


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("bob", 404)])
def test_link_delete_is_an_officers(who, status, erin, world, as_, request):
    link = factories.CommitmentLinkFactory(
        from_commitment=begun(erin, world.programme), to_commitment=world.commitment
    )

    answer = as_(request.getfixturevalue(who)).post(f"/en/staff/links/{link.pk}/delete/")

    assert (answer.status_code, CommitmentLink.objects.count()) == (status, 1)
