"""The whole way of an update, and its approval and return."""

import pytest

from commitments.errors import (
    Forbidden,
    IllegalTransition,
    Invalid,
    OwnWork,
    Stale,
)
from commitments.models import (
    PublicEvent,
    Source,
    StatusUpdate,
)
from commitments.services import drafts, updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.services.on_the_way import events, standing, state, submit, way


def test_update_goes_its_whole_way(alice, dan, erin, world):
    target = factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000
    )
    first = deeds.submitted(
        alice, world.commitment, evidence=[deeds.PAGE], measured={target.pk: "12.5"},
        forecast="on_track",
    )  # fmt: skip
    updates.return_update(update=first, reviewer=dan, comment=" Test: why? ", now=NOW)
    came_back = StatusUpdate.objects.get(pk=first.pk)
    drafts.save_draft(
        update=came_back,
        author=alice,
        said=deeds.SAID | {"summary_en": "Test: better", "forecast": "on_track"},
        evidence=[deeds.PAGE],
        measured={target.pk: 13},
        version=came_back.version,
        now=NOW,
    )
    submit(came_back, alice)
    updates.approve_update(update=came_back, approver=dan, now=NOW)
    updates.publish_update(update=came_back, publisher=erin, today=TODAY, now=NOW)

    done = StatusUpdate.objects.get()
    source = Source.objects.get()
    assert way(done) == [
        ("submitted", "alice@example.org", ""),
        ("returned", "dan@example.org", "Test: why?"),
        ("submitted", "alice@example.org", ""),
        ("approved", "dan@example.org", ""),
        ("published", "erin@example.org", ""),
    ]
    assert (done.state, done.number, done.author, done.approver, done.publisher) == (
        "published", 1, alice, dan, erin,
    )  # fmt: skip
    assert standing(world.commitment) == ("in_progress", TODAY, done.pk, "on_track")
    assert events() == [
        ("published", "source", source.slug),
        ("published", "status_update", "test-commitment/1"),
        ("published", "measurement", "test-commitment/1/1"),
        ("published", "evidence", f"test-commitment/1/{source.slug}"),
        ("stage_set", "commitment", "test-commitment"),
    ]
    assert {
        (event.actor_role, event.actor_organisation) for event in PublicEvent.objects.all()
    } == {("officer", "test-unit")}
    assert source.published_at == NOW


def test_published_event_says_what_is_public_and_no_name(alice, dan, erin, world):
    deeds.published(alice, dan, erin, world.commitment, summary_vi="Thử")

    event = PublicEvent.objects.get(object_kind="status_update")
    at = "2026-06-01T02:00:00.000000Z"
    assert event.before is None
    assert event.after == {
        "commitment": "test-commitment",
        "number": 1,
        "kind": "progress",
        "origin": "web",
        "speaker": "body",
        "as_of_on": "2026-06-01",
        "stage": "in_progress",
        "step": "",
        "forecast": "not_given",
        "summary_vi": "Thử",
        "summary_en": "Test: work is under way.",
        "problem_vi": "",
        "problem_en": "",
        "asked_vi": "",
        "asked_en": "",
        "correction_reason_vi": "",
        "correction_reason_en": "",
        "submitted_at": at,
        "approved_at": at,
        "published_at": at,
        "body": "test-lead",
        "corrects": None,
    }


# Approval, return


def test_approve_update_is_for_approvers_of_the_body(alice, erin, bob, carol, world):
    handed_in = deeds.submitted(alice, world.commitment)
    factories.MembershipFactory(
        user=bob, organisation=bob.memberships.get().organisation, role="approver"
    )

    for person in (erin, bob, carol):
        person.is_superuser = True
        with pytest.raises(Forbidden):
            updates.approve_update(update=handed_in, approver=person, now=NOW)
    assert state(handed_in) == "submitted"


def test_approve_update_is_never_for_its_author(alice, world):
    handed_in = deeds.submitted(alice, world.commitment)
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")
    alice.is_superuser = True

    with pytest.raises(OwnWork):
        updates.approve_update(update=handed_in, approver=alice, now=NOW)
    assert state(handed_in) == "submitted"


def test_approve_update_signs_only_what_was_read(alice, dan, world):
    handed_in = deeds.submitted(alice, world.commitment)
    read = handed_in.version
    updates.return_update(update=handed_in, reviewer=dan, comment="Test", now=NOW)
    submit(handed_in, alice)

    with pytest.raises(Stale):
        updates.approve_update(update=handed_in, approver=dan, now=NOW, version=read)
    assert state(handed_in) == "submitted"


@pytest.mark.parametrize("make", [deeds.draft, deeds.returned])
def test_approve_update_needs_a_submission(make, alice, dan, world):
    people = (alice, dan) if make is deeds.returned else (alice,)
    update = make(*people, world.commitment)

    with pytest.raises(IllegalTransition):
        updates.approve_update(update=update, approver=dan, now=NOW)


@pytest.mark.parametrize("comment", ["", "   \n"])
def test_return_update_needs_a_comment(comment, alice, dan, world):
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(Invalid) as refused:
        updates.return_update(update=handed_in, reviewer=dan, comment=comment, now=NOW)
    assert (refused.value.field, state(handed_in)) == ("comment", "submitted")


def test_return_update_by_the_officer_takes_the_approval_back(alice, dan, erin, world):
    signed = deeds.approved(alice, dan, world.commitment)

    updates.return_update(update=signed, reviewer=erin, comment="Test", now=NOW)

    fresh = StatusUpdate.objects.get()
    assert (fresh.state, fresh.approver, fresh.approved_at) == ("returned", None, None)


@pytest.mark.parametrize("who", ["erin", "bob", "carol"])
def test_return_update_is_for_whoever_could_approve(who, alice, dan, world, request):
    handed_in, person = deeds.submitted(alice, world.commitment), request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        updates.return_update(update=handed_in, reviewer=person, comment="Test", now=NOW)


def test_return_update_is_never_for_its_author(alice, world):
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(OwnWork):
        updates.return_update(update=handed_in, reviewer=alice, comment="Test", now=NOW)
