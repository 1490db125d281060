"""Deciding on a change: by somebody else, once, on what stands; approved and refused in public."""

from datetime import date, timedelta

import pytest

from commitments.errors import Forbidden, Invalid, OwnWork, Stale, WrongState
from commitments.models import Commitment, PublicEvent, Source, Wording
from commitments.reports.public import public_of
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.services.changes.asking import (
    LEAD,
    TARGET,
    TYPED,
    WORDING,
    ask,
    decide,
    events,
    faults,
    fresh,
)

NOTE = "Test: the source does not say so."
LATER = NOW + timedelta(hours=1)


def test_decide_change_approves_in_public(plan, alice, erin):
    change = decide(ask(alice, plan.commitment), erin, note=" Test: agreed. ", now=LATER)

    assert (change.decision, change.decider, change.decided_at) == ("approved", erin, LATER)
    assert change.decision_note == "Test: agreed."
    unit = ("officer", "test-unit")
    assert events(plan.events) == [
        ("published", "source", change.source.slug, *unit),
        ("approved", "change_request", f"test-commitment/{change.pk}", *unit),
        ("changed", "commitment", "test-commitment", *unit),
    ]
    told = PublicEvent.objects.get(object_kind="change_request")
    assert (told.before, told.effective_on, told.recorded_at) == (None, TODAY, LATER)
    assert told.after == public_of(change).data
    assert faults() == []


def test_decide_change_refuses_in_public_and_changes_nothing(plan, alice, erin):
    change = decide(ask(alice, plan.commitment), erin, "refused", NOTE)

    assert (change.decision, change.decision_note) == ("refused", NOTE)
    assert [event[:2] for event in events(plan.events)] == [
        ("published", "source"),
        ("refused", "change_request"),
    ]
    assert (fresh(plan.commitment).due, plan.commitment.sources.count()) == ("2026", 0)
    assert faults() == []


def test_decide_change_tells_no_names(plan, alice, erin):
    decide(ask(alice, plan.commitment), erin, "refused", NOTE)

    for event in PublicEvent.objects.filter(sequence__gt=plan.events):
        said = f"{event.before}{event.after}".lower()
        assert [name for name in ("alice", "erin", "example.org/staff") if name in said] == []


@pytest.mark.parametrize("note", ["", "   "])
def test_decide_change_needs_a_reason_to_refuse(note, plan, alice, erin):
    with pytest.raises(Invalid) as refused:
        decide(ask(alice, plan.commitment), erin, "refused", note)

    assert (refused.value.code, refused.value.field) == ("note_missing", "note")


@pytest.mark.parametrize("decision", ["", "taken_back", "perhaps"])
def test_decide_change_knows_two_ways(decision, plan, alice, erin):
    with pytest.raises(Invalid) as refused:
        decide(ask(alice, plan.commitment), erin, decision)

    assert refused.value.code == "decision_missing"


@pytest.mark.parametrize("decision", ["approved", "refused"])
def test_decide_change_is_not_for_ones_own(decision, plan, erin):
    change = ask(erin, plan.commitment)

    with pytest.raises(OwnWork):
        decide(change, erin, decision, NOTE)

    assert (fresh(change).decision, PublicEvent.objects.count()) == ("", plan.events)


def test_decide_change_lets_another_officer_decide_on_an_officers(plan, erin):
    other = factories.MembershipFactory(organisation=plan.unit, role="officer").user

    assert decide(ask(erin, plan.commitment), other).decider == other


@pytest.mark.parametrize("name", ["alice", "dan", "bob", "carol"])
def test_decide_change_is_for_officers_alone(name, plan, erin, request):
    change = ask(erin, plan.commitment)

    with pytest.raises(Forbidden):
        decide(change, request.getfixturevalue(name))


def test_decide_change_is_not_for_officers_of_the_demonstration(plan, alice):
    unit = factories.OrganisationFactory(is_demo=True)
    factories.ProgrammeFactory(is_demo=True, delivery_unit=unit)
    officer = factories.MembershipFactory(organisation=unit, role="officer").user

    with pytest.raises(Forbidden):
        decide(ask(alice, plan.commitment), officer)


@pytest.mark.parametrize("decision", ["approved", "refused"])
def test_decide_change_decides_once(decision, plan, alice, erin):
    change = decide(ask(alice, plan.commitment), erin, decision, NOTE)
    told = PublicEvent.objects.count()

    with pytest.raises(WrongState, match="no longer open") as refused:
        decide(change, erin, "approved")

    assert refused.value.code == "already_decided"
    assert PublicEvent.objects.count() == told


def _due(plan):
    days = {f"due_{end}": date(2028, 1, 1) for end in ("earliest", "latest")}
    Commitment.objects.filter(pk=plan.commitment.pk).update(due="2028-01-01", **days)


def _target(plan):
    type(plan.target).objects.filter(pk=plan.target.pk).update(text_en="Test: meanwhile")


def _lead(plan):
    plan.commitment.participations.update(ended_on=TODAY)


@pytest.mark.parametrize(
    ("kind", "subject", "proposed", "meanwhile"),
    [
        ("date_moved", "", {"due": "2029"}, _due),
        ("lead_changed", "", LEAD, _lead),
        ("target_changed", "target/1", TARGET, _target),
    ],
)
def test_decide_change_refuses_what_was_overtaken(
    kind, subject, proposed, meanwhile, plan, alice, erin
):
    change = ask(alice, plan.commitment, kind, subject=subject, proposed=proposed)
    meanwhile(plan)

    with pytest.raises(Stale) as refused:
        decide(change, erin)

    assert (refused.value.code, refused.value.status) == ("plan_changed_since", 409)
    assert decide(change, erin, "refused", NOTE).decision == "refused"


def test_decide_change_of_a_wording_is_judged_by_the_newest(plan, alice, erin):
    narrowed = ask(alice, plan.commitment, "narrowed", proposed=WORDING)
    widened = ask(alice, plan.commitment, "widened", proposed=WORDING | {"text_en": "Test more"})

    decide(widened, erin)
    with pytest.raises(Stale):
        decide(narrowed, erin)

    assert list(Wording.objects.values_list("number", "kind_of_change")) == [
        (1, ""),
        (2, "widened"),
    ]


def test_decide_change_of_a_closed_commitment_can_only_be_refused(plan, alice, erin):
    moved = ask(alice, plan.commitment)
    decide(ask(alice, plan.commitment, "withdrawn", proposed={}), erin)

    with pytest.raises(WrongState) as refused:
        decide(moved, erin)

    assert refused.value.code == "commitment_closed"
    assert decide(moved, erin, "refused", NOTE).decision == "refused"
    assert faults() == []


def test_decide_change_asks_anew_whether_it_still_fits(plan, alice, erin):
    change = ask(alice, plan.commitment, "superseded",
                 proposed={"by": ["test-other"], "link": "supersedes"})  # fmt: skip
    Commitment.objects.filter(pk=plan.other.pk).update(
        stage="complete", stage_as_of_on=TODAY, closed_on=TODAY
    )

    with pytest.raises(Stale, match="test-other") as refused:
        decide(change, erin)

    assert refused.value.code == "no_longer_fits"


def test_decide_change_takes_the_source_that_became_public_meanwhile(plan, alice, erin):
    change = ask(alice, plan.commitment)
    known = factories.SourceFactory(url=TYPED.url, published_at=None)
    Source.objects.filter(pk=known.pk).update(published_at=NOW)

    decided = decide(change, erin, "refused", NOTE)

    assert (decided.source, fresh(change).source) == (known, known)
    assert [event[:2] for event in events(plan.events)] == [("refused", "change_request")]


def test_decide_change_keeps_the_source_with_the_commitment(plan, alice, erin):
    change = decide(ask(alice, plan.commitment), erin)

    assert list(plan.commitment.sources.all()) == [change.source]
    assert change.source.published_at == NOW


def test_decide_change_leaves_a_trace_of_who_did_what(plan, alice, erin):
    change = decide(ask(alice, plan.commitment), erin)

    kept = change.history.order_by("history_id").values_list("history_type", "decision")
    assert list(kept) == [("+", ""), ("~", "approved")]
