"""Reminding by hand, from the page of a commitment."""

import pytest

from commitments.models import Notice
from tests import deeds, factories
from tests.views.staff.reading import refusal, told, words

pytestmark = pytest.mark.usefixtures("monday")

PAGE = "/en/staff/commitments/test-commitment/"


@pytest.fixture
def owed(alice, world):
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    return factories.ObligationFactory(commitment=world.commitment)


def nudge(obligation):
    return f"/en/staff/obligations/{obligation.pk}/nudge/"


@pytest.mark.parametrize("who", ["dan", "erin"])
def test_nudge_create_reminds_and_says_whom(who, owed, as_, request):
    by = request.getfixturevalue(who)

    answer = as_(by).post(nudge(owed))

    assert (answer.url, told(answer)) == (
        PAGE, [("success", "Reminded: Alice. The mail goes out within a few minutes.")],
    )  # fmt: skip
    assert list(Notice.objects.values_list("rule", "recipient__full_name", "asked_by")) == [
        ("N1", "Alice", by.pk)
    ]


def test_nudge_create_twice_says_when_it_was(owed, dan, erin, as_):
    as_(erin).post(nudge(owed))
    answer = as_(dan).post(nudge(owed), {"to": "reporting"})

    assert (answer.url, told(answer)[-1]) == (
        "/en/staff/reporting/", ("info", "They were already reminded today at 09:00."),
    )  # fmt: skip
    assert Notice.objects.count() == 1


def test_nudge_create_shows_whom_before_it_is_sent(owed, erin, as_):
    page = as_(erin).get(nudge(owed))

    assert "A mail goes to Alice within a few minutes" in words(page.text)
    assert Notice.objects.count() == 0


def test_nudge_create_where_nobody_is_in_charge(owed, erin, world, as_):
    world.commitment.assignments.update(ended_at="2026-06-01T02:00Z")

    page, answer = as_(erin).get(nudge(owed)), as_(erin).post(nudge(owed))

    assert "Nobody is in charge" in page.text
    assert (answer.status_code, refusal(answer)) == (
        409,
        "This was not done Nobody is in charge of this commitment, so nobody was reminded. "
        "Assign somebody first.",
    )


def test_nudge_create_of_what_was_met_meanwhile(owed, alice, erin, as_):
    deeds.submitted(alice, owed.commitment)

    answer = as_(erin).post(nudge(owed))

    assert (answer.status_code, refusal(answer)) == (
        409,
        "This was not done No update is owed here at the moment, so nobody was reminded.",
    )


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nudge_create_is_for_who_gives_charges(method, who, owed, as_, request):
    answer = getattr(as_(request.getfixturevalue(who)), method)(nudge(owed))

    assert (answer.status_code, Notice.objects.count()) == (403, 0)


def test_nudge_create_of_what_is_unseen(owed, bob, erin, as_):
    type(owed.commitment).objects.update(published_at=None, reference=None)

    assert as_(bob).post(nudge(owed)).status_code == 404
    assert as_(erin).post("/en/staff/obligations/999/nudge/").status_code == 404


def test_commitment_detail_offers_to_remind_only_where_it_can(owed, alice, dan, world, as_):
    def offers(person):
        return nudge(owed) in as_(person).get(PAGE).text

    assert (offers(dan), offers(alice)) == (True, False)
    deeds.submitted(alice, world.commitment)
    assert offers(dan) is False
