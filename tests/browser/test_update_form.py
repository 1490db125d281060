"""The update form in a browser: rows by htmx, what it hides and shows, what Enter does."""

import pytest
from playwright.sync_api import expect

from commitments.models import StatusUpdate
from tests import factories
from tests.browser.steps import answered, follow, swap

PATH = "/en/staff/commitments/test-commitment/updates/add/"


@pytest.fixture
def form(transactional_db, world, alice, live_server, client, page):
    """The prepared form, open for Alice, of a commitment that is due."""
    factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000
    )
    client.force_login(alice)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + PATH)
    return page


def test_rows_come_and_go_without_a_new_page(form):
    form.fill("[name=summary_en]", "Test: typed before")
    form.evaluate("window.isSamePage = true")
    for number in (0, 1):
        swap(form, form.locator("button[value=evidence-add]"))
        expect(form.locator(f"[name=evidence-{number}-title]")).to_be_focused()
        form.keyboard.type(f"Test {number}")
    swap(form, form.locator("button[value=evidence-remove-0]"))
    expect(form.locator("[name=evidence-1-title]")).to_have_count(0)
    add = form.locator("button[value=evidence-add]")
    with answered(form, add):  # whoever types elsewhere meanwhile goes on typing there
        add.evaluate("one => { one.click(); document.forms['update-form'].summary_en.focus(); }")
    expect(form.locator("[name=summary_en]")).to_be_focused()

    assert form.input_value("[name=evidence-0-title]") == "Test 1"
    assert form.input_value("[name=summary_en]") == "Test: typed before"
    assert form.evaluate("window.isSamePage") is True
    assert StatusUpdate.objects.count() == 0


def test_problem_is_asked_where_the_forecast_calls_for_it(form):
    problem = form.locator("[name=problem_en]")
    seen = []
    for forecast in (None, "on_track", "at_risk", "off_track"):
        if forecast:
            form.check(f"[name=forecast][value={forecast}]")
        seen.append(problem.is_visible())
    problem.fill("Test: typed")
    form.check("[name=forecast][value=on_track]")

    assert seen == [False, False, True, True]
    assert form.input_value("[name=problem_en]") == "Test: typed"


def test_stage_is_not_asked_where_it_does_not_change(form):
    stage = form.get_by_label("Paused")
    seen = [stage.is_visible()]
    for kind in ("no_change", "context", "progress"):
        form.check(f"[name=kind][value={kind}]")
        seen.append(stage.is_visible())

    assert seen == [True, False, False, True]


def test_enter_saves_the_draft_and_removes_nothing(form):
    swap(form, form.locator("button[value=evidence-add]"))
    form.fill("[name=evidence-0-title]", "Test page")
    form.press("[name=evidence-0-title]", "Enter")
    form.wait_for_url("**/edit/")

    assert form.input_value("[name=evidence-0-title]") == "Test page"
    assert StatusUpdate.objects.get().state == "draft"


def test_form_saves_itself_while_somebody_types(form):
    form.fill("[name=summary_en]", "Test: one")
    expect(form.locator("#autosave")).to_contain_text("Saved ", timeout=10_000)
    form.locator("[name=summary_en]").press_sequentially(" and two")
    expect(form.locator("#version")).to_have_value("3", timeout=10_000)
    form.reload()

    assert form.url.endswith(f"/staff/updates/{StatusUpdate.objects.get().pk}/edit/")
    assert form.input_value("[name=summary_en]") == "Test: one and two"
    follow(form, form.get_by_role("button", name="Save draft").last)
    form.wait_for_selector("text=The draft is saved")
    assert StatusUpdate.objects.get().version == 4
