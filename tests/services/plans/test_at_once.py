"""Two hands on one plan in the same moment: on a real server, in connections of their own."""

from functools import partial

import pytest

from commitments.errors import Invalid, Stale, WrongState
from commitments.models import Commitment, PublicEvent
from commitments.services import plans
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.plans import begun, sheet
from tests.services.test_publishing_at_once import at_once

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]


def kinds(answers):
    return sorted(type(one).__name__ for one in answers)


def test_a_form_sent_twice_at_once_begins_one(erin, world):
    answers = at_once(*[partial(begun, erin, world.programme)] * 2)

    assert kinds(answers) == ["AlreadyBegun", "Commitment"]
    assert Commitment.objects.filter(created_by=erin).count() == 1


def test_two_programmes_that_take_one_address_at_once(erin, world):
    other = factories.ProgrammeFactory(delivery_unit=world.unit)

    answers = at_once(
        partial(begun, erin, world.programme, slug="test-same"),
        partial(begun, erin, other, slug="test-same"),
    )

    assert kinds(answers) == ["Commitment", "Invalid"]
    assert next(one for one in answers if isinstance(one, Invalid)).code == "slug_taken"


def test_two_who_save_at_once_of_whom_the_second_is_told(erin, world):
    draft = begun(erin, world.programme)

    def save(title):
        return plans.save_commitment(
            commitment=draft, officer=erin, said=sheet(title_en=title), version=1,
            today=TODAY, now=NOW,
        )  # fmt: skip

    answers = at_once(partial(save, "Test one"), partial(save, "Test two"))

    assert kinds(answers) == ["Commitment", "Stale"]
    assert any(isinstance(one, Stale) for one in answers)
    assert Commitment.objects.get(pk=draft.pk).version == 2


def test_two_who_publish_at_once_publish_once(erin, world):
    draft = begun(erin, world.programme)
    publish = partial(
        plans.publish_plan, commitment=draft, officer=erin, version=1, today=TODAY, now=NOW
    )

    answers = at_once(publish, publish)

    assert kinds(answers) == ["Commitment", "WrongState"]
    assert any(isinstance(one, WrongState) for one in answers)
    assert PublicEvent.objects.filter(object_kind="commitment").count() == 1


def test_who_saves_while_it_is_published_changes_nothing_public(erin, world):
    draft = begun(erin, world.programme)
    publish = partial(
        plans.publish_plan, commitment=draft, officer=erin, version=1, today=TODAY, now=NOW
    )
    save = partial(
        plans.save_commitment, commitment=draft, officer=erin, said=sheet(title_en="Test late"),
        version=1, today=TODAY, now=NOW,
    )  # fmt: skip

    answers = at_once(publish, save)

    assert kinds(answers) in (["Commitment", "WrongState"], ["Commitment", "Stale"])
    kept = Commitment.objects.get(pk=draft.pk)
    assert (kept.published_at is not None) == (kept.title_en == "Test pledge")
