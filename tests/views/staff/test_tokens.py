"""The pages of a body's tokens: seen by its people, made by a reporter, revoked by an approver."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commitments.models import ApiToken
from tests import factories as make

FORM = {"name": "Test planning system", "scopes": ["read", "write"], "days": "90"}


@pytest.fixture
def tokens(world):
    return f"/en/staff/organisations/{world.body.slug}/tokens/"


def test_token_is_shown_once_and_then_known_by_its_start(client, alice, dan, tokens):
    client.force_login(alice)
    made = client.post(f"{tokens}add/", FORM)
    row = ApiToken.objects.get()
    shown = row.start + made.content.decode().partition(f'value="{row.start}')[2][:56]
    again = client.get(tokens).content.decode()

    assert len(shown) == 67
    assert (row.holder, row.scopes) == (alice, ["read", "write"])
    assert (
        made["Cache-Control"].endswith("private, no-store") or "no-store" in made["Cache-Control"]
    )
    assert shown not in again
    assert "<code>" + row.start in again
    assert "Never used" in again

    client.force_login(dan)
    client.post(f"/en/staff/tokens/{row.pk}/revoke/")
    row.refresh_from_db()
    assert row.revoked_by == dan
    assert "revoked by Dan" in client.get(tokens).content.decode()


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(client, alice, tokens):
    client.force_login(alice)
    answer = client.post(f"{tokens}add/", {"name": "", "scopes": [], "days": "30"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Please name the system that will use the token." in page
    assert "Please choose what the token may do." in page
    assert ApiToken.objects.count() == 0
    assert client.post(f"{tokens}add/", FORM | {"days": "3000"}).status_code == 422


def test_too_many_tokens_are_refused_beside_the_form(client, alice, world, tokens):
    for _number in range(10):
        make.ApiTokenFactory(organisation=world.body, holder=alice,
                             made_at=timezone.now(), expires_at=timezone.now() + timedelta(days=9))  # fmt: skip
    client.force_login(alice)
    answer = client.post(f"{tokens}add/", FORM)

    assert answer.status_code == 409
    assert "Please revoke one first." in answer.content.decode()
    assert "Test planning system" in answer.content.decode()
