"""The tests' own day, for those staff pages whose tests ask for it."""

import pytest
import time_machine

from tests.factories.clock import NOW


@pytest.fixture
def monday():
    """Monday 1 June 2026, nine in the morning in Ha Noi."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def as_(client):
    """A browser in which one person after the other logs in: `as_(alice).get(…)`."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in
