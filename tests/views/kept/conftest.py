"""A record with a version, a clock, and room for kept pages."""

import pytest
import time_machine

from commitments.services import record
from tests.factories.clock import NOW, TODAY


@pytest.fixture(autouse=True)
def room(settings):
    settings.PAGES_KEPT_MB = 1


@pytest.fixture
def monday():
    """Monday 1 June 2026, nine in the morning in Ha Noi."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def publish(world, monday):
    """Writes an event about the commitment of the world, as any deed does; one is there."""

    def publish():
        said = {"action": "published", "by": record.EDITORS, "effective_on": TODAY, "now": NOW}
        return record.publish(world.commitment, **said)

    publish()
    return publish
