"""Status updates, their evidence, and the deeds done on them."""

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import OrganisationFactory, SourceFactory, UserFactory
from tests.factories.clock import NOW, TODAY
from tests.factories.commitments import CommitmentFactory


def _next_number(update):
    return update.commitment.updates.filter(number__isnull=False).count() + 1


class StatusUpdateFactory(DjangoModelFactory):
    """An empty draft by web; the traits carry it along its way."""

    class Meta:
        model = models.StatusUpdate

    class Params:
        is_submitted = factory.Trait(
            state="submitted", as_of_on=TODAY, stage="in_progress", submitted_at=NOW
        )
        is_approved = factory.Trait(
            is_submitted=True,
            state="approved",
            approver=factory.SubFactory(UserFactory),
            approved_at=NOW,
        )
        is_published = factory.Trait(
            is_approved=True,
            state="published",
            publisher=factory.SubFactory(UserFactory),
            published_at=NOW,
            number=factory.LazyAttribute(_next_number),
        )
        is_imported = factory.Trait(
            origin="fact_import",
            state="published",
            speaker="press",
            author=None,
            body=None,
            as_of_on=TODAY,
            submitted_at=NOW,
            published_at=NOW,
            number=factory.LazyAttribute(_next_number),
        )

    commitment = factory.SubFactory(CommitmentFactory)
    speaker = "body"
    body = factory.SubFactory(OrganisationFactory)
    author = factory.SubFactory(UserFactory)
    created_at = NOW
    saved_at = NOW


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Evidence

    update = factory.SubFactory(StatusUpdateFactory)
    source = factory.SubFactory(SourceFactory)


class EvidenceAcceptanceFactory(DjangoModelFactory):
    class Meta:
        model = models.EvidenceAcceptance

    evidence = factory.SubFactory(EvidenceFactory)
    officer = factory.SubFactory(UserFactory)
    accepted_at = NOW


class ReviewActionFactory(DjangoModelFactory):
    class Meta:
        model = models.ReviewAction

    update = factory.SubFactory(StatusUpdateFactory)
    deed = "submitted"
    person = factory.SelfAttribute("update.author")
    done_at = NOW


class RetractionFactory(DjangoModelFactory):
    class Meta:
        model = models.Retraction

    update = factory.SubFactory(StatusUpdateFactory, is_published=True)
    reason_en = "Test reason"
    officer = factory.SubFactory(UserFactory)
    retracted_at = NOW


class CompletionFactory(DjangoModelFactory):
    class Meta:
        model = models.Completion

    update = factory.SubFactory(StatusUpdateFactory, is_published=True, stage="reported_complete")
    acceptance = factory.SubFactory(
        EvidenceAcceptanceFactory, evidence__update=factory.SelfAttribute("...update")
    )
    officer = factory.SelfAttribute("acceptance.officer")
    confirmed_at = NOW


class FieldCommentFactory(DjangoModelFactory):
    class Meta:
        model = models.FieldComment

    action = factory.SubFactory(ReviewActionFactory)
    field = "summary_en"
    text = "Test comment"
