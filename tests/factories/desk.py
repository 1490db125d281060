"""What staff keep for themselves: saved views, internal notes, imports."""

from uuid import UUID

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import OrganisationFactory, StoredFileFactory, UserFactory
from tests.factories.clock import NOW
from tests.factories.commitments import CommitmentFactory
from tests.factories.programmes import ProgrammeFactory


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = models.SavedView

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda number: f"Test view {number}")


class InternalNoteFactory(DjangoModelFactory):
    """About a commitment, for the writer's own body."""

    class Meta:
        model = models.InternalNote

    commitment = factory.SubFactory(CommitmentFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    text = "Test note"
    author = factory.SubFactory(UserFactory)
    written_at = NOW


class ImportRunFactory(DjangoModelFactory):
    """Checked, not applied."""

    class Meta:
        model = models.ImportRun

    programme = factory.SubFactory(ProgrammeFactory)
    file = factory.SubFactory(StoredFileFactory)
    state = "checked"
    checked_by = factory.SubFactory(UserFactory)
    checked_at = NOW


class BulkRunFactory(DjangoModelFactory):
    """A reminder of one row, under way."""

    class Meta:
        model = models.BulkRun

    token = factory.Sequence(lambda number: UUID(int=number + 1))
    person = factory.SubFactory(UserFactory)
    deed = "nudge"
    chosen = 1
    started_at = NOW
