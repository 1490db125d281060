"""A return with comments on single fields: kept by field, and told as one comment where alone."""

import pytest

from commitments.errors import Invalid, OwnWork, Refusals
from commitments.models import FieldComment, ReviewAction
from commitments.services import updates
from tests import deeds, factories
from tests.factories.clock import NOW
from tests.services.on_the_way import state


@pytest.fixture
def handed_in(alice, world):
    return deeds.submitted(alice, world.commitment)


def send_back(update, reviewer, comment="", **on_fields):
    return updates.return_update(
        update=update, reviewer=reviewer, comment=comment, now=NOW, field_comments=on_fields
    )


def said():
    return list(FieldComment.objects.values_list("action__deed", "field", "text"))


def test_return_update_keeps_what_was_said_of_each_field(handed_in, dan):
    send_back(handed_in, dan, "Test: all", stage=" Test: why? ", summary_en="", evidence="Test")

    assert said() == [("returned", "stage", "Test: why?"), ("returned", "evidence", "Test")]
    assert ReviewAction.objects.get(deed="returned").comment == "Test: all"


def test_return_update_with_comments_on_fields_alone_says_them_as_one(handed_in, dan):
    send_back(handed_in, dan, "  ", stage="Test: why?", evidence="Test: law?")

    assert state(handed_in) == "returned"
    assert ReviewAction.objects.get(deed="returned").comment == "Test: why?\nTest: law?"


def test_return_update_needs_one_of_the_two(handed_in, dan):
    with pytest.raises(Invalid) as refused:
        send_back(handed_in, dan, " ", stage=" \n")

    assert (refused.value.code, refused.value.field) == ("comment_missing", "comment")
    assert (state(handed_in), said()) == ("submitted", [])


def test_return_update_takes_comments_on_the_figures_it_has(alice, dan, world):
    target = factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=5
    )
    figures = {"measured": {target.pk: 3}, "forecast": "on_track"}
    handed_in = deeds.submitted(alice, world.commitment, **figures)

    send_back(handed_in, dan, **{f"target_{target.pk}": "Test: counted by whom?"})

    assert said() == [("returned", f"target_{target.pk}", "Test: counted by whom?")]


@pytest.mark.parametrize("name", ["target_999", "state", "author", "published_at", "x" * 50])
def test_return_update_refuses_comments_on_what_is_no_field(name, handed_in, dan):
    with pytest.raises(Invalid) as refused:
        send_back(handed_in, dan, "Test", **{name: "Test"})

    assert refused.value.code == "field_unknown"
    assert (state(handed_in), said()) == ("submitted", [])


def test_return_update_names_every_comment_that_cannot_be_kept(handed_in, dan):
    with pytest.raises(Refusals) as refused:
        send_back(handed_in, dan, stage="x" * 2001, evidence="Test \u202e")

    assert [(one.code, one.field) for one in refused.value.refusals] == [
        ("too_long", "on_stage"), ("hidden_character", "on_evidence"),
    ]  # fmt: skip
    assert said() == []


def test_return_update_of_the_own_work_keeps_no_comment(handed_in, alice, world):
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")

    with pytest.raises(OwnWork):
        send_back(handed_in, alice, stage="Test")
    assert said() == []
