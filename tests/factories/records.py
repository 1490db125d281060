"""Notices, digests, public events, the head of the record and loaded entries."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import UserFactory
from tests.factories.clock import NOW, TODAY
from tests.factories.commitments import CommitmentFactory


class DigestFactory(DjangoModelFactory):
    """Planned for the tests' own day."""

    class Meta:
        model = models.Digest

    recipient = factory.SubFactory(UserFactory)
    day_on = TODAY
    language = "en"
    due_at = NOW
    next_try_at = NOW
    message_id = factory.Sequence(lambda number: f"<test-{number}@example.org>")


class NoticeFactory(DjangoModelFactory):
    """A planned notice that an update is due."""

    class Meta:
        model = models.Notice

    rule = "R2"
    subject_kind = "obligation"
    subject_id = 1
    cycle = "2026-06-15"
    step = "-5"
    recipient = factory.SubFactory(UserFactory)
    commitment = factory.SubFactory(CommitmentFactory)
    due_at = NOW
    planned_at = NOW


class PublicEventFactory(DjangoModelFactory):
    """A line of the record that does not continue a chain; for chains use `services.record`."""

    class Meta:
        model = models.PublicEvent

    sequence = factory.Sequence(lambda number: number + 1)
    recorded_at = factory.LazyAttribute(lambda event: NOW + timedelta(seconds=event.sequence))
    effective_on = TODAY
    schema_version = 1
    object_kind = "commitment"
    object_key = "test-commitment"
    action = "published"
    after = factory.Dict({"title_en": "Test commitment"})
    actor_role = "editors"
    previous_hash = factory.LazyAttribute(lambda event: f"{event.sequence - 1:064x}")
    hash = factory.LazyAttribute(lambda event: f"{event.sequence:064x}")


class RecordHeadFactory(DjangoModelFactory):
    class Meta:
        model = models.RecordHead

    hash = "0" * 64


class LoadedEntryFactory(DjangoModelFactory):
    class Meta:
        model = models.LoadedEntry

    list_name = "sources"
    key = factory.Sequence(lambda number: f"test-{number}")
    digest = "0" * 64
    loaded_at = NOW


class ProjectionFactory(DjangoModelFactory):
    """A read model that has not followed the record yet."""

    class Meta:
        model = models.Projection

    name = factory.Sequence(lambda number: f"test-{number}")


class StandingFactory(DjangoModelFactory):
    """Nothing was asked, and nothing is known."""

    class Meta:
        model = models.Standing

    commitment = factory.SubFactory(CommitmentFactory)
    rank = 7
    is_past_due = False
    reporting = "not_asked"


class SearchDocumentFactory(DjangoModelFactory):
    """A title in English."""

    class Meta:
        model = models.SearchDocument

    kind = "commitment"
    key = factory.Sequence(lambda number: f"test-{number}")
    language = "en"
    text = "Test title"
    folded = " test title"


class SearchWordFactory(DjangoModelFactory):
    class Meta:
        model = models.SearchWord

    commitment = factory.SubFactory(CommitmentFactory)
    word = "test"
