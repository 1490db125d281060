"""The questions asked of status updates and obligations."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from commitments.models import Obligation, StatusUpdate
from tests import factories as f
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def write(world, alice):
    def write(**said):
        said = {"author": alice, "body": world.body} | said
        return f.StatusUpdateFactory(commitment=world.commitment, **said)

    return write


def _sees(user, update):
    return StatusUpdate.objects.visible_to(user).filter(pk=update.pk).exists()


def test_visible_to_nobody_else_is_a_body_draft(write, alice, dan, erin, bob, carol):
    draft = write()

    people = (alice, dan, erin, bob, carol, None, AnonymousUser())
    assert [_sees(user, draft) for user in people] == [True, True, *[False] * 5]


@pytest.mark.parametrize("trait", ["is_submitted", "is_approved"])
def test_visible_to_the_officer_is_what_was_handed_in(write, trait, alice, dan, erin, bob, carol):
    update = write(**{trait: True})

    people = (alice, dan, erin, bob, carol, None)
    assert [_sees(user, update) for user in people] == [True, True, True, *[False] * 3]


def test_visible_to_another_unit_is_nothing_that_was_handed_in(write, world):
    update = write(is_submitted=True)
    other = f.MembershipFactory(role="officer").user
    f.ProgrammeFactory(delivery_unit=other.memberships.get().organisation)

    assert not _sees(other, update)


@pytest.mark.parametrize("trait", ["is_published", "is_imported"])
def test_visible_to_all_is_what_is_published(write, trait, erin, bob):
    said = {"author": None, "body": None} if trait == "is_imported" else {}
    update = write(**said, **{trait: True})

    assert [_sees(user, update) for user in (erin, bob, None)] == [True] * 3


def test_visible_to_nobody_is_what_was_published_on_a_draft_commitment(write, world, bob):
    update = write(is_published=True)
    type(world.commitment).objects.update(published_at=None, reference=None)

    assert [_sees(user, update) for user in (bob, None)] == [False] * 2


def test_standing_is_published_and_neither_retracted_nor_corrected(write):
    stands = write(is_published=True)
    retracted = write(is_published=True)
    f.RetractionFactory(update=retracted)
    corrected = write(is_published=True)
    correction = write(is_published=True, corrects=corrected, correction_reason_en="Test reason")
    write(is_submitted=True)

    assert set(StatusUpdate.objects.standing()) == {stands, correction}


@pytest.mark.parametrize("said", [{}, {"is_submitted": True}])
def test_standing_waits_for_the_correction_to_be_published(write, said):
    update = write(is_published=True)
    write(corrects=update, correction_reason_en="Test reason", **said)

    assert list(StatusUpdate.objects.standing()) == [update]


def test_verification_of_each_update_follows_its_own_evidence(write):
    confirmed = write(is_published=True)
    f.EvidenceAcceptanceFactory(evidence__update=confirmed)
    f.EvidenceFactory(update=confirmed)
    evidenced = write(is_published=True)
    f.EvidenceFactory(update=evidenced)
    write(is_published=True)
    imported = write(author=None, body=None, is_imported=True)
    f.EvidenceAcceptanceFactory(evidence__update=imported)

    shown = StatusUpdate.objects.for_history().order_by("pk")

    assert [row.verification for row in shown] == [
        "confirmed",
        "evidenced",
        "reported",
        "evidenced",
    ]


def test_for_history_is_newest_first(write):
    old = write(is_published=True, as_of_on=date(2026, 1, 1))
    new = write(is_published=True)
    middle = write(is_published=True, as_of_on=date(2026, 2, 1))

    assert list(StatusUpdate.objects.for_history()) == [new, middle, old]


def test_waiting_for_approver_is_what_others_of_the_body_submitted(write, world, dan, bob):
    submitted = write(is_submitted=True)
    write(is_submitted=True, author=dan)
    write(is_approved=True)
    write()

    assert list(StatusUpdate.objects.waiting_for_approver(dan)) == [submitted]
    assert list(StatusUpdate.objects.waiting_for_approver(bob)) == []


def test_waiting_for_officer_is_what_others_approved(write, world, erin, carol):
    approved = write(is_approved=True)
    write(is_approved=True, author=erin)
    write(is_approved=True, approver=erin)
    write(is_submitted=True)

    assert list(StatusUpdate.objects.waiting_for_officer(erin)) == [approved]
    assert list(StatusUpdate.objects.waiting_for_officer(carol)) == []


def test_waiting_skips_the_approver_of_a_body_of_one(write, world, dan, erin):
    submitted = write(is_submitted=True)
    type(world.body).objects.filter(pk=world.body.pk).update(skips_approver=True)

    assert list(StatusUpdate.objects.waiting_for_approver(dan)) == []
    assert list(StatusUpdate.objects.waiting_for_officer(erin)) == [submitted]


def test_owed_is_opened_and_unmet_on_open_commitments(world):
    owed = f.ObligationFactory(commitment=world.commitment)
    f.ObligationFactory(
        period=owed.period, waived_by=f.UserFactory(), waived_at=NOW, waiver_reason_en="Test reason"
    )
    closed = f.CommitmentFactory(stage="complete", stage_as_of_on=TODAY, closed_on=TODAY)
    f.ObligationFactory(commitment=closed, period=owed.period)
    met = f.StatusUpdateFactory(is_submitted=True)
    f.ObligationFactory(commitment=met.commitment, period=owed.period, met_by=met, met_at=NOW)

    assert list(Obligation.objects.owed(TODAY)) == [owed]
    assert list(Obligation.objects.owed(date(2026, 5, 31))) == []
