"""Reminding by hand: once a day for each in charge, by a mail of its own, re-checked at sending."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.errors import Forbidden, WrongState
from commitments.models import Assignment, Digest, Notice, Obligation
from commitments.services import notices, nudges
from tests import factories
from tests.services.notices.backends import Choosy
from tests.services.notices.conftest import local, rows
from tests.services.notices.test_claim import at_once

JUST_BEFORE = local(6, 9, 14, 0)


def nudge(owed, by, now=JUST_BEFORE):
    return nudges.nudge(obligation=owed.obligation, by=by, now=now)


def tick(now):
    notices.plan_notices(now=now)
    notices.make_digests(now=now)
    return [notices.deliver_digest(pk, now=now) for pk in notices.digests_to_send(now=now)]


def told():
    return [message.to[0].split("@")[0] for message in mail.outbox]


def colleague(owed, name="Ben"):
    person = factories.UserFactory(full_name=name, email=f"{name.lower()}@example.org")
    factories.MembershipFactory(user=person, organisation=owed.body)
    factories.AssignmentFactory(commitment=owed.commitment, person=person)
    return person


def test_nudge_writes_one_notice_for_each_in_charge(owed, alice, erin):
    ben = colleague(owed)

    made = nudge(owed, erin)

    assert [notice.recipient for notice in made] == [alice, ben]
    assert list(
        Notice.objects.order_by("pk").values_list(
            "rule", "subject_kind", "subject_id", "cycle", "step", "recipient", "commitment",
            "state", "due_at", "planned_at", "digest", "asked_by",
        )
    ) == [
        ("N1", "obligation", owed.obligation.pk, "2026-06-15", "20260609", person.pk,
         owed.commitment.pk, "planned", JUST_BEFORE, JUST_BEFORE, None, erin.pk)
        for person in (alice, ben)
    ]  # fmt: skip
    assert mail.outbox == []


@pytest.mark.parametrize("who", ["dan", "erin"])
def test_nudge_is_for_who_may_assign(who, owed, request):
    assert len(nudge(owed, request.getfixturevalue(who))) == 1


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
def test_nudge_is_for_nobody_else(who, owed, request):
    person = request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        nudge(owed, person)
    assert rows() == []


def test_nudge_a_second_time_on_the_same_day_says_when_it_was(owed, dan, erin):
    nudge(owed, erin)

    with pytest.raises(nudges.AlreadyReminded) as refused:
        nudge(owed, dan, JUST_BEFORE + timedelta(hours=9, minutes=59))

    assert (refused.value.code, refused.value.status, str(refused.value)) == (
        "already_reminded", 409, "They were already reminded today at 14:00.",
    )  # fmt: skip
    assert len(rows()) == 1


def test_nudge_on_the_next_day_is_another(owed, erin):
    nudge(owed, erin)
    nudge(owed, erin, JUST_BEFORE + timedelta(hours=10))

    assert [step for _rule, step, *_rest in rows()] == ["20260609", "20260610"]


def test_nudge_tells_who_was_given_the_charge_since(owed, erin):
    nudge(owed, erin)
    ben = colleague(owed)

    assert [notice.recipient for notice in nudge(owed, erin)] == [ben]


def test_nudge_tells_again_whom_no_mail_reached_as_it_was_called_off(owed, alice, dan, erin):
    nudge(owed, erin)
    Assignment.objects.update(ended_at=JUST_BEFORE)
    tick(JUST_BEFORE)
    factories.AssignmentFactory(commitment=owed.commitment, person=alice)

    later = JUST_BEFORE + timedelta(minutes=5)
    again = nudge(owed, dan, later)
    mail.outbox.clear()
    tick(later)

    assert [(one.recipient, one.asked_by, one.planned_at) for one in again] == [(alice, dan, later)]
    assert told().count("alice") >= 1
    assert rows(rule="N1") == [("N1", "20260609", "Alice", "sent")]


@pytest.mark.parametrize("settled", ["met", "waived", "closed", "not open yet"])
def test_nudge_needs_that_something_is_owed(settled, owed, met, erin):
    now = JUST_BEFORE
    if settled == "met":
        met(owed.obligation, now)
    elif settled == "waived":
        Obligation.objects.update(waived_by=erin, waived_at=now, waiver_reason_en="Test reason")
    elif settled == "closed":
        type(owed.commitment).objects.update(
            stage="withdrawn", stage_as_of_on=date(2026, 6, 9), closed_on=date(2026, 6, 9)
        )
    else:
        now = local(5, 31)

    with pytest.raises(WrongState) as refused:
        nudge(owed, erin, now)

    assert (refused.value.code, str(refused.value)) == (
        "not_owed", "No update is owed here at the moment, so nobody was reminded.",
    )  # fmt: skip
    assert rows() == []


def test_nudge_needs_somebody_in_charge(owed, erin):
    Assignment.objects.update(ended_at=JUST_BEFORE)

    with pytest.raises(WrongState) as refused:
        nudge(owed, erin)

    assert (refused.value.code, str(refused.value)) == (
        "nobody_charged",
        "Nobody is in charge of this commitment, so nobody was reminded. Assign somebody first.",
    )


# The mail


def test_a_nudge_goes_out_though_the_mail_of_the_day_went_already(owed, alice, erin):
    tick(local(6, 8))
    nudge(owed, erin, local(6, 8, 9, 12))

    assert tick(local(6, 8, 9, 13)) == [True]

    assert told() == ["alice", "alice"]
    notice = Notice.objects.get(rule="N1")
    assert (notice.state, notice.digest.kind, notice.digest.day_on) == (
        "sent", "single", date(2026, 6, 8),
    )  # fmt: skip
    assert notice.digest.message_id == f"<single-{notice.pk}-20260608021200@cam-ket.example.org>"
    assert mail.outbox[1].extra_headers["Message-ID"] == notice.digest.message_id
    assert mail.outbox[1].subject == "Reminder: 1 update due by 15 June 2026 · Cam Kết"
    assert "Erin asked that you be reminded of this." in mail.outbox[1].body
    assert "This mail goes out at most once" not in mail.outbox[1].body


def test_a_nudge_goes_out_before_the_minute_of_the_day_and_on_a_free_day(owed, erin):
    sunday = local(6, 7, 7, 0)
    nudge(owed, erin, sunday)

    assert tick(sunday) == [True]
    assert rows(state="sent") == [("N1", "20260607", "Alice", "sent")]


def test_nudges_of_two_commitments_come_in_one_mail(owed, alice, erin):
    second = factories.ObligationFactory(
        commitment__programme=owed.programme, commitment__title_en="Test second",
        period=owed.obligation.period,
    )  # fmt: skip
    factories.ParticipationFactory(commitment=second.commitment, organisation=owed.body)
    factories.AssignmentFactory(commitment=second.commitment, person=alice)
    nudge(owed, erin)
    nudges.nudge(obligation=second, by=erin, now=JUST_BEFORE)

    notices.make_digests(now=JUST_BEFORE)

    assert Digest.objects.filter(kind="single").count() == 1
    assert Digest.objects.get(kind="single").notices.count() == 2


def test_a_nudge_leaves_the_ladder_as_it_is(owed, erin):
    tick(local(6, 8))
    before = rows()
    nudge(owed, erin, local(6, 8, 10))
    for day in (8, 9, 11, 15, 16):
        tick(local(6, day, 11))

    assert before == [("R1", "+0", "Alice", "superseded"), ("R2", "-5", "Alice", "sent")]
    assert rows() == [
        *before,
        ("N1", "20260608", "Alice", "sent"),
        ("R2", "-2", "Alice", "sent"),
        ("R2", "+0", "Alice", "sent"),
        ("R3", "+1", "Alice", "sent"),
    ]


def test_a_pending_nudge_is_not_overtaken(owed, erin):
    nudge(owed, erin)

    notices.plan_notices(now=local(6, 18))

    assert rows(rule="N1") == [("N1", "20260609", "Alice", "planned")]
    assert "N1" in [one.rule for one in notices.preview(now=local(6, 18))]


@pytest.mark.parametrize("reason", ["done", "waived", "reassigned", "left", "closed", "moved"])
def test_a_nudge_is_called_off_at_sending(reason, owed, met, alice, erin):
    nudge(owed, erin)
    notices.make_digests(now=JUST_BEFORE)
    colleague(owed)
    if reason == "done":
        met(owed.obligation, JUST_BEFORE)
    elif reason == "waived":
        Obligation.objects.update(
            waived_by=erin, waived_at=JUST_BEFORE, waiver_reason_en="Test reason"
        )
    elif reason == "reassigned":
        Assignment.objects.filter(person=alice).update(ended_at=JUST_BEFORE)
    elif reason == "left":
        alice.memberships.update(ended_on=date(2026, 6, 9))
    elif reason == "closed":
        type(owed.commitment).objects.update(
            stage="withdrawn", stage_as_of_on=date(2026, 6, 9), closed_on=date(2026, 6, 9)
        )
    else:
        type(owed.obligation.period).objects.update(due_on=date(2026, 6, 16))

    single = Digest.objects.get(kind="single")
    assert notices.deliver_digest(single.pk, now=JUST_BEFORE) is False

    single.refresh_from_db()
    notice = Notice.objects.get(rule="N1")
    assert (single.state, notice.state, notice.cancelled_because) == (
        "cancelled", "cancelled", reason,
    )  # fmt: skip
    assert mail.outbox == []


def test_a_nudge_that_no_server_takes_is_tried_beyond_its_day_and_then_carried(
    owed, erin, settings
):
    settings.EMAIL_BACKEND = "tests.services.notices.backends.Choosy"
    Choosy.refused.add("alice@example.org")
    nudge(owed, erin, local(6, 9, 20, 0))
    moment = local(6, 9, 20, 0)
    while moment < local(6, 10, 13, 0):
        notices.make_digests(now=moment)
        for pk in notices.digests_to_send(now=moment):
            notices.deliver_digest(pk, now=moment)
        moment += timedelta(minutes=1)
    single = Digest.objects.get(kind="single")
    assert (single.state, single.tries, single.day_on) == ("dead", 8, date(2026, 6, 9))
    Choosy.refused.clear()

    tick(local(6, 11))

    notice = Notice.objects.get(rule="N1")
    assert (notice.state, notice.digest.kind, told()) == ("sent", "daily", ["alice"])


def test_a_sender_of_a_nudge_that_dies_every_time_ends(owed, erin):
    nudge(owed, erin)
    notices.make_digests(now=JUST_BEFORE)
    Digest.objects.update(state="sending", leased_until=JUST_BEFORE, tries=8)

    tick(local(6, 10))

    assert Digest.objects.get(kind="single").state == "dead"
    assert rows(rule="N1") == [("N1", "20260609", "Alice", "sent")]


RUNS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=60 * 30),  # minutes since the last run
        st.sampled_from(["nudge", "plan", "digest", "tick", "tick twice"]),
    ),
    min_size=1,
    max_size=8,
)


def act(what, owed, erin, now, accepted):
    if what == "nudge":
        with suppress(WrongState):
            accepted += nudge(owed, erin, now)
    if what == "plan":
        notices.plan_notices(now=now)
    if what == "digest":
        notices.make_digests(now=now)
    if what.startswith("tick"):
        tick(now)
    if what == "tick twice":
        tick(now)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RUNS)
def test_however_ticks_come_each_nudge_is_sent_once(owed, erin, runs):
    with transaction.atomic():
        mail.outbox.clear()
        now, accepted = local(6, 1, 0), []
        for gap, what in runs:
            now += timedelta(minutes=gap)
            act(what, owed, erin, now, accepted)
        for _again in range(3):
            tick(now)

        sent = Notice.objects.filter(rule="N1", state="sent")
        assert {one.pk for one in accepted} == set(sent.values_list("pk", flat=True))
        singles = [one for one in mail.outbox if one.subject.startswith("Reminder:")]
        assert len(singles) == Digest.objects.filter(kind="single", state="sent").count()
        assert len({one.extra_headers["Message-ID"] for one in singles}) == len(singles)
        days = sent.values_list("step", "recipient")
        assert len(days) == len(set(days))
        transaction.set_rollback(True)


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_three_clicks_at_once_and_three_ticks_at_once_make_one_mail(owed, erin, attempt):
    def click():
        try:
            return len(nudge(owed, erin))
        except nudges.AlreadyReminded:
            return 0

    assert sorted(at_once(click, 3)) == [0, 0, 1]
    at_once(lambda: notices.make_digests(now=JUST_BEFORE), 3)
    (single,) = notices.digests_to_send(now=JUST_BEFORE)
    sent = at_once(lambda: notices.deliver_digest(single, now=JUST_BEFORE), 3)

    assert (sorted(sent), told()) == ([False, False, True], ["alice"])
