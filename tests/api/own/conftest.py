"""A system of the lead body, with a token that alice holds."""

import json

import pytest

from commitments.models import Scope
from commitments.services.api_tokens import make_token
from tests.factories.clock import NOW


@pytest.fixture(autouse=True)
def on_the_day(today):
    """The tests' own day."""


@pytest.fixture
def token(world, alice):
    """Its text; it may do everything a token can."""
    _row, text = make_token(
        organisation=world.body,
        holder=alice,
        name="Test system",
        scopes=Scope.values,
        days=30,
        now=NOW,
    )
    return text


@pytest.fixture
def ask(client, token):
    """Send a request to an address under /api/v1/own/, with the token and English to read."""

    def send(method, path, body=None, *, token=token, query="", headers=None):
        options = {} if body is None else {"data": json.dumps(body)}
        return getattr(client, method)(
            f"/api/v1/own/{path}{query}",
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"} | (headers or {}),
            **options,
        )

    return send
