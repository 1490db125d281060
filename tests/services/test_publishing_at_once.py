"""Several people act in the same moment: on a real server, in connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.utils.translation import override

from commitments.models import Evidence, Obligation, PublicEvent, RecordHead, Source, StatusUpdate
from commitments.services import drafts, evidence, obligations, record, updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]

PATIENCE = 20
"""Seconds after which a thread that still waits will never end."""


def _alone(work):
    try:
        with override("en"):
            return work()
    finally:
        connection.close()


class Deed:
    """One deed in a connection of its own; what it came back with, or was refused with."""

    def __init__(self, work):
        self._work = work

    def start(self):
        pool = ThreadPoolExecutor(1)
        self._future = pool.submit(_alone, self._work)
        pool.shutdown(wait=False)

    def said(self):
        return self._future.exception(PATIENCE) or self._future.result()


def at_once(*works):
    """All of them start together; what each came back with."""
    barrier = Barrier(len(works))

    def together(work):
        barrier.wait(PATIENCE)
        return work()

    threads = [Deed(partial(together, work)) for work in works]
    for thread in threads:
        thread.start()
    return [thread.said() for thread in threads]


def wait_for_a_lock():
    """Until somebody else waits for a row that we hold."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    pause = Event()
    for _time in range(PATIENCE * 20):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        pause.wait(0.05)
    raise AssertionError("nobody waits")


def faults():
    return [tuple(fault) for fault in record.verify()]


def another(world, number):
    """A second commitment of the same body."""
    made = factories.CommitmentFactory(
        programme=world.programme, slug=f"test-{number}", reference=f"CPT26-{number:03}"
    )
    factories.ParticipationFactory(commitment=made, organisation=world.body)
    return made


def sequences():
    return list(PublicEvent.objects.order_by("sequence").values_list("sequence", flat=True))


@pytest.mark.parametrize("attempt", range(3))
def test_publications_in_parallel_leave_no_gap_and_name_a_new_source_once(
    attempt, world, alice, dan, erin
):
    commitments = [world.commitment, *(another(world, number) for number in range(2, 6))]
    waiting = [deeds.approved(alice, dan, one, evidence=[deeds.PAGE]) for one in commitments]

    def publishing(update):
        return lambda: (
            updates.publish_update(update=update, publisher=erin, today=TODAY, now=NOW).state
        )

    assert at_once(*map(publishing, waiting)) == ["published"] * 5
    assert sequences() == list(range(1, RecordHead.objects.get().sequence + 1))
    assert [fault for fault in faults() if "no event says so" not in fault[1]] == []
    [source] = Source.objects.all()
    assert set(Evidence.objects.values_list("source", flat=True)) == {source.pk}


def test_one_update_is_released_once(world, alice, dan, erin):
    update = deeds.approved(alice, dan, world.commitment)
    at, late = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    updates.schedule_release(update=update, officer=erin, at=at, today=TODAY, now=NOW)

    results = at_once(*[lambda: updates.release_update(update.pk, now=late)] * 4)

    assert sorted(results) == [False, False, False, True]
    assert PublicEvent.objects.filter(object_kind="status_update").count() == 1
    assert list(update.actions.values_list("deed", flat=True))[2:] == ["scheduled", "published"]


def test_one_update_is_published_once(world, alice, dan, erin):
    update = deeds.approved(alice, dan, world.commitment)

    def publish():
        return updates.publish_update(update=update, publisher=erin, today=TODAY, now=NOW).number

    results = at_once(*[publish] * 4)

    assert (
        sorted(str(result) for result in results)
        == ["1"] + ["“published” cannot follow “published”."] * 3
    )
    assert PublicEvent.objects.filter(object_kind="status_update").count() == 1


def test_deeds_on_one_commitment_wait_for_each_other_instead_of_failing(world, alice, dan, erin):
    """Who writes about a commitment while it is locked must not hold up the record's head."""
    first = deeds.published(alice, dan, erin, world.commitment, evidence=[deeds.PAGE])
    second = deeds.approved(alice, dan, world.commitment)
    page = Evidence.objects.get(update=first)
    publishing = Deed(
        lambda: updates.publish_update(update=second, publisher=erin, today=TODAY, now=NOW).state
    )

    with transaction.atomic():
        evidence.accept_evidence(evidence=page, officer=erin, today=TODAY, now=NOW)
        publishing.start()
        wait_for_a_lock()

    assert publishing.said() == "published"
    assert sequences() == list(range(1, RecordHead.objects.get().sequence + 1))


def test_waiving_while_an_update_is_published(world, alice, dan, erin):
    owed = factories.ObligationFactory(commitment=world.commitment)
    update = deeds.approved(alice, dan, world.commitment, as_of_on=TODAY - timedelta(days=60))
    publishing = Deed(
        lambda: updates.publish_update(update=update, publisher=erin, today=TODAY, now=NOW).state
    )

    with transaction.atomic():
        obligations.waive(obligation=owed, officer=erin, reason_en="Test", today=TODAY, now=NOW)
        publishing.start()
        wait_for_a_lock()

    assert publishing.said() == "published"


def test_what_is_waived_is_not_met_in_the_same_moment(world, alice, erin):
    owed = factories.ObligationFactory(commitment=world.commitment)
    update = deeds.draft(alice, world.commitment)
    handing_in = Deed(
        lambda: updates.submit_update(update=update, author=alice, today=TODAY, now=NOW).state
    )

    with transaction.atomic():
        obligations.waive(obligation=owed, officer=erin, reason_en="Test", today=TODAY, now=NOW)
        handing_in.start()
        wait_for_a_lock()

    assert handing_in.said() == "submitted"
    assert Obligation.objects.values_list("waived_at", "met_at").get() == (NOW, None)
    assert [fault for fault in faults() if "no event says so" not in fault[1]] == []


def test_what_is_handed_in_is_what_was_checked(world, alice):
    """Another window saves while the first hands in: the later one is judged by what is there."""
    update = deeds.draft(alice, world.commitment, stage="reported_complete", evidence=[deeds.PAGE])
    handing_in = Deed(
        lambda: updates.submit_update(update=update, author=alice, today=TODAY, now=NOW).state
    )

    with transaction.atomic():
        drafts.save_draft(
            update=update, author=alice, said=deeds.SAID | {"stage": "paused"}, evidence=[],
            measured={}, version=update.version, now=NOW,
        )  # fmt: skip
        handing_in.start()
        wait_for_a_lock()

    assert handing_in.said() == "submitted"
    stored = StatusUpdate.objects.get()
    assert (stored.state, stored.stage, stored.evidence.count()) == ("submitted", "paused", 0)


def test_begun_twice_in_parallel_is_one_draft(world, alice):
    def begin():
        begun = drafts.begin_draft(
            commitment=world.commitment, author=alice, said=deeds.SAID, evidence=[], measured={},
            after=0, today=TODAY, now=NOW,
        )  # fmt: skip
        return str(begun.state)

    results = at_once(*[begin] * 4)

    assert results.count("draft") == 1
    assert {type(result) for result in results} == {str, drafts.AlreadyBegun}
    assert StatusUpdate.objects.count() == 1
