"""The tests' own day, and pages read as a person would."""

import pytest
import time_machine

from tests.factories.clock import NOW


@pytest.fixture(autouse=True)
def monday():
    """Monday 1 June 2026, nine in the morning in Ha Noi."""
    with time_machine.travel(NOW, tick=False):
        yield
