"""Charges: who reports on what and who approves it, given and ended, for one body at a glance."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.models import Assignment, Commitment
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import errors, refusal, sections, told, words

pytestmark = pytest.mark.usefixtures("monday")

PAGE = "/en/staff/commitments/test-commitment/"
ASSIGN = f"{PAGE}assignments/add/"
LIST = "/en/staff/organisations/test-lead/assignments/"
FORBIDDEN = "This is not yours to do You may see this, but it is not yours to change."


def held():
    rows = Assignment.objects.standing().order_by("pk")
    return list(rows.values_list("person__full_name", "charge", "is_deputy"))


@pytest.mark.parametrize(
    ("who", "sent", "given", "said"),
    [
        ("alice", {"charge": "report"}, ("Alice", "report", False),
         "Alice reports on this commitment from now on."),
        ("alice", {"charge": "report", "is_deputy": "on"}, ("Alice", "report", True),
         "Alice is deputy for reporting on this commitment."),
        ("dan", {"charge": "approve"}, ("Dan", "approve", False),
         "Dan approves updates of this commitment from now on."),
        ("dan", {"charge": "approve", "is_deputy": "on"}, ("Dan", "approve", True),
         "Dan is deputy for approving updates of this commitment."),
    ],
)  # fmt: skip
def test_assignment_create_gives_each_charge(who, sent, given, said, erin, world, as_, request):
    person = request.getfixturevalue(who)

    answer = as_(erin).post(ASSIGN, {"person": person.pk} | sent)

    assert (answer.url, told(answer), held()) == (PAGE, [("success", said)], [given])


def test_assignment_create_twice_is_once_and_changes_deputy(alice, erin, world, as_):
    for sent in ({}, {"is_deputy": "on"}, {"is_deputy": "on"}):
        as_(erin).post(ASSIGN, {"person": alice.pk, "charge": "report"} | sent)

    assert held() == [("Alice", "report", True)]


@pytest.mark.parametrize(
    ("who", "charge", "text"),
    [
        ("alice", "approve", "Please choose an approver of the responsible body."),
        ("dan", "report", "Please choose a reporter of the responsible body."),
    ],
)
def test_assignment_create_keeps_to_roles(who, charge, text, alice, dan, erin, world, as_, request):
    answer = as_(erin).post(ASSIGN, {"person": request.getfixturevalue(who).pk, "charge": charge})

    assert (answer.status_code, errors(answer), held()) == (422, [("id_person", text)], [])


def test_assignment_create_page(alice, dan, erin, world, as_):
    factories.AssignmentFactory(commitment=world.commitment, person=alice, assigned_at=NOW)
    factories.AbsenceFactory(person=alice)

    page = as_(erin).get(ASSIGN)

    assert "Alice since 1 June 2026 · away until 1 June 2026" in words(page.text)
    labels = [str(label) for _value, label in page.context["assign_form"].fields["person"].choices]
    assert labels == ["Please choose", "Alice (reporter)", "Dan (approver)"]
    assert as_(dan).get(ASSIGN).status_code == 200
    assert as_(alice).get(ASSIGN).status_code == 403


def test_charges_offer_no_approver_where_the_body_has_none(alice, erin, world, as_):
    type(world.body).objects.filter(pk=world.body.pk).update(skips_approver=True)

    page = as_(erin).get(PAGE)

    assert "Approves its updates" not in page.text
    assert "What they do" not in page.text


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
        NOW, PAGE, [("success", "Alice no longer has this charge.")],
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


# Of one body


def line(commitment):
    return f'id="commitment-{commitment.pk}"'


def test_assignment_list_shows_what_nobody_reports_on_first(alice, dan, erin, world, as_):
    second = factories.CommitmentFactory(
        programme=world.programme, reference="CPT26-002", title_en="Test second"
    )
    factories.ParticipationFactory(commitment=second, organisation=world.body)
    factories.AssignmentFactory(commitment=world.commitment, person=alice)
    factories.AssignmentFactory(
        commitment=world.commitment, person=dan, charge="approve", is_deputy=True
    )
    factories.AbsenceFactory(person=alice, ends_on="2026-06-05")

    page = as_(erin).get(LIST)

    assert sections(page)["Who is in charge"] == (
        "Nobody reports on 1 commitment, so nobody is reminded of it. Absences "
        "Commitment Alice away until 5 June 2026 Dan Change "
        "CPT26-002 Test second nobody reports on it – – Change Test second "
        "CPT26-001 Test commitment Reports Approves (deputy) Change Test commitment"
    )


def test_assignment_list_leaves_out_what_is_closed_led_by_others_or_no_more(alice, world, as_):
    factories.ParticipationFactory(commitment=factories.CommitmentFactory())
    Commitment.objects.filter(pk=world.commitment.pk).update(
        stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY
    )

    page = as_(alice).get(LIST)

    assert "This body leads no open commitment" in page.text
    assert "Test commitment" not in page.text


@pytest.mark.parametrize(
    ("who", "status", "changes"),
    [("alice", 200, False), ("dan", 200, True), ("erin", 200, True), ("carol", 200, False),
     ("bob", 403, False)],
)  # fmt: skip
def test_assignment_list_is_for_members_and_the_unit(who, status, changes, world, as_, request):
    answer = as_(request.getfixturevalue(who)).get(LIST)

    assert (answer.status_code, f'href="{ASSIGN}"' in answer.text) == (status, changes)


def test_assignment_list_takes_as_many_queries_for_30_rows(erin, world, as_):
    def fill(number):
        for _time in range(number):
            commitment = factories.CommitmentFactory(programme=world.programme)
            factories.ParticipationFactory(commitment=commitment, organisation=world.body)
            person = factories.MembershipFactory(organisation=world.body).user
            factories.AssignmentFactory(commitment=commitment, person=person)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            as_(erin).get(LIST)
        return len(asked)

    fill(1)
    queries()
    one = queries()
    fill(29)
    assert queries() == one


@pytest.mark.parametrize("page", ["assignments/", "absences/", "hand-over"])
def test_pages_of_a_body_that_is_not_public_are_not_there_for_others(page, alice, bob, as_):
    factories.OrganisationFactory(slug="test-hidden", published_at=None)
    made, hidden = (
        reverse("staff:hand-over-create", args=[slug, alice.pk])
        if page == "hand-over"
        else f"/en/staff/organisations/{slug}/{page}"
        for slug in ("test-lead", "test-hidden")
    )

    assert [as_(bob).get(address).status_code for address in (made, hidden)] == [403, 404]
