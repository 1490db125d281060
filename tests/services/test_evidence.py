"""An officer's deeds on what was published: sources accepted as independent, completion confirmed."""

import pytest

from commitments.errors import Forbidden, Invalid, OwnWork, WrongState
from commitments.models import Commitment, Completion, EvidenceAcceptance, PublicEvent, StatusUpdate
from commitments.services import evidence as services
from commitments.services import updates
from commitments.services.citations import EvidenceSaid
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def done(alice, dan, erin, world):
    """Reported complete, with a source that is not the body's own, and published."""
    return deeds.published(
        alice, dan, erin, world.commitment, stage="reported_complete", evidence=[deeds.PAGE]
    )


def accept(row, officer):
    return services.accept_evidence(evidence=row, officer=officer, today=TODAY, now=NOW)


def confirm(update, officer):
    return services.confirm_completion(update=update, officer=officer, today=TODAY, now=NOW)


def verification(update):
    return StatusUpdate.objects.with_verification().get(pk=update.pk).verification


def test_accept_evidence_confirms_the_update(done, erin):
    accepted = accept(done.evidence.get(), erin)

    assert (accepted.officer, accepted.accepted_at) == (erin, NOW)
    assert verification(done) == "confirmed"
    event = PublicEvent.objects.get(action="accepted")
    assert (event.object_kind, event.actor_role) == ("evidence_acceptance", "officer")


def test_accept_evidence_twice_is_once(done, erin):
    accept(done.evidence.get(), erin)
    accept(done.evidence.get(), erin)

    assert (
        EvidenceAcceptance.objects.count(),
        PublicEvent.objects.filter(action="accepted").count(),
    ) == (1, 1)


@pytest.mark.parametrize("who", ["dan", "bob", "carol"])
def test_accept_evidence_is_for_officers(who, done, request):
    person = request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        accept(done.evidence.get(), person)
    assert verification(done) == "evidenced"


def test_accept_evidence_is_never_for_the_author(done, alice, world):
    factories.MembershipFactory(user=alice, organisation=world.unit, role="officer")

    with pytest.raises(OwnWork):
        accept(done.evidence.get(), alice)


def test_accept_evidence_waits_for_publication(alice, dan, erin, world):
    signed = deeds.approved(alice, dan, world.commitment, evidence=[deeds.PAGE])

    with pytest.raises(Forbidden):
        accept(signed.evidence.get(), erin)


@pytest.mark.parametrize("relation", ["", "own_body"])
def test_accept_evidence_refuses_the_bodys_own(relation, done, erin):
    row = done.evidence.get()
    row.relation = relation
    row.save()

    with pytest.raises(Invalid) as refused:
        accept(row, erin)
    assert (refused.value.code, verification(done)) == ("own_publication", "evidenced")


def test_accept_evidence_refuses_what_the_body_issued_whatever_it_says(done, erin, world):
    row = done.evidence.get()
    row.source.issuer = world.body
    row.source.save()

    with pytest.raises(Invalid):
        accept(row, erin)


def test_accept_evidence_of_what_was_retracted_is_refused(done, erin):
    updates.retract_update(update=done, officer=erin, reason_en="Test reason", today=TODAY, now=NOW)

    with pytest.raises(WrongState):
        accept(done.evidence.get(), erin)
    assert not EvidenceAcceptance.objects.exists()


def test_confirm_completion_closes_the_commitment(done, erin, world):
    accepted = accept(done.evidence.get(), erin)

    deed = confirm(done, erin)

    commitment = Commitment.objects.get(pk=world.commitment.pk)
    assert (commitment.stage, commitment.closed_on, commitment.stage_update) == (
        "complete", TODAY, done,
    )  # fmt: skip
    assert (deed.acceptance, deed.officer) == (accepted, erin)
    rows = PublicEvent.objects.filter(action="completed")
    assert list(rows.values_list("object_kind", "object_key")) == [
        ("completion", "test-commitment/1"),
        ("commitment", "test-commitment"),
    ]


def test_confirm_completion_needs_an_accepted_source(done, erin, world):
    with pytest.raises(Invalid) as refused:
        confirm(done, erin)
    assert (refused.value.code, Completion.objects.count()) == ("no_accepted_source", 0)


@pytest.mark.parametrize(
    ("who", "error"),
    [("alice", OwnWork), ("dan", OwnWork), ("bob", Forbidden), ("carol", Forbidden)],
)
def test_confirm_completion_is_for_another_officer(who, error, done, erin, world, request):
    accept(done.evidence.get(), erin)
    person = request.getfixturevalue(who)
    person.is_superuser = True
    if error is OwnWork:
        factories.MembershipFactory(user=person, organisation=world.unit, role="officer")

    with pytest.raises(error):
        confirm(done, person)
    assert Commitment.objects.get(pk=world.commitment.pk).stage == "reported_complete"


def test_confirm_completion_needs_a_report_of_completion(alice, dan, erin, world):
    update = deeds.published(alice, dan, erin, world.commitment, evidence=[deeds.PAGE])
    accept(update.evidence.get(), erin)

    with pytest.raises(WrongState):
        confirm(update, erin)


def test_confirm_completion_is_of_the_update_that_set_the_stage(done, alice, dan, erin, world):
    accept(done.evidence.get(), erin)
    page = EvidenceSaid(title="Test", url="https://example.org/other", relation="own_body")
    deeds.published(
        alice, dan, erin, world.commitment, stage="reported_complete", evidence=[page],
        now=deeds.later(5),
    )  # fmt: skip

    with pytest.raises(WrongState):
        confirm(done, erin)


def test_confirm_completion_once(done, erin):
    accept(done.evidence.get(), erin)
    confirm(done, erin)

    with pytest.raises(WrongState):
        confirm(done, erin)
    assert Completion.objects.count() == 1


def test_retraction_of_the_report_takes_the_completion_back(done, erin, world):
    accept(done.evidence.get(), erin)
    confirm(done, erin)

    updates.retract_update(update=done, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    commitment = Commitment.objects.get(pk=world.commitment.pk)
    assert (commitment.stage, commitment.closed_on) == ("", None)
