"""Organisations, people, memberships and sources."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.clock import NOW, TODAY


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    full_name = factory.Sequence(lambda number: f"Test person {number}")
    language = "en"
    password = "!"  # cannot be entered: tests that type a password set one


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = models.Organisation

    slug = factory.Sequence(lambda number: f"test-body-{number}")
    name_en = factory.Sequence(lambda number: f"Test body {number}")
    kind = "company"
    published_at = NOW


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "reporter"
    started_on = TODAY


class OrganisationNameFactory(DjangoModelFactory):
    """A name given up on the tests' day."""

    class Meta:
        model = models.OrganisationName

    organisation = factory.SubFactory(OrganisationFactory)
    number = factory.LazyAttribute(lambda name: name.organisation.former_names.count() + 1)
    name_en = "Test former name"
    until = "2026-06-01"
    until_earliest = until_latest = TODAY
    reason_en = "Test reason"
    changed_by = factory.SubFactory(UserFactory)
    changed_at = NOW


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = models.Contact

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Test contact"
    email = "contact@example.org"


class InvitationFactory(DjangoModelFactory):
    """Offered, not sent, good for a week."""

    class Meta:
        model = models.Invitation

    email = factory.Sequence(lambda number: f"invited{number}@example.org")
    full_name = "Test invited"
    language = "en"
    organisation = factory.SubFactory(OrganisationFactory)
    role = "reporter"
    nonce = "test"
    invited_by = factory.SubFactory(UserFactory)
    invited_at = NOW
    expires_at = NOW + timedelta(days=7)
    next_try_at = NOW


class AccountMailFactory(DjangoModelFactory):
    """A link to a new password, not sent."""

    class Meta:
        model = models.AccountMail

    kind = "password_link"
    email = factory.Sequence(lambda number: f"forgot{number}@example.org")
    language = "en"
    made_at = next_try_at = NOW


class StoredFileFactory(DjangoModelFactory):
    """A row without bytes behind it."""

    class Meta:
        model = models.StoredFile

    sha256 = factory.Sequence(lambda number: f"{number:064d}")
    name = "test.pdf"
    media_type = "application/pdf"
    size = 4
    content = "files/test.pdf"
    uploaded_by = factory.SubFactory(UserFactory)
    uploaded_at = NOW


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    slug = factory.Sequence(lambda number: f"test-source-{number}")
    title = factory.Sequence(lambda number: f"Test source {number}")
    url = factory.LazyAttribute(lambda source: f"https://example.org/{source.slug}")
    published_at = NOW
