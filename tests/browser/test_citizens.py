"""Citizens in a browser, with JavaScript and without: follow by mail, report an error."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from commitments.models import ErrorReport, Subscriber
from commitments.services import record
from commitments.services.record import EDITORS
from tests.browser.steps import follow
from tests.factories.clock import TODAY
from tests.services.citizens.outbox import link_in, send_due, weekly_mails

WEEK = timedelta(days=7)


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def page(request, browser):
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def site(transactional_db, live_server, settings, world):
    settings.SITE_URL = live_server.url
    rows = [world.unit, world.body, world.programme, world.commitment]
    record.publish_many(rows, action="loaded", by=EDITORS, effective_on=TODAY, now=timezone.now())
    return live_server.url


def heading(page):
    return page.locator("h1").inner_text()


def test_subscribe_confirm_receive_and_unsubscribe(page, site, world):
    page.goto(f"{site}/en/subscribe/?topic=commitment&of=test-commitment")
    page.get_by_label("Your e-mail address").fill("anna@example.org")
    page.wait_for_timeout(2100)  # nobody types faster than the form takes
    follow(page, page.get_by_role("button", name="Send me the link"))
    assert heading(page) == "Look into your mail"

    [confirm] = send_due(timezone.now())
    page.goto(site + link_in(confirm, "/confirm/"))
    follow(page, page.get_by_role("button", name="Yes, tell me once a week"))
    assert heading(page) == "You will be told"

    now = timezone.now()
    record.publish(world.commitment, action="changed", by=EDITORS, effective_on=TODAY, now=now)
    sent = [one for day in range(1, 15) for one in weekly_mails(now + timedelta(days=day))]
    assert [("Commitment changed" in one.body) for one in sent] == [True]
    page.goto(re.search("<(.*)>", sent[0].extra_headers["List-Unsubscribe"])[1])
    assert page.get_by_text("Test commitment").count() > 0
    follow(page, page.get_by_role("button", name="End everything and delete the address"))

    assert heading(page) == "You follow nothing any more"
    assert Subscriber.objects.count() == 0
    assert page.context.cookies() == []


def test_report_an_error_and_see_its_answer_in_public(page, site, erin, client):
    page.goto(f"{site}/en/report-error/?about=commitment:test-commitment")
    page.get_by_label("What is wrong?").fill("Test: the date is wrong")
    page.get_by_label("Your e-mail address").fill("anna@example.org")
    follow(page, page.get_by_role("button", name="Send the report"))
    if "Nothing is lost" in page.content():  # it was faster than people type
        page.wait_for_timeout(2100)
        assert page.get_by_label("What is wrong?").input_value() == "Test: the date is wrong"
        follow(page, page.get_by_role("button", name="Send the report"))
    follow(page, page.get_by_role("link", name="on its own page"))
    assert page.get_by_text("Received, not shown yet").count() == 1
    public = page.url

    client.force_login(erin)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    page.context.add_cookies([session])
    page.goto(f"{site}/en/staff/error-reports/")
    follow(page, page.get_by_role("link", name=ErrorReport.objects.get().reference))
    follow(page, page.get_by_role("button", name="Show it in public"))
    page.get_by_label("Rejected").check()
    page.get_by_label("Public answer in English").fill("Test: the date is right")
    follow(page, page.get_by_role("button", name="Answer in public"))

    page.goto(public)
    assert page.get_by_text("Test: the date is wrong").count() == 1
    assert page.get_by_text("Test: the date is right").count() == 1
    assert page.locator(".status").inner_text() == "Rejected"
