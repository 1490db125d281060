"""Somebody goes: away for a week with a cover, then for good with everything handed over.

Ben is reminded in Alice's place, by hand and at once; what she left half written he goes on with.
Without JavaScript.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from commitments import tasks
from commitments.models import Absence, Assignment, HandOver, StatusUpdate
from commitments.text.typed import typed_day
from tests import factories
from tests.browser.steps import follow
from tests.factories.clock import NOW, TODAY
from tracker.celery import app

DETAIL = "/en/staff/commitments/test-commitment/"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def eager():
    """Jobs run where they are sent: no broker is needed to see what they do."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def house(transactional_db, world, alice, dan):
    """Alice and Ben report, Dan approves; an update of May is owed."""
    ben = factories.UserFactory(email="ben@example.org", full_name="Ben")
    factories.MembershipFactory(user=ben, organisation=world.body)
    factories.ObligationFactory(commitment=world.commitment)
    return world


class Desk:
    """One person's own browser window, logged in."""

    def __init__(self, browser, base, email):
        client = Client()
        client.force_login(get_user_model().objects.get(email=email))
        session = client.cookies["sessionid"].value
        context = browser.new_context(base_url=base, java_script_enabled=False)
        context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
        self.page = context.new_page()

    def press(self, name):
        follow(
            self.page, self.page.locator("main").get_by_role("button", name=name, exact=True).first
        )

    def text(self):
        return " ".join(self.page.locator("main").inner_text().split())


def beat():
    """What the scheduler does every minute."""
    tasks.tick_reminders()
    tasks.send_digests()


def give_the_charge(dan):
    dan.page.goto(DETAIL)
    dan.page.get_by_label("Person", exact=True).select_option(label="Alice (reporter)")
    dan.press("Assign")
    assert "Alice reports on this commitment from now on." in dan.page.content()


def go_away(alice):
    page = alice.page
    page.goto("/en/staff/account/")
    follow(page, page.get_by_role("link", name="Enter or call off an absence"))
    page.get_by_label("First day away").fill(typed_day(TODAY))
    page.get_by_label("Last day away").fill(typed_day(TODAY + timedelta(days=4)))
    page.get_by_label("Who covers").select_option(label="Ben")
    alice.press("Enter the absence")
    assert "away now" in alice.text()


def remind(dan):
    dan.page.goto(DETAIL)
    assert "away until 5 June 2026" in dan.text()
    dan.press("Remind them now")
    assert "Reminded: Ben." in dan.page.content()
    dan.press("Remind them now")
    assert "They were already reminded today at" in dan.page.content()


def hand_over(alice, house):
    person = get_user_model().objects.get(email="alice@example.org").pk
    alice.page.goto(f"/en/staff/organisations/{house.body.slug}/people/{person}/hand-over/")
    alice.page.get_by_label("Who takes over", exact=True).select_option(label="Ben (reporter)")
    alice.page.get_by_label("The person leaves the body", exact=True).check()
    alice.page.get_by_label("Note to the one who takes over").fill("Test note: all is well.")
    alice.press("See what goes over")
    assert "Nothing has been done yet." in alice.text()
    assert HandOver.objects.count() == 0
    alice.press("Hand everything over")
    assert "Alice has left the body." in alice.text()


def read_it(ben):
    ben.page.goto("/en/staff/")
    follow(ben.page, ben.page.get_by_role("link", name="Look at it"))
    assert "Test note: all is well." in ben.text()
    ben.press("I have read it")


def test_who_goes_leaves_nothing_without_an_owner(browser, live_server, clock, eager, house):
    dan = Desk(browser, live_server.url, "dan@example.org")
    alice = Desk(browser, live_server.url, "alice@example.org")
    ben = Desk(browser, live_server.url, "ben@example.org")

    give_the_charge(dan)
    go_away(alice)
    remind(dan)
    beat()

    assert sorted(message.to[0] for message in mail.outbox) == ["ben@example.org"] * 2
    assert Absence.objects.get().cover.full_name == "Ben"

    factories.StatusUpdateFactory(
        commitment=house.commitment, body=house.body,
        author=get_user_model().objects.get(email="alice@example.org"),
    )  # fmt: skip
    hand_over(alice, house)
    read_it(ben)

    made = HandOver.objects.get()
    assert (made.giver_leaves, made.seen_at is not None) == (True, True)
    assert StatusUpdate.objects.get().author.full_name == "Ben"
    standing = Assignment.objects.standing().values_list("person__full_name", "charge")
    assert list(standing) == [("Ben", "report")]
    assert Absence.objects.get().cancelled_at is not None
    assert made.done_at.date() == date(2026, 6, 1)
