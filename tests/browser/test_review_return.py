"""An update that comes back once: returned on a field, mended, compared, approved, set, public.

Nothing here is a statement of anybody: the bodies are the tests' own, and every text says so.
"""

from datetime import timedelta

import pytest
import time_machine

from commitments import tasks
from commitments.models import PublicEvent, StatusUpdate
from tests import deeds, factories
from tests.browser.steps import follow
from tests.browser.test_cycle import PASSWORD, Desk
from tests.factories.clock import NOW
from tracker.celery import app

FIRST = "TEST ENTRY: 100 classrooms were built."
SECOND = "TEST ENTRY: 100 classrooms were built in Hà Giang in May."
ASKED = "TEST COMMENT: where, and in which month?"
ADD = "/en/staff/commitments/test-commitment/updates/add/"
PUBLIC = "/en/commitments/test-commitment/"


@pytest.fixture
def people(transactional_db, world, alice, dan, erin, settings):
    settings.SECOND_FACTOR_REQUIRED = False  # logging in with one has journeys of its own
    for person in (alice, dan, erin):
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    other = factories.CommitmentFactory(
        programme=world.programme, slug="test-second", title_en="Test second"
    )
    factories.ParticipationFactory(commitment=other, organisation=world.body)
    return other


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
def desks(live_server, browser):
    """A window of one's own for each person, logged in."""

    def sit_down(name, *, javascript):
        desk = Desk(browser, live_server.url, javascript=javascript)
        desk.log_in(f"{name}@example.org")
        return desk

    return sit_down


def write(reporter):
    page = reporter.page
    page.goto(ADD)
    page.get_by_label("In progress").check()
    page.fill("textarea[name=summary_en]", FIRST)
    reporter.press("Submit")


def send_back(approver, update):
    """With a comment on one field and none on the whole."""
    page = approver.page
    page.goto("/en/staff/review/")
    follow(page, page.locator(f"#update-{update.pk} .deed a"))
    assert page.get_by_text("This is the first update of this commitment").is_visible()
    page.locator("summary", has_text="Comment on single fields").click()
    page.fill("textarea[name=on_summary_en]", ASKED)
    approver.press("Return to its author")
    assert page.get_by_text("Next: Test second").is_visible()
    assert page.url.endswith(f"/staff/updates/{update.pk - 1}/")


def mend(reporter, update):
    """The comment stands at its field, and is read out with it."""
    page = reporter.page
    page.goto("/en/staff/")
    assert page.get_by_text(ASKED).first.is_visible()
    page.goto(f"/en/staff/updates/{update.pk}/edit/")
    remark = page.locator("#id_summary_en-remark")
    assert ASKED in remark.inner_text()
    box = page.locator("textarea[name=summary_en]")
    assert "id_summary_en-remark" in box.get_attribute("aria-describedby")
    box.fill(SECOND)
    reporter.press("Submit")


def compare_and_approve(approver, update):
    page = approver.page
    page.goto(f"/en/staff/updates/{update.pk}/")
    part = page.locator("section[aria-labelledby=since-returned]")
    assert ASKED in part.inner_text()
    assert "in Hà Giang in May" in part.locator("ins").inner_text()
    assert FIRST in part.locator(".compared__side").first.inner_text()
    approver.press("Approve")


def set_the_time(officer, update):
    page = officer.page
    page.goto(f"/en/staff/updates/{update.pk}/")
    page.locator("summary", has_text="Publish at a set time").click()
    page.fill("input[name=release_on]", "1/6/2026")
    page.fill("input[name=release_time]", "8:00")
    officer.press("Set the time")
    assert page.locator("#error-summary").get_by_text("This time has passed").is_visible()
    page.fill("input[name=release_on]", "2/6/2026")
    officer.press("Set the time")
    page.goto("/en/staff/review/")
    assert page.get_by_text("2 June 2026 at 08:00").is_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_update_is_returned_mended_and_published_at_a_set_time(
    desks, live_server, browser, people, alice, eager, clock, javascript
):
    deeds.submitted(alice, people, now=NOW - timedelta(days=1))
    reporter, approver, officer = (
        desks(name, javascript=javascript) for name in ("alice", "dan", "erin")
    )
    public = Desk(browser, live_server.url, javascript=javascript).page

    write(reporter)
    update = StatusUpdate.objects.get(commitment__slug="test-commitment")
    send_back(approver, update)
    mend(reporter, update)
    compare_and_approve(approver, update)
    set_the_time(officer, update)

    tasks.release_due()
    public.goto(PUBLIC)
    assert ("TEST ENTRY" in public.content(), PublicEvent.objects.count()) == (False, 0)
    reporter.page.goto("/en/staff/")
    assert reporter.page.get_by_text("To be published on 2 June 2026 at 08:00").is_visible()

    clock.move_to(NOW + timedelta(days=1))
    tasks.release_due()
    tasks.release_due()
    public.goto(PUBLIC)
    assert (SECOND in public.content(), FIRST in public.content()) == (True, False)
    assert PublicEvent.objects.filter(object_kind="status_update").count() == 1
    assert list(update.actions.values_list("deed", flat=True)) == [
        "submitted", "returned", "submitted", "approved", "scheduled", "published",
    ]  # fmt: skip
