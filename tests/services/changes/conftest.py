"""A commitment with a whole plan, in the record."""

from datetime import date

import pytest

from tests import factories
from tests.services.changes import asking


@pytest.fixture
def plan(world):
    """Due at the end of 2026, a wording, two targets, a milestone, another body, another
    commitment; `events` is how many lines the record has."""
    commitment = world.commitment
    for name in ("original_due", "due"):
        setattr(commitment, name, "2026")
        setattr(commitment, f"{name}_earliest", date(2026, 1, 1))
        setattr(commitment, f"{name}_latest", date(2026, 12, 31))
    commitment.save()
    world.wording = factories.WordingFactory(commitment=commitment)
    world.target = factories.TargetFactory(
        commitment=commitment, metric="test bridges", unit="bridges", value=30, due="2026",
        due_earliest=date(2026, 1, 1), due_latest=date(2026, 12, 31),
    )  # fmt: skip
    factories.TargetFactory(commitment=commitment)
    world.milestone = factories.MilestoneFactory(commitment=commitment)
    world.next = factories.OrganisationFactory(slug="test-next", name_en="Test next lead")
    world.other = factories.CommitmentFactory(
        programme=world.programme, slug="test-other", reference="CPT26-002"
    )
    world.events = asking.in_record(world)
    return world
