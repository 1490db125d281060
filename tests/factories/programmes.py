"""Programmes, priorities, reference counters, reporting periods and holidays."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import OrganisationFactory
from tests.factories.clock import NOW


class ProgrammeFactory(DjangoModelFactory):
    """A published programme that has a delivery unit and asks nobody for reports."""

    class Meta:
        model = models.Programme

    slug = factory.Sequence(lambda number: f"test-{number}")
    code = factory.Sequence(lambda number: f"T{number}")
    year = 2026
    name_en = factory.Sequence(lambda number: f"Test programme {number}")
    forum_on = date(2025, 12, 30)
    delivery_unit = factory.SubFactory(OrganisationFactory, kind="ministry")
    published_at = NOW


class PriorityFactory(DjangoModelFactory):
    class Meta:
        model = models.Priority

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.LazyAttribute(lambda priority: priority.programme.priorities.count() + 1)
    slug = factory.LazyAttribute(lambda priority: f"test-priority-{priority.number}")
    title_en = factory.LazyAttribute(lambda priority: f"Test priority {priority.number}")
    speaker = "government"


class ReferenceCounterFactory(DjangoModelFactory):
    class Meta:
        model = models.ReferenceCounter

    programme = factory.SubFactory(ProgrammeFactory)
    prefix = "NM"


class ReportingPeriodFactory(DjangoModelFactory):
    """May 2026, which opens on the tests' own day."""

    class Meta:
        model = models.ReportingPeriod

    programme = factory.SubFactory(ProgrammeFactory)
    starts_on = date(2026, 5, 1)
    ends_on = date(2026, 5, 31)
    opens_on = date(2026, 6, 1)
    due_on = date(2026, 6, 15)
    locks_on = date(2026, 7, 1)


class HolidayFactory(DjangoModelFactory):
    class Meta:
        model = models.Holiday

    on = date(2026, 6, 2)
    name_en = "Test holiday"
