"""Pausing the reminders of a programme, and letting them go on, on their pages."""

import pytest

from commitments.models import Pause
from tests import factories
from tests.deeds import later
from tests.factories.clock import NOW
from tests.views.staff.reminders_seen import words

pytestmark = pytest.mark.usefixtures("monday")

PAGE = "/en/staff/programmes/test/reminders/pause/"


def kept():
    return list(Pause.objects.values_list("reason", "paused_by", "resumed_by"))


def test_reminder_pause_and_resume(world, erin, as_):
    browser = as_(erin)
    asked = browser.get(PAGE)
    assert (asked.status_code, kept()) == (200, [])

    answer = browser.post(PAGE, {"reason": "Test reason"}, follow=True)

    assert answer.redirect_chain == [("/en/staff/reminders/", 302)]
    assert "The reminders are paused. Nothing goes out." in answer.text
    assert kept() == [("Test reason", erin.pk, None)]
    one = Pause.objects.get()
    resume = f"/en/staff/reminders/pauses/{one.pk}/resume/"
    assert "Paused by Erin since 1 June 2026, 09:00. Test reason" in words(browser.get(resume).text)
    assert kept() == [("Test reason", erin.pk, None)]

    answer = browser.post(resume, follow=True)

    assert answer.redirect_chain == [("/en/staff/reminders/", 302)]
    assert kept() == [("Test reason", erin.pk, erin.pk)]
    again = browser.get(resume)
    assert "Erin let them go on, 1 June 2026 at 09:00." in words(again.text)
    assert '<button class="govuk-button"' not in again.text


def test_reminder_pause_without_a_reason_is_asked_again(world, erin, as_):
    answer = as_(erin).post(PAGE, {"reason": "  "})

    assert (answer.status_code, kept()) == (422, [])
    assert answer.text.count("Please say why the reminders stop.") == 2
    too_long = as_(erin).post(PAGE, {"reason": "Test " * 401})
    assert (too_long.status_code, kept()) == (422, [])
    assert "Test Test" in too_long.text


def test_reminder_pause_shows_the_pause_of_another_officer(world, erin, as_):
    other = factories.UserFactory(full_name="Test other")
    one = factories.PauseFactory(programme=world.programme, paused_by=other, paused_at=NOW)

    answer = as_(erin).post(PAGE, {"reason": "Test mine"})

    assert answer.status_code == 409
    assert "The reminders of this programme are paused already." in answer.text
    assert "Paused by Test other since 1 June 2026, 09:00." in words(answer.text)
    assert "Test mine" in answer.text
    assert list(Pause.objects.all()) == [one]
    assert "govuk-button" not in as_(erin).get(PAGE).text


def test_reminder_pause_is_for_officers_of_the_programme(world, erin, carol, alice, as_):
    one = factories.PauseFactory(programme=world.programme, paused_at=later(-1))
    resume = f"/en/staff/reminders/pauses/{one.pk}/resume/"
    factories.ProgrammeFactory(slug="test-other")

    for person in (carol, alice):
        found = [as_(person).post(path, {"reason": "Test"}).status_code for path in (PAGE, resume)]
        assert found == [403, 403]
    browser = as_(erin)
    assert browser.get(PAGE.replace("test/", "test-other/", 1)).status_code in (403, 404)
    assert browser.get(PAGE.replace("/test/", "/test-none/")).status_code == 404
    assert kept() == [("Test reason", one.paused_by_id, None)]
