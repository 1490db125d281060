"""The database goes away while the mail server has our mail: it is marked when it is back."""

import pytest
from django.core import mail
from django.db import OperationalError, connection

from commitments.models import Digest
from commitments.services import notices
from commitments.services.notices import delivery
from tests.services.notices.conftest import local

NOON = local(6, 8, 12)
pytestmark = pytest.mark.django_db(transaction=True)
"""The connection is closed for a new one, which inside a transaction would end the test."""


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(delivery, "OUTLASTED", (0.0, 0.0, 0.0))


def away(times):
    """Refuses so many statements after a mail has gone out."""
    left = [times]

    def wrapper(execute, sql, params, many, context):
        if mail.outbox and left[0] and sql.startswith("UPDATE"):
            left[0] -= 1
            raise OperationalError("Test: the server closed the connection")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


@pytest.fixture
def digest(owed):
    notices.plan_notices(now=NOON)
    notices.make_digests(now=NOON)
    return Digest.objects.get()


def test_what_went_out_is_marked_once_the_database_is_back(digest, caplog):
    with away(3):
        sent = notices.deliver_digest(digest.pk, now=NOON)

    digest.refresh_from_db()
    assert (sent, digest.state, len(mail.outbox)) == (True, "sent", 1)
    assert set(digest.notices.values_list("state", flat=True)) == {"sent"}
    assert (
        caplog.messages
        == ["A mail that went out could not be marked yet: Test: the server closed the connection"]
        * 3
    )


def test_a_database_that_stays_away_is_the_documented_gap(digest):
    with away(9), pytest.raises(OperationalError):
        notices.deliver_digest(digest.pk, now=NOON)
    early = notices.deliver_digest(digest.pk, now=NOON)
    again = notices.deliver_digest(digest.pk, now=NOON + delivery.LEASE)

    assert (early, again) == (False, True)
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [
        digest.message_id
    ] * 2
