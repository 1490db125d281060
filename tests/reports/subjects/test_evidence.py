"""R8: evidence that rests on a source which is broken or was altered."""

import pytest

from commitments.models import Cancelled, SourceFault
from commitments.rules.reminders import RULES, Anchor
from tests import factories
from tests.factories.clock import TODAY
from tests.reports.subjects.conftest import (
    facts_of,
    is_open,
    local,
    on,
    plan,
    queries,
    rows,
    said,
    set_to,
    told,
)


def cited(commitment, source, **columns):
    update = factories.StatusUpdateFactory(commitment=commitment, is_published=True, **columns)
    return factories.EvidenceFactory(update=update, source=source)


@pytest.fixture
def source(db):
    return factories.SourceFactory()


@pytest.fixture
def fault(source, erin):
    """Confirmed on Friday 5 June 2026, in the afternoon."""
    return factories.SourceFaultFactory(
        source=source, confirmed_by=erin, confirmed_at=local(6, 5, 15)
    )


@pytest.fixture
def evidence(asked, source, fault):
    return cited(asked.commitment, source)


def state(evidence):
    return is_open("evidence", evidence), facts_of("evidence", evidence).settled


OPEN, DONE = (True, None), (False, Cancelled.DONE)


def test_facts_name_who_is_told(evidence, asked, fault):
    known = facts_of("evidence", evidence)

    assert (known.kind, known.subject, known.commitment) == (
        "evidence", evidence.pk, asked.commitment.pk,
    )  # fmt: skip
    assert (known.cycle, known.settled, known.renewed) == (f"f{fault.pk}", None, Cancelled.DONE)
    assert (known.anchors, known.not_before) == (((Anchor.CONFIRMED, on(6, 5)),), TODAY)
    assert known.ladder.steps == RULES["R8"].steps
    assert told(known)["reporter"] == ["Alice"]


def test_only_the_newest_that_stands_is_spoken_of(asked, source, evidence):
    draft = factories.EvidenceFactory(
        update=factories.StatusUpdateFactory(commitment=asked.commitment), source=source
    )
    assert (state(evidence), state(draft)) == (OPEN, DONE)

    again = cited(asked.commitment, source)
    assert (state(evidence), state(again)) == (DONE, OPEN)
    elsewhere = cited(factories.CommitmentFactory(), source)
    assert (state(again), state(elsewhere)) == (OPEN, (False, Cancelled.CLOSED))

    factories.RetractionFactory(update=again.update)
    assert (state(evidence), state(again)) == (OPEN, DONE)

    factories.StatusUpdateFactory(
        commitment=asked.commitment, corrects=evidence.update, correction_reason_en="Test",
        is_published=True,
    )  # fmt: skip
    assert (state(evidence), state(again)) == (DONE, DONE)


def test_what_is_not_asked_or_closed_is_settled(asked, evidence):
    closed = {"stage": "complete", "stage_as_of_on": TODAY, "closed_on": TODAY}
    for columns in (closed, {"reporting_opened_on": None, "reporting_opened_by": None}):
        set_to(asked.commitment, **columns)
        assert state(evidence) == (False, Cancelled.CLOSED)


def test_notices_come_when_it_is_confirmed_and_every_14_days_until_it_is_mended(
    evidence, source, fault, erin
):
    """Two weeks after Friday 5 June is Friday the 19th; the 3rd of July follows."""
    assert said((6, 5, 14), (6, 5, 15), (6, 8), (6, 18), (6, 19), (7, 2)) == [
        ((6, 5), "R8", "+0d", ["Alice"]), ((6, 19), "R8", "+14d", ["Alice"]),
    ]  # fmt: skip
    plan(7, 3)
    set_to(fault, resolved_by=erin, resolved_at=local(7, 3, 9), resolved_how="works")
    assert state(evidence) == DONE
    assert (said((7, 3, 10)), rows()[-1]) == ([], ("R8", "+28d", "Alice", "done"))

    again = factories.SourceFaultFactory(
        source=source, confirmed_by=erin, confirmed_at=local(7, 4, 9)
    )
    assert facts_of("evidence", evidence).cycle == f"f{again.pk}"
    assert said((7, 4), (7, 5), (7, 6)) == [((7, 6), "R8", "+0d", ["Alice"])]


def test_notices_of_tet_come_after_it(asked, evidence, fault):
    """Confirmed on 2 February 2026; two weeks later is in Tết, free until the 22nd."""
    set_to(asked.commitment, reporting_opened_on=on(1, 5))
    SourceFault.objects.update(confirmed_at=local(2, 2))

    assert said(*((2, day) for day in range(2, 28)), (3, 2)) == [
        ((2, 2), "R8", "+0d", ["Alice"]),
        ((2, 23), "R8", "+14d", ["Alice"]),
        ((3, 2), "R8", "+28d", ["Alice"]),
    ]


def test_many_take_as_many_queries_as_one(evidence, source, more):
    one = queries("evidence")
    for _ in range(3):
        cited(more(), source)

    assert (queries("evidence"), one) == (8, 8)
