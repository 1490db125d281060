"""Every page of writing a commitment's plan: no fault that axe finds, nothing too wide."""

import pytest

from commitments.models import Commitment
from tests.browser.steps import follow, swap
from tests.browser.test_axe_staff import OFFICER, WIDTHS, Walker, demo

__all__ = ["demo"]

ADD = "staff/programmes/demo/commitments/add/"
LONG = "Test: " + "a title that goes on and on without any sense at all, " * 5
DRAFT = "staff/commitments/test-invented-pledge/"


def fill(page, **fields):
    for name, value in fields.items():
        page.fill(f"[name={name.replace('__', '-')}]", value)


def press(walk, value, name):
    """A row more comes into the page; everything else is a page of its own."""
    button = walk.page.locator(f"button[name=deed][value={value}]").last
    (swap if value.endswith("-add") else follow)(walk.page, button)
    walk.look(name)


def begin(walk):
    """From nothing to a draft that says what it lacks, with an error on the way."""
    walk.open(ADD)
    press(walk, "check", "nothing typed")
    walk.page.check("[name=kind][value=corporate_pledge]")
    fill(walk.page, title_en="Test: invented pledge", title_vi=LONG, slug="test-invented-pledge")
    fill(walk.page, due="x")
    press(walk, "targets-add", "a target more")
    press(walk, "milestones-add", "a milestone more")
    fill(walk.page, targets__0__metric="stations", milestones__0__title_en=LONG[:290])
    press(walk, "save", "errors in rows")
    fill(walk.page, due="2026", targets__0__unit="stations", targets__0__value="20")
    fill(walk.page, targets__0__text_en=LONG, milestones__0__due="2027")
    press(walk, "check", "what is missing")


def finish(walk):
    """The rest, and the page that publishes it."""
    walk.open(f"{DRAFT}edit/")
    walk.page.check("[name=basis][value=summarised]")
    fill(walk.page, text_en="Test wording", text_vi=LONG)
    press(walk, "parts-add", "a body more")
    walk.page.select_option("[name=parts-0-organisation]", index=1)
    walk.page.select_option("[name=parts-0-role]", "lead")
    fill(walk.page, parts__0__since="2026")
    press(walk, "sources-add", "a source more")
    fill(walk.page, sources__0__title="Test page")
    press(walk, "check", "ready")
    walk.open(DRAFT)
    walk.open(f"{DRAFT}discard/")
    walk.open(f"{DRAFT}links/add/")


def two_hands(walk):
    """The draft is saved by somebody else while the form is open."""
    walk.open(f"{DRAFT}edit/")
    draft = Commitment.objects.get(slug="test-invented-pledge")
    Commitment.objects.filter(pk=draft.pk).update(version=99, title_en="Test: by another hand")
    fill(walk.page, title_en="Test: by this hand")
    press(walk, "save", "two versions")
    press(walk, "merge", "chosen")


def publish(walk):
    walk.open(f"{DRAFT}publish/")
    follow(walk.page, walk.page.locator("form.acts button"))
    walk.look("published")
    walk.open(f"{DRAFT}milestones/1/complete/")
    follow(walk.page, walk.page.locator("form button.govuk-button").last)
    walk.look("not done")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_a_plan_have_no_fault(demo, live_server, page, language):
    walk = Walker(page, live_server.url, language, WIDTHS)
    walk.enter(OFFICER)

    for part in (begin, finish, two_hands, publish):
        part(walk)

    assert walk.found == {}
    assert Commitment.objects.get(slug="test-invented-pledge").reference is not None
