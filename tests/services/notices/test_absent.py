"""Reminders while somebody is away: to the cover, to deputies, to the house; never to nobody."""

from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Absence, Assignment, Notice, Obligation
from commitments.reports.reminders import coming_in
from commitments.reports.subjects.obligations import facts_of
from commitments.services import notices, nudges
from commitments.services.notices import working_days
from tests import factories
from tests.services.notices.conftest import local, rows

WEEK = {"starts_on": date(2026, 6, 8), "ends_on": date(2026, 6, 12)}


def tick(*day):
    now = local(*day)
    notices.plan_notices(now=now)
    notices.make_digests(now=now)
    return [notices.deliver_digest(pk, now=now) for pk in notices.digests_to_send(now=now)]


@pytest.fixture
def ben(owed):
    person = factories.UserFactory(full_name="Ben", email="ben@example.org")
    factories.MembershipFactory(user=person, organisation=owed.body)
    return person


def planned():
    return [name for _rule, _step, name, _state in rows(state="planned")]


def test_the_cover_is_told_while_somebody_is_away_and_nobody_else(owed, alice, ben):
    factories.AbsenceFactory(person=alice, cover=ben, **WEEK)

    for day in (1, 8, 11, 15):
        tick(6, day)

    assert [(step, name) for _rule, step, name, state in rows() if state == "sent"] == [
        ("+0", "Alice"), ("-5", "Ben"), ("-2", "Ben"), ("+0", "Alice"),
    ]  # fmt: skip


def test_what_was_pending_goes_to_the_cover_instead(owed, alice, ben):
    notices.plan_notices(now=local(6, 8))
    assert planned() == ["Alice"]
    factories.AbsenceFactory(person=alice, cover=ben, **WEEK)

    tick(6, 8)

    assert [message.to for message in mail.outbox] == [["ben@example.org"]]
    assert Notice.objects.get(recipient=alice, step="-5").cancelled_because == "reassigned"


def test_an_absence_that_was_called_off_changes_nothing(owed, alice, ben):
    factories.AbsenceFactory(person=alice, cover=ben, cancelled_at=local(6, 5), **WEEK)

    notices.plan_notices(now=local(6, 8))

    assert planned() == ["Alice"]


def test_without_cover_deputies_are_told(owed, alice, ben):
    factories.AssignmentFactory(commitment=owed.commitment, person=ben, is_deputy=True)
    notices.plan_notices(now=local(6, 1))
    assert planned() == ["Alice"]
    factories.AbsenceFactory(person=alice, **WEEK)

    notices.plan_notices(now=local(6, 8))

    assert planned() == ["Ben"]


def test_without_deputies_every_reporter_of_the_body_is_told(owed, alice, ben):
    factories.AbsenceFactory(person=alice, **WEEK)

    notices.plan_notices(now=local(6, 8))

    assert planned() == ["Ben"]


def test_without_reporters_the_approvers_are_told_and_where_it_leads(owed, alice, dan):
    factories.AbsenceFactory(person=alice, **WEEK)

    tick(6, 8)

    (message,) = mail.outbox
    assert message.to == ["dan@example.org"]
    assert "/staff/commitments/test-commitment/\n" in message.body
    assert "/updates/add/" not in message.body
    assert "Nobody who reports on these is there at the moment" in message.body


def test_with_everybody_away_the_one_in_charge_is_told(owed, alice, dan):
    for person in (alice, dan):
        factories.AbsenceFactory(person=person, **WEEK)

    notices.plan_notices(now=local(6, 8))

    assert planned() == ["Alice"]


def test_the_approver_who_is_expected_is_told_and_else_another(owed, dan):
    eva = factories.MembershipFactory(
        organisation=owed.body, role="approver", user__full_name="Eva"
    ).user
    factories.AssignmentFactory(commitment=owed.commitment, person=eva, charge="approve")
    notices.plan_notices(now=local(6, 18))
    assert planned() == ["Alice", "Eva"]
    factories.AbsenceFactory(person=eva, starts_on=date(2026, 6, 18), ends_on=date(2026, 6, 30))

    notices.plan_notices(now=local(6, 18))

    assert planned() == ["Alice", "Dan"]


def test_officers_cover_each_other(owed, erin):
    fay = factories.MembershipFactory(
        organisation=owed.unit, role="officer", user__full_name="Fay"
    ).user
    factories.AbsenceFactory(
        person=erin, cover=fay, starts_on=date(2026, 6, 20), ends_on=date(2026, 6, 30)
    )

    notices.plan_notices(now=local(6, 22))

    assert planned() == ["Alice", "Dan", "Fay"]


def test_a_nudge_reaches_the_cover(owed, alice, ben, erin):
    factories.AbsenceFactory(person=alice, cover=ben, **WEEK)

    made = nudges.nudge(obligation=owed.obligation, by=erin, now=local(6, 9))

    assert [notice.recipient for notice in made] == [ben]


def test_coming_in_knows_who_is_there_on_each_day(owed, alice, ben):
    factories.AbsenceFactory(person=alice, cover=ben, **WEEK)
    now = local(6, 1, 9)

    days = coming_in([owed.programme], now, working_days(now))

    assert [(day.on.day, [str(one.person) for one in day.mails]) for day in days] == [
        (8, ["Ben"]), (11, ["Ben"]), (15, ["Alice"]),
    ]  # fmt: skip


def test_facts_take_as_many_queries_for_one_absence_as_for_many(owed, alice, ben):
    def queries():
        obligations = list(Obligation.objects.select_related("commitment__programme", "period"))
        with CaptureQueriesContext(connection) as asked:
            facts_of(obligations, date(2026, 6, 8))
        return len(asked)

    factories.AbsenceFactory(person=alice, cover=ben, **WEEK)
    one = queries()
    for number in range(10):
        commitment = factories.CommitmentFactory(programme=owed.programme, slug=f"test-{number}")
        factories.ParticipationFactory(commitment=commitment, organisation=owed.body)
        factories.AssignmentFactory(commitment=commitment, person=ben)
        factories.ObligationFactory(commitment=commitment, period=owed.obligation.period)
        person = factories.MembershipFactory(organisation=owed.body).user
        factories.AbsenceFactory(person=person, cover=ben, **WEEK)

    assert (queries(), one) == (7, 7)
    assert (Absence.objects.count(), Assignment.objects.count()) == (11, 11)
