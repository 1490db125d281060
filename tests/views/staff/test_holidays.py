"""Pages of the free days: a year of them, a day entered, taken back and removed."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Holiday
from tests import factories
from tests.views.staff.reading import errors, sections, told, words

pytestmark = pytest.mark.usefixtures("monday", "world")

LIST = "/en/staff/reminders/holidays/"
ADD = f"{LIST}add/"
DAY = {"on": "1/7/2026", "is_free": "free", "name_vi": "", "name_en": "Test day"}


def lines(page):
    """Day, name with where it comes from, what it is and what may be done, of every line."""
    body = page.text.split("<tbody>")[1].split("</tbody>")[0]
    return [
        tuple(words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL))
        for row in re.findall(r"<tr .*?</tr>", body, re.DOTALL)
    ]


def entered():
    return list(Holiday.objects.values_list("on", "is_free", "name_en"))


def test_holiday_list_shows_the_year_and_where_each_day_comes_from(erin, as_):
    factories.HolidayFactory(on=date(2026, 7, 1), name_en="Test day", name_vi="")
    factories.HolidayFactory(on=date(2026, 9, 1), is_free=False, name_en="", name_vi="")

    page = as_(erin).get(LIST)

    found = {line[0]: line[1:] for line in lines(page)}
    assert len(found) == 18
    assert found["2 January 2026 Friday"] == (
        "Working day exchanged announced by the Government", "Day off Work on it : 2 January 2026",
    )  # fmt: skip
    assert found["26 April 2026 Sunday"] == (
        "Hung Kings' Commemoration Day calendar of Viet Nam", "Day off",
    )  # fmt: skip
    assert found["1 July 2026 Wednesday"] == (
        "Test day entered here", "Day off Remove : 1 July 2026",
    )  # fmt: skip
    assert found["22 August 2026 Saturday"] == (
        "Working day in exchange for a day off calendar of Viet Nam", "Working day in exchange Make it free : 22 August 2026",
    )  # fmt: skip
    assert found["1 September 2026 Tuesday"] == (
        "National Day entered here (otherwise a day off)", "Working day Remove : 1 September 2026",
    )  # fmt: skip


def test_holiday_list_of_a_year_to_come_says_what_is_not_known(erin, as_):
    page = as_(erin).get(LIST, {"year": "2027"})

    assert lines(page)[1] == (
        "4 February 2027 Thursday", "29 of Lunar New Year calendar of Viet Nam", "Day off Work on it : 4 February 2027",
    )  # fmt: skip
    assert "Not all is known of this year yet" in page.text
    assert "Not all is known" not in as_(erin).get(LIST, {"year": "2026"}).text


@pytest.mark.parametrize("asked", ["1999", "x", "", "2026 "])
def test_holiday_list_of_no_year_that_is_kept_shows_this_one(asked, erin, as_):
    assert as_(erin).get(LIST, {"year": asked}).context["year"] == 2026


def test_holiday_list_takes_as_many_queries_for_many_days(erin, as_):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            as_(erin).get(LIST)
        return len(asked)

    queries()
    none = queries()
    for day in (1, 2, 3, 6, 7, 8):
        factories.HolidayFactory(on=date(2026, 7, day))
    assert queries() == none


def test_holiday_list_is_for_officers_and_administrators(alice, dan, erin, bob, carol, as_):
    people = (alice, dan, erin, bob, carol)

    found = {one.full_name: as_(one).get(LIST).status_code for one in people}
    assert found == {"Alice": 403, "Dan": 403, "Erin": 200, "Bob": 403, "Carol": 200}
    assert "reminders/rules/" in as_(carol).get(LIST).text
    assert 'href="/en/staff/reminders/"' not in as_(carol).get(LIST).text


def test_holiday_list_for_the_demonstration_is_for_reading_only(as_):
    unit = factories.OrganisationFactory(slug="test-demo", is_demo=True)
    factories.ProgrammeFactory(slug="test-demo", code="D", is_demo=True, delivery_unit=unit)
    person = factories.MembershipFactory(organisation=unit, role="officer").user

    page = as_(person).get(LIST)

    assert "You can read these days." in page.text
    assert "/add/" not in page.text
    assert as_(person).post(ADD, DAY | {"deed": "enter"}).status_code == 403


def test_holiday_create_says_what_follows_before_it_is_done(erin, as_):
    page = as_(erin).post(ADD, DAY | {"deed": "check"})

    assert (page.status_code, entered()) == (200, [])
    assert "Make 1 July 2026 a day off?" in sections(page)
    assert "Wednesday · Test day" in words(page.text)
    assert "No mail of the day goes out on it" in page.text
    back = as_(erin).post(ADD, DAY | {"deed": "back"})
    assert [back.context["form"][name].value() for name in DAY] == list(DAY.values())
    answer = as_(erin).post(ADD, DAY | {"deed": "enter"})
    assert (answer.url, told(answer)) == (
        f"{LIST}?year=2026",
        [("success", "The day is entered. Reminders follow it from the next run on.")],
    )
    assert entered() == [(date(2026, 7, 1), True, "Test day")]


def test_holiday_create_takes_a_day_of_the_calendar_back(carol, as_):
    link = re.search(r'href="([^"]*on=1/9/2026[^"]*)"', as_(carol).get(LIST).text).group(1)
    form = as_(carol).get(link.replace("&amp;", "&")).context["form"]
    said = {name: form[name].value() or "" for name in DAY}
    assert said == {"on": "1/9/2026", "is_free": "worked", "name_vi": "", "name_en": ""}

    page = as_(carol).post(ADD, said | {"deed": "check"})
    as_(carol).post(ADD, said | {"deed": "enter"})

    assert "Make 1 September 2026 a working day?" in sections(page)
    assert entered() == [(date(2026, 9, 1), False, "")]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"on": ""}, [("id_on", "Please enter the day.")]),
        ({"is_free": ""},
         [("id_is_free_0", "Please choose whether it is a day off or a working day.")]),
        ({"on": "4/7/2026"}, [("id_on", "This day is free already.")]),
        ({"is_free": "worked"}, [("id_on", "This day is a working day already.")]),
        ({"on": "1/7/2036"}, [("id_on", "Please enter a day of the years 2025 to 2028.")]),
        ({"name_en": ""}, [("id_name_en", "Please name the day in at least one language.")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("deed", ["check", "enter"])
def test_holiday_create_answers_at_the_field_and_loses_nothing(deed, said, found, erin, as_):
    answer = as_(erin).post(ADD, DAY | said | {"deed": deed})

    assert (answer.status_code, errors(answer), entered()) == (422, found, [])
    assert [answer.context["form"][name].value() for name in DAY] == list((DAY | said).values())


def test_holiday_remove_says_what_the_day_becomes(erin, as_):
    holiday = factories.HolidayFactory(on=date(2026, 7, 1), name_en="Test day")
    path = f"{LIST}{holiday.pk}/remove/"

    page = as_(erin).get(path)
    answer = as_(erin).post(path)

    assert "Without the entry it is a working day again." in page.text
    assert (answer.url, told(answer), entered()) == (
        f"{LIST}?year=2026",
        [("success", "The entry is removed. Reminders follow it from the next run on.")],
        [],
    )
    assert as_(erin).post(path).status_code == 404


@pytest.mark.parametrize("who", ["alice", "dan", "bob"])
def test_holidays_are_kept_by_nobody_else(who, as_, request):
    holiday = factories.HolidayFactory(on=date(2026, 7, 1))
    browser = as_(request.getfixturevalue(who))

    paths = (ADD, f"{LIST}{holiday.pk}/remove/")
    assert [browser.get(path).status_code for path in paths] == [403, 403]
    assert [browser.post(path, DAY).status_code for path in paths] == [403, 403]
    assert len(entered()) == 1
