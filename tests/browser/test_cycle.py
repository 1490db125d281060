"""The main job from end to end, on a real commitment in a throw-away database.

Reporting is opened, a reminder goes out, its link leads to the form, and the update goes through
three people into the record. Nothing here is a statement of anybody: every text says so, and no
picture of it is kept.
"""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail

from commitments import tasks
from commitments.models import (
    Digest,
    Notice,
    Obligation,
    Organisation,
    PublicEvent,
    StatusUpdate,
    UpdateState,
)
from commitments.services import record
from tests import factories
from tests.browser.steps import follow, swap
from tracker.celery import app

SLUG = "cmc-c-health-2026"
PASSWORD = "a password of the test"
TEXT = "TEST ENTRY – not a statement by CMC. The pilot was prepared."
TITLE = "TEST ENTRY – not a statement by anybody: a page"
MONDAY = datetime(
    2026, 7, 13, 2, 0, tzinfo=UTC
)  # 09:00 in Hà Nội, two working days before the due day


@pytest.fixture
def people(transactional_db, facts):
    """A reporter and an approver of the lead, and an officer of the delivery unit."""
    made = {}
    for name, slug, role in [
        ("alice", "cmc", "reporter"),
        ("dan", "cmc", "approver"),
        ("erin", "most", "officer"),
    ]:
        user = factories.UserFactory(
            email=f"{name}@example.org", full_name=f"Test {name}", language="en"
        )
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        body = Organisation.objects.get(slug=slug)
        factories.MembershipFactory(user=user, organisation=body, role=role)
        made[name] = user
    return made


@pytest.fixture
def eager():
    """Jobs run where they are sent: no broker is needed to see what they do."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield traveller


class Desk:
    """One person's own browser window."""

    def __init__(self, browser, base, *, javascript):
        self.context = browser.new_context(base_url=base, java_script_enabled=javascript)
        self.page = self.context.new_page()

    def log_in(self, email, at="/en/staff/"):
        self.page.goto(at)
        self.page.fill("input[name=username]", email)
        self.page.fill("input[name=password]", PASSWORD)
        self.press("Log in")

    def press(self, name):
        follow(self.page, self.page.locator("main").get_by_role("button", name=name, exact=True))


def beat():
    """What the scheduler does every minute."""
    tasks.keep_periods()
    tasks.tick_reminders()
    tasks.send_digests()


def open_reporting(desk):
    page = desk.page
    page.goto("/en/staff/programmes/2026/reporting/open/")
    page.fill("input[name=starts_on]", "1/6/2026")
    page.get_by_label("C-HEALTH Platform").check()
    desk.press("See what follows")
    desk.press("Open reporting")


def give_the_charge(desk):
    page = desk.page
    page.goto(f"/en/staff/commitments/{SLUG}/")
    page.get_by_label("Person", exact=True).select_option(label="Test alice (reporter)")
    desk.press("Assign")


def link_of_the_reminder(base):
    """The address of the prepared form, as it stands in the one mail that went out."""
    [letter] = mail.outbox
    assert letter.recipients() == ["alice@example.org"]
    assert "C-HEALTH" in letter.body
    [link] = set(re.findall(rf"\S+/staff/commitments/{SLUG}/updates/add/", letter.body))
    return re.sub(r"^https?://[^/]+", base, link)


def write_the_update(desk, *, javascript):
    page = desk.page
    page.get_by_label("In progress").check()
    page.get_by_label("On track").check()
    page.fill("textarea[name=summary_en]", TEXT)
    desk.press("Save draft")
    add = page.get_by_role("button", name="Add a piece of evidence")
    (swap if javascript else follow)(page, add)
    page.fill("input[name=evidence-0-title]", TITLE)
    page.fill("input[name=evidence-0-url]", "https://example.org/test-entry")
    page.get_by_label("Who published it?").select_option("third_party")
    desk.press("Submit")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_cycle_from_opening_to_the_record(
    live_server, browser, people, eager, clock, javascript, settings
):
    settings.SITE_URL = live_server.url
    officer = Desk(browser, live_server.url, javascript=javascript)
    officer.log_in("erin@example.org")
    open_reporting(officer)
    give_the_charge(officer)
    beat()
    beat()

    reporter = Desk(browser, live_server.url, javascript=javascript)
    reporter.log_in("alice@example.org", at=link_of_the_reminder(live_server.url))
    assert reporter.page.url.endswith(f"/en/staff/commitments/{SLUG}/updates/add/")
    write_the_update(reporter, javascript=javascript)
    update = StatusUpdate.objects.get(author=people["alice"])
    assert (update.state, update.summary_en) == (UpdateState.SUBMITTED, TEXT)
    assert Obligation.objects.get(period__starts_on="2026-06-01").met_by == update

    public = Desk(browser, live_server.url, javascript=javascript)
    public.page.goto(f"/en/commitments/{SLUG}/")
    assert TEXT not in public.page.content()

    approver = Desk(browser, live_server.url, javascript=javascript)
    approver.log_in("dan@example.org")
    approver.page.goto(f"/en/staff/updates/{update.pk}/")
    approver.press("Approve")
    officer.page.goto(f"/en/staff/updates/{update.pk}/")
    officer.press("Publish")

    public.page.goto(f"/en/commitments/{SLUG}/")
    assert (TEXT in public.page.content(), TITLE in public.page.content()) == (True, True)
    said = public.page.request.get(f"/api/v1/updates/?commitment={SLUG}").json()["results"]
    assert TEXT in [row["summary_en"] for row in said]
    event = PublicEvent.objects.get(object_kind="status_update", after__summary_en=TEXT)
    assert (event.actor_role, event.actor_organisation) == ("officer", "most")
    assert list(record.verify()) == []

    clock.move_to(datetime(2026, 7, 16, 2, 0, tzinfo=UTC))  # the day after the due day
    beat()
    assert (len(mail.outbox), Digest.objects.count()) == (1, 1)
    assert not Notice.objects.filter(state="planned").exists()
