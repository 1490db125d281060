"""A due date is to move: asked for, refused, asked for again, approved, and both dates public.

On a real commitment in a throw-away database. Nothing here is a statement of anybody: every text
says so, and no picture of it is kept.
"""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from commitments.models import ChangeRequest, Commitment, Organisation, PublicEvent
from commitments.services import record
from tests import factories
from tests.browser.steps import follow

SLUG = "cmc-c-health-2026"
ADD = f"/en/staff/commitments/{SLUG}/changes/add/"
REASON = "TEST ENTRY – not a statement by CMC. The pilot begins later."
TITLE = "TEST ENTRY – not a statement by anybody: a letter"
NOTE = "TEST ENTRY – the letter was not found."
MONDAY = datetime(2026, 7, 13, 2, 0, tzinfo=UTC)


@pytest.fixture
def people(transactional_db, facts):
    """A reporter of the lead, and an officer of the delivery unit."""
    made = {}
    for name, slug, role in [("alice", "cmc", "reporter"), ("erin", "most", "officer")]:
        user = factories.UserFactory(
            email=f"{name}@example.org", full_name=f"Test {name}", language="en"
        )
        body = Organisation.objects.get(slug=slug)
        factories.MembershipFactory(user=user, organisation=body, role=role)
        made[name] = user
    return made


@pytest.fixture
def monday():
    with time_machine.travel(MONDAY, tick=True):
        yield


class Desk:
    """One person's own browser window; nobody's, where the public looks."""

    def __init__(self, browser, base, person=None, *, javascript):
        self.context = browser.new_context(base_url=base, java_script_enabled=javascript)
        self.page = self.context.new_page()
        if person is not None:
            client = Client()
            client.force_login(person)
            session = client.cookies["sessionid"].value
            self.context.add_cookies([{"name": "sessionid", "value": session, "url": base}])

    def press(self, name):
        follow(self.page, self.page.locator("main").get_by_role("button", name=name, exact=True))

    def problems(self):
        return self.page.locator("#error-summary li").all_text_contents()


def ask(desk, due):
    """Two steps: what is to change, then the change."""
    page = desk.page
    page.goto(ADD)
    page.get_by_label("Move the due date").check()
    desk.press("Continue")
    page.wait_for_selector("input[name=due]")
    page.fill("input[name=due]", due)
    page.fill("textarea[name=reason_en]", REASON)
    page.fill("input[name=stated_on]", "10/7/2026")
    page.select_option("select[name=source]", "new")
    page.fill("input[name=title]", TITLE)
    page.fill("input[name=url]", "https://example.org/test-letter")
    desk.press("Ask for the change")


def decide(desk, change, name, note=""):
    desk.page.goto(f"/en/staff/changes/{change.pk}/")
    desk.page.fill("textarea[name=note]", note)
    desk.press(name)


def of_public(desk, section):
    desk.page.goto(f"/en/commitments/{SLUG}/")
    heading = desk.page.locator(f"section:has(> .section-head #{section})")
    return " ".join(heading.inner_text().split()) if heading.count() else ""


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_change_of_a_due_date_from_the_request_to_the_record(
    live_server, browser, people, monday, javascript
):
    windows = [
        Desk(browser, live_server.url, person, javascript=javascript)
        for person in (people["alice"], people["erin"], None)
    ]
    reporter, officer, public = windows
    before = Commitment.objects.get(slug=SLUG)

    ask(reporter, "someday")
    assert len(reporter.problems()) == 1
    assert reporter.page.input_value("textarea[name=reason_en]") == REASON
    reporter.page.fill("input[name=due]", "30/6/2027")
    reporter.press("Ask for the change")
    first = ChangeRequest.objects.get()
    assert reporter.page.url.endswith(f"/en/staff/changes/{first.pk}/")
    assert "Refused" not in of_public(public, "updates")

    decide(officer, first, "Refuse the change")
    assert officer.problems() == ["Please say why it is refused. The reason is public."]
    officer.page.fill("textarea[name=note]", NOTE)
    officer.press("Refuse the change")
    assert NOTE in of_public(public, "updates")
    assert Commitment.objects.get(slug=SLUG).due == before.due

    ask(reporter, "30/6/2027")
    second = ChangeRequest.objects.get(decision="")
    officer.page.goto("/en/staff/changes/")
    follow(officer.page, officer.page.get_by_role("link", name="Decide"))
    officer.page.wait_for_url(f"**/changes/{second.pk}/")
    officer.press("Approve the change")

    plan, told = of_public(public, "plan"), of_public(public, "updates")
    assert "Present due date 30 June 2027" in plan
    assert "Original and present plan" in plan
    assert [word in told for word in ("Approved", "Refused", REASON, NOTE, TITLE)] == [True] * 5
    assert [name in told for name in ("Test alice", "Test erin")] == [False, False]
    moved = Commitment.objects.get(slug=SLUG)
    assert (moved.due, moved.original_due) == ("2027-06-30", before.original_due)
    decisions = PublicEvent.objects.filter(object_kind="change_request").order_by("sequence")
    assert [event.action for event in decisions] == ["refused", "approved"]
    assert list(record.verify()) == []
