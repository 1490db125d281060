"""Sources are marked as broken or altered, and as mended; nothing else changes."""

import pytest

from commitments.errors import Forbidden, Invalid, Refusals, WrongState
from commitments.models import PublicEvent, SourceFault
from commitments.services import notices
from commitments.services.source_faults import LONGEST, confirm_fault, resolve_fault
from tests import deeds, factories
from tests.deeds import later
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def source(alice, dan, erin, world):
    update = deeds.published(alice, dan, erin, world.commitment, evidence=[deeds.PAGE])
    return update.evidence.get().source


def mark(source, by, kind="broken", note="Test: not found", now=NOW):
    return confirm_fault(source=source, kind=kind, note=note, by=by, now=now)


def resolve(fault, by, how="works", note="Test: moved back", now=NOW):
    return resolve_fault(fault=fault, how=how, note=note, by=by, now=now)


def kept():
    rows = SourceFault.objects.order_by("pk")
    return list(rows.values_list("kind", "note", "confirmed_at", "resolved_how", "resolution"))


def test_a_fault_is_open_until_it_is_resolved(source, erin):
    events = PublicEvent.objects.count()
    fault = mark(source, erin, note=" Test: not found \n")
    assert list(SourceFault.objects.open()) == [fault]

    resolve(fault, erin, now=later(1))

    assert list(SourceFault.objects.open()) == []
    assert kept() == [("broken", "Test: not found", NOW, "works", "Test: moved back")]
    assert PublicEvent.objects.count() == events
    assert [(row.history_type, row.resolved_how) for row in fault.history.order_by("pk")] == [
        ("+", ""), ("~", "works"),
    ]  # fmt: skip
    assert mark(source, erin, now=later(2)) != fault


def test_the_same_sent_twice_is_once(source, erin):
    first, second = mark(source, erin), mark(source, erin, now=later(1))
    assert (first, first.confirmed_at) == (second, NOW)

    resolve(first, erin)
    resolve(first, erin, now=later(1))
    assert (len(kept()), first.history.count()) == (1, 2)


def test_what_is_marked_or_resolved_already_is_refused(source, erin):
    fault = mark(source, erin)
    with pytest.raises(WrongState) as refused:
        mark(source, erin, kind="altered")
    assert refused.value.code == "fault_is_open"

    resolve(fault, erin)
    with pytest.raises(WrongState) as refused:
        resolve(fault, erin, how="archived")
    assert refused.value.code == "fault_is_resolved"
    assert kept() == [("broken", "Test: not found", NOW, "works", "Test: moved back")]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"kind": ""}, ["kind_missing"]),
        ({"kind": "test"}, ["kind_missing"]),
        ({"note": " "}, ["note_missing"]),
        ({"note": "x" * (LONGEST + 1)}, ["too_long"]),
        ({"kind": "", "note": ""}, ["kind_missing", "note_missing"]),
    ],
)
def test_what_is_not_said_is_asked_for(said, found, source, erin):
    with pytest.raises((Invalid, Refusals)) as refused:
        mark(source, erin, **said)
    assert ([one.code for one in refused.value.refusals], kept()) == (found, [])

    fault = mark(source, erin)
    said = {"how" if name == "kind" else name: text for name, text in said.items()}
    with pytest.raises((Invalid, Refusals)) as refused:
        resolve(fault, erin, **said)
    codes = [one.code for one in refused.value.refusals]
    assert codes == [code.replace("kind", "how") for code in found]


def test_only_officers_of_a_programme_that_cites_it_may(source, alice, dan, carol, bob, erin):
    uncited = factories.SourceFactory()
    fault = mark(source, erin)
    for person in (alice, dan, carol, bob):
        with pytest.raises(Forbidden):
            mark(source, person)
        with pytest.raises(Forbidden):
            resolve(fault, person)
    with pytest.raises(Forbidden):
        mark(uncited, erin)


def test_a_source_of_both_worlds_is_of_its_own(source, erin, world):
    """What the demonstration cites of the record, its people leave alone; and the other way."""
    unit = factories.OrganisationFactory(is_demo=True)
    demo = factories.CommitmentFactory(programme__delivery_unit=unit, programme__is_demo=True)
    gil = factories.MembershipFactory(organisation=unit, role="officer").user
    update = factories.StatusUpdateFactory(commitment=demo, is_published=True)
    factories.EvidenceFactory(update=update, source=source)

    with pytest.raises(Forbidden):
        mark(source, gil)
    assert mark(source, erin).source == source

    source.is_demo = True
    source.save()
    fault = SourceFault.objects.get()
    with pytest.raises(Forbidden):
        resolve(fault, erin)
    assert resolve(fault, gil).resolved_by == gil


def test_those_who_report_are_told_until_it_is_resolved(source, alice, erin, world):
    """Planned at the next tick, and called off at the one after it was resolved."""
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    world.commitment.reporting_opened_on, world.commitment.reporting_opened_by = TODAY, erin
    world.commitment.save(update_fields=["reporting_opened_on", "reporting_opened_by"])
    fault = mark(source, erin)

    assert notices.plan_notices(now=later(1)).created == 1
    resolve(fault, erin, now=later(2))

    assert notices.plan_notices(now=later(3)).cancelled == 1
