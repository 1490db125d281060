"""Another day is chosen below a page, with scripts and without, and the way goes on in that day."""

from datetime import date

import pytest
from playwright.sync_api import expect

from commitments.services import record
from tests import factories
from tests.browser.steps import follow
from tests.factories.clock import NOW

PATH = "/en/commitments/test-commitment/"


@pytest.fixture
def told(transactional_db):
    """A commitment announced in March and reported to be in progress since May."""
    body = factories.OrganisationFactory(slug="test-lead", name_en="Test lead")
    programme = factories.ProgrammeFactory(slug="test", code="T", name_en="Test programme")
    commitment = factories.CommitmentFactory(
        programme=programme, slug="test-commitment", title_en="Test commitment"
    )
    lead = factories.ParticipationFactory(commitment=commitment, organisation=body)
    wording = factories.WordingFactory(commitment=commitment)
    by = record.EDITORS
    record.publish_many(
        [body, programme, commitment, wording, lead],
        action="loaded",
        by=by,
        effective_on=date(2026, 3, 2),
        now=NOW,
    )
    commitment.stage, commitment.stage_as_of_on = "in_progress", date(2026, 5, 4)
    commitment.save(update_fields=["stage", "stage_as_of_on"])
    record.publish(commitment, action="stage_set", by=by, effective_on=date(2026, 5, 4), now=NOW)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_status_of_a_past_day_is_found(told, live_server, browser, scripts):
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(live_server.url + PATH)
    expect(page.locator("dl.axes")).to_contain_text("In progress")

    page.locator("#as-of summary").click()
    page.get_by_label("See this page as of another day").fill("2026-05-03")
    follow(page, page.get_by_role("button", name="Show that day"))

    assert page.url == f"{live_server.url}{PATH}?as_of=2026-05-03"
    expect(page.locator(".past")).to_contain_text("The record as of 3 May 2026")
    expect(page.locator("dl.axes")).to_contain_text("No stage stated")
    expect(page.locator("dl.axes")).not_to_contain_text("In progress")

    follow(page, page.locator("nav.breadcrumbs a").first)
    assert page.url == f"{live_server.url}/en/?as_of=2026-05-03"
    page.go_back()
    follow(page, page.get_by_role("link", name="See the present record"))
    assert page.url.rstrip("?") == live_server.url + PATH
    expect(page.locator("dl.axes")).to_contain_text("In progress")
