"""Publication at a set time: set, taken off, and what becomes of it when the time has come."""

from datetime import date, timedelta

import pytest

from commitments.errors import Forbidden, IllegalTransition, Invalid, OwnWork, Stale, WrongState
from commitments.models import PublicEvent, StatusUpdate, User
from commitments.services import updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.services.on_the_way import state, way

AT = NOW + timedelta(days=2)
LATER = AT + timedelta(minutes=3)
SET = "2026-06-03 09:00"


@pytest.fixture
def signed(alice, dan, world):
    return deeds.approved(alice, dan, world.commitment)


@pytest.fixture
def waiting(signed, erin):
    """Approved, and set to be published in two days."""
    return schedule(signed, erin)


def schedule(update, officer, at=AT, now=NOW, version=None):
    return updates.schedule_release(
        update=update, officer=officer, at=at, today=TODAY, now=now, version=version
    )


def release(now=LATER):
    """What the beat does."""
    return [updates.release_update(pk, now=now) for pk in updates.updates_to_release(now=now)]


def time_of(update):
    fresh = StatusUpdate.objects.get(pk=update.pk)
    return fresh.release_at, fresh.released_by


def last(update):
    action = update.actions.last()
    return action.deed, action.person, action.comment


# Setting the time


def test_schedule_release_keeps_the_time_and_publishes_nothing(signed, erin):
    schedule(signed, erin)

    assert time_of(signed) == (AT, erin)
    assert (state(signed), PublicEvent.objects.count()) == ("approved", 0)
    assert last(signed) == ("scheduled", erin, SET)


def test_schedule_release_of_a_body_without_approver(alice, erin, world):
    world.body.skips_approver = True
    world.body.save()
    handed_in = deeds.submitted(alice, world.commitment)

    schedule(handed_in, erin)

    assert (time_of(handed_in), state(handed_in)) == ((AT, erin), "submitted")


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NOW, "release_past"),
        (NOW - timedelta(seconds=1), "release_past"),
        (NOW + timedelta(days=90, seconds=1), "release_far"),
    ],
)
def test_schedule_release_refuses_a_time_past_or_far(at, code, signed, erin):
    with pytest.raises(Invalid) as refused:
        schedule(signed, erin, at)

    assert (refused.value.code, refused.value.field) == (code, "release_on")
    assert time_of(signed) == (None, None)


@pytest.mark.parametrize("at", [NOW + timedelta(seconds=1), NOW + timedelta(days=90)])
def test_schedule_release_takes_what_is_just_inside(at, signed, erin):
    schedule(signed, erin, at)

    assert time_of(signed) == (at, erin)


def test_schedule_release_twice_is_once(signed, erin):
    schedule(signed, erin)
    schedule(signed, erin)

    assert [deed for deed, _who, _said in way(signed)].count("scheduled") == 1


def test_schedule_release_to_another_time_by_another_officer(waiting, world):
    other = factories.UserFactory(email="other@example.org")
    factories.MembershipFactory(user=other, organisation=world.unit, role="officer")

    schedule(waiting, other, AT + timedelta(hours=1))

    assert time_of(waiting) == (AT + timedelta(hours=1), other)
    assert way(waiting)[-3:] == [
        ("scheduled", "erin@example.org", SET),
        ("unscheduled", "other@example.org", "reset"),
        ("scheduled", "other@example.org", "2026-06-03 10:00"),
    ]


@pytest.mark.parametrize("who", ["alice", "dan"])
def test_schedule_release_is_never_for_whoever_had_a_part(who, signed, world, request):
    person = request.getfixturevalue(who)
    factories.MembershipFactory(user=person, organisation=world.unit, role="officer")

    with pytest.raises(OwnWork):
        schedule(signed, person)
    assert time_of(signed) == (None, None)


@pytest.mark.parametrize("who", ["bob", "carol"])
def test_schedule_release_is_for_officers(who, signed, request):
    person = request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        schedule(signed, person)


def test_schedule_release_before_approval(alice, dan, erin, world):
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(IllegalTransition):
        schedule(handed_in, erin)


def test_schedule_release_of_another_text_than_was_read(signed, erin):
    with pytest.raises(Stale):
        schedule(signed, erin, version=signed.version + 1)


def test_schedule_release_into_a_closed_commitment(signed, erin, world):
    _close(world)

    with pytest.raises(IllegalTransition):
        schedule(signed, erin)


def _close(world):
    type(world.commitment).objects.update(stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY)


# Taking it off


def test_unschedule_release_lets_it_wait_again(waiting, erin):
    updates.unschedule_release(update=waiting, officer=erin, now=NOW)

    assert (time_of(waiting), last(waiting)) == ((None, None), ("unscheduled", erin, ""))
    assert list(StatusUpdate.objects.waiting_for(erin)) == [waiting]
    assert release() == []


def test_unschedule_release_of_what_has_no_time(signed, erin):
    with pytest.raises(WrongState):
        updates.unschedule_release(update=signed, officer=erin, now=NOW)


@pytest.mark.parametrize(
    ("who", "refusal"), [("alice", OwnWork), ("dan", OwnWork), ("bob", Forbidden), ("carol", Forbidden)]
)  # fmt: skip
def test_unschedule_release_is_for_another_officer(who, refusal, waiting, world, request):
    person = request.getfixturevalue(who)
    if refusal is OwnWork:
        factories.MembershipFactory(user=person, organisation=world.unit, role="officer")

    with pytest.raises(refusal):
        updates.unschedule_release(update=waiting, officer=person, now=NOW)
    assert time_of(waiting)[0] == AT


def test_return_update_takes_the_time_off(waiting, erin, alice):
    updates.return_update(update=waiting, reviewer=erin, comment="Test", now=NOW)

    assert (time_of(waiting), state(waiting)) == ((None, None), "returned")
    assert way(waiting)[-2:] == [
        ("unscheduled", "erin@example.org", "returned"),
        ("returned", "erin@example.org", "Test"),
    ]
    assert release() == []


def test_publish_update_at_once_takes_the_time_off(waiting, erin):
    updates.publish_update(update=waiting, publisher=erin, today=TODAY, now=NOW)

    assert (time_of(waiting), state(waiting), release()) == ((None, None), "published", [])


# When the time has come


def test_nothing_goes_out_before_its_time(waiting):
    assert release(AT - timedelta(seconds=1)) == []
    assert (state(waiting), PublicEvent.objects.count()) == ("approved", 0)


def test_release_update_publishes_as_the_officer_who_set_it(waiting, erin):
    assert release() == [True]

    done = StatusUpdate.objects.get()
    assert (done.state, done.publisher, done.number) == ("published", erin, 1)
    assert (done.published_at, time_of(done)) == (LATER, (None, None))
    assert set(PublicEvent.objects.values_list("effective_on", "actor_role")) == {
        (date(2026, 6, 3), "officer")
    }


def test_release_update_says_the_day_in_viet_nam(signed, erin):
    schedule(signed, erin, AT.replace(hour=17, minute=30))  # half past midnight in Ha Noi

    release(AT.replace(hour=18))

    assert set(PublicEvent.objects.values_list("effective_on", flat=True)) == {date(2026, 6, 4)}


def test_release_update_twice_is_once(waiting):
    pk = waiting.pk

    assert [updates.release_update(pk, now=LATER) for _time in range(2)] == [True, False]
    assert PublicEvent.objects.filter(object_kind="status_update").count() == 1


def test_release_update_days_late_publishes_on_that_day(waiting):
    assert release(AT + timedelta(days=5)) == [True]
    assert StatusUpdate.objects.get().published_at == AT + timedelta(days=5)


def test_release_update_of_nothing(db):
    assert updates.release_update(1, now=NOW) is False


def _deactivate(erin, world, waiting):
    User.objects.filter(pk=erin.pk).update(is_active=False)


def _end_role(erin, world, waiting):
    erin.memberships.update(ended_on=TODAY)


def _close_commitment(erin, world, waiting):
    _close(world)


def _had_a_part(erin, world, waiting):
    factories.ReviewActionFactory(update=waiting, person=erin, deed="handed_over")


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (_deactivate, "officer_left"),
        (_end_role, "role_ended"),
        (_close_commitment, "closed"),
        (_had_a_part, "own_work"),
    ],
)
def test_release_update_judges_every_right_again(happens, why, waiting, erin, world):
    happens(erin, world, waiting)

    assert release() == [False]

    assert (state(waiting), time_of(waiting)) == ("approved", (None, None))
    assert last(waiting) == ("unscheduled", erin, why)
    assert PublicEvent.objects.count() == 0
    assert release(LATER + timedelta(days=1)) == []


def test_release_update_where_an_approver_was_named_meanwhile(alice, dan, erin, world):
    world.body.skips_approver = True
    world.body.save()
    handed_in = deeds.submitted(alice, world.commitment)
    schedule(handed_in, erin)
    world.body.skips_approver = False
    world.body.save()

    assert release() == [False]

    assert last(handed_in) == ("unscheduled", erin, "not_ready")
    assert list(StatusUpdate.objects.waiting_for(dan)) == [handed_in]


def test_release_update_of_a_correction_that_came_second(alice, dan, erin, world):
    first = deeds.published(alice, dan, erin, world.commitment)
    reason = {"corrects": first, "correction_reason_en": "Test"}
    second = deeds.approved(alice, dan, world.commitment, **reason)
    schedule(second, erin)
    updates.retract_update(update=first, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    assert release() == [False]
    assert last(second) == ("unscheduled", erin, "corrected")


def test_one_that_cannot_go_out_does_not_stop_the_others(waiting, alice, dan, erin, world):
    other = factories.CommitmentFactory(programme=world.programme, slug="test-other")
    factories.ParticipationFactory(commitment=other, organisation=world.body)
    second = schedule(deeds.approved(alice, dan, other), erin, AT + timedelta(seconds=1))
    type(world.commitment).objects.filter(pk=world.commitment.pk).update(
        stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY
    )

    assert release() == [False, True]
    assert (state(waiting), state(second)) == ("approved", "published")


def test_approver_who_set_the_time_as_officer_does_not_sign_it_off(alice, erin, world):
    world.body.skips_approver = True
    world.body.save()
    handed_in = schedule(deeds.submitted(alice, world.commitment), erin)
    world.body.skips_approver = False
    world.body.save()
    factories.MembershipFactory(user=erin, organisation=world.body, role="approver")
    erin = User.objects.get(pk=erin.pk)

    with pytest.raises(OwnWork):
        updates.approve_update(update=handed_in, approver=erin, now=NOW)
