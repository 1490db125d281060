"""A commitment of which updates are asked since Monday 1 June 2026: planned, then put into words."""

from types import SimpleNamespace

import pytest

from commitments.emails.digest import build_digest
from commitments.models import Commitment, Digest, Notice
from commitments.services import notices
from commitments.services.notices.content import content_of
from commitments.services.notices.planning import working_days
from commitments.services.notices.standing import facts_about
from tests import factories
from tests.factories.clock import TODAY
from tests.services.notices.conftest import local

SITE = "https://cam-ket.example.org/en/"


def plan(*day):
    notices.plan_notices(now=local(*day))


def mail_to(person, *day, **asked):
    """What the mail of a day says to a person of everything that is planned for them."""
    now = local(*day)
    own = list(Notice.objects.planned().filter(recipient=person, **asked).order_by("pk"))
    digest = Digest(recipient=person, language="en", message_id="<test@example.org>")
    calendar = working_days(now)
    return content_of(digest, own, facts_about(own, now), now=now, calendar=calendar)


def blocks(mail):
    """Each block of a mail as text: entries with what stands under them, and links."""
    body = build_digest(mail).body
    return [block.strip() for block in body.split("-" * 24)[1:-1]]


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
