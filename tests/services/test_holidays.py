"""The house's own days: entered by the right people, kept with their history, removed."""

from datetime import date

import pytest

from commitments.errors import Forbidden, Invalid
from commitments.models import Holiday
from commitments.services.calendar import calendar_for
from commitments.services.holidays import check_holiday, enter_holiday, remove_holiday
from tests import factories
from tests.factories.clock import TODAY

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 7, 1)
SAID = {"on": WEDNESDAY, "is_free": True, "name_vi": "", "name_en": "Test day", "today": TODAY}


def days():
    return list(Holiday.objects.values_list("on", "is_free", "name_vi", "name_en"))


def test_enter_holiday_changes_the_calendar_and_remove_gives_it_back(erin):
    holiday = enter_holiday(**SAID, by=erin)

    assert days() == [(WEDNESDAY, True, "", "Test day")]
    assert not calendar_for(TODAY).is_working(WEDNESDAY)
    remove_holiday(holiday=holiday, by=erin)
    remove_holiday(holiday=holiday, by=erin)
    assert days() == []
    assert calendar_for(TODAY).is_working(WEDNESDAY)
    kept = Holiday.history.order_by("history_id").values_list("on", "history_type")
    assert list(kept) == [(WEDNESDAY, "+"), (WEDNESDAY, "-")]


def test_a_day_of_the_library_is_taken_back(carol):
    national_day = date(2026, 9, 1)

    enter_holiday(on=national_day, is_free=False, by=carol, today=TODAY)

    assert calendar_for(TODAY).is_working(national_day)


def test_enter_holiday_refuses_the_same_day_twice(erin):
    enter_holiday(**SAID, by=erin)

    with pytest.raises(Invalid) as refused:
        enter_holiday(**SAID, by=erin)
    assert (refused.value.code, refused.value.field) == ("day_entered", "on")
    with pytest.raises(Invalid):
        check_holiday(**SAID)


@pytest.mark.parametrize("who", ["alice", "dan", "bob"])
def test_holidays_are_kept_by_the_delivery_unit_only(who, erin, request):
    person = request.getfixturevalue(who)
    holiday = enter_holiday(**SAID, by=erin)

    with pytest.raises(Forbidden):
        enter_holiday(**SAID | {"on": date(2026, 7, 2)}, by=person)
    with pytest.raises(Forbidden):
        remove_holiday(holiday=holiday, by=person)
    assert len(days()) == 1


def test_people_of_the_demonstration_keep_no_holidays(world):
    unit = factories.OrganisationFactory(slug="test-demo", is_demo=True)
    factories.ProgrammeFactory(slug="test-demo", code="D", is_demo=True, delivery_unit=unit)
    person = factories.MembershipFactory(organisation=unit, role="officer").user

    with pytest.raises(Forbidden):
        enter_holiday(**SAID, by=person)
