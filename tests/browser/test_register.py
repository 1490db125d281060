"""The register in a browser: filtered without a new page, kept, acted on; no fault that axe finds."""

import pytest

from commitments.models import BulkRun, SavedView
from tests.browser.steps import answered, follow, swap
from tests.browser.test_axe_staff import OFFICER, Walker, demo

__all__ = ["demo"]


def narrowed(walk):
    """The list answers a filter in place, and says what it cannot read."""
    page = walk.page
    walk.open("staff/commitments/")
    with answered(page, page.locator("#id_stage")):
        page.select_option("#id_stage", "in_progress")
    page.wait_for_url("**/commitments/?stage=in_progress")
    page.locator("details.more summary").first.click()
    page.locator("details.more summary").nth(1).click()
    walk.look("all filters")
    page.fill("#id_due_from", "someday")
    swap(page, page.locator("#filters button[type=submit]"))
    page.wait_for_selector(".govuk-error-summary")
    walk.look("a filter that is not read")
    page.fill("#id_due_from", "")
    swap(page, page.locator("#filters button[type=submit]"))
    page.wait_for_selector("#register-table")
    page.locator(".keep__view summary").click()
    page.fill("#view-name", "Test view")
    walk.look("a view to keep")
    follow(page, page.locator(".keep__form button"))
    walk.open("staff/views/")
    walk.open("staff/commitments/?q=nowhere")


def acted_on(walk):
    """Rows are chosen, the deed and what it would do are seen, then it is done."""
    page = walk.page
    page.goto(f"{walk.base}/{walk.language}/staff/commitments/?reporting=late")
    page.locator("td.register__pick input").first.check()
    follow(page, page.locator("button[value=chosen]"))
    walk.look("a deed to choose")
    follow(page, page.locator("button[value=check]"))
    walk.look("no deed chosen")
    page.check("input[value=nudge]")
    follow(page, page.locator("button[value=check]"))
    walk.look("what would happen")
    follow(page, page.locator("button[value=do]"))
    page.wait_for_url("**/bulk/*-*/")
    walk.look("what happened")


@pytest.mark.parametrize(("language", "width"), [("vi", 360), ("en", 1280)])
def test_register_in_a_browser(demo, live_server, page, settings, language, width):
    settings.SECOND_FACTOR_REQUIRED = False
    page.set_viewport_size({"width": width, "height": 900})
    walk = Walker(page, live_server.url, language)
    walk.enter(OFFICER)

    narrowed(walk)
    acted_on(walk)

    assert walk.found == {}
    assert [view.query for view in SavedView.objects.all()] == ["stage=in_progress"]
    assert [run.results[0]["done"] for run in BulkRun.objects.all()] == [True]
