"""Two people act on one plan in the same moment: on a real server, in connections of their own."""

import pytest

from commitments.errors import WrongState
from commitments.models import ChangeRequest, Participation, PublicEvent, Wording
from commitments.services import changes
from tests import factories
from tests.services.changes.asking import LEAD, WORDING, ask, decide, faults
from tests.services.test_publishing_at_once import at_once

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]


def officer_of(plan):
    return factories.MembershipFactory(organisation=plan.unit, role="officer").user


def outcomes(found):
    return sorted(type(one).__name__ for one in found)


def test_a_double_click_asks_once(plan, alice):
    found = at_once(*[lambda: ask(alice, plan.commitment)] * 3)

    assert outcomes(found) == ["AlreadyAsked", "AlreadyAsked", "ChangeRequest"]
    assert ChangeRequest.objects.count() == 1


def test_two_decisions_at_once_decide_once(plan, alice, erin):
    change, other = ask(alice, plan.commitment, "lead_changed", proposed=LEAD), officer_of(plan)

    found = at_once(
        lambda: decide(change, erin),
        lambda: decide(change, other, "refused", "Test: no."),
        lambda: changes.take_back_change(change=change, person=alice, now=change.requested_at),
    )

    assert outcomes(found) == ["ChangeRequest", "WrongState", "WrongState"]
    assert Participation.objects.filter(role="lead", ended_on=None).count() == 1
    assert faults() == []


def test_two_wordings_approved_at_once_do_not_lose_one(plan, alice, erin):
    narrowed = ask(alice, plan.commitment, "narrowed", proposed=WORDING)
    widened = ask(alice, plan.commitment, "widened", proposed=WORDING | {"text_en": "Test more"})
    other = officer_of(plan)

    found = at_once(lambda: decide(narrowed, erin), lambda: decide(widened, other))

    assert outcomes(found) == ["ChangeRequest", "Stale"]
    assert Wording.objects.count() == 2
    assert faults() == []


def test_two_that_would_replace_each_other_do_not_block(plan, alice, erin):
    factories.ParticipationFactory(commitment=plan.other, organisation=plan.body)
    there = ask(alice, plan.commitment, "superseded",
                proposed={"by": ["test-other"], "link": "supersedes"})  # fmt: skip
    back = ask(alice, plan.other, "superseded",
               proposed={"by": ["test-commitment"], "link": "supersedes"})  # fmt: skip
    other = officer_of(plan)

    found = at_once(lambda: decide(there, erin), lambda: decide(back, other))

    assert sum(isinstance(one, WrongState) for one in found) == 1
    assert PublicEvent.objects.filter(object_kind="link").count() == 1
