"""What contributes to what."""

import pytest

from commitments.errors import Forbidden, Refusal, WrongState
from commitments.models import CommitmentLink, PublicEvent
from commitments.services import plans
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.plans import begun


def link(commitment, to, officer, **said):
    return plans.link_commitments(
        commitment=commitment, to=to, officer=officer, today=TODAY, now=NOW, **said
    )


@pytest.fixture
def other(world):
    return factories.CommitmentFactory(programme=world.programme, slug="test-other")


def test_link_commitments_of_public_ones_is_public_at_once(erin, world, other):
    made = link(world.commitment, other, erin, stated_on=TODAY)

    event = PublicEvent.objects.get()
    assert (event.action, event.object_key, event.after) == (
        "linked",
        "test-commitment/contributes_to/test-other",
        {
            "commitment": "test-commitment", "to": "test-other", "kind": "contributes_to",
            "change": None, "stated_on": "2026-06-01",
        },
    )  # fmt: skip
    assert made.history.count() == 1


def test_link_commitments_twice_is_once(erin, world, other):
    assert link(world.commitment, other, erin) == link(world.commitment, other, erin)
    assert (CommitmentLink.objects.count(), PublicEvent.objects.count()) == (1, 1)


def test_link_commitments_of_a_draft_says_nothing_in_public(erin, world):
    link(begun(erin, world.programme), world.commitment, erin)

    assert (CommitmentLink.objects.count(), PublicEvent.objects.count()) == (1, 0)


def test_link_commitments_refuses(erin, world, other):
    unseen = factories.CommitmentFactory(is_draft=True)
    invented = factories.CommitmentFactory(programme=factories.ProgrammeFactory(is_demo=True))
    link(other, world.commitment, erin)

    found = []
    for to in (unseen, invented, world.commitment, other):
        with pytest.raises(Refusal) as refused:
            link(world.commitment, to, erin)
        found.append((refused.value.code, refused.value.field))

    assert found == [
        ("link_unknown", "to"), ("link_unknown", "to"), ("link_to_itself", "to"),
        ("link_turns_round", "to"),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_link_commitments_is_an_officers(who, world, other, request):
    with pytest.raises(Forbidden):
        link(world.commitment, other, request.getfixturevalue(who))


def test_unlink_commitments_takes_back_what_was_never_public(erin, world, other):
    draft = link(begun(erin, world.programme), world.commitment, erin)
    public = link(world.commitment, other, erin)

    plans.unlink_commitments(link=draft, officer=erin)
    with pytest.raises(WrongState, match="stays there"):
        plans.unlink_commitments(link=public, officer=erin)

    assert list(CommitmentLink.objects.all()) == [public]


def test_unlink_commitments_is_an_officers(erin, alice, world):
    draft = link(begun(erin, world.programme), world.commitment, erin)

    with pytest.raises(Forbidden):
        plans.unlink_commitments(link=draft, officer=alice)
