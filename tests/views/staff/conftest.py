"""The tests' own day, for those staff pages whose tests ask for it."""

import pytest
import time_machine

from tests import deeds, factories
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


@pytest.fixture
def handed_in(alice, world):
    return deeds.submitted(alice, world.commitment)


@pytest.fixture
def signed(alice, dan, world):
    return deeds.approved(alice, dan, world.commitment)


@pytest.fixture
def complete(alice, dan, erin, world):
    return deeds.published(
        alice, dan, erin, world.commitment, stage="reported_complete", evidence=[deeds.PAGE]
    )


@pytest.fixture
def owed(world, alice, dan, erin):
    """An update for May 2026, due on 15 June, is owed; Alice has the charge."""
    factories.AssignmentFactory(commitment=world.commitment, person=alice, assigned_by=erin)
    world.obligation = factories.ObligationFactory(commitment=world.commitment)
    return world
