"""Marking a public step as done."""

from datetime import date

import pytest

from commitments.errors import Forbidden, WrongState
from commitments.models import PublicEvent
from commitments.rules.commitments import SourceSaid
from commitments.services import plans
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.plans import SOURCE, begun


def complete(milestone, officer, done_on=TODAY, source=SOURCE):
    return plans.complete_milestone(
        milestone=milestone, officer=officer, done_on=done_on, source=source, today=TODAY, now=NOW
    )


@pytest.fixture
def milestone(world):
    return factories.MilestoneFactory(commitment=world.commitment)


def test_complete_milestone_is_public_with_its_source(erin, milestone):
    done = complete(milestone, erin)

    source = milestone.sources.get()
    assert (done.done_on, source.title, source.published_at) == (TODAY, "Test page", NOW)
    said = PublicEvent.objects.order_by("sequence")
    assert [(one.action, one.object_kind, one.object_key) for one in said] == [
        ("published", "source", source.slug), ("completed", "milestone", "test-commitment/1"),
    ]  # fmt: skip
    assert (said[1].after["done_on"], said[1].after["sources"]) == ("2026-06-01", [source.slug])


def test_complete_milestone_by_a_known_source(erin, milestone):
    known = factories.SourceFactory()

    complete(milestone, erin, source=SourceSaid(slug=known.slug))

    assert list(milestone.sources.all()) == [known]
    assert [one.object_kind for one in PublicEvent.objects.all()] == ["milestone"]


def test_complete_milestone_twice_is_once(erin, milestone):
    complete(milestone, erin)
    complete(milestone, erin)

    assert PublicEvent.objects.count() == 2
    with pytest.raises(WrongState, match="on another day already"):
        complete(milestone, erin, done_on=date(2026, 5, 31))


@pytest.mark.parametrize(
    ("done_on", "source", "refusals"),
    [
        (None, SOURCE, [("done_on_missing", "done_on")]),
        (date(2026, 6, 2), SOURCE, [("done_in_future", "done_on")]),
        (
            None,
            SourceSaid(),
            [("done_on_missing", "done_on"), ("source_title_missing", "source-title")],
        ),
        (TODAY, SourceSaid(slug="other"), [("source_unknown", "source-slug")]),
    ],
)
def test_complete_milestone_refuses(done_on, source, refusals, erin, milestone):
    with pytest.raises(Exception) as refused:  # noqa: PT011  (one refusal or several)
        complete(milestone, erin, done_on=done_on, source=source)

    assert [(one.code, one.field) for one in refused.value.refusals] == refusals
    assert PublicEvent.objects.count() == 0


def test_complete_milestone_of_a_draft_is_refused(erin, world):
    draft = begun(erin, world.programme)

    with pytest.raises(WrongState, match="once the commitment is public"):
        complete(draft.milestones.get(), erin)


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_complete_milestone_is_an_officers(who, milestone, request):
    with pytest.raises(Forbidden):
        complete(milestone, request.getfixturevalue(who))
