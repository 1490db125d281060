"""What an approved change does to the plan, kind by kind: the original stays, the record agrees."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.errors import Forbidden
from commitments.models import (
    Assignment,
    Commitment,
    CommitmentLink,
    Milestone,
    Notice,
    Participation,
    Target,
    Wording,
)
from commitments.services import changes, record
from commitments.services.drafts import asks_forecast
from commitments.services.record import EDITORS
from commitments.services.updates import submit_update
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.services.changes.asking import (
    LEAD,
    MILESTONE,
    TARGET,
    TYPED,
    WORDING,
    ask,
    decide,
    events,
    faults,
    fresh,
)


def approved(requester, officer, commitment, kind, **asked):
    return decide(ask(requester, commitment, kind, **asked), officer)


def dates(row, name="due"):
    found = fresh(row)
    return tuple(getattr(found, column) for column in (name, f"{name}_earliest", f"{name}_latest"))


def in_record(plan, **columns):
    """Another commitment of the programme, put into the record."""
    made = factories.CommitmentFactory(programme=plan.programme, **columns)
    record.publish(made, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    plan.events += 1
    return made


def told(plan):
    """What the record tells of the rows, but for source and request, which come first always."""
    return [event[:3] for event in events(plan.events)][2:]


COMMITMENT = ("changed", "commitment", "test-commitment")


@pytest.mark.parametrize("kind", ["clarified", "widened", "narrowed", "text_found"])
def test_a_wording_gets_a_version_beside_the_original(kind, plan, alice, erin):
    basis = "quoted" if kind == "text_found" else "summarised"
    change = approved(alice, erin, plan.commitment, kind, proposed=WORDING | {"basis": basis})

    original, new = Wording.objects.order_by("number")
    assert (original.pk, original.text_en, original.change) == (
        plan.wording.pk, "Test wording", None,
    )  # fmt: skip
    assert (new.number, new.kind_of_change, new.change, new.stated_on) == (2, kind, change, TODAY)
    assert (new.text_en, new.basis) == (WORDING["text_en"], basis)
    assert list(new.sources.all()) == [change.source]
    assert told(plan) == [COMMITMENT, ("added", "wording", "test-commitment/2")]
    assert faults() == []


def test_a_wording_found_where_there_was_none_is_not_the_original(plan, alice, erin):
    other = factories.CommitmentFactory(programme=plan.programme)
    factories.ParticipationFactory(commitment=other, organisation=plan.body)

    change = approved(alice, erin, other, "text_found", proposed=WORDING | {"basis": "quoted"})

    assert change.replaced == {"text_vi": "", "text_en": "", "basis": ""}
    assert [row.number for row in other.wordings.all()] == [2]


def test_a_due_date_moves_and_the_original_stays(plan, alice, erin):
    Notice.objects.bulk_create(
        [
            factories.NoticeFactory.build(
                rule="R4", subject_kind=kind, subject_id=plan.commitment.pk, step=step,
                recipient=alice, commitment=plan.commitment,
            )
            for kind, step in (("commitment", "-30"), ("obligation", "-5"))
        ]
    )  # fmt: skip

    approved(alice, erin, plan.commitment, "date_moved", proposed={"due": "2027-06"})

    assert dates(plan.commitment) == ("2027-06", date(2027, 6, 1), date(2027, 6, 30))
    assert dates(plan.commitment, "original_due")[0] == "2026"
    assert told(plan) == [COMMITMENT]
    states = Notice.objects.values_list("subject_kind", "state", "cancelled_because")
    assert sorted(states) == [("commitment", "cancelled", "moved"), ("obligation", "planned", "")]
    assert faults() == []


def test_a_due_date_may_come_where_there_was_none(plan, alice, erin):
    other = factories.CommitmentFactory(programme=plan.programme)
    factories.ParticipationFactory(commitment=other, organisation=plan.body)

    approved(alice, erin, other, "date_moved", proposed={"due": "2027"})

    assert (dates(other)[0], dates(other, "original_due")) == ("2027", ("", None, None))
    assert asks_forecast(fresh(other)) is True


def test_a_milestone_moves_and_its_original_date_stays(plan, alice, erin):
    change = approved(
        alice, erin, plan.commitment, "date_moved",
        subject="milestone/1", proposed={"due": "2026-09"},
    )  # fmt: skip

    milestone = fresh(plan.milestone)
    assert (milestone.due, milestone.original_due, milestone.change) == (
        "2026-09", "2026-06-01", change,
    )  # fmt: skip
    assert list(milestone.sources.all()) == [change.source]
    assert fresh(plan.commitment).due == "2026"
    assert told(plan) == [COMMITMENT, ("changed", "milestone", "test-commitment/1")]
    assert faults() == []


def test_a_milestone_is_added(plan, alice, erin):
    change = approved(alice, erin, plan.commitment, "milestone_added", proposed=MILESTONE)

    new = Milestone.objects.get(number=2)
    assert (new.title_vi, new.title_en, new.due, new.original_due, new.change) == (
        "Bước thử", "Test step", "2026-Q4", "2026-Q4", change,
    )  # fmt: skip
    assert told(plan) == [COMMITMENT, ("added", "milestone", "test-commitment/2")]
    assert faults() == []


def test_a_target_is_replaced_and_what_was_measured_stays(plan, alice, dan, erin):
    measured = {plan.target.pk: "12"}
    deeds.published(alice, dan, erin, plan.commitment, measured=measured, forecast="on_track")
    change = approved(
        alice, erin, plan.commitment, "target_changed", subject="target/1", proposed=TARGET
    )

    old, new = fresh(plan.target), Target.objects.get(number=3)
    assert (old.text_en, old.value, old.measurements.count()) == ("Test target 1", 30, 1)
    assert (new.replaces, new.change, new.value, new.comparator, new.due) == (
        old, change, Decimal(20), "at_least", "2027",
    )  # fmt: skip
    assert new.due_latest == date(2027, 12, 31)
    assert list(Target.objects.present().values_list("number", flat=True)) == [2, 3]
    assert change.replaced["value"] == "30"
    assert ("added", "target", "test-commitment/3") in told(plan)
    assert faults() == []


def test_a_target_is_added_under_a_number_of_its_own(plan, alice, erin):
    first = ask(alice, plan.commitment, "target_added", proposed=TARGET)
    second = ask(alice, plan.commitment, "target_added", proposed=TARGET | {"value": "7"})
    changed = ask(alice, plan.commitment, "target_changed", subject="target/1", proposed=TARGET)

    for change in (changed, second, first):
        decide(change, erin)

    rows = Target.objects.order_by("number").values_list("number", "change", "replaces")
    assert list(rows) == [
        (1, None, None),
        (2, None, None),
        (3, changed.pk, plan.target.pk),
        (4, second.pk, None),
        (5, first.pk, None),
    ]
    assert faults() == []


def test_a_withdrawal_closes_it_and_calls_its_reminders_off(plan, alice, dan, erin):
    deeds.published(alice, dan, erin, plan.commitment, forecast="on_track")
    factories.NoticeFactory(commitment=plan.commitment, recipient=alice)

    approved(alice, erin, plan.commitment, "withdrawn", proposed={})

    row = fresh(plan.commitment)
    assert (row.stage, row.closed_on, row.stage_as_of_on, row.stage_update) == (
        "withdrawn", TODAY, TODAY, None,
    )  # fmt: skip
    assert Notice.objects.get().cancelled_because == "closed"
    assert faults() == []


@pytest.mark.parametrize(("link", "others"), [("supersedes", 1), ("merges", 1), ("split_from", 3)])
def test_what_takes_its_place_names_it(link, others, plan, alice, erin):
    made = [in_record(plan, slug=f"test-new-{number}") for number in range(others)]
    slugs = [row.slug for row in reversed(made)]

    change = approved(
        alice, erin, plan.commitment, "superseded", proposed={"by": slugs, "link": link}
    )

    row = fresh(plan.commitment)
    assert (row.stage, row.closed_on) == ("superseded", TODAY)
    links = CommitmentLink.objects.order_by("pk")
    assert [(one.from_commitment.slug, one.to_commitment, one.kind) for one in links] == [
        (slug, plan.commitment, link) for slug in slugs
    ]
    assert {(one.change, one.stated_on) for one in links} == {(change, TODAY)}
    assert told(plan)[1:] == [("added", "link", f"{slug}/{link}/test-commitment") for slug in slugs]
    assert faults() == []


def test_a_merger_of_two_ends_in_one(plan, alice, erin):
    third = in_record(plan, slug="test-third")
    requests = changes.request_merge(
        commitments=[plan.commitment, third], into=plan.other, requester=erin,
        reason_en="Test reason", stated_on=TODAY, source=TYPED, today=TODAY, now=NOW,
    )  # fmt: skip
    officer = factories.MembershipFactory(organisation=plan.unit, role="officer").user

    for change in requests:
        decide(change, officer)

    stages = Commitment.objects.order_by("pk").values_list("slug", "stage")
    assert list(stages) == [
        ("test-commitment", "superseded"), ("test-other", ""), ("test-third", "superseded"),
    ]  # fmt: skip
    links = CommitmentLink.objects.order_by("pk").values_list("from_commitment", "to_commitment")
    assert list(links) == [(plan.other.pk, plan.commitment.pk), (plan.other.pk, third.pk)]
    assert faults() == []


# Another lead


def parts(commitment):
    rows = Participation.objects.filter(commitment=commitment).order_by("pk")
    return list(rows.values_list("organisation__slug", "role", "ended_on"))


def test_another_lead_stands_beside_the_former(plan, alice, erin):
    change = approved(alice, erin, plan.commitment, "lead_changed", proposed=LEAD)

    assert parts(plan.commitment) == [("test-lead", "lead", TODAY), ("test-next", "lead", None)]
    new = Participation.objects.get(organisation=plan.next)
    assert (new.stage, new.since, new.since_latest, new.confidence, new.change) == (
        "assigned", "2026-06", date(2026, 6, 30), "confirmed", change,
    )  # fmt: skip
    assert list(new.sources.all()) == [change.source]
    assert "test next lead" in fresh(plan.commitment).search_text
    assert told(plan) == [
        COMMITMENT,
        ("changed", "participation", "test-commitment/lead/test-lead"),
        ("added", "participation", "test-commitment/lead/test-next"),
    ]
    assert faults() == []


def test_another_lead_was_partner_until_then(plan, alice, erin):
    factories.ParticipationFactory(
        commitment=plan.commitment, organisation=plan.next, role="partner"
    )

    approved(alice, erin, plan.commitment, "lead_changed", proposed=LEAD)

    assert parts(plan.commitment) == [
        ("test-lead", "lead", TODAY), ("test-next", "partner", TODAY), ("test-next", "lead", None),
    ]  # fmt: skip


def test_a_former_lead_takes_its_part_up_again(plan, alice, erin):
    first = approved(alice, erin, plan.commitment, "lead_changed", proposed=LEAD)
    officer = factories.MembershipFactory(organisation=plan.unit, role="officer").user
    back = {"lead": "test-lead", "stage": "", "since": "", "confidence": "confirmed"}

    second = approved(officer, erin, plan.commitment, "lead_changed", proposed=back)

    assert parts(plan.commitment) == [("test-lead", "lead", None), ("test-next", "lead", TODAY)]
    changes_of_parts = Participation.objects.order_by("pk").values_list("change", flat=True)
    assert list(changes_of_parts) == [second.pk, first.pk]
    assert faults() == []


def test_a_lead_may_go_without_another(plan, alice, erin):
    approved(alice, erin, plan.commitment, "lead_changed", proposed={"lead": None})

    assert parts(plan.commitment) == [("test-lead", "lead", TODAY)]
    assert fresh(plan.commitment).lead is None
    assert faults() == []


def test_another_lead_takes_over_what_is_owed_but_not_who_is_in_charge(plan, alice, dan, erin):
    both = factories.UserFactory()
    for body in (plan.body, plan.next):
        factories.MembershipFactory(user=both, organisation=body, role="reporter")
    for person, charge in ((alice, "report"), (dan, "approve"), (both, "report")):
        factories.AssignmentFactory(commitment=plan.commitment, person=person, charge=charge)
    owed = factories.ObligationFactory(commitment=plan.commitment)
    factories.NoticeFactory(commitment=plan.commitment, recipient=alice, subject_id=owed.pk)

    approved(alice, erin, plan.commitment, "lead_changed", proposed=LEAD)

    standing = Assignment.objects.standing().values_list("person", flat=True)
    assert list(standing) == [both.pk]
    assert set(Assignment.objects.exclude(person=both).values_list("ended_at", flat=True)) == {NOW}
    assert Notice.objects.get().cancelled_because == "reassigned"
    reporter = factories.MembershipFactory(organisation=plan.next, role="reporter").user
    asked = {"commitment__participations__organisation__in": reporter.organisations_as("reporter")}
    assert list(type(owed).objects.owed(TODAY).filter(**asked)) == [owed]


def test_what_the_old_lead_had_begun_cannot_be_handed_in(plan, alice, erin):
    begun = deeds.draft(alice, plan.commitment, forecast="on_track")
    approved(alice, erin, plan.commitment, "lead_changed", proposed=LEAD)

    with pytest.raises(Forbidden):
        submit_update(update=begun, author=alice, today=TODAY, now=NOW)
