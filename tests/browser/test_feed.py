"""A reader of a feed follows an entry to the change that it tells, with scripts and without."""

import xml.etree.ElementTree as ET

import pytest
from playwright.sync_api import expect

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_entry_leads_to_its_change(
    transactional_db, facts, live_server, settings, browser, scripts
):
    settings.SITE_URL = live_server.url
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(f"{live_server.url}/en/commitments/viettel-5g-network-2025/")
    feed = page.locator("link[type='application/atom+xml']").last.get_attribute("href")
    answer = page.request.get(page.url.rsplit("/en/", 1)[0] + feed if feed[0] == "/" else feed)
    entries = ET.fromstring(answer.body()).findall(f"{ATOM}entry")
    told = {
        entry.find(f"{ATOM}title").text: entry.find(f"{ATOM}link").get("href") for entry in entries
    }
    title, address = next(pair for pair in told.items() if "pdate" in pair[0])

    page.goto(address)

    assert title
    expect(page.locator("main")).to_contain_text("22,758")
