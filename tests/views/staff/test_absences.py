"""Pages of absences: one's own, those of a body, entered and called off."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Absence
from tests import factories
from tests.factories.clock import NOW
from tests.views.staff.reading import errors, refusal, sections, told, words

pytestmark = pytest.mark.usefixtures("monday")

ADD = "/en/staff/absences/add/"
LIST = "/en/staff/organisations/test-lead/absences/"
DAYS = {"starts_on": "8/6/2026", "ends_on": "12/6/2026"}


@pytest.fixture
def ben(world):
    person = factories.UserFactory(full_name="Ben", email="ben@example.org")
    factories.MembershipFactory(user=person, organisation=world.body)
    return person


def off(absence):
    return f"/en/staff/absences/{absence.pk}/call-off/"


def entered():
    rows = Absence.objects.filter(cancelled_at=None).order_by("pk")
    return list(rows.values_list("person__full_name", "cover__full_name", "starts_on", "ends_on"))


def test_absence_create_enters_ones_own(alice, ben, as_):
    answer = as_(alice).post(ADD, DAYS | {"cover": ben.pk})

    assert (answer.url, told(answer)) == (
        LIST, [("success", "The absence is entered. Reminders follow it by themselves.")],
    )  # fmt: skip
    assert entered() == [("Alice", "Ben", date(2026, 6, 8), date(2026, 6, 12))]


@pytest.mark.parametrize("who", ["dan", "erin", "carol"])
def test_absence_create_for_somebody_else(who, alice, as_, request):
    by = request.getfixturevalue(who)

    page = as_(by).get(f"{ADD}?person={alice.pk}")
    as_(by).post(f"{ADD}?person={alice.pk}", DAYS)

    assert "When is Alice away?" in sections(page)
    assert entered() == [("Alice", None, date(2026, 6, 8), date(2026, 6, 12))]


@pytest.mark.parametrize("who", ["ben", "bob"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_absence_create_for_somebody_else_is_not_for_all(method, who, alice, as_, request):
    person = request.getfixturevalue(who)

    sent = DAYS if method == "post" else None
    answer = getattr(as_(person), method)(f"{ADD}?person={alice.pk}", sent)

    assert (answer.status_code, entered()) == (403, [])


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"starts_on": ""}, [("id_starts_on", "Please enter the first day.")]),
        ({"ends_on": ""}, [("id_ends_on", "Please enter the last day.")]),
        ({"ends_on": "7/6/2026"}, [("id_ends_on", "The last day is before the first one.")]),
        (
            {"starts_on": "1/5/2026", "ends_on": "2/5/2026"},
            [("id_ends_on", "These days are over. An absence is entered for today or later.")],
        ),
    ],
)
def test_absence_create_answers_at_the_field(sent, found, alice, as_):
    answer = as_(alice).post(ADD, DAYS | sent)

    assert (answer.status_code, errors(answer), entered()) == (422, found, [])
    assert answer.context["form"]["starts_on"].value() == (DAYS | sent)["starts_on"]


def test_absence_create_offers_only_who_can_cover(alice, ben, dan, as_):
    page = as_(alice).get(ADD)

    people = [str(label) for _value, label in page.context["form"].fields["cover"].choices]
    assert people == ["Nobody", "Ben"]
    answer = as_(alice).post(ADD, DAYS | {"cover": dan.pk})
    assert [field for field, _text in errors(answer)] == ["id_cover"]


def test_absence_create_of_who_covers_says_so(alice, ben, as_):
    factories.AbsenceFactory(
        person=alice, cover=ben, starts_on=date(2026, 6, 10), ends_on=date(2026, 6, 10)
    )

    page = as_(ben).get(ADD)
    answer = as_(ben).post(ADD, DAYS)

    assert "Ben is to cover others Alice, 10 June 2026 to 10 June 2026" in words(page.text)
    assert told(answer)[1:] == [
        ("warning",
         "In these days Ben was to cover Alice. Please name somebody else there."),
    ]  # fmt: skip


def test_absence_create_of_nobody(erin, as_):
    assert as_(erin).get(f"{ADD}?person=999").status_code == 404
    assert as_(erin).get(f"{ADD}?person=x").status_code == 200


def test_absence_list_shows_who_is_away(alice, ben, dan, erin, as_):
    now = factories.AbsenceFactory(person=alice, cover=ben)
    factories.AbsenceFactory(person=dan, starts_on="2026-07-01", ends_on="2026-07-31")
    factories.AbsenceFactory(person=ben, cancelled_at=NOW)

    page = as_(erin).get(LIST)

    assert sections(page)["Absences"].endswith(
        "Person From To Who covers Change "
        "Alice away now 1 June 2026 1 June 2026 Ben Call off Alice, 1 June 2026 "
        "Dan 1 July 2026 31 July 2026 nobody Call off Dan, 1 July 2026"
    )
    assert sections(page)["Enter an absence"] == "Alice Ben Dan"
    own = as_(alice).get(LIST)
    assert sections(own)["Enter an absence"] == "Alice"
    assert own.text.count("/call-off/") == 1
    assert off(now) in own.text


def test_absence_list_with_nobody_away(alice, as_):
    assert "Nobody is away" in as_(alice).get(LIST).text


def test_absence_list_is_for_members_and_the_unit(alice, bob, carol, as_):
    answers = {person: as_(person).get(LIST).status_code for person in (alice, bob, carol)}

    assert answers == {alice: 200, bob: 403, carol: 200}


def test_absence_list_takes_as_many_queries_for_30_rows(erin, world, as_):
    def fill(number):
        for _time in range(number):
            person = factories.MembershipFactory(organisation=world.body).user
            factories.AbsenceFactory(person=person, cover=factories.UserFactory())

    def queries():
        with CaptureQueriesContext(connection) as asked:
            as_(erin).get(LIST)
        return len(asked)

    fill(1)
    queries()
    one = queries()
    fill(29)
    assert queries() == one


@pytest.mark.parametrize("who", ["alice", "dan", "erin"])
def test_absence_call_off(who, alice, as_, request):
    absence = factories.AbsenceFactory(person=alice)
    by = request.getfixturevalue(who)

    page = as_(by).get(off(absence))
    answer = as_(by).post(off(absence))

    assert "From then on reminders go to Alice again." in page.text
    assert (told(answer), entered()) == ([("success", "The absence is called off.")], [])


def test_absence_call_off_twice_says_so(alice, as_):
    absence = factories.AbsenceFactory(person=alice, cancelled_at=NOW)

    answer = as_(alice).post(off(absence))

    assert (answer.status_code, refusal(answer)) == (
        409, "This was not done This absence was called off already.",
    )  # fmt: skip


@pytest.mark.parametrize("who", ["ben", "bob"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_absence_call_off_is_for_nobody_else(method, who, alice, as_, request):
    absence = factories.AbsenceFactory(person=alice)
    person = request.getfixturevalue(who)

    assert getattr(as_(person), method)(off(absence)).status_code == 403
    assert len(entered()) == 1
