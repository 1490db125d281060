"""Instruments, indicators, recognitions, record notes, contradictions and gaps."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from commitments import models
from tests.factories.bodies import SourceFactory
from tests.factories.clock import TODAY


class InstrumentFactory(DjangoModelFactory):
    class Meta:
        model = models.Instrument

    slug = factory.Sequence(lambda number: f"test-instrument-{number}")
    title_en = factory.Sequence(lambda number: f"Test instrument {number}")
    kind = "decree"
    status = "in_force"


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = models.Indicator

    slug = factory.Sequence(lambda number: f"test-indicator-{number}")
    name_en = factory.Sequence(lambda number: f"Test indicator {number}")
    unit = "%"


class IndicatorPointFactory(DjangoModelFactory):
    class Meta:
        model = models.IndicatorPoint

    indicator = factory.SubFactory(IndicatorFactory)
    number = factory.LazyAttribute(lambda point: point.indicator.points.count() + 1)
    period = "2025"
    period_earliest = date(2025, 1, 1)
    period_latest = date(2025, 12, 31)
    value = 1
    kind = "actual"
    speaker = "government"
    source = factory.SubFactory(SourceFactory)


class RecognitionFactory(DjangoModelFactory):
    class Meta:
        model = models.Recognition

    number = factory.Sequence(lambda number: number + 1)
    year = 2025
    what_en = "Test honour"
    speaker = "government"


class RecordNoteFactory(DjangoModelFactory):
    """News on an instrument."""

    class Meta:
        model = models.RecordNote

    number = factory.Sequence(lambda number: number + 1)
    instrument = factory.SubFactory(InstrumentFactory)
    said_on = TODAY
    speaker = "press"
    summary_en = "Test news"


class ContradictionFactory(DjangoModelFactory):
    class Meta:
        model = models.Contradiction

    number = factory.Sequence(lambda number: number + 1)
    topic_en = "Test topic"
    text_en = "Test contradiction"


class GapFactory(DjangoModelFactory):
    class Meta:
        model = models.Gap

    number = factory.Sequence(lambda number: number + 1)
    text_en = "Test gap"
