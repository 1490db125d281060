"""A commitment of which updates are asked since Monday 1 June 2026, with Alice in charge of it."""

from types import SimpleNamespace

import pytest

from commitments.models import Commitment
from tests import factories
from tests.factories.clock import TODAY


def set_to(row, **columns):
    """Columns as the database has them from now on."""
    type(row)._default_manager.filter(pk=row.pk).update(**columns)


@pytest.fixture
def asked(world, alice, dan, erin):
    """Alice has the charge, Dan approves, Erin is the officer."""
    set_to(world.commitment, reporting_opened_on=TODAY, reporting_opened_by=erin)
    world.commitment = Commitment.objects.get(pk=world.commitment.pk)
    charge = factories.AssignmentFactory(commitment=world.commitment, person=alice)
    return SimpleNamespace(charge=charge, **vars(world))


@pytest.fixture
def more(asked, alice, erin):
    """Makes one more commitment of the lead that is asked for, with Alice in charge."""

    def make(**columns):
        made = factories.CommitmentFactory(
            programme=asked.programme, reporting_opened_on=TODAY, reporting_opened_by=erin,
            **columns,
        )  # fmt: skip
        factories.ParticipationFactory(commitment=made, organisation=asked.body)
        factories.AssignmentFactory(commitment=made, person=alice)
        return made

    return make
