"""An officer's file: with errors first, corrected in the spreadsheet, then imported as a whole."""

from datetime import date

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from commitments.models import Commitment, ImportRun
from tests import factories
from tests.browser.steps import follow

ADD = "/en/staff/imports/add/"


@pytest.fixture
def office(transactional_db, settings, tmp_path):
    """A programme with its delivery unit, a body, and the officer who brings the file."""
    settings.MEDIA_ROOT = tmp_path / "kept"
    settings.SECOND_FACTOR_REQUIRED = False
    unit = factories.OrganisationFactory(slug="test-unit", name_en="Test unit", kind="ministry")
    factories.OrganisationFactory(slug="test-lead", name_en="Test lead")
    factories.ProgrammeFactory(slug="test", code="T", name_en="Test programme", delivery_unit=unit)
    erin = factories.UserFactory(email="erin@example.org", full_name="Erin")
    factories.MembershipFactory(user=erin, organisation=unit, role="officer")
    return erin


@pytest.fixture
def window(browser, live_server, office, javascript):
    client = Client()
    client.force_login(get_user_model().objects.get(pk=office.pk))
    context = browser.new_context(base_url=live_server.url, java_script_enabled=javascript)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    yield context.new_page()
    context.close()


def fill_in(path, *, number, due):
    """What the officer types into the template, in the spreadsheet."""
    book = openpyxl.load_workbook(path)
    typed = {
        "commitments": {"slug": "test-new", "kind": "corporate_pledge", "title_en": "Test new"},
        "participations": {"commitment": "test-new", "organisation": "test-lead", "role": "lead", "confidence": "confirmed"},
        "milestones": {"commitment": "test-new", "number": number, "title_en": "Test step", "due": due},
    }  # fmt: skip
    for name, cells in typed.items():
        keys = [cell.value for cell in book[name][1]]
        for key, value in cells.items():
            book[name].cell(3, keys.index(key) + 1, value)
    book.save(path)


def upload(page, path):
    page.goto(ADD)
    page.get_by_label("File", exact=True).set_input_files(path)
    press(page, "Check the file")


def press(page, name):
    follow(page, page.locator("main").get_by_role("button", name=name, exact=True))


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_import_with_errors_then_clean(window, tmp_path):
    path = tmp_path / "plan.xlsx"
    window.goto(ADD)
    with window.expect_download() as template:
        window.get_by_role("link", name="Empty template (XLSX)").click()
    template.value.save_as(path)

    fill_in(path, number="first", due="31/2/2027")
    upload(window, path)
    lines = window.locator("table.faults tbody tr").all_inner_texts()
    assert [" ".join(line.split()) for line in lines] == [
        "milestones 3 number B3 first Please write a whole number from 1 to 9999.",
        "milestones 3 due E3 31/2/2027 Month 2 of 2027 has no day 31.",
    ]
    assert window.get_by_role("button", name="Import all of it").count() == 0
    assert not Commitment.objects.exists()

    fill_in(path, number=1, due=date(2027, 2, 28))
    upload(window, path)
    assert "Test step" in window.locator("main").inner_text()
    assert not Commitment.objects.exists()
    press(window, "Import all of it")

    assert "Imported. New commitments are drafts until you publish them." in (
        window.locator("body").inner_text()
    )
    made = Commitment.objects.get()
    assert (made.slug, made.published_at, made.lead.organisation.slug) == (
        "test-new", None, "test-lead",
    )  # fmt: skip
    assert list(made.milestones.values_list("title_en", "due")) == [("Test step", "2027-02-28")]
    assert [run.state for run in ImportRun.objects.order_by("pk")] == ["faulty", "applied"]
