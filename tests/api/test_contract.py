"""A short walk of schemathesis through every address, in-process; `make check-api` is the long one."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.failures import FailureGroup

from commitments.models import Scope
from commitments.services.api_tokens import make_token
from tests import factories as make
from tests.drills.contract import CONFIGURED, OWN
from tests.factories.clock import NOW
from tracker.wsgi import application

pytestmark = pytest.mark.server
QUICK = settings(
    max_examples=3, phases=[Phase.generate], deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture
def own_connection(db):
    """As Django's own test client: a request leaves the connection of the test open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def schema(own_connection):
    config = schemathesis.Config.from_path(CONFIGURED)
    return schemathesis.openapi.from_wsgi("/api/schema/?lang=en", application, config=config)


@pytest.fixture
def token(everything, alice):
    made = {"organisation": everything.body, "holder": alice, "name": "Test system", "days": 30}
    return make_token(scopes=Scope.values, now=NOW, **made)[1]


def walk(operation, headers):
    """How many cases there were; raises what schemathesis finds."""
    count = 0

    @QUICK
    @given(case=operation.as_strategy())
    def ask(case):
        nonlocal count
        count += 1
        case.call_and_validate(headers=headers)

    ask()
    return count


def test_every_address_answers_what_the_document_says(schema, token):
    make.PublicEventFactory(sequence=1)
    plain = {"Accept-Encoding": "identity"}
    bearer = {**plain, "Authorization": f"Bearer {token}"}
    found, cases = {}, {}
    for result in schema.get_all_operations():
        operation = result.ok()
        headers = bearer if OWN in operation.path else plain
        try:
            cases[operation.label] = walk(operation, headers)
        except FailureGroup as failure:  # all of them are told together
            found[operation.label] = [str(one) for one in failure.exceptions]

    assert found == {}
    assert len(cases) > 50
    assert all(cases.values())
