"""Publication, correction and retraction, and what each leaves in the record."""

from datetime import timedelta

import pytest

from commitments.errors import (
    Forbidden,
    IllegalTransition,
    Invalid,
    OwnWork,
    Refusal,
    Stale,
    WrongState,
)
from commitments.models import (
    Commitment,
    Evidence,
    PublicEvent,
    Source,
    StatusUpdate,
)
from commitments.services import stages, updates
from commitments.services.record import EDITORS
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.services.on_the_way import YESTERDAY, events, standing, state, submit

# Publication


@pytest.mark.parametrize("who", ["alice", "dan"])
def test_publish_update_is_never_for_author_or_approver(who, alice, dan, world, request):
    signed, person = deeds.approved(alice, dan, world.commitment), request.getfixturevalue(who)
    factories.MembershipFactory(user=person, organisation=world.unit, role="officer")
    person.is_superuser = True

    with pytest.raises(OwnWork):
        updates.publish_update(update=signed, publisher=person, today=TODAY, now=NOW)
    assert (state(signed), PublicEvent.objects.count()) == ("approved", 0)


def test_publish_update_is_for_officers_of_the_programme(alice, dan, bob, carol, world):
    signed = deeds.approved(alice, dan, world.commitment)
    elsewhere = factories.MembershipFactory(role="officer").user

    for person in (bob, carol, elsewhere):
        person.is_superuser = True
        with pytest.raises(Forbidden):
            updates.publish_update(update=signed, publisher=person, today=TODAY, now=NOW)
    assert (state(signed), PublicEvent.objects.count()) == ("approved", 0)


def test_publish_update_needs_an_approval(alice, erin, world):
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(IllegalTransition):
        updates.publish_update(update=handed_in, publisher=erin, today=TODAY, now=NOW)


def test_publish_update_without_approval_where_the_body_has_no_approver(alice, dan, erin, world):
    type(world.body).objects.update(skips_approver=True)
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(Forbidden):
        updates.approve_update(update=handed_in, approver=dan, now=NOW)
    done = updates.publish_update(update=handed_in, publisher=erin, today=TODAY, now=NOW)

    assert (done.state, done.approver, done.publisher) == ("published", None, erin)


def test_publish_update_signs_only_what_was_read(alice, dan, erin, world):
    signed = deeds.approved(alice, dan, world.commitment)

    with pytest.raises(Stale):
        updates.publish_update(
            update=signed, publisher=erin, today=TODAY, now=NOW, version=signed.version + 1
        )
    assert PublicEvent.objects.count() == 0


def test_publish_update_into_a_closed_commitment_is_refused(alice, dan, erin, world):
    signed = deeds.approved(alice, dan, world.commitment)
    Commitment.objects.update(stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY)

    with pytest.raises(IllegalTransition):
        updates.publish_update(update=signed, publisher=erin, today=TODAY, now=NOW)
    assert standing(world.commitment)[0] == "withdrawn"


def test_publish_update_of_an_older_day_does_not_move_the_stage(alice, dan, erin, world):
    newer = deeds.published(alice, dan, erin, world.commitment, stage="paused")

    deeds.published(alice, dan, erin, world.commitment, as_of_on=YESTERDAY)

    assert standing(world.commitment) == ("paused", TODAY, newer.pk, "not_given")
    assert [action for action, *_rest in events()] == ["published", "stage_set", "published"]


def test_publish_update_of_context_moves_nothing(alice, dan, erin, world):
    deeds.published(alice, dan, erin, world.commitment, kind="context", stage="")

    assert standing(world.commitment) == ("", None, None, "not_given")
    assert [action for action, *_rest in events()] == ["published"]


def test_publish_update_numbers_in_order(alice, dan, erin, world):
    made = [deeds.published(alice, dan, erin, world.commitment) for _time in range(3)]

    assert [update.number for update in made] == [1, 2, 3]


def test_publish_update_gives_way_to_a_source_of_the_record(alice, dan, erin, world):
    signed = deeds.approved(alice, dan, world.commitment, evidence=[deeds.PAGE])
    known = factories.SourceFactory(url=deeds.PAGE.url)

    updates.publish_update(update=signed, publisher=erin, today=TODAY, now=NOW)

    assert Evidence.objects.get().source == known
    assert list(Source.objects.all()) == [known]


# Correction, retraction


def correction(author, commitment, wrong, **said):
    reason = {"correction_reason_en": "Test: counted twice", "stage": "paused"}
    return deeds.draft(author, commitment, corrects=wrong, **reason | said)


def test_correction_stands_beside_what_it_corrects(alice, dan, erin, world):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    right = correction(alice, world.commitment, wrong)
    submit(right, alice)
    updates.approve_update(update=right, approver=dan, now=NOW)
    updates.publish_update(update=right, publisher=erin, today=TODAY, now=NOW)

    assert list(StatusUpdate.objects.standing()) == [right]
    assert list(StatusUpdate.objects.public().order_by("number")) == [wrong, right]
    assert standing(world.commitment)[:3] == ("paused", TODAY, right.pk)
    event = PublicEvent.objects.get(object_key="test-commitment/2")
    assert (event.after["corrects"], event.after["correction_reason_en"]) == (
        1, "Test: counted twice",
    )  # fmt: skip


def test_correction_needs_a_public_reason(alice, dan, erin, world):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    right = correction(alice, world.commitment, wrong, correction_reason_en="")

    with pytest.raises(Refusal) as refused:
        submit(right, alice)
    assert refused.value.field == "correction_reason_vi"


def test_correction_of_what_was_retracted_meanwhile_is_not_published(alice, dan, erin, world):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    right = correction(alice, world.commitment, wrong)
    submit(right, alice)
    updates.approve_update(update=right, approver=dan, now=NOW)
    updates.retract_update(update=wrong, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    with pytest.raises(WrongState) as refused:
        updates.publish_update(update=right, publisher=erin, today=TODAY, now=NOW)
    assert refused.value.code == "already_corrected"


def test_retract_update_leaves_the_text_and_takes_the_stage_back(alice, dan, erin, world):
    first = deeds.published(alice, dan, erin, world.commitment, as_of_on=YESTERDAY)
    second = deeds.published(alice, dan, erin, world.commitment, stage="paused")

    notice = updates.retract_update(
        update=second, officer=erin, reason_en=" Test: wrong body ", today=TODAY, now=NOW
    )

    assert (notice.reason_en, state(second)) == ("Test: wrong body", "published")
    assert standing(world.commitment)[:3] == ("in_progress", YESTERDAY, first.pk)
    assert events()[-2:] == [
        ("retracted", "retraction", "test-commitment/2"),
        ("stage_set", "commitment", "test-commitment"),
    ]


def test_retract_update_needs_a_public_reason(alice, dan, erin, world):
    done = deeds.published(alice, dan, erin, world.commitment)

    with pytest.raises(Invalid):
        updates.retract_update(update=done, officer=erin, reason_en=" ", today=TODAY, now=NOW)


def test_retract_update_once(alice, dan, erin, world):
    done = deeds.published(alice, dan, erin, world.commitment)
    updates.retract_update(update=done, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    with pytest.raises(WrongState) as refused:
        updates.retract_update(update=done, officer=erin, reason_en="Test", today=TODAY, now=NOW)
    assert refused.value.code == "already_retracted"


@pytest.mark.parametrize(
    ("who", "error"),
    [("alice", OwnWork), ("dan", OwnWork), ("bob", Forbidden), ("carol", Forbidden)],
)
def test_retract_update_is_for_another_officer(who, error, alice, dan, erin, world, request):
    done, person = deeds.published(alice, dan, erin, world.commitment), request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(error):
        updates.retract_update(update=done, officer=person, reason_en="Test", today=TODAY, now=NOW)


def test_submit_refuses_what_another_window_saved_meanwhile(alice, world):
    read = deeds.draft(alice, world.commitment)
    deeds.draft(alice, world.commitment, summary_en="Test: another window")

    with pytest.raises(Stale):
        updates.submit_update(update=read, author=alice, today=TODAY, now=NOW, version=read.version)

    assert state(read) == "draft"


def test_correction_does_not_reopen_what_an_import_closed(alice, dan, erin, world):
    wrong = deeds.published(
        alice, dan, erin, world.commitment, as_of_on=TODAY - timedelta(days=60)
    )  # fmt: skip
    fulfilled = factories.StatusUpdateFactory(
        commitment=world.commitment, is_imported=True, speaker="government", stage="complete",
        as_of_on=YESTERDAY,
    )  # fmt: skip
    stages.apply_update(fulfilled, by=EDITORS, effective_on=TODAY, now=NOW)

    right = correction(alice, world.commitment, wrong, as_of_on=TODAY)
    submit(right, alice)
    updates.approve_update(update=right, approver=dan, now=NOW)
    updates.publish_update(update=right, publisher=erin, today=TODAY, now=NOW)

    assert standing(world.commitment)[:3] == ("complete", YESTERDAY, fulfilled.pk)
