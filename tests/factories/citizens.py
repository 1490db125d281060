"""People without an account: what they follow, what they report, the mails to them."""

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import UserFactory
from tests.factories.clock import NOW


class SubscriberFactory(DjangoModelFactory):
    class Meta:
        model = models.Subscriber

    email = factory.Sequence(lambda number: f"citizen-{number}@example.org")
    language = "en"
    nonce = factory.Sequence(lambda number: f"test-{number}")
    made_at = NOW


class SubscriptionFactory(DjangoModelFactory):
    """To everything, and confirmed."""

    class Meta:
        model = models.Subscription

    subscriber = factory.SubFactory(SubscriberFactory)
    kind = "everything"
    asked_at = NOW
    confirmed_at = NOW


class ErrorReportFactory(DjangoModelFactory):
    """A general one, still open."""

    class Meta:
        model = models.ErrorReport

    form_id = factory.Sequence(lambda number: f"test-{number}")
    nonce = factory.Sequence(lambda number: f"test-{number}")
    language = "en"
    wrong = "Test error"
    received_at = NOW


class ErrorReportDeedFactory(DjangoModelFactory):
    class Meta:
        model = models.ErrorReportDeed

    report = factory.SubFactory(ErrorReportFactory)
    deed = "shown"
    by = factory.SubFactory(UserFactory)
    at = NOW


class CitizenMailFactory(DjangoModelFactory):
    """One of a week."""

    class Meta:
        model = models.CitizenMail

    kind = "weekly"
    subscriber = factory.SubFactory(SubscriberFactory)
    week_on = NOW.date()
    made_at = NOW
    next_try_at = NOW
