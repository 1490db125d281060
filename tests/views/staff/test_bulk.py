"""Deeds on many commitments through the pages: choice, preview, confirmation, results."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Assignment, BulkRun, Obligation
from tests import factories
from tests.factories.clock import NOW
from tests.views.staff.reading import errors, told, words
from tests.views.staff.test_register import draft, fill, led

LIST = "/en/staff/commitments/"
BULK = "/en/staff/bulk/"
pytestmark = pytest.mark.usefixtures("monday")


def lines(response):
    """One line for each row: its title, and what happens or happened."""
    found = re.findall(r'<li class="row" id="line-.*?</li>', response.text, re.DOTALL)
    return [
        (words(line.split("row__title")[1].split(">", 1)[1].split("</p>")[0]),
         words(line.split("outcome--")[1].split(">", 1)[1]))
        for line in found
    ]  # fmt: skip


def said(*commitments, step="", **more):
    return {"chosen": [one.slug for one in commitments], "step": step} | more


def token(response):
    return re.search(r'name="token" value="([^"]+)"', response.text).group(1)


@pytest.fixture
def other(world):
    """A commitment of a body for which Alice does not report."""
    elsewhere = factories.OrganisationFactory(name_en="Test another body")
    return led(world, elsewhere, reference="Z-1", title_en="Test second")


def assign(alice, *commitments, step, **more):
    return said(*commitments, step=step, deed="assign", person=alice.pk, **more)


def test_bulk_offers_deeds_and_the_reporters_of_the_bodies(alice, erin, bob, world, other, as_):
    page = as_(erin).post(BULK, said(world.commitment, other))

    form = page.context["form"]
    assert [label for _value, label in form.fields["deed"].choices] == [
        "Assign a reporter", "End an assignment", "Waive the open update",
        "Remind those in charge now",
    ]  # fmt: skip
    assert list(form.fields["person"].queryset) == [alice]
    assert "2 commitments chosen" in words(page.text)


def test_bulk_of_an_approver_offers_no_waiver_and_own_people_alone(alice, dan, world, other, as_):
    page = as_(dan).post(BULK, said(world.commitment, other))

    form = page.context["form"]
    assert [value for value, _label in form.fields["deed"].choices] == ["assign", "end", "nudge"]
    assert list(form.fields["person"].queryset) == [alice]


def test_bulk_shows_what_would_happen_and_does_nothing(alice, erin, world, other, as_):
    page = as_(erin).post(BULK, assign(alice, world.commitment, other, step="check"))

    assert lines(page) == [
        ("Test commitment", "Alice reports on it from now on."),
        ("Test second", "Not done: Alice does not report for the responsible body."),
    ]
    assert "1 of 2 would change. Nothing is done yet." in words(page.text)
    assert (Assignment.objects.count(), BulkRun.objects.count()) == (0, 0)


def confirmed(client, alice, *commitments):
    page = client.post(BULK, assign(alice, *commitments, step="check"))
    sent = assign(alice, *commitments, step="do", token=token(page))
    return sent, client.post(BULK, sent)


def test_bulk_says_of_each_row_what_became_of_it(alice, erin, world, other, as_):
    _sent, answer = confirmed(as_(erin), alice, world.commitment, other)

    page = as_(erin).get(answer.url)
    assert lines(page) == [
        ("Test commitment", "Alice reports on it from now on."),
        ("Test second", "Not done: Please choose a reporter of the responsible body."),
    ]
    assert "1 commitment was changed 1 was refused; it says why." in words(page.text)
    assert [one.commitment for one in Assignment.objects.all()] == [world.commitment]


def test_bulk_sent_again_or_read_again_does_nothing_again(alice, erin, world, as_):
    sent, answer = confirmed(as_(erin), alice, world.commitment)
    Assignment.objects.all().delete()

    again = as_(erin).post(BULK, sent)

    assert again.url == answer.url
    assert lines(as_(erin).get(again.url)) == lines(as_(erin).get(again.url))
    assert (Assignment.objects.count(), BulkRun.objects.count()) == (0, 1)


def test_bulk_waives_with_a_public_reason(erin, world, other, as_):
    period = factories.ReportingPeriodFactory(programme=world.programme)
    for row in (world.commitment, other):
        factories.ObligationFactory(commitment=row, period=period)
    deed = {"deed": "waive", "reason_en": "Test reason"}
    page = as_(erin).post(BULK, said(world.commitment, other, step="check", **deed))

    as_(erin).post(BULK, said(world.commitment, other, step="do", token=token(page), **deed))

    rows = Obligation.objects.order_by("pk")
    assert [(row.waived_by, row.waived_at, row.waiver_reason_en) for row in rows] == [
        (erin, NOW, "Test reason")
    ] * 2


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, [("id_deed_0", "Please choose what is to be done.")]),
        ({"deed": "destroy"}, [("id_deed_0", "Select a valid choice. destroy is not one of the available choices.")]),
        ({"deed": "assign"}, [("id_person", "Please choose a reporter.")]),
        ({"deed": "end", "person": "999"}, [("id_person", "Select a valid choice. That choice is not one of the available choices.")]),
        ({"deed": "waive"}, [("id_reason_vi", "Please give the public reason.")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("step", ["check", "do"])
def test_bulk_says_what_is_missing(step, typed, found, erin, world, as_):
    page = as_(erin).post(BULK, said(world.commitment, step=step, **typed))

    assert (page.status_code, errors(page)) == (422, found)
    assert f'name="chosen" value="{world.commitment.slug}"' in page.text
    assert BulkRun.objects.count() == 0


def test_bulk_goes_back_with_what_was_typed(alice, erin, world, as_):
    page = as_(erin).post(
        BULK, assign(alice, world.commitment, step="back", reason_en="Test typed")
    )

    form = page.context["form"]
    assert (page.status_code, errors(page)) == (200, [])
    assert (form["deed"].value(), form["person"].value(), form["reason_en"].value()) == (
        "assign", str(alice.pk), "Test typed",
    )  # fmt: skip


def test_bulk_takes_all_that_match(erin, world, as_):
    fill(world, 60)

    page = as_(erin).post(BULK, {"scope": "all", "query": "q=&kind=corporate_pledge"})

    assert "61 commitments chosen" in words(page.text)
    assert page.text.count('name="chosen"') == 61


def test_bulk_of_a_wrong_query_takes_nothing(erin, world, as_):
    answer = as_(erin).post(BULK, {"scope": "all", "query": "kind=nonsense"})

    assert told(answer) == [("error", "Please choose at least one commitment.")]


def test_bulk_leads_back_where_nothing_is_chosen(erin, world, as_):
    answer = as_(erin).post(BULK, {"scope": "chosen", "query": "stage=none"})

    assert (answer.url, told(answer)) == (
        f"{LIST}?stage=none", [("error", "Please choose at least one commitment.")],
    )  # fmt: skip


def test_bulk_takes_500_at_most(erin, world, as_):
    fill(world, 500)

    answer = as_(erin).post(BULK, {"scope": "all", "query": ""})

    assert told(answer) == [
        ("error", "At most 500 commitments can be changed at once. Filter for fewer.")
    ]


# Those who may not


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
def test_bulk_is_for_officers_and_approvers(who, request, alice, world, as_):
    person = request.getfixturevalue(who)

    assert as_(person).post(BULK, assign(alice, world.commitment, step="do")).status_code == 403


def test_bulk_leaves_out_what_the_person_does_not_see(dan, world, as_):
    hidden = draft(world, factories.OrganisationFactory(), title_en="Test hidden")

    page = as_(dan).post(BULK, said(world.commitment, hidden))
    alone = as_(dan).post(BULK, said(hidden))

    assert "1 commitment that was chosen could not be found and is left out." in page.text
    assert "Test hidden" not in page.text
    assert told(alone) == [("error", "Please choose at least one commitment.")]


def test_bulk_takes_no_forged_keys(erin, world, as_):
    page = as_(erin).post(BULK, {"chosen": ["nowhere", "\0", world.commitment.slug]})

    assert "1 commitment chosen" in words(page.text)


def test_bulk_refuses_rows_of_others_each_by_itself(alice, dan, world, other, as_):
    _sent, answer = confirmed(as_(dan), alice, world.commitment, other)

    assert lines(as_(dan).get(answer.url)) == [
        ("Test commitment", "Alice reports on it from now on."),
        ("Test second", "Not done: You may see this, but it is not yours to change."),
    ]


def test_bulk_of_an_officer_changes_nothing_of_the_demonstration(alice, erin, world, as_):
    programme = factories.ProgrammeFactory(slug="demo", code="D", is_demo=True)
    invented = factories.CommitmentFactory(programme=programme, title_en="Test invented")
    factories.ParticipationFactory(commitment=invented, organisation=world.body)

    _sent, answer = confirmed(as_(erin), alice, world.commitment, invented)

    assert lines(as_(erin).get(answer.url))[1] == (
        "Test invented", "Not done: You may see this, but it is not yours to change.",
    )  # fmt: skip


def test_bulk_results_are_ones_own(alice, dan, erin, world, as_):
    _sent, answer = confirmed(as_(erin), alice, world.commitment)

    assert as_(dan).get(answer.url).status_code == 404


@pytest.mark.parametrize("wrong", ["", "x", "\0"])
def test_bulk_without_its_token_is_no_deed(wrong, alice, erin, world, as_):
    answer = as_(erin).post(BULK, assign(alice, world.commitment, step="do", token=wrong))

    assert (answer.status_code, Assignment.objects.count()) == (400, 0)


def test_bulk_of_somebody_elses_token_is_refused(alice, dan, erin, world, as_):
    sent, _answer = confirmed(as_(erin), alice, world.commitment)

    assert as_(dan).post(BULK, sent).status_code == 403


def test_bulk_says_where_it_was_interrupted(erin, world, as_):
    run = factories.BulkRunFactory(person=erin, chosen=3, results=[])

    page = as_(erin).get(f"{BULK}{run.token}/")

    assert "3 commitments were not reached: the deed was interrupted." in page.text


def test_bulk_previews_in_as_many_queries_for_many(alice, erin, world, as_):
    client = as_(erin)
    rows = [world.commitment]

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.post(BULK, assign(alice, *rows, step="check"))
        return len(found)

    _warm, one = queries(), queries()
    rows += fill(world, 200)

    assert queries() == one
    assert one <= 16
