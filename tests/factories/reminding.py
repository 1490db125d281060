"""How reminding is set up and how it runs."""

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import SourceFactory, UserFactory
from tests.factories.clock import NOW
from tests.factories.programmes import ProgrammeFactory


class RuleStepsFactory(DjangoModelFactory):
    """Two steps of R2 in place of three."""

    class Meta:
        model = models.RuleSteps

    programme = factory.SubFactory(ProgrammeFactory)
    rule = "R2"
    steps = factory.LazyFunction(
        lambda: [
            {"offset": -3, "unit": "wd", "to": ["reporter"]},
            {"offset": 0, "unit": "wd", "to": ["reporter"]},
        ]
    )


class MuteFactory(DjangoModelFactory):
    class Meta:
        model = models.Mute

    person = factory.SubFactory(UserFactory)
    topic = "R1"
    since_at = NOW


class PauseFactory(DjangoModelFactory):
    """Still open."""

    class Meta:
        model = models.Pause

    programme = factory.SubFactory(ProgrammeFactory)
    reason = "Test reason"
    paused_by = factory.SubFactory(UserFactory)
    paused_at = NOW


class HeartbeatFactory(DjangoModelFactory):
    class Meta:
        model = models.Heartbeat

    job = factory.Sequence(lambda number: f"test-{number}")


class MailFaultFactory(DjangoModelFactory):
    """A refusal by the mail server."""

    class Meta:
        model = models.MailFault

    person = factory.SubFactory(UserFactory)
    address = "test@example.org"
    kind = "refused"
    happened_at = NOW


class SourceFaultFactory(DjangoModelFactory):
    """Still open."""

    class Meta:
        model = models.SourceFault

    source = factory.SubFactory(SourceFactory)
    kind = "broken"
    confirmed_by = factory.SubFactory(UserFactory)
    confirmed_at = NOW


class CalendarAddressFactory(DjangoModelFactory):
    class Meta:
        model = models.CalendarAddress

    person = factory.SubFactory(UserFactory)
    nonce = factory.Sequence(lambda number: f"test-{number}")
    made_at = NOW
