"""R5 and R6: updates that wait for the next step, and those that came back."""

from datetime import timedelta

import pytest

from commitments.models import Cancelled, Commitment, Membership, StatusUpdate, User
from commitments.reports.subjects import SUBJECTS
from commitments.rules import access
from commitments.rules.reminders import RULES, Anchor
from commitments.services import updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
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

WEEK = {"starts_on": on(6, 1), "ends_on": on(6, 5)}


def member(name, body, role):
    held = factories.MembershipFactory(
        organisation=body, role=role, user__full_name=name, user__email=f"{name}@example.org"
    )
    return held.user


def last_deed(update):
    return update.actions.order_by("pk").last()


def facts(update, day=TODAY):
    return facts_of("update", update, day)


def leave(person, body):
    person.memberships.filter(organisation=body).update(ended_on=TODAY)


@pytest.fixture
def handed_in(asked, alice):
    return deeds.submitted(alice, asked.commitment)


@pytest.fixture
def signed(handed_in, dan):
    return updates.approve_update(update=handed_in, approver=dan, now=NOW + timedelta(days=1))


@pytest.fixture
def came_back(asked, alice, dan):
    return deeds.returned(alice, dan, asked.commitment)


def test_one_that_was_handed_in_waits_for_its_approvers(handed_in, asked):
    known = facts(handed_in)

    assert (known.kind, known.subject, known.commitment) == (
        "update", handed_in.pk, asked.commitment.pk,
    )  # fmt: skip
    assert (known.cycle, known.renewed) == (f"a{last_deed(handed_in).pk}", Cancelled.DONE)
    assert known.anchors == ((Anchor.WAITING, on(6, 1)),)
    assert (known.ladder.steps, known.settled) == (RULES["R5"].steps, None)
    assert told(known) == {"approver": ["Dan"]}


def test_one_that_was_approved_waits_for_officers(signed):
    known = facts(signed)

    assert (known.cycle, known.anchors) == (
        f"a{last_deed(signed).pk}", ((Anchor.WAITING, on(6, 2)),),
    )  # fmt: skip
    assert told(known) == {"officer": ["Erin"]}


def test_those_who_are_told_are_those_who_may(handed_in, asked, alice, dan, erin):
    """Alice approves and delivers, too; Dan is an officer, too: nobody is told of their own."""
    for person, body, role in (
        (alice, asked.body, "approver"), (alice, asked.unit, "officer"), (dan, asked.unit, "officer"),
    ):  # fmt: skip
        factories.MembershipFactory(user=person, organisation=body, role=role)
    eva = member("Eva", asked.body, "approver")

    def who_may(rule):
        found = StatusUpdate.objects.select_related("body", "commitment__programme")
        update = found.get(pk=handed_in.pk)
        return [one.full_name for one in User.objects.order_by("pk") if rule(one, update)]

    assert told(facts(handed_in)) == {"approver": who_may(access.may_approve)}
    assert who_may(access.may_approve) == ["Dan", "Eva"]
    updates.approve_update(update=handed_in, approver=eva, now=NOW)
    assert told(facts(handed_in)) == {"officer": who_may(access.may_publish)}
    assert who_may(access.may_publish) == ["Dan", "Erin"]


def test_where_nobody_can_approve_officers_are_told(handed_in, asked, dan):
    """They may send it back; where the body has no approver of its own they publish."""
    set_to(asked.body, skips_approver=True)
    assert told(facts(handed_in)) == {"officer": ["Erin"]}

    set_to(asked.body, skips_approver=False)
    leave(dan, asked.body)
    assert told(facts(handed_in)) == {"officer": ["Erin"]}


def test_the_approver_who_is_expected_comes_first_and_absence_is_covered(handed_in, asked, dan):
    eva = member("Eva", asked.body, "approver")
    fay = member("Fay", asked.body, "approver")
    factories.AssignmentFactory(commitment=asked.commitment, person=eva, charge="approve")
    assert told(facts(handed_in)) == {"approver": ["Eva"]}

    away = factories.AbsenceFactory(person=eva, cover=fay, **WEEK)
    assert told(facts(handed_in)) == {"approver": ["Fay"]}
    assert told(facts(handed_in, on(6, 6))) == {"approver": ["Eva"]}

    set_to(away, cover=None)
    assert told(facts(handed_in)) == {"approver": ["Dan", "Fay"]}


def test_what_waits_for_nobody_is_settled(signed, asked, erin):
    found = {}

    def look(name):
        found[name] = (facts(signed).settled, is_open("update", signed))

    look("approved")
    updates.schedule_release(
        update=signed, officer=erin, at=NOW + timedelta(days=5), today=TODAY, now=NOW
    )
    look("set to be published")
    later = local(6, 4, 12)
    updates.unschedule_release(update=signed, officer=erin, now=later)
    look("taken off again")
    assert facts(signed).anchors == ((Anchor.WAITING, on(6, 4)),)
    assert facts(signed).cycle == f"a{last_deed(signed).pk}"
    updates.publish_update(update=signed, publisher=erin, today=TODAY, now=later)
    look("published")

    done = Cancelled.DONE
    assert found == {
        "approved": (None, True),
        "set to be published": (done, False),
        "taken off again": (None, True),
        "published": (done, False),
    }


def test_drafts_and_what_was_loaded_wait_for_nobody(asked, alice):
    draft = deeds.draft(alice, asked.commitment)
    loaded = factories.StatusUpdateFactory(commitment=asked.commitment, is_imported=True)

    assert [facts(one).settled for one in (draft, loaded)] == [Cancelled.DONE] * 2
    assert not SUBJECTS["update"].open(TODAY).exists()


def test_notices_of_review_climb_over_a_weekend_from_step_to_step(handed_in, dan, erin):
    """Handed in on Monday 1 June; approved on Tuesday 9 June; sent back on Thursday 18 June."""
    assert said((6, 2), (6, 3), (6, 5), (6, 8)) == [
        ((6, 3), "R5", "+2", ["Dan"]), ((6, 8), "R5", "+5", ["Dan"]),
    ]  # fmt: skip
    signed = updates.approve_update(update=handed_in, approver=dan, now=local(6, 9, 12))

    assert said((6, 9), (6, 11)) == [((6, 11), "R5", "+2", ["Erin"])]
    plan(6, 16)
    updates.return_update(update=signed, reviewer=erin, comment="Test", now=local(6, 18, 11, 0))
    assert said((6, 18, 11, 1), (6, 22, 12), (6, 23)) == [
        ((6, 18), "R6", "+0", ["Alice"]), ((6, 23), "R6", "+3", ["Alice"]),
    ]  # fmt: skip
    assert ("R5", "+5", "Erin", "done") in rows()


def test_review_waits_through_tet(asked, alice, dan):
    """Handed in on Thursday 12 February 2026; Tết is free from 14 to 22 February."""
    handed_in = deeds.submitted(alice, asked.commitment)
    set_to(last_deed(handed_in), done_at=local(2, 12, 16))

    assert said(*((2, day) for day in range(12, 29))) == [
        ((2, 23), "R5", "+2", ["Dan"]), ((2, 26), "R5", "+5", ["Dan"]),
    ]  # fmt: skip


def test_what_came_back_is_said_at_once_to_its_author(came_back):
    known, deed = facts(came_back), last_deed(came_back)

    assert (known.cycle, known.began_at) == (f"a{deed.pk}", deed.done_at)
    assert known.anchors == ((Anchor.RETURNED, on(6, 1)),)
    assert known.ladder.steps == RULES["R6"].steps
    assert told(known) == {"reporter": ["Alice"]}


def test_what_comes_back_on_a_free_day_is_said_on_it(came_back):
    """Saturday 6 June 2026, in the evening; three working days later is Wednesday."""
    set_to(last_deed(came_back), done_at=local(6, 6, 20, 0))

    assert said((6, 6, 19, 59), (6, 6, 20, 0), (6, 9), (6, 10)) == [
        ((6, 6), "R6", "+0", ["Alice"]), ((6, 10), "R6", "+3", ["Alice"]),
    ]  # fmt: skip
    assert rows(by_itself=True) == [("R6", "+0", "Alice", "sent")]


def test_handed_in_again_nothing_is_said_of_its_return(came_back, alice):
    plan(6, 4)
    updates.submit_update(update=came_back, author=alice, today=TODAY, now=local(6, 4, 9))

    assert said((6, 4, 10), (6, 8)) == [((6, 8), "R5", "+2", ["Dan"])]
    assert rows(rule="R6") == [("R6", "+0", "Alice", "superseded"), ("R6", "+3", "Alice", "done")]


def test_an_author_who_is_away_is_told_all_the_same(came_back, asked, alice):
    """Whoever covers them cannot go on with it."""
    ben = member("Ben", asked.body, "reporter")
    factories.AbsenceFactory(person=alice, cover=ben, **WEEK)

    assert told(facts(came_back)) == {"reporter": ["Alice"]}


def test_once_the_author_reports_no_more_those_in_charge_are_told(came_back, asked, alice):
    plan(6, 1, 9)
    ben = member("Ben", asked.body, "reporter")
    leave(alice, asked.body)
    assert told(facts(came_back)) == {}

    factories.AssignmentFactory(commitment=asked.commitment, person=ben)
    assert told(facts(came_back)) == {"reporter": ["Ben"]}
    assert said((6, 1, 10)) == [((6, 1), "R6", "+0", ["Ben"])]
    assert rows()[0] == ("R6", "+0", "Alice", "left")


def test_what_nobody_can_hand_in_again_is_settled(came_back, asked):
    asked.lead.role = "partner"
    set_to(asked.lead, role="partner")
    other = factories.ParticipationFactory(commitment=asked.commitment)
    assert facts(came_back).settled == Cancelled.REASSIGNED

    other.delete()
    set_to(asked.lead, role="lead")
    closed = {"stage": "complete", "stage_as_of_on": TODAY, "closed_on": TODAY}
    set_to(asked.commitment, **closed)
    assert facts(came_back).settled == Cancelled.CLOSED
    set_to(came_back, kind="context", stage="")
    assert facts(came_back).settled is None


def test_many_take_as_many_queries_as_one(handed_in, asked, more, alice, dan):
    one = queries("update")
    for _ in range(3):
        deeds.returned(alice, dan, Commitment.objects.get(pk=more().pk))
    elsewhere = member("Ida", factories.OrganisationFactory(), "reporter")
    factories.StatusUpdateFactory(
        commitment=more(),
        author=elsewhere,
        body=Membership.objects.get(user=elsewhere).organisation,
        is_submitted=True,
    )

    assert (queries("update"), one) == (8, 8)
