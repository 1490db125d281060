"""Nobody acts on their own work: also not whoever wrote it before it changed hands."""

import pytest

from commitments.errors import Forbidden, OwnWork
from commitments.models import Evidence, StatusUpdate
from commitments.rules import access
from commitments.services import evidence, updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.services.on_the_way import state


@pytest.fixture
def frank(world):
    """Approver of the lead and officer of the delivery unit at once, and a superuser."""
    person = factories.UserFactory(email="frank@example.org", is_superuser=True)
    factories.MembershipFactory(user=person, organisation=world.body, role="approver")
    factories.MembershipFactory(user=person, organisation=world.unit, role="officer")
    factories.MembershipFactory(user=person, organisation=world.unit, role="administrator")
    return person


def worked_on(update, person, deed):
    factories.ReviewActionFactory(update=update, person=person, deed=deed)
    return StatusUpdate.objects.get(pk=update.pk)


def deeds_of(update, person):
    """Every step that somebody takes on an update, by the services."""
    return {
        "approve": lambda: updates.approve_update(update=update, approver=person, now=NOW),
        "return": lambda: updates.return_update(
            update=update, reviewer=person, comment="Test", now=NOW
        ),
        "publish": lambda: updates.publish_update(
            update=update, publisher=person, today=TODAY, now=NOW
        ),
        "schedule": lambda: updates.schedule_release(
            update=update, officer=person, at=deeds.later(5), today=TODAY, now=NOW
        ),
        "retract": lambda: updates.retract_update(
            update=update, officer=person, reason_en="Test", today=TODAY, now=NOW
        ),
        "confirm": lambda: evidence.confirm_completion(
            update=update, officer=person, today=TODAY, now=NOW
        ),
    }


@pytest.mark.parametrize("deed", ["submitted", "handed_over"])
@pytest.mark.parametrize(
    ("make", "steps"),
    [
        (lambda a, d, e, c: deeds.submitted(a, c), ["approve", "return"]),
        (lambda a, d, e, c: deeds.approved(a, d, c), ["publish", "schedule", "return"]),
        (
            lambda a, d, e, c: deeds.published(a, d, e, c, stage="reported_complete",
                                               evidence=[deeds.PAGE]),
            ["retract", "confirm"],
        ),
    ],
)  # fmt: skip
def test_whoever_worked_on_it_takes_no_step(make, steps, deed, alice, dan, erin, frank, world):
    update = worked_on(make(alice, dan, erin, world.commitment), frank, deed)
    before = state(update)

    for step in steps:
        with pytest.raises(OwnWork):
            deeds_of(update, frank)[step]()
    assert state(update) == before


def test_whoever_worked_on_it_accepts_none_of_its_evidence(alice, dan, erin, frank, world):
    done = deeds.published(alice, dan, erin, world.commitment, evidence=[deeds.PAGE])
    worked_on(done, frank, "handed_over")

    with pytest.raises(OwnWork):
        evidence.accept_evidence(
            evidence=Evidence.objects.get(), officer=frank, today=TODAY, now=NOW
        )


def test_reviewing_is_no_work_of_ones_own(alice, dan, erin, world):
    """Who returned or took off the schedule may go on with the same update."""
    signed = deeds.approved(alice, dan, world.commitment)
    updates.return_update(update=signed, reviewer=erin, comment="Test", now=NOW)
    updates.submit_update(update=signed, author=alice, today=TODAY, now=NOW)
    updates.approve_update(update=signed, approver=dan, now=NOW)
    updates.publish_update(update=signed, publisher=erin, today=TODAY, now=NOW)

    assert state(signed) == "published"


def test_rules_say_the_same_as_the_services(alice, frank, world):
    handed_in = deeds.submitted(alice, world.commitment)
    assert access.may_approve(frank, handed_in)

    worked = worked_on(handed_in, frank, "handed_over")

    rights = [access.may_approve, access.may_return, access.may_publish, access.may_schedule]
    assert [may(frank, worked) for may in rights] == [False] * 4
    assert list(StatusUpdate.objects.waiting_for(frank)) == []


# The approver of a body


def test_body_with_one_person_goes_straight_to_the_officer(alice, erin, world):
    world.body.skips_approver = True
    world.body.save()
    handed_in = deeds.submitted(alice, world.commitment)

    updates.publish_update(update=handed_in, publisher=erin, today=TODAY, now=NOW)

    assert state(handed_in) == "published"


@pytest.mark.parametrize(("skips", "waits_for"), [(True, "erin"), (False, "dan")])
def test_changing_the_setting_strands_nothing(skips, waits_for, alice, dan, erin, world):
    world.body.skips_approver = not skips
    world.body.save()
    handed_in = deeds.submitted(alice, world.commitment)

    world.body.skips_approver = skips
    world.body.save()

    found = {
        name
        for name, person in {"dan": dan, "erin": erin}.items()
        if list(StatusUpdate.objects.waiting_for(person)) == [handed_in]
    }
    assert found == {waits_for}
    if waits_for == "dan":
        updates.approve_update(update=handed_in, approver=dan, now=NOW)
    updates.publish_update(update=handed_in, publisher=erin, today=TODAY, now=NOW)
    assert state(handed_in) == "published"


def test_officer_returns_what_nobody_can_sign_off(alice, erin, world):
    """The body has an approver only in name: the author alone."""
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")
    handed_in = deeds.submitted(alice, world.commitment)
    assert list(StatusUpdate.objects.without_approver()) == [handed_in]

    with pytest.raises(OwnWork):
        updates.approve_update(update=handed_in, approver=alice, now=NOW)
    updates.return_update(update=handed_in, reviewer=erin, comment="Test", now=NOW)

    assert state(handed_in) == "returned"


def test_officer_does_not_return_what_somebody_can_sign_off(alice, dan, erin, world):
    handed_in = deeds.submitted(alice, world.commitment)

    assert list(StatusUpdate.objects.without_approver()) == []
    with pytest.raises(Forbidden):
        updates.return_update(update=handed_in, reviewer=erin, comment="Test", now=NOW)


@pytest.mark.parametrize("change", [{"is_active": False}, {"ended": True}, {"worked": True}])
def test_an_approver_who_cannot_act_counts_for_none(change, alice, dan, world):
    handed_in = deeds.submitted(alice, world.commitment)
    if "is_active" in change:
        type(dan).objects.filter(pk=dan.pk).update(is_active=False)
    if "ended" in change:
        dan.memberships.update(ended_on=TODAY)
    if "worked" in change:
        factories.ReviewActionFactory(update=handed_in, person=dan, deed="handed_over")

    assert list(StatusUpdate.objects.without_approver()) == [handed_in]
