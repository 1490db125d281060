"""Obligations, assignments and who stands in for whom."""

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import OrganisationFactory, UserFactory
from tests.factories.clock import NOW, TODAY
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


class AbsenceFactory(DjangoModelFactory):
    """One day, without cover."""

    class Meta:
        model = models.Absence

    person = factory.SubFactory(UserFactory)
    starts_on = ends_on = TODAY
    entered_by = factory.SubFactory(UserFactory)
    entered_at = NOW


class HandOverFactory(DjangoModelFactory):
    class Meta:
        model = models.HandOver

    organisation = factory.SubFactory(OrganisationFactory)
    giver = factory.SubFactory(UserFactory)
    taker = factory.SubFactory(UserFactory)
    done_by = factory.SubFactory(UserFactory)
    done_at = NOW
