"""The queue of review: what waits for whom, since when, and the way from one to the next."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import StatusUpdate
from commitments.services import updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.judging import page
from tests.views.staff.reading import rows, sections, told

QUEUE = "/en/staff/review/"
pytestmark = pytest.mark.usefixtures("monday")


def led(world, title, programme=None, body=None):
    name = title.lower().replace(" ", "-")
    made = factories.CommitmentFactory(
        programme=programme or world.programme, title_en=title, reference=name, slug=name
    )
    factories.ParticipationFactory(commitment=made, organisation=body or world.body)
    return made


def days_ago(number):
    return NOW - timedelta(days=number)


@pytest.fixture
def three(alice, dan, world):
    """Three approved ones: the oldest waits since Monday a week ago."""
    return [
        deeds.approved(alice, dan, led(world, f"Test {name}"), now=days_ago(days))
        for name, days in (("middle", 3), ("oldest", 7), ("newest", 0))
    ]


def titles(response, name="waiting"):
    return [
        line.split(" · Test programme ")[1].split(" Test lead")[0] for line in rows(response, name)
    ]


# The list


def test_review_list_of_an_officer_is_oldest_first_with_its_own_clock(three, erin, as_):
    found = as_(erin).get(QUEUE)

    assert rows(found, "waiting") == [
        "test-oldest · Test programme Test oldest Test lead · Alice Approved by the body "
        "for 7 days (5 working days) Review : Test oldest",
        "test-middle · Test programme Test middle Test lead · Alice Approved by the body "
        "for 3 days (1 working day) Review : Test middle",
        "test-newest · Test programme Test newest Test lead · Alice Approved by the body "
        "since today Review : Test newest",
    ]


def test_review_list_of_an_approver(alice, dan, bob, world, as_):
    deeds.submitted(alice, led(world, "Test mine"))
    deeds.approved(alice, dan, led(world, "Test done"))

    assert titles(as_(dan).get(QUEUE)) == ["Test mine"]


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("bob", 403), ("carol", 403)])
def test_review_list_is_for_who_reviews(who, status, as_, request):
    assert as_(request.getfixturevalue(who)).get(QUEUE).status_code == status


def test_review_list_where_nothing_waits(dan, as_):
    assert sections(as_(dan).get(QUEUE))["Waiting for your review"] == (
        "0 updates Nothing waits for you What others hand in for your review stands here."
    )


def test_review_list_lists_what_is_set_apart(three, erin, as_):
    updates.schedule_release(
        update=three[0], officer=erin, at=NOW + timedelta(days=1), today=TODAY, now=NOW
    )

    found = as_(erin).get(QUEUE)

    assert titles(found) == ["Test oldest", "Test newest"]
    assert rows(found, "scheduled") == [
        "test-middle · Test programme Test middle Test lead · set by Erin 2 June 2026 at 09:00"
    ]


def test_review_list_says_why_a_set_time_was_not_kept(signed, erin, world, as_):
    other = factories.UserFactory(email="gone@example.org")
    factories.MembershipFactory(user=other, organisation=world.unit, role="officer")
    updates.schedule_release(update=signed, officer=other, at=deeds.later(1), today=TODAY, now=NOW)
    other.memberships.update(ended_on=TODAY)
    updates.release_update(signed.pk, now=deeds.later(2))

    found = as_(erin).get(QUEUE)

    assert rows(found, "waiting") == [
        "CPT26-001 · Test programme Test commitment Test lead · Alice "
        "Not published at the set time. The officer who set the time no longer has that role. "
        "Approved by the body since today Review : Test commitment"
    ]


def test_review_list_names_what_nobody_can_sign_off(handed_in, erin, as_):
    found = as_(erin).get(QUEUE)

    assert rows(found, "waiting") is not None
    assert rows(found, "lying") == [
        "CPT26-001 · Test programme Test commitment Test lead · Alice "
        "Submitted, in review since today Review : Test commitment"
    ]


def test_review_list_narrows_to_a_programme_and_a_body(three, alice, dan, erin, world, as_):
    second = factories.ProgrammeFactory(
        slug="test-second", name_en="Test programme", delivery_unit=world.unit
    )
    other = factories.OrganisationFactory(slug="test-other", name_en="Test lead too")
    writer = factories.UserFactory()
    factories.MembershipFactory(user=writer, organisation=other)
    other.skips_approver = True
    other.save()
    deeds.submitted(writer, led(world, "Test far", second, other))

    browser = as_(erin)

    assert titles(browser.get(QUEUE)) == ["Test oldest", "Test middle", "Test newest", "Test far"]
    assert titles(browser.get(f"{QUEUE}?programme=test-second")) == ["Test far"]
    assert titles(browser.get(f"{QUEUE}?body=test-lead&programme=")) == [
        "Test oldest", "Test middle", "Test newest",
    ]  # fmt: skip
    for odd in ("?programme=nothing", "?body=%00", "?page=zero", "?page=99", "?body='--"):
        assert len(titles(browser.get(QUEUE + odd))) == 4


@pytest.mark.parametrize("who", ["dan", "erin"])
def test_review_list_costs_the_same_with_one_row_and_with_many(
    who, alice, dan, erin, world, as_, request
):
    browser = as_(request.getfixturevalue(who))

    def grow(name):
        for make in (deeds.submitted, lambda *args: deeds.approved(alice, dan, args[1])):
            make(alice, led(world, f"Test {name} {make is deeds.submitted}"))
        held = deeds.approved(alice, dan, led(world, f"Test {name} held"))
        updates.schedule_release(update=held, officer=erin, at=deeds.later(5), today=TODAY, now=NOW)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(QUEUE)
        return len(asked)

    grow("one")
    browser.get(QUEUE)
    first = cost()
    for name in ("two", "three", "four"):
        grow(name)

    assert cost() == first


# From one to the next


def test_update_detail_says_where_it_stands_in_the_queue(three, erin, as_):
    middle, oldest, newest = three

    found = as_(erin).get(page(middle))

    place = found.text.split('<nav class="queue"')[1].split("</nav>")[0]
    assert "2 of 3" in place
    assert f'rel="prev" href="{page(oldest)}"' in place
    assert f'rel="next" href="{page(newest)}"' in place


def test_update_detail_of_what_does_not_wait_has_no_place(three, alice, as_):
    assert '<nav class="queue"' not in as_(alice).get(page(three[0])).text


def test_a_deed_leads_to_the_next_one_and_names_it(three, erin, as_):
    middle, oldest, newest = three
    browser = as_(erin)

    said = []
    for update in (oldest, middle, newest):
        answer = browser.post(page(update, "publish/"), {"version": update.version})
        said.append((answer.url, told(answer)[-1][1]))

    published = "Published. It stands in the public record now."
    assert said == [
        (page(middle), f"{published} Next: Test middle"),
        (page(newest), f"{published} Next: Test newest"),
        (page(newest), published),
    ]


def test_the_last_of_the_queue_leads_to_the_first_of_those_left(three, erin, as_):
    _middle, oldest, newest = three

    answer = as_(erin).post(page(newest, "return/"), {"comment": "Test"})

    assert answer.url == page(oldest)
    assert StatusUpdate.objects.get(pk=newest.pk).state == "returned"


def test_the_way_keeps_to_the_part_that_was_asked_for(three, erin, as_):
    middle, oldest, _newest = three
    query = "?body=test-lead"

    found = as_(erin).get(page(oldest) + query)
    answer = as_(erin).post(page(oldest, "publish/") + query)

    assert f'action="{page(oldest, "publish/")}{query}"' in found.text
    assert answer.url == page(middle) + query


def test_what_is_refused_leads_nowhere(three, erin, as_):
    answer = as_(erin).post(page(three[0], "return/"), {"comment": " "})

    assert (answer.status_code, answer.context["update"]) == (422, three[0])


def test_the_clock_starts_anew_after_a_return(alice, dan, erin, world, as_):
    signed = deeds.approved(alice, dan, world.commitment, now=days_ago(10))
    updates.return_update(update=signed, reviewer=erin, comment="Test", now=days_ago(5))
    with time_machine.travel(days_ago(4), tick=False):
        updates.submit_update(update=signed, author=alice, today=TODAY, now=days_ago(4))

    [line] = rows(as_(dan).get(QUEUE), "waiting")

    assert "for 4 days (2 working days)" in line
