"""The version of all that is public: what changes it, and what it costs."""

import psycopg
import pytest
from django.db import connection, transaction

from commitments.models import RecordHead, ReviewAction
from commitments.reports.version import PublicVersion, first_in_window, public_version
from commitments.services import record
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY


def _publish(world):
    said = {"action": "published", "by": record.EDITORS, "effective_on": TODAY, "now": NOW}
    return record.publish(world.commitment, **said)


def test_version_of_an_empty_record_is_none(db):
    assert public_version() is None
    factories.RecordHeadFactory()
    assert public_version() is None


def test_version_takes_one_query(world, alice, dan, django_assert_num_queries):
    event = _publish(world)
    with django_assert_num_queries(1):
        assert public_version() == PublicVersion(1, event.hash, (0, 0))

    deeds.approved(alice, dan, world.commitment)

    newest = ReviewAction.objects.order_by("-pk")[0].pk
    with django_assert_num_queries(1):
        assert public_version() == PublicVersion(1, event.hash, (newest * 128 + 2, 0))


def test_version_changes_with_every_event_and_every_deed_of_review(world, alice, dan, erin):
    _publish(world)
    seen = [public_version()]
    handed_in = deeds.submitted(alice, world.commitment)
    seen.append(public_version())
    _publish(world)
    seen.append(public_version())
    deeds.updates.approve_update(update=handed_in, approver=dan, now=NOW)
    seen.append(public_version())

    assert len(set(seen)) == 4


def test_version_stays_where_a_deed_was_taken_back(world, alice):
    _publish(world)
    before = public_version()

    with transaction.atomic():
        deeds.submitted(alice, world.commitment)
        _publish(world)
        assert public_version() != before
        transaction.set_rollback(True)

    assert public_version() == before


def test_version_knows_another_record_of_the_same_length(world):
    _publish(world)
    before = public_version()

    RecordHead.objects.update(hash="f" * 64)

    assert public_version() != before


@pytest.mark.parametrize(("newest", "first"), [(0, -127), (1, -126), (1000, 873)])
def test_first_in_window_leaves_out_only_what_was_counted(newest, first):
    assert first_in_window(newest * 128 + 5) == first


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_version_is_asked_again_where_the_database_ended_the_connection(
    django_assert_num_queries,
):
    factories.RecordHeadFactory(sequence=1)
    known = public_version()
    assert known is not None
    own = connection.connection.info.backend_pid
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [own])

    assert public_version() == known
    with django_assert_num_queries(1):
        assert public_version() == known
