"""Asking for a change of plan: by whom, once, on what stands; and taking it back."""

from datetime import date, timedelta

import pytest

from commitments.errors import Forbidden, Invalid, Refusals, WrongState
from commitments.models import ChangeRequest, Commitment, PublicEvent, Source
from commitments.reports.present import mark_of
from commitments.services import changes
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.services.changes.asking import (
    MILESTONE,
    TARGET,
    TYPED,
    ask,
    decide,
    faults,
    fresh,
)


def kept(change):
    found = fresh(change)
    return found.kind, found.subject, found.proposed, found.replaced


def test_request_change_keeps_what_is_proposed_beside_what_stands(plan, alice):
    change = ask(alice, plan.commitment, proposed={"due": " 6/2027 "}, reason_en=" Test reason ")

    assert kept(change) == ("date_moved", "", {"due": "2027-06"}, {"due": "2026"})
    assert (change.requester, change.requested_at, change.stated_on) == (alice, NOW, TODAY)
    assert (change.reason_vi, change.reason_en, change.decision) == ("", "Test reason", "")
    source = change.source
    assert (source.title, source.url, source.published_at, source.added_by) == (
        TYPED.title, TYPED.url, None, alice,
    )  # fmt: skip


def test_request_change_changes_nothing_and_tells_nobody(plan, alice):
    ask(alice, plan.commitment)

    assert fresh(plan.commitment).due == "2026"
    assert PublicEvent.objects.count() == plan.events
    assert faults() == []


def test_request_change_is_for_reporter_approver_and_officer(plan, alice, dan, erin):
    for number, person in enumerate((alice, dan, erin), start=1):
        ask(person, plan.commitment, "target_added", proposed=TARGET | {"value": str(number)})

    subjects = ChangeRequest.objects.values_list("subject", "requester__email")
    assert sorted(subjects) == [
        ("target/3", "alice@example.org"),
        ("target/4", "dan@example.org"),
        ("target/5", "erin@example.org"),
    ]


@pytest.mark.parametrize("name", ["bob", "carol"])
def test_request_change_is_for_nobody_else(name, plan, request):
    with pytest.raises(Forbidden):
        ask(request.getfixturevalue(name), plan.commitment)

    assert ChangeRequest.objects.count() == 0


def test_request_change_is_not_for_people_of_the_demonstration(plan):
    unit = factories.OrganisationFactory(is_demo=True)
    factories.ProgrammeFactory(is_demo=True, delivery_unit=unit)
    officer = factories.MembershipFactory(organisation=unit, role="officer").user

    with pytest.raises(Forbidden):
        ask(officer, plan.commitment)


def test_request_change_refuses_a_draft_of_a_commitment(plan, erin):
    draft = factories.CommitmentFactory(programme=plan.programme, is_draft=True)

    with pytest.raises(Forbidden):
        ask(erin, draft)


def test_request_change_says_that_it_is_closed(plan, alice, bob):
    Commitment.objects.filter(pk=plan.commitment.pk).update(
        stage="complete", stage_as_of_on=TODAY, closed_on=TODAY
    )

    with pytest.raises(WrongState, match=r"closed \(complete\)") as refused:
        ask(alice, plan.commitment)
    assert refused.value.code == "commitment_closed"
    with pytest.raises(Forbidden):
        ask(bob, plan.commitment)


def test_request_change_answers_every_field_at_once(plan, alice):
    with pytest.raises(Refusals) as refused:
        ask(alice, plan.commitment, proposed={"due": ""}, reason_en="", stated_on=None, source=None)

    assert [(one.code, one.field) for one in refused.value.refusals] == [
        ("due_missing", "due"),
        ("reason_missing", "reason_vi"),
        ("stated_on_missing", "stated_on"),
        ("source_missing", "source"),
    ]
    assert (ChangeRequest.objects.count(), Source.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"title": "Test", "publisher": "x" * 301}, "publisher"),
        ({"title": "Test", "url": "ftp://example.org/"}, "url"),
    ],
)
def test_request_change_checks_a_new_source(said, field, plan, alice):
    with pytest.raises(Invalid) as refused:
        ask(alice, plan.commitment, source=changes.SourceSaid(**said))

    assert refused.value.field == field


def test_request_change_takes_a_source_of_the_record(plan, alice):
    source = factories.SourceFactory(url="https://example.org/test-known")
    by_address = changes.SourceSaid(title="Test", url="https://example.org/test-known")

    first = ask(alice, plan.commitment, source=source)
    second = ask(alice, plan.commitment, "withdrawn", proposed={}, source=by_address)

    assert (first.source, second.source, Source.objects.count()) == (source, source, 1)


@pytest.mark.parametrize("columns", [{"is_demo": True}, {"published_at": None}])
def test_request_change_refuses_a_source_of_another_world(columns, plan, alice):
    with pytest.raises(Invalid) as refused:
        ask(alice, plan.commitment, source=factories.SourceFactory(**columns))

    assert (refused.value.code, refused.value.field) == ("source_unknown", "source")


def test_request_change_twice_is_once(plan, alice, erin):
    first = ask(alice, plan.commitment)

    for person, due in ((alice, "2027-06"), (erin, "2028")):
        with pytest.raises(changes.AlreadyAsked) as refused:
            ask(person, plan.commitment, proposed={"due": due})
        assert (refused.value.change, refused.value.status) == (first, 409)
    assert ChangeRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "proposed", "other"),
    [
        ("target_added", TARGET, {"value": "7"}),
        ("milestone_added", MILESTONE, {"due": "2029"}),
    ],
)
def test_request_change_adds_several_rows_but_each_once(kind, proposed, other, plan, alice):
    first = ask(alice, plan.commitment, kind, proposed=proposed)

    with pytest.raises(changes.AlreadyAsked) as refused:
        ask(alice, plan.commitment, kind, proposed=proposed)
    second = ask(alice, plan.commitment, kind, proposed=proposed | other)

    assert refused.value.change == first
    numbers = [int(one.subject.partition("/")[2]) for one in (first, second)]
    assert numbers == [numbers[0], numbers[0] + 1]


def test_request_change_asks_again_after_a_decision(plan, alice, erin):
    decide(ask(alice, plan.commitment), erin, "refused", "Test: not stated there.")

    again = ask(alice, plan.commitment)

    assert (again.decision, ChangeRequest.objects.count()) == ("", 2)


def test_request_change_tells_what_stands_by_now(plan, alice, erin):
    seen = mark_of({"due": "2026"})
    decide(ask(alice, plan.commitment, proposed={"due": "2027"}), erin)

    with pytest.raises(changes.StoodOtherwise) as refused:
        ask(alice, plan.commitment, proposed={"due": "2028"}, seen=seen)
    assert (refused.value.stands, refused.value.status) == ({"due": "2027"}, 409)

    asked = ask(alice, plan.commitment, proposed={"due": "2028"}, seen=mark_of({"due": "2027"}))
    assert asked.replaced == {"due": "2027"}


@pytest.mark.parametrize(
    ("kind", "subject"),
    [("target_changed", "target/9"), ("date_moved", "milestone/9"), ("date_moved", "milestone/0")],
)
def test_request_change_refuses_what_is_not_there(kind, subject, plan, alice):
    with pytest.raises((WrongState, Invalid)) as refused:
        ask(alice, plan.commitment, kind, subject=subject, proposed=TARGET | {"due": "2027"})

    assert refused.value.code in ("subject_unknown", "subject_unfit")


def test_request_change_refuses_a_target_that_was_replaced(plan, alice, erin):
    decide(ask(alice, plan.commitment, "target_changed", subject="target/1", proposed=TARGET), erin)

    with pytest.raises(WrongState) as refused:
        ask(alice, plan.commitment, "target_changed", subject="target/1", proposed=TARGET)

    assert refused.value.code == "subject_unknown"


MERGED = {"merged": "2026-06-01", "merged_earliest": TODAY, "merged_latest": TODAY}


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"is_demo": True}, "organisation_unknown"),
        ({"published_at": None}, "organisation_unknown"),
        (MERGED, "organisation_merged"),
    ],
)
def test_request_change_refuses_a_lead_that_cannot_be(columns, code, plan, alice):
    into = {"merged_into": plan.next} if columns is MERGED else {}
    body = factories.OrganisationFactory(**columns, **into)

    with pytest.raises(Invalid) as refused:
        ask(alice, plan.commitment, "lead_changed",
            proposed={"lead": body.slug, "confidence": "confirmed"})  # fmt: skip

    assert (refused.value.code, refused.value.field) == (code, "lead")


@pytest.mark.parametrize("which", ["itself", "draft", "closed", "demo"])
def test_request_change_refuses_a_successor_that_cannot_be(which, plan, alice):
    made = {
        "itself": lambda: plan.commitment,
        "draft": lambda: factories.CommitmentFactory(programme=plan.programme, is_draft=True),
        "closed": lambda: factories.CommitmentFactory(
            programme=plan.programme, stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY
        ),
        "demo": lambda: factories.CommitmentFactory(programme__is_demo=True),
    }[which]()

    with pytest.raises(Invalid) as refused:
        ask(alice, plan.commitment, "superseded",
            proposed={"by": [made.slug], "link": "supersedes"})  # fmt: skip

    assert (refused.value.code, refused.value.field) == ("successor_unknown", "by")


def test_request_merge_asks_for_each(plan, erin):
    third = factories.CommitmentFactory(programme=plan.programme, reference="CPT26-003")
    merged = [plan.commitment, third]

    made = changes.request_merge(
        commitments=merged, into=plan.other, requester=erin, reason_en="Test reason",
        stated_on=TODAY, source=TYPED, today=TODAY, now=NOW,
    )  # fmt: skip

    assert [(one.commitment, one.kind, one.proposed) for one in made] == [
        (one, "superseded", {"by": ["test-other"], "link": "merges"}) for one in merged
    ]
    assert Source.objects.get() == made[0].source == made[1].source


def test_request_merge_is_all_or_nothing(plan, erin):
    third = factories.CommitmentFactory(programme=plan.programme, reference="CPT26-003")
    ask(erin, third, "superseded", proposed={"by": ["test-other"], "link": "supersedes"})
    said = {"into": plan.other, "requester": erin, "reason_en": "Test", "stated_on": TODAY,
            "source": TYPED, "today": TODAY, "now": NOW}  # fmt: skip

    with pytest.raises(WrongState, match="CPT26-003"):
        changes.request_merge(commitments=[plan.commitment, third], **said)
    with pytest.raises(Invalid, match="at least two"):
        changes.request_merge(commitments=[third, third], **said)

    assert ChangeRequest.objects.count() == 1


def test_take_back_change_is_the_requesters_alone(plan, alice, dan, erin):
    change = ask(alice, plan.commitment)

    for person in (dan, erin):
        with pytest.raises(Forbidden):
            changes.take_back_change(change=change, person=person, now=NOW)
    taken = changes.take_back_change(change=change, person=alice, now=NOW)

    assert (taken.decision, taken.decided_at, taken.decider) == ("taken_back", NOW, None)
    assert PublicEvent.objects.count() == plan.events
    assert faults() == []


def test_take_back_change_is_too_late_after_the_decision(plan, alice, erin):
    change = ask(alice, plan.commitment)
    decide(change, erin)

    with pytest.raises(WrongState, match="no longer open: approved"):
        changes.take_back_change(change=change, person=alice, now=NOW)


def test_a_date_stated_yesterday_is_kept(plan, alice):
    yesterday = TODAY - timedelta(days=1)

    assert ask(alice, plan.commitment, stated_on=yesterday).stated_on == date(2026, 5, 31)
