"""Obligations and assignments."""

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import UserFactory
from tests.factories.clock import NOW
from tests.factories.commitments import CommitmentFactory
from tests.factories.programmes import ReportingPeriodFactory


class ObligationFactory(DjangoModelFactory):
    """Neither met nor waived."""

    class Meta:
        model = models.Obligation

    commitment = factory.SubFactory(CommitmentFactory)
    period = factory.SubFactory(
        ReportingPeriodFactory, programme=factory.SelfAttribute("..commitment.programme")
    )


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Assignment

    commitment = factory.SubFactory(CommitmentFactory)
    person = factory.SubFactory(UserFactory)
    assigned_by = factory.SubFactory(UserFactory)
    assigned_at = NOW
