"""Reporting duties: opened by an officer, met by a submission, waived with a public reason."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from commitments.errors import Forbidden, Invalid, Refusal, WrongState
from commitments.models import (
    Commitment,
    Notice,
    Obligation,
    Programme,
    PublicEvent,
    ReportingPeriod,
)
from commitments.services import obligations
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def open_it(officer, world, commitments=None, *, starts_on=MAY, today=TODAY):
    return obligations.open_reporting(
        programme=world.programme,
        commitments=[world.commitment] if commitments is None else commitments,
        officer=officer,
        starts_on=starts_on,
        today=today,
        now=NOW,
    )


def owed(**where):
    return list(
        Obligation.objects.filter(**where).values_list("period__starts_on", "period__due_on")
    )


def events(*actions):
    rows = PublicEvent.objects.filter(action__in=actions)
    return list(rows.values_list("action", "object_kind", "object_key"))


def on(day):
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


# Opening


def test_open_reporting_begins_with_the_period_that_can_still_be_met(erin, world):
    other = factories.CommitmentFactory(programme=world.programme)

    open_it(erin, world, starts_on=date(2026, 3, 10))

    commitment = Commitment.objects.get(pk=world.commitment.pk)
    assert (commitment.reporting_opened_on, commitment.reporting_opened_by) == (TODAY, erin)
    assert Programme.objects.get().reporting_starts_on == date(2026, 3, 10)
    assert owed(commitment=commitment) == [
        (MAY, date(2026, 6, 15)),
        (JUNE, date(2026, 7, 15)),
    ]
    assert owed(commitment=other) == []
    assert events("reporting_opened") == [
        ("reporting_opened", "programme", "test"),
        ("reporting_opened", "commitment", "test-commitment"),
    ]


def test_open_reporting_later_keeps_the_programmes_start(erin, world):
    open_it(erin, world)
    second = led(world)

    open_it(erin, world, [second], starts_on=date(2026, 1, 1), today=date(2026, 6, 16))

    assert Programme.objects.get().reporting_starts_on == MAY
    assert owed(commitment=second) == [(JUNE, date(2026, 7, 15))]


def led(world, **columns):
    made = factories.CommitmentFactory(programme=world.programme, **columns)
    factories.ParticipationFactory(commitment=made, organisation=world.body)
    return made


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_open_reporting_is_for_officers_of_the_programme(who, world, request):
    person = request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        open_it(person, world)
    assert (Obligation.objects.count(), PublicEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("starts_on", "code"),
    [
        (date(2025, 12, 29), "starts_before_forum"),
        (TODAY + timedelta(days=367), "starts_too_far"),
    ],
)
def test_open_reporting_refuses_a_slip_of_the_year(starts_on, code, erin, world):
    with pytest.raises(Invalid) as refused:
        open_it(erin, world, starts_on=starts_on)
    assert (refused.value.code, refused.value.field) == (code, "starts_on")
    assert ReportingPeriod.objects.count() == 0


def test_open_reporting_names_every_commitment_that_cannot_be_asked(erin, world):
    closed = led(world, stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY)
    probable = led(world)
    probable.participations.update(confidence="probable")
    nobodys = factories.CommitmentFactory(programme=world.programme)

    with override("en"):
        with pytest.raises(Refusal) as refused:
            open_it(erin, world, [world.commitment, closed, probable, nobodys])
        said = [str(one.text) for one in refused.value.refusals]

    assert said == [
        f"{closed}: it is closed",
        f"{probable}: the responsible body is not confirmed",
        f"{nobodys}: no responsible body is named",
    ]
    assert Obligation.objects.count() == 0


def test_open_reporting_is_of_one_programme(erin, world):
    elsewhere = factories.CommitmentFactory()

    for commitments in ([], [world.commitment, elsewhere]):
        with pytest.raises(Invalid) as refused:
            open_it(erin, world, commitments)
        assert refused.value.code == "choose_commitments"


def test_why_unfit_is_blank_for_who_can_be_asked(world):
    draft = led(world, is_draft=True)

    with override("en"):
        assert obligations.why_unfit(world.commitment) == ""
        assert obligations.why_unfit(draft) == "it is not published"


def test_why_unfit_tells_of_what_is_open_already(erin, world):
    [opened] = open_it(erin, world)

    with override("en"):
        assert obligations.why_unfit(opened) == "reporting is open already"


def test_check_opening_says_what_would_be_owed_first_and_writes_nothing(world):
    first = obligations.check_opening(
        programme=world.programme,
        commitments=[world.commitment],
        starts_on=date(2026, 3, 1),
        today=TODAY,
    )

    assert (first.starts_on, first.opens_on, first.due_on) == (MAY, JUNE, date(2026, 6, 15))
    assert (ReportingPeriod.objects.count(), Obligation.objects.count()) == (0, 0)


def test_check_opening_agrees_with_what_is_then_owed(erin, world):
    what = {"programme": world.programme, "commitments": [world.commitment], "starts_on": JUNE}

    first = obligations.check_opening(**what, today=date(2026, 6, 20))
    open_it(erin, world, starts_on=JUNE, today=date(2026, 6, 20))

    assert owed()[0] == (first.starts_on, first.due_on)


# The calendar


def test_keep_periods_lays_each_out_once(erin, world):
    open_it(erin, world)
    periods = ReportingPeriod.objects.count()

    again = obligations.keep_periods(today=TODAY, now=NOW)
    in_july = obligations.keep_periods(today=date(2026, 7, 1), now=on(date(2026, 7, 1)))

    assert again == 0
    assert in_july == ReportingPeriod.objects.count() - periods + 1
    assert owed()[-1][0] == date(2026, 7, 1)


def test_keep_periods_asks_nothing_of_what_is_closed(erin, world):
    open_it(erin, world)
    Commitment.objects.update(stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY)

    obligations.keep_periods(today=date(2026, 7, 1), now=on(date(2026, 7, 1)))

    assert [start for start, _due in owed()] == [MAY, JUNE]


def test_keep_periods_writes_what_it_lays_out(erin, world):
    open_it(erin, world)

    laid_out = events("laid_out")
    assert ("laid_out", "reporting_period", "test/2026-05-01") in laid_out
    assert ("laid_out", "obligation", "test-commitment/2026-05-01") in laid_out
    assert len(laid_out) == ReportingPeriod.objects.count() + Obligation.objects.count()


# Meeting


def met():
    rows = Obligation.objects.filter(met_at__isnull=False)
    return list(rows.values_list("period__starts_on", "met_by"))


@pytest.mark.parametrize(
    ("as_of_on", "found"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 5, 31), True),
        (date(2026, 6, 1), True),
    ],
)
def test_submission_meets_the_open_period_from_its_first_day(as_of_on, found, alice, erin, world):
    open_it(erin, world)

    update = deeds.submitted(alice, world.commitment, as_of_on=as_of_on)

    assert met() == ([(MAY, update.pk)] if found else [])


@pytest.mark.parametrize(
    ("today", "period"),
    [
        (date(2026, 6, 30), MAY),  # long after the due day, before the period locks
        (date(2026, 7, 1), JUNE),  # locked: the next one is open
    ],
)
def test_submission_meets_the_period_that_is_open_then(today, period, alice, erin, world):
    open_it(erin, world)
    obligations.keep_periods(today=today, now=on(today))

    update = deeds.submitted(alice, world.commitment, as_of_on=JUNE, today=today, now=on(today))

    assert met() == [(period, update.pk)]


def test_submission_of_context_meets_nothing(alice, erin, world):
    open_it(erin, world)

    deeds.submitted(alice, world.commitment, kind="context", stage="")

    assert met() == []


def test_return_does_not_reopen_what_was_met(alice, dan, erin, world):
    open_it(erin, world)
    update = deeds.returned(alice, dan, world.commitment)

    assert met() == [(MAY, update.pk)]


def test_second_submission_of_a_period_meets_nothing_more(alice, erin, world):
    open_it(erin, world)
    first = deeds.submitted(alice, world.commitment)

    deeds.submitted(alice, world.commitment)

    assert met() == [(MAY, first.pk)]


def test_submission_writes_the_event_and_cancels_the_reminders(alice, erin, world):
    open_it(erin, world)
    obligation = Obligation.objects.get(period__starts_on=MAY)
    factories.NoticeFactory(subject_id=obligation.pk, commitment=world.commitment, recipient=alice)

    deeds.submitted(alice, world.commitment)

    [event] = PublicEvent.objects.filter(action="met")
    assert (event.object_key, event.actor_role, event.actor_organisation) == (
        "test-commitment/2026-05-01", "reporter", "test-lead",
    )  # fmt: skip
    assert list(Notice.objects.values_list("state", "cancelled_because")) == [("cancelled", "done")]


# Waiving


def waive(obligation, officer, **reason):
    return obligations.waive(obligation=obligation, officer=officer, today=TODAY, now=NOW, **reason)


def test_waive_excuses_with_a_public_reason(alice, erin, world):
    open_it(erin, world)
    obligation = Obligation.objects.get(period__starts_on=MAY)
    factories.NoticeFactory(subject_id=obligation.pk, commitment=world.commitment, recipient=alice)

    done = waive(obligation, erin, reason_vi=" Thử ", reason_en="")

    assert (done.waived_by, done.waiver_reason_vi, done.waiver_reason_en) == (erin, "Thử", "")
    event = PublicEvent.objects.get(action="waived")
    assert event.after["waiver_reason_vi"] == "Thử"
    assert list(Notice.objects.values_list("state", "cancelled_because")) == [
        ("cancelled", "waived")
    ]


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_waive_is_for_officers_of_the_programme(who, erin, world, request):
    open_it(erin, world)
    person = request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        waive(Obligation.objects.first(), person, reason_en="Test")
    assert Obligation.objects.filter(waived_at__isnull=False).count() == 0


def test_waive_needs_a_reason(erin, world):
    open_it(erin, world)

    with pytest.raises(Invalid) as refused:
        waive(Obligation.objects.first(), erin, reason_en="  ")
    assert refused.value.field == "reason_vi"


def test_waive_is_for_what_is_still_owed(alice, erin, world):
    open_it(erin, world)
    deeds.submitted(alice, world.commitment)

    with pytest.raises(WrongState) as refused:
        waive(Obligation.objects.get(period__starts_on=MAY), erin, reason_en="Test")
    assert refused.value.code == "not_owed"
