"""One commitment as staff see it, and who is given the charge of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Assignment, Commitment
from commitments.services import obligations
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import errors, refusal, rows, sections, told, words

pytestmark = pytest.mark.usefixtures("monday")

PAGE = "/en/staff/commitments/test-commitment/"
ASSIGN = f"{PAGE}assignments/add/"
FORBIDDEN = "This is not yours to do You may see this, but it is not yours to change."


def charges(response):
    return sections(response).get("Who reports on it")


@pytest.fixture
def asked(erin, world):
    """Reports are asked for from May 2026 on."""
    obligations.open_reporting(
        programme=world.programme, commitments=[world.commitment], officer=erin,
        starts_on=date(2026, 5, 1), today=TODAY, now=NOW,
    )  # fmt: skip
    return world


def test_commitment_detail_for_a_reporter(alice, dan, asked, as_):
    deeds.returned(alice, dan, asked.commitment)
    factories.AssignmentFactory(commitment=asked.commitment, person=alice, assigned_at=NOW)

    page = as_(alice).get(PAGE)

    found = sections(page)
    assert rows(page, "updates") == [
        "Progress · Alice As of 1 June 2026 Test: work is under way. Returned In progress"
    ]
    assert found["What is owed"] == (
        "Period Due What became of it May 2026 15 June 2026 Submitted on 1 June 2026"
    )
    assert charges(page) == "Alice since 1 June 2026"
    assert f'href="{PAGE}updates/add/"' in page.text


def test_commitment_detail_for_an_approver_offers_the_charge(alice, dan, world, as_):
    page = as_(dan).get(PAGE)

    assert charges(page) == (
        "Nobody is in charge, so nobody is reminded. "
        "Reporter Reminders go to those who are in charge. Assign"
    )
    assert f'href="{PAGE}updates/add/"' not in page.text


def test_commitment_detail_for_somebody_elsewhere_is_what_is_public(alice, bob, asked, as_):
    deeds.draft(alice, asked.commitment)
    factories.AssignmentFactory(commitment=asked.commitment, person=alice)

    page = as_(bob).get(PAGE)

    assert rows(page, "updates") == []
    assert (charges(page), "Alice" in page.text) == (None, False)
    assert "<form" not in page.text.split('<main id="content"')[1].split("</main>")[0]


def test_commitment_detail_says_what_became_of_every_period(alice, erin, asked, as_):
    late = date(2026, 7, 20)
    obligations.keep_periods(today=late, now=NOW)
    first = asked.commitment.obligations.get(period__starts_on=date(2026, 5, 1))
    obligations.waive(
        obligation=first, officer=erin, reason_en="Test: flooded", today=TODAY, now=NOW
    )

    page = as_(erin).get(PAGE)

    assert sections(page)["What is owed"] == (
        "Period Due What became of it May 2026 15 June 2026 Update waived Test: flooded"
    )


def test_commitment_detail_offers_an_officer_to_waive(erin, asked, as_):
    obligation = asked.commitment.obligations.get(period__starts_on=date(2026, 5, 1))

    page = as_(erin).get(PAGE)

    assert sections(page)["What is owed"].endswith("Due in 14 days Waive May 2026")
    assert f'href="/en/staff/obligations/{obligation.pk}/waive/"' in page.text


def test_commitment_detail_of_what_is_not_published(alice, erin, bob, world, as_):
    Commitment.objects.update(published_at=None, reference=None)

    answers = {user: as_(user).get(PAGE).status_code for user in (alice, erin, bob)}

    assert answers == {alice: 200, erin: 200, bob: 404}


def test_commitment_detail_takes_as_many_queries_for_50_rows(alice, dan, erin, world, as_):
    def fill(number):
        for _time in range(number):
            period = factories.ReportingPeriodFactory(
                programme=world.programme, starts_on=date(2020, 1, 1 + world.programme.periods.count())
            )  # fmt: skip
            factories.ObligationFactory(commitment=world.commitment, period=period)
            person = factories.MembershipFactory(organisation=world.body).user
            factories.AssignmentFactory(commitment=world.commitment, person=person)
            factories.StatusUpdateFactory(
                commitment=world.commitment, body=world.body, author=alice, approver=dan,
                publisher=erin, is_published=True,
            )  # fmt: skip

    as_(erin)
    fill(1)
    with CaptureQueriesContext(connection) as one:
        as_(erin).get(PAGE)
    fill(29)
    with CaptureQueriesContext(connection) as thirty:
        page = as_(erin).get(PAGE)

    assert len(rows(page, "updates")) == 30
    assert len(thirty) == len(one)


# Giving the charge


@pytest.mark.parametrize("who", ["dan", "erin"])
def test_assignment_create_gives_the_charge(who, alice, world, as_, request):
    answer = as_(request.getfixturevalue(who)).post(ASSIGN, {"person": alice.pk})

    assert (answer.url, told(answer)) == (
        PAGE, [("success", "Alice reports on this commitment from now on.")],
    )  # fmt: skip
    assert list(Assignment.objects.values_list("person", "commitment")) == [
        (alice.pk, world.commitment.pk)
    ]


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
def test_assignment_create_by_others_is_refused_in_words(who, alice, world, as_, request):
    answer = as_(request.getfixturevalue(who)).post(ASSIGN, {"person": alice.pk})

    assert (answer.status_code, refusal(answer), Assignment.objects.count()) == (403, FORBIDDEN, 0)


def test_assignment_create_takes_reporters_of_the_lead(alice, bob, dan, world, as_):
    for person in ("", bob.pk, dan.pk, "x", 999):
        answer = as_(dan).post(ASSIGN, {"person": person})

        assert (answer.status_code, [field for field, _text in errors(answer)]) == (
            422, ["id_person"],
        )  # fmt: skip
    assert Assignment.objects.count() == 0


def test_assignment_end_takes_the_charge_back(alice, dan, world, as_):
    charge = factories.AssignmentFactory(commitment=world.commitment, person=alice, assigned_at=NOW)

    answer = as_(dan).post(f"/en/staff/assignments/{charge.pk}/end/")

    charge.refresh_from_db()
    assert (charge.ended_at, answer.url, told(answer)) == (
        NOW, PAGE, [("success", "Alice no longer reports on this commitment.")],
    )  # fmt: skip


def test_assignment_end_twice_says_so(alice, dan, world, as_):
    charge = factories.AssignmentFactory(
        commitment=world.commitment, person=alice, assigned_at=NOW, ended_at=NOW
    )

    answer = as_(dan).post(f"/en/staff/assignments/{charge.pk}/end/")

    assert (answer.status_code, refusal(answer)) == (
        409, "This was not done This assignment has ended already.",
    )  # fmt: skip


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("bob", 403), ("carol", 403)])
def test_assignment_end_by_others(who, status, alice, world, as_, request):
    charge = factories.AssignmentFactory(commitment=world.commitment, person=alice)

    answer = as_(request.getfixturevalue(who)).post(f"/en/staff/assignments/{charge.pk}/end/")

    charge.refresh_from_db()
    assert (answer.status_code, refusal(answer), charge.ended_at) == (status, FORBIDDEN, None)


def test_assignment_end_of_what_is_unseen_is_not_there(alice, bob, world, as_):
    Commitment.objects.update(published_at=None, reference=None)
    charge = factories.AssignmentFactory(commitment=world.commitment, person=alice)

    assert as_(bob).post(f"/en/staff/assignments/{charge.pk}/end/").status_code == 404
    assert "Test commitment" not in words(as_(bob).get(PAGE).text)
