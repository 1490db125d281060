"""Commitments and what hangs on them: parts, wordings, targets, milestones, changes."""

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import OrganisationFactory, UserFactory
from tests.factories.clock import NOW, TODAY
from tests.factories.programmes import ProgrammeFactory


class CommitmentFactory(DjangoModelFactory):
    """A published pledge without lead, date or stage; `is_draft=True` gives an unpublished one."""

    class Meta:
        model = models.Commitment

    class Params:
        is_draft = factory.Trait(published_at=None, reference=None)

    programme = factory.SubFactory(ProgrammeFactory)
    kind = "corporate_pledge"
    slug = factory.Sequence(lambda number: f"test-commitment-{number}")
    reference = factory.Sequence(lambda number: f"TT26-{number:03d}")
    title_en = factory.Sequence(lambda number: f"Test commitment {number}")
    published_at = NOW


class ParticipationFactory(DjangoModelFactory):
    """A confirmed lead."""

    class Meta:
        model = models.Participation

    commitment = factory.SubFactory(CommitmentFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "lead"
    confidence = "confirmed"


class AcceptanceFactory(DjangoModelFactory):
    class Meta:
        model = models.Acceptance

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    confidence = "confirmed"


class WordingFactory(DjangoModelFactory):
    """The original."""

    class Meta:
        model = models.Wording

    commitment = factory.SubFactory(CommitmentFactory)
    number = 1
    basis = "summarised"
    text_en = "Test wording"


class ChangeRequestFactory(DjangoModelFactory):
    """A request that nobody has decided."""

    class Meta:
        model = models.ChangeRequest

    commitment = factory.SubFactory(CommitmentFactory)
    kind = "clarified"
    reason_en = "Test reason"
    requester = factory.SubFactory(UserFactory)
    requested_at = NOW


class CommitmentLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.CommitmentLink

    from_commitment = factory.SubFactory(CommitmentFactory)
    to_commitment = factory.SubFactory(CommitmentFactory)
    kind = "contributes_to"


class TargetFactory(DjangoModelFactory):
    """A target without a figure."""

    class Meta:
        model = models.Target

    commitment = factory.SubFactory(CommitmentFactory)
    number = factory.LazyAttribute(lambda target: target.commitment.targets.count() + 1)
    text_en = factory.LazyAttribute(lambda target: f"Test target {target.number}")


class MeasurementFactory(DjangoModelFactory):
    class Meta:
        model = models.Measurement

    update = factory.SubFactory("tests.factories.updates.StatusUpdateFactory")
    target = factory.SubFactory(
        TargetFactory, commitment=factory.SelfAttribute("..update.commitment")
    )
    value = 1
    as_of_on = TODAY


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = models.Milestone

    commitment = factory.SubFactory(CommitmentFactory)
    number = factory.LazyAttribute(lambda milestone: milestone.commitment.milestones.count() + 1)
    title_en = factory.LazyAttribute(lambda milestone: f"Test milestone {milestone.number}")
    original_due = "2026-06-01"
    original_due_earliest = original_due_latest = TODAY
    due = "2026-06-01"
    due_earliest = due_latest = TODAY
