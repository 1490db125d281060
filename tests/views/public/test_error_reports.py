"""Errors reported by anybody: number, state, public answer; and what nobody can do to them."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from commitments.models import ErrorReport, ErrorReportDeed
from commitments.services import error_reports, record
from commitments.services.record import EDITORS
from commitments.text.citizens import make_stamp
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.services.citizens.outbox import link_in, send_due

PAGE = "/en/report-error/"
ABOUT = "?about=commitment:test-commitment"
XSS = "<script>alert(1)</script>"
ANNA = "anna@example.org"


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def recorded(world):
    rows = [world.unit, world.programme, world.commitment]
    record.publish_many(rows, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    return world


def typed(form="test-form", **more):
    stamp = make_stamp(form, NOW - timedelta(minutes=1))
    said = {"wrong": "Test: the date is wrong", "right": "", "source": "", "contact": ""}
    return said | {"stamp": stamp, "homepage": ""} | more


def reported(client, query=ABOUT, **more):
    """The report that was made."""
    answer = client.post(f"{PAGE}{query}", typed(**more))
    assert answer.status_code == 302, answer.text
    return ErrorReport.objects.order_by("pk").last()


def public(client, report):
    return client.get(f"/en/reports/{report.pk}/")


def answered(report, officer, decision="rejected", now=NOW, **more):
    said = {"answer_vi": "", "answer_en": "Test: the date is right", "corrected_by": None} | more
    return error_reports.answer_report(
        report=report, decision=decision, by=officer, now=now, **said
    )


def test_form_names_what_the_report_is_about(recorded, client):
    shown = client.get(f"{PAGE}{ABOUT}")
    unknown = client.get(f"{PAGE}?about=commitment:nothing")

    assert ">Test commitment</a>" in shown.text
    assert "commitment:test-commitment" in shown.text
    assert "The record has nothing under the name in this address." in unknown.text
    for query in ("?about=%00:x", "?about=commitment:%00", f"?about={'x' * 9999}", "?about=:"):
        assert client.get(f"{PAGE}{query}").status_code == 200


def test_report_gets_a_number_and_shows_no_text_before_it_is_released(recorded, client, erin):
    report = reported(client, wrong=XSS, right="Test: 2027", source="https://example.org/page")
    page, everywhere = public(client, report), client.get("/en/reports/")

    assert report.reference == f"ER-{report.pk:06d}"
    assert report.programme == recorded.programme
    assert ("Received, not shown yet" in page.text, "alert(1)" in page.text) == (True, False)
    assert ("Open" in page.text, ">Test commitment</a>" in page.text) == (True, True)
    assert (report.reference in everywhere.text, "alert(1)" in everywhere.text) == (True, False)
    error_reports.show_report(report=report, by=erin, now=NOW)
    released = public(client, report).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in released
    assert XSS not in released
    assert ("Test: 2027" in released, "https://example.org/page" in released) == (True, True)


def test_answer_stands_in_public_and_as_of_the_day_before_it_does_not(recorded, client, erin):
    report = reported(client)
    later = NOW + timedelta(days=3)
    answered(report, erin, "corrected", now=later, corrected_by=3)
    with time_machine.travel(later, tick=False):
        page = public(client, report).text
        lists = {
            state: report.reference in client.get(f"/en/reports/?state={state}").text
            for state in ("open", "accepted", "rejected")
        }
    before = public(client, report).text

    assert ("Accepted" in page, "Test: the date is right" in page) == (True, True)
    assert 'href="/en/record/3/"' in page
    assert lists == {"open": False, "accepted": True, "rejected": False}
    assert ("There is no answer yet." in before, "Test: the date is right" in before) == (
        True,
        False,
    )


def test_same_form_sent_twice_is_one_report(recorded, client):
    first, second = reported(client), reported(client)
    third = reported(client, form="another")

    assert (first.pk, third.pk != first.pk) == (second.pk, True)
    assert list(ErrorReportDeed.objects.values_list("deed", flat=True)) == ["received"] * 2


@pytest.mark.parametrize(
    "said",
    [
        {"wrong": " "},
        {"wrong": "x" * 3001},
        {"source": "x" * 1001},
        {"right": "Test \u202e turned"},
        {"contact": "nonsense"},
        {"contact": "a@example.org\nBcc: b@example.org"},
        {"homepage": "spam"},
        {"stamp": "forged"},
    ],
)
def test_refused_and_nothing_typed_is_lost(recorded, client, said):
    answer = client.post(f"{PAGE}{ABOUT}", typed(**{"right": "Test kept"} | said))

    assert answer.status_code == 422
    assert ErrorReport.objects.count() == 0
    assert "right" in said or "Test kept" in answer.text


def test_a_network_can_send_only_so_many(recorded, client, settings):
    settings.CITIZEN_FORMS_PER_HOUR = 1
    reported(client)
    answer = client.post(f"{PAGE}{ABOUT}", typed(form="another", wrong="Test kept"))

    assert (answer.status_code, "Test kept" in answer.text) == (429, True)
    assert ErrorReport.objects.count() == 1


def test_reader_who_confirmed_is_told_once_and_then_forgotten(recorded, client, erin):
    report = reported(client, contact=ANNA)
    [confirm] = send_due(NOW)
    path = link_in(confirm, "/confirm/")
    client.get(path)
    assert ErrorReport.objects.get().contact_confirmed_at is None  # reading acts on nothing
    assert [client.post(path).status_code for _time in range(2)] == [200, 200]
    answered(report, erin)
    [told] = send_due(NOW)

    assert told.to == [ANNA]
    assert "Test: the date is right" in told.body
    assert ErrorReport.objects.get().contact == ""
    assert send_due(NOW + timedelta(days=1)) == []
    assert ANNA not in public(client, report).text
    assert client.get(path).status_code == 410


def test_reader_who_did_not_confirm_is_never_told(recorded, client, erin):
    answered(reported(client, contact=ANNA), erin)
    lapsed = reported(client, form="another", contact=ANNA)

    assert [one.subject for one in send_due(NOW)] == [
        f"Please confirm: answer to report {lapsed.reference}"
    ]
    assert error_reports.tidy_reports(now=NOW + timedelta(days=7)) == 1
    assert list(ErrorReport.objects.values_list("contact", flat=True)) == ["", ""]


def test_reports_and_subscriptions_count_together_against_bombarding(recorded, client):
    for number in range(5):
        reported(client, form=f"test-{number}", contact=ANNA)

    assert len(send_due(NOW)) == 3
    assert ErrorReport.objects.exclude(contact="").count() == 3


def test_lists_as_many_queries_for_one_as_for_many(recorded, client, django_assert_max_num_queries):
    reported(client)
    with django_assert_max_num_queries(8):
        client.get("/en/reports/")
    for number in range(4):
        reported(client, form=f"test-{number}")
    with django_assert_max_num_queries(8):
        client.get("/en/reports/")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?state=nonsense", 400),
        ("?programme=%00", 400),
        ("?programme=test&page=999999999999", 200),
        ("?state=%ff", 400),
        ("?nonsense=1", 200),
    ],
)
def test_list_answers_any_query(recorded, client, query, status):
    assert client.get(f"/en/reports/{query}").status_code == status


def test_demonstration_is_listed_only_where_it_is_asked_for(recorded, client):
    demo = factories.ProgrammeFactory(slug="demo", code="D", is_demo=True)
    report = factories.ErrorReportFactory(programme=demo, is_demo=True)

    assert report.reference not in client.get("/en/reports/").text
    assert report.reference in client.get("/en/reports/?programme=demo").text


@pytest.mark.parametrize("number", [0, 99, 10**30])
def test_unknown_numbers_are_no_page(recorded, client, number):
    assert client.get(f"/en/reports/{number}/").status_code == 404
    assert client.get(f"{PAGE}received/{number}/").status_code == 404


def test_past_day_shows_the_reports_of_that_day_only(recorded, client, erin):
    report = reported(client)
    answered(report, erin, now=NOW + timedelta(days=3))
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        then = "as_of=2026-06-02"
        page = client.get(f"/en/reports/{report.pk}/?{then}").text
        found = client.get(f"/en/reports/?programme=test&state=open&{then}").text
        before = client.get(f"/en/reports/{report.pk}/?as_of=2026-05-30").status_code

    assert ("There is no answer yet." in page, report.reference in found) == (True, True)
    assert before == 404
