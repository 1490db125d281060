"""Absences: who enters them, which days, who may cover; and called off."""

from datetime import date, timedelta

import pytest

from commitments.errors import Forbidden, Invalid, WrongState
from commitments.models import Absence
from commitments.reports.absences import absences_in, absences_of, covered_by, fit_to_cover
from commitments.services import absences
from tests import factories
from tests.factories.clock import NOW, TODAY

FIRST, LAST = date(2026, 6, 8), date(2026, 6, 12)


@pytest.fixture
def ben(world):
    person = factories.UserFactory(full_name="Ben", email="ben@example.org")
    factories.MembershipFactory(user=person, organisation=world.body)
    return person


def enter(person, by, *, cover=None, first=FIRST, last=LAST, now=NOW):
    return absences.enter_absence(
        person=person, starts_on=first, ends_on=last, cover=cover, by=by, now=now
    )


@pytest.mark.parametrize("who", ["alice", "dan", "erin", "carol"])
def test_enter_absence_is_for_oneself_and_those_above(who, alice, ben, request):
    by = request.getfixturevalue(who)

    made = enter(alice, by, cover=ben)

    assert (made.person, made.cover, made.starts_on, made.ends_on) == (alice, ben, FIRST, LAST)
    assert (made.entered_by, made.entered_at, made.cancelled_at) == (by, NOW, None)


@pytest.mark.parametrize("who", ["ben", "bob"])
def test_enter_absence_is_for_nobody_else(who, alice, request):
    person = request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        enter(alice, person)
    assert Absence.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "last", "code", "field"),
    [
        (LAST, FIRST, "ends_before_it_starts", "ends_on"),
        (date(2026, 5, 1), date(2026, 5, 31), "absence_is_over", "ends_on"),
        (date(2027, 6, 3), date(2027, 6, 4), "absence_too_far", "starts_on"),
        (FIRST, FIRST + timedelta(days=367), "absence_too_long", "ends_on"),
    ],
)
def test_enter_absence_refuses_days_that_are_none(first, last, code, field, alice):
    with pytest.raises(Invalid) as refused:
        enter(alice, alice, first=first, last=last)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(("first", "last"), [(TODAY, TODAY), (date(2026, 5, 1), TODAY)])
def test_enter_absence_takes_today_and_what_began_before(first, last, alice):
    assert enter(alice, alice, first=first, last=last).starts_on == first


@pytest.mark.parametrize(
    ("first", "last"),
    [(FIRST, FIRST), (LAST, LAST + timedelta(days=9)), (date(2026, 6, 1), date(2026, 6, 30))],
)
def test_enter_absence_refuses_one_that_overlaps(first, last, alice):
    enter(alice, alice)

    with pytest.raises(Invalid) as refused:
        enter(alice, alice, first=first, last=last)

    assert (refused.value.code, refused.value.field, str(refused.value)) == (
        "absence_overlaps", "starts_on",
        "There is an absence from 8/6/2026 to 12/6/2026 already. Call it off first.",
    )  # fmt: skip


def test_enter_absence_twice_is_once(alice, ben):
    first, again = enter(alice, alice, cover=ben), enter(alice, alice, cover=ben)

    assert (first, Absence.objects.count()) == (again, 1)


def test_enter_absence_beside_others(alice, ben):
    enter(alice, alice)
    absences.call_off_absence(absence=Absence.objects.get(), by=alice, now=NOW)

    enter(alice, alice)
    enter(ben, ben)
    enter(alice, alice, first=LAST + timedelta(days=1), last=LAST + timedelta(days=1))

    assert Absence.objects.filter(cancelled_at=None).count() == 3


@pytest.mark.parametrize("who", ["alice", "bob", "dan", "erin", "left", "closed"])
def test_enter_absence_refuses_a_cover_who_cannot(who, alice, ben, erin, request):
    if who == "left":
        ben.memberships.update(ended_on=TODAY)
    elif who == "closed":
        type(ben).objects.filter(pk=ben.pk).update(is_active=False)
    cover = ben if who in ("left", "closed") else request.getfixturevalue(who)

    with pytest.raises(Invalid) as refused:
        enter(alice, alice, cover=cover)
    assert (refused.value.code, refused.value.field) == ("cover_unfit", "cover")


def test_enter_absence_refuses_a_cover_who_is_away_themselves(alice, ben):
    enter(ben, ben, first=LAST, last=LAST + timedelta(days=3))

    with pytest.raises(Invalid) as refused:
        enter(alice, alice, cover=ben)

    assert (refused.value.code, refused.value.field, str(refused.value)) == (
        "cover_away", "cover",
        "They are away themselves from 12/6/2026 to 15/6/2026. Please choose somebody else.",
    )  # fmt: skip


@pytest.mark.parametrize("who", ["alice", "dan", "erin"])
def test_call_off_absence(who, alice, request):
    made = enter(alice, alice)

    called_off = absences.call_off_absence(absence=made, by=request.getfixturevalue(who), now=NOW)

    assert called_off.cancelled_at == NOW
    assert list(Absence.objects.on(FIRST)) == []


def test_call_off_absence_once_and_not_when_over(alice):
    made = enter(alice, alice)
    absences.call_off_absence(absence=made, by=alice, now=NOW)
    past = factories.AbsenceFactory(person=alice, starts_on="2026-05-01", ends_on="2026-05-02")

    codes = []
    for absence in (made, past):
        with pytest.raises(WrongState) as refused:
            absences.call_off_absence(absence=absence, by=alice, now=NOW)
        codes.append(refused.value.code)
    assert codes == ["already_called_off", "absence_is_over"]


@pytest.mark.parametrize("who", ["ben", "bob"])
def test_call_off_absence_is_for_nobody_else(who, alice, request):
    made = enter(alice, alice)

    with pytest.raises(Forbidden):
        absences.call_off_absence(absence=made, by=request.getfixturevalue(who), now=NOW)


def test_fit_to_cover_is_who_holds_the_same_role_in_the_same_body(alice, ben, dan, bob, erin):
    assert list(fit_to_cover(alice)) == [ben]
    assert list(fit_to_cover(dan)) == []


def test_reports_of_absences(alice, ben, bob, world):
    mine = enter(alice, alice, cover=ben)
    now = factories.AbsenceFactory(person=bob, cover=ben)
    factories.AbsenceFactory(person=ben, starts_on="2026-05-01", ends_on="2026-05-02")

    assert covered_by(ben, TODAY) == [now]
    assert covered_by(ben, FIRST) == [mine]
    assert covered_by(alice, FIRST) == []
    assert (absences_of(alice, TODAY), absences_of(ben, TODAY)) == ([mine], [])
    assert list(absences_in(world.body, TODAY)) == [mine]
