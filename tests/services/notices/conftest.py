"""One commitment for whose period of May 2026 an update is owed, and all who may be told.

Opens on Monday 1 June, due on Monday 15 June; no holiday in June. Everybody's digest goes out at
08:30, Vietnamese time.
"""

from datetime import datetime
from types import SimpleNamespace

import pytest

from commitments.models import Notice
from commitments.rules.moments import VIETNAM
from tests import factories

READ = ("SELECT", "DECLARE")
"""How a statement begins that only reads; PostgreSQL declares a cursor for what is walked through."""


def local(month, day, hour=8, minute=30):
    """An instant of 2026 in Viet Nam."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def rows(**asked):
    """Rule, step, first name and state of the notices, in the order in which they came."""
    found = Notice.objects.filter(**asked).select_related("recipient").order_by("pk")
    return [(one.rule, one.step, one.recipient.full_name, one.state) for one in found]


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.SITE_URL = "https://cam-ket.example.org"


@pytest.fixture
def owed(world, alice, dan, erin):
    """Alice has the charge; Dan, Erin and the senior official Sam are told later."""
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    sam = factories.UserFactory(email="sam@example.org", full_name="Sam")
    factories.MembershipFactory(user=sam, organisation=world.body, role="senior_official")
    obligation = factories.ObligationFactory(commitment=world.commitment)
    return SimpleNamespace(obligation=obligation, sam=sam, **vars(world))


@pytest.fixture
def met():
    """Lets an update meet an obligation, as the service does it."""

    def meet(obligation, now):
        update = factories.StatusUpdateFactory(commitment=obligation.commitment)
        obligation.met_by, obligation.met_at = update, now
        obligation.save(update_fields=["met_by", "met_at"])
        return update

    return meet
