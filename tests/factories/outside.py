"""Other systems: their tokens, what was answered to them, webhooks and releases."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import OrganisationFactory, UserFactory
from tests.factories.clock import NOW
from tests.factories.updates import StatusUpdateFactory


class ApiTokenFactory(DjangoModelFactory):
    """One that works and may do everything."""

    class Meta:
        model = models.ApiToken

    organisation = factory.SubFactory(OrganisationFactory)
    holder = factory.SubFactory(UserFactory)
    made_by = factory.SelfAttribute("holder")
    name = "Test system"
    scopes = models.Scope.values
    start = "test"
    digest = factory.Sequence(lambda number: f"test-{number}")
    made_at = NOW
    expires_at = NOW + timedelta(days=30)


class ApiAnswerFactory(DjangoModelFactory):
    class Meta:
        model = models.ApiAnswer

    token = factory.SubFactory(ApiTokenFactory)
    key = "test"
    fingerprint = "0" * 64
    status = 201
    made_at = NOW


class ClientReferenceFactory(DjangoModelFactory):
    class Meta:
        model = models.ClientReference

    organisation = factory.SubFactory(OrganisationFactory)
    reference = "test"
    update = factory.SubFactory(StatusUpdateFactory)


class WebhookFactory(DjangoModelFactory):
    """Of somebody who confirmed it by mail; listens to everything."""

    class Meta:
        model = models.Webhook

    email = "citizen@example.org"
    nonce = factory.Sequence(lambda number: f"test-{number}")
    address = "https://example.org/hook"
    secret = "test"
    made_at = NOW
    confirmed_at = NOW


class WebhookDeliveryFactory(DjangoModelFactory):
    class Meta:
        model = models.WebhookDelivery

    webhook = factory.SubFactory(WebhookFactory)
    sequence = 1
    message_id = factory.Sequence(lambda number: f"test-{number}")
    made_at = NOW
    next_try_at = NOW


class ReleaseFactory(DjangoModelFactory):
    class Meta:
        model = models.Release

    kind = "nightly"
    name = factory.Sequence(lambda number: f"test-{number}")
    made_on = NOW.date()
    made_at = NOW
    sequence = 1
    head_hash = "0" * 64
