"""The sandbox: made once, emptied as often as one likes, and never near the real record."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from commitments.models import ApiToken, ChangeRequest, Commitment, Membership, PublicEvent
from commitments.services.api_tokens import find_token
from commitments.services.demo.sandbox import reset_sandbox
from tests import deeds
from tests import factories as make
from tests.factories.clock import NOW


def test_sandbox_is_emptied_but_for_what_was_published(world, erin):
    make.SourceFactory(is_demo=True)
    make.ProgrammeFactory(slug="demo", code="DEMO", is_demo=True)
    real = make.StatusUpdateFactory(commitment=world.commitment, body=world.body, state="draft")
    first = reset_sandbox(now=NOW)
    commitment = Commitment.objects.get(slug=first.commitment)
    body = commitment.lead.organisation
    people = {row.role: row.user for row in Membership.objects.filter(organisation=body)}
    make.MembershipFactory(
        user=erin, organisation=commitment.programme.delivery_unit, role="officer"
    )
    public = deeds.published(
        people["reporter"], people["approver"], erin, commitment, forecast="on_track"
    )
    for state in ({}, {"is_submitted": True}, {"is_approved": True}, {"state": "returned"}):
        row = make.StatusUpdateFactory(
            commitment=commitment, body=body, author=people["reporter"], **state
        )
        make.EvidenceFactory(update=row)
        make.MeasurementFactory(update=row, target=commitment.targets.get())
    make.ChangeRequestFactory(commitment=commitment)
    events = PublicEvent.objects.count()

    second = reset_sandbox(now=NOW)
    third = reset_sandbox(now=NOW)

    assert [*commitment.updates.all()] == [public]
    assert not ChangeRequest.objects.exists()
    assert {PublicEvent.objects.count(), Commitment.objects.filter(pk=commitment.pk).count()} == {
        events, 1,
    }  # fmt: skip
    assert [find_token(one.token).revoked_at for one in (first, second, third)] == [NOW, NOW, None]
    assert ApiToken.objects.working(NOW).get().organisation == body
    real.refresh_from_db()
    assert (commitment.programme.is_demo, body.is_demo) == (True, True)


def test_sandbox_asks_for_a_demonstration(db, settings):
    said = StringIO()
    settings.DEMO = False
    with pytest.raises(CommandError, match="never for production"):
        call_command("sandbox", stdout=said)
    settings.DEMO = True
    with pytest.raises(CommandError, match="There is no demonstration yet"):
        call_command("sandbox", stdout=said)
    make.SourceFactory(is_demo=True)
    make.ProgrammeFactory(slug="demo", code="DEMO", is_demo=True)
    call_command("sandbox", stdout=said)

    assert f"Token       {ApiToken.objects.get().start}" in said.getvalue()
