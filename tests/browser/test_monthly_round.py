"""A reporter's monthly round: from the mail link to "submitted", and nothing typed is ever lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from commitments.models import Commitment, StatusUpdate
from tests import deeds, factories, files
from tests.browser.steps import follow, swap
from tests.views.staff.writing import DUE

PATH = "/en/staff/commitments/test-commitment/updates/add/"
PASSWORD = "test, not a secret"
SAVED = re.compile(r"^Saved \d\d:\d\d$")
SOON = 15_000


@pytest.fixture
def open_round(transactional_db, world, alice, dan, erin, live_server):
    """A commitment of which Alice's body said something a month ago, and her password."""
    alice.set_password(PASSWORD)
    alice.save()
    Commitment.objects.update(**DUE)
    target = factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000,
        text_en="Test: 20,000 stations", direction="up", cumulation="latest",
    )  # fmt: skip
    deeds.published(
        alice, dan, erin, Commitment.objects.get(), forecast="on_track",
        measured={target.pk: "10000"},
    )  # fmt: skip
    return target


def log_in(page):
    page.fill("[name=username]", "alice@example.org")
    page.fill("[name=password]", PASSWORD)
    follow(page, page.locator("main button[type=submit]").first)


def newest():
    return StatusUpdate.objects.order_by("-pk").first()


def said(page):
    return page.locator("#saving > p:visible")


def test_monthly_round(open_round, live_server, page, tmp_path):
    target = open_round
    page.goto(live_server.url + PATH + "?via=mail")
    log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Test commitment")
    expect(page.locator("[name=stage][value=in_progress]")).to_be_checked()
    expect(page.locator("[name=forecast][value=on_track]")).to_be_checked()

    # figures are read back
    page.locator(f"[name=target_{target.pk}]").press_sequentially("11200")
    reading = page.locator(f"#read-{target.pk}")
    expect(reading).to_contain_text("eleven thousand two hundred", timeout=SOON)
    expect(reading).to_contain_text("+12% since")

    # it saves itself, and says so
    page.fill("[name=summary_en]", "Test: typed")
    expect(said(page)).to_have_text(SAVED, timeout=SOON)
    assert newest().summary_en == "Test: typed"

    # the connection is lost, and comes back
    page.context.set_offline(True)
    page.locator("[name=summary_en]").press_sequentially(" offline")
    expect(said(page)).to_contain_text("Not saved: no connection.", timeout=SOON)
    page.locator("main").get_by_role("button", name="Submit", exact=True).click()
    expect(said(page)).to_contain_text("Not saved: no connection.")
    assert newest().summary_en == "Test: typed"
    page.context.set_offline(False)
    expect(said(page)).to_have_text(SAVED, timeout=SOON)
    assert newest().summary_en == "Test: typed offline"

    # the session ends; the person logs in in another window
    Session.objects.all().delete()
    page.locator("[name=summary_en]").press_sequentially(", logged out")
    expect(said(page)).to_contain_text("You were logged out.", timeout=SOON)
    assert newest().summary_en == "Test: typed offline"
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in in a new window").click()
    log_in(opened.value)
    opened.value.wait_for_url("**/staff/")
    opened.value.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(said(page)).to_have_text(SAVED, timeout=SOON)
    assert newest().summary_en == "Test: typed offline, logged out"

    # a small PDF
    report = tmp_path / "report.pdf"
    report.write_bytes(files.PDF)
    swap(page, page.locator("button[value=evidence-add]"))
    page.fill("[name=evidence-0-title]", "Test report")
    page.set_input_files("[name=evidence-0-upload]", report)
    expect(page.get_by_role("link", name="report.pdf")).to_be_visible(timeout=SOON)
    page.select_option("[name=evidence-0-relation]", "own_body")
    expect(said(page)).to_have_text(SAVED, timeout=SOON)

    # preview, then submit
    follow(page, page.locator("main").get_by_role("button", name="Preview"))
    expect(page.locator(".preview-bar")).to_contain_text("Preview – not published.")
    expect(page.locator("main")).to_contain_text("Test: typed offline, logged out")
    expect(page.locator("main")).to_contain_text("report.pdf")
    follow(page, page.locator(".preview-bar").get_by_role("button", name="Submit"))
    expect(page.locator("body")).to_contain_text("The update is submitted.")
    assert newest().state == "submitted"
    page.wait_for_load_state("networkidle")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_text_outlives_a_closed_window(open_round, live_server, page):
    page.goto(live_server.url + PATH)
    log_in(page)
    page.wait_for_selector("#update-form")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.fill("[name=summary_en]", "Test: typed before the window closed")
    expect(said(page)).to_contain_text("no connection", timeout=SOON)
    context = page.context
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(live_server.url + PATH)
    expect(again.locator("#kept-offer")).to_be_visible(timeout=SOON)
    assert again.input_value("[name=summary_en]") == ""
    again.get_by_role("button", name="Put it back into the form").click()
    again.wait_for_selector("text=What you typed before stands in the form again")
    assert again.input_value("[name=summary_en]") == "Test: typed before the window closed"
    follow(again, again.locator("main").get_by_role("button", name="Save draft").last)
    again.wait_for_selector("text=The draft is saved")
    expect(again.locator("#kept-offer")).to_be_hidden()
    assert newest().summary_en == "Test: typed before the window closed"


def test_nobody_else_finds_what_a_browser_kept(open_round, live_server, page, dan):
    dan.set_password(PASSWORD)
    dan.save()
    page.goto(live_server.url + PATH)
    log_in(page)
    page.wait_for_selector("#update-form")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.fill("[name=summary_en]", "Test: not for others")
    expect(said(page)).to_contain_text("no connection", timeout=SOON)
    assert len(page.evaluate("Object.keys(localStorage)")) == 1
    page.context.set_offline(False)
    Session.objects.all().delete()
    page.goto(live_server.url + "/en/staff/log-in/")
    page.fill("[name=username]", "dan@example.org")
    page.fill("[name=password]", PASSWORD)
    follow(page, page.locator("main button[type=submit]").first)
    page.wait_for_url("**/staff/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_two_windows_never_overwrite_each_other(open_round, live_server, page):
    page.goto(live_server.url + PATH)
    log_in(page)
    page.fill("[name=summary_en]", "Test: first window")
    expect(said(page)).to_have_text(SAVED, timeout=SOON)
    other = page.context.new_page()
    other.goto(live_server.url + PATH)
    other.fill("[name=summary_en]", "Test: second window")
    expect(other.locator("#saving > p:visible")).to_have_text(SAVED, timeout=SOON)
    page.locator("[name=summary_en]").press_sequentially(", more")
    expect(said(page)).to_contain_text(
        "a newer version was saved from another window", timeout=SOON
    )
    follow(page, page.locator("main").get_by_role("button", name="Save draft").last)
    page.wait_for_selector("h1:has-text('Two versions of your draft')")
    assert newest().summary_en == "Test: second window"
    follow(page, page.locator("button[value=merge]"))
    follow(page, page.locator("main").get_by_role("button", name="Save draft").last)
    page.wait_for_selector("text=The draft is saved")
    assert newest().summary_en == "Test: first window, more"


def test_file_too_large_is_not_even_sent(open_round, live_server, page, tmp_path, settings):
    settings.EVIDENCE_MAX_BYTES = 1000
    big = tmp_path / "big.pdf"
    big.write_bytes(files.PDF + bytes(5000))
    page.goto(live_server.url + PATH)
    log_in(page)
    swap(page, page.locator("button[value=evidence-add]"))
    page.set_input_files("[name=evidence-0-upload]", big)
    expect(page.locator("[data-too-large]")).to_be_visible()
    assert page.input_value("[name=evidence-0-upload]") == ""


def test_known_publication_fills_the_row(open_round, live_server, page):
    factories.SourceFactory(
        title="Test: Nghị quyết của kỳ họp", publisher="Test publisher",
        url="https://example.org/resolution",
    )  # fmt: skip
    page.goto(live_server.url + PATH)
    log_in(page)
    swap(page, page.locator("button[value=evidence-add]"))
    expect(page.locator("[name=evidence-0-title]")).to_be_focused()
    page.locator("[name=evidence-0-title]").press_sequentially("nghi quyet", delay=30)
    page.locator(".suggestion").click(timeout=SOON)
    expect(page.locator("[name=evidence-0-url]")).to_have_value(
        "https://example.org/resolution", timeout=SOON
    )
    expect(said(page)).to_have_text(SAVED, timeout=SOON)


def test_expired_session_without_scripts_loses_no_text(open_round, live_server, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + PATH)
    log_in(page)
    page.fill("[name=summary_en]", "Test: typed without scripts")
    Session.objects.all().delete()
    follow(page, page.locator("main").get_by_role("button", name="Save draft").last)
    expect(page.locator("body")).to_contain_text("What you typed is kept")
    log_in(page)
    expect(page.locator("[name=summary_en]")).to_have_value("Test: typed without scripts")
    follow(page, page.locator("main").get_by_role("button", name="Save draft").last)
    expect(page.locator("body")).to_contain_text("The draft is saved")
    assert newest().summary_en == "Test: typed without scripts"
    context.close()
