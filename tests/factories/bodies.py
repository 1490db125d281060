"""Organisations, people, memberships and sources."""

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


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    slug = factory.Sequence(lambda number: f"test-source-{number}")
    title = factory.Sequence(lambda number: f"Test source {number}")
    url = factory.LazyAttribute(lambda source: f"https://example.org/{source.slug}")
    published_at = NOW
