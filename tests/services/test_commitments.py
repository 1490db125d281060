"""Publishing a commitment: its reference, its events, and what named it before."""

import datetime as dt

import pytest

from commitments.errors import WrongState
from commitments.models import PublicEvent
from commitments.reports.public import public_of
from commitments.services import record
from commitments.services.commitments import publish_commitment
from commitments.services.record import EDITORS
from tests import factories

NOON = dt.datetime(2026, 6, 1, 5, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 6, 1)


def publish(commitment):
    return publish_commitment(commitment=commitment, by=EDITORS, effective_on=TODAY, now=NOON)


@pytest.fixture
def draft(db):
    return factories.CommitmentFactory(is_draft=True, kind="corporate_pledge")


def test_publish_commitment_gives_each_its_own_reference(draft):
    other = factories.CommitmentFactory(
        is_draft=True, kind="corporate_pledge", programme=draft.programme
    )
    code = draft.programme.code

    given = [publish(draft).reference, publish(other).reference]

    assert given == [f"CP{code}-001", f"CP{code}-002"]


def test_publish_commitment_twice_is_refused(draft):
    publish(draft)

    with pytest.raises(WrongState):
        publish(draft)


def test_public_rows_name_a_commitment_from_its_publication_on(draft):
    instrument = factories.InstrumentFactory()
    instrument.commitments.add(draft)
    before = public_of(instrument).data["commitments"]
    record.publish(instrument, action="loaded", by=EDITORS, effective_on=TODAY, now=NOON)

    publish(draft)

    said = PublicEvent.objects.filter(object_kind="instrument").values_list("action", "after")
    named = [(action, after["commitments"]) for action, after in said]
    assert before == []
    assert named == [("loaded", []), ("linked", [draft.slug])]
