"""For pages of changes: a commitment with a whole plan, in the record."""

import pytest

from tests.services.changes import asking


@pytest.fixture
def plan(world):
    return asking.plan_in(world)
