"""One commitment as staff see it, and who is given the charge of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Commitment
from commitments.services import obligations
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import rows, sections

pytestmark = pytest.mark.usefixtures("monday")

PAGE = "/en/staff/commitments/test-commitment/"


def charges(response):
    return sections(response).get("Who is in charge")


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
    assert charges(page) == (
        "Reports on it Alice since 1 June 2026 Approves its updates "
        "Nobody is named: every approver of the body is expected."
    )
    assert f'href="{PAGE}updates/add/"' in page.text


def test_commitment_detail_for_an_approver_offers_the_charge(alice, dan, world, as_):
    page = as_(dan).get(PAGE)

    assert charges(page) == (
        "Reports on it Nobody is in charge, so nobody is reminded. "
        "Approves its updates Nobody is named: every approver of the body is expected. "
        "Give a charge Person Reminders go to those who are in charge. "
        "What they do Reports Approves As deputy "
        "A deputy is reminded while nobody else in charge is there. Assign "
        "All charges of this body · Absences"
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


def test_commitment_detail_calls_nothing_missed_that_was_due_after_the_end(erin, asked, as_):
    Commitment.objects.update(stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY)

    page = as_(erin).get(PAGE)

    assert sections(page)["What is owed"].endswith(
        "May 2026 15 June 2026 Not submitted; what is closed owes nothing"
    )


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
