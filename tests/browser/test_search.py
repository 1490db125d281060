"""Somebody looks for a pledge, with and without JavaScript, and goes back the way they came."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import answered, follow

FAB = "Semiconductor fabrication plant in Viet Nam"


@pytest.fixture
def base(transactional_db, facts, live_server):
    return f"{live_server.url}/en"


def _look_for(page, base, query):
    page.goto(f"{base}/search/")
    page.fill("#id_q", query)
    follow(page, page.locator(".content form button[type=submit]"))


def test_a_pledge_is_found_without_diacritics_and_back_leads_back(base, browser, page):
    plain = browser.new_context(java_script_enabled=False).new_page()
    for one in (plain, page):
        _look_for(one, base, "chip ban dan viettel")
        assert one.locator("mark").all_inner_texts() != []
        follow(one, one.get_by_role("link", name=FAB))
        assert one.locator("h1").inner_text() == FAB
    _filtered_without_javascript(plain, base)
    _filtered_in_place(page, base)


def _filtered_without_javascript(page, base):
    page.goto(f"{base}/commitments/")
    page.locator("#facet-stage summary").click()
    page.get_by_label("In progress").check()
    follow(page, page.locator("#filters").get_by_role("button", name="Apply"))
    assert "stage=in_progress" in page.url
    assert page.locator(".chip").count() == 1


def _filtered_in_place(page, base):
    """Two filters, each in the address; back takes one away after the other."""
    page.goto(f"{base}/commitments/")
    everything = page.locator("#found-count").inner_text()
    page.evaluate("window.stayed = true")
    page.locator("#facet-kind summary").click()
    with answered(page, page.get_by_label("Corporate pledge")):
        page.get_by_label("Corporate pledge").check()
    page.wait_for_url("**/commitments/?kind=corporate_pledge")
    pledges = page.locator("#found-count").inner_text()
    assert page.evaluate("document.activeElement.value") == "corporate_pledge"
    assert page.locator("#found").inner_text() == pledges
    page.locator("#facet-stage summary").click()
    with answered(page, page.get_by_label("In progress")):
        page.get_by_label("In progress").check()
    page.wait_for_url("**/commitments/?kind=corporate_pledge&stage=in_progress")
    assert page.locator(".chip").count() == 2

    page.go_back()
    page.wait_for_url("**/commitments/?kind=corporate_pledge")
    expect(page.locator("#found-count")).to_have_text(pledges)
    expect(page.get_by_label("Corporate pledge")).to_be_checked()
    expect(page.get_by_label("In progress")).not_to_be_checked()
    page.go_back()
    expect(page.locator("#found-count")).to_have_text(everything)
    expect(page.get_by_label("Corporate pledge")).not_to_be_checked()
    assert page.evaluate("window.stayed") is True
