"""Every staff page of the demonstration: no fault that axe finds, nothing wider than the screen.

Pages that only a form leads to are reached through it: errors, two versions, what follows.
"""

from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from commitments.imports.demo import read_demo
from commitments.management.commands.load_demo import SEED
from commitments.models import Commitment, Evidence, Holiday, Obligation, StatusUpdate
from commitments.services.demo import load_demo
from commitments.text.mutes import mute_url
from tests import factories
from tests.browser.looking import faults
from tests.browser.steps import follow, swap
from tests.remembered import Remembered

REPORTER, APPROVER = "reporter.a@example.org", "approver.a@example.org"
OFFICER, ELSEWHERE = "officer@example.org", "reporter.tv@example.org"
TREES = "staff/commitments/demo-tree-register/"


@cache
def demo_of(day):
    """Loaded once a run and day; it tells of the days before it."""
    plan = read_demo(SEED)
    return Remembered(lambda: load_demo(plan=plan, password="test password", now=timezone.now()))


@pytest.fixture
def demo(transactional_db):
    demo_of(timezone.localdate())()


WIDTHS = (1280, 360)


class Walker:
    """Opens pages as one person after the other, and says what is wrong with each."""

    def __init__(self, page, base, language, widths=()):
        """At each of the `widths`, in pixels, or as wide as the page is; the first one stays."""
        self.page, self.base, self.language, self.widths = page, base, language, widths
        self._widen(*widths[:1])
        self.loud, self.found = [], {}
        page.on("pageerror", lambda error: self.loud.append(str(error)))
        page.on("request", self._asked)

    def _asked(self, request):
        if not request.url.startswith((self.base, "data:")):
            self.loud.append(f"asks another host: {request.url}")

    def enter(self, email):
        client = Client()
        client.force_login(get_user_model().objects.get(email=email))
        session = client.cookies["sessionid"].value
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.base}])

    def open(self, path):
        self.page.goto(f"{self.base}/{self.language}/{path}")
        self.look(path)

    def press(self, value, path, name="deed"):
        follow(
            self.page, self.page.locator(f"button.govuk-button[name={name}][value={value}]").first
        )
        self.look(f"{path} after {value}")

    def _widen(self, *widths):
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})

    def look(self, name):
        for width in self.widths or [None]:
            if width:
                self._widen(width)
            if said := [*faults(self.page), *self.loud]:
                self.found[name, width] = said
            self.loud.clear()
        self._widen(*self.widths[:1])


def update_of(slug, state):
    return StatusUpdate.objects.filter(commitment__slug=slug, state=state).latest("pk").pk


def as_anybody(walk):
    walk.page.context.clear_cookies()
    walk.open("staff/log-in/")
    follow(walk.page, walk.page.locator("main button"))
    walk.look("log-in, refused")


def as_reporter(walk):
    walk.enter(REPORTER)
    returned = update_of("demo-school-robots", "returned")
    for path in ("staff/", TREES, f"staff/updates/{returned}/", f"staff/updates/{returned}/edit/"):
        walk.open(path)
    walk.open(f"{TREES}updates/unchanged/")
    add = f"{TREES}updates/add/"
    walk.open(add)
    walk.page.check("[name=forecast][value=off_track]")
    walk.page.fill("[name=as_of_on]", "someday")
    swap(walk.page, walk.page.locator("button[value=evidence-add]"))
    walk.page.fill("[name=evidence-0-url]", "ftp://example.org/")
    walk.press("submit", add)
    walk.page.fill("[name=as_of_on]", "1/6/2026")
    walk.page.fill("[name=evidence-0-url]", "https://example.org/test")
    walk.press("submit", add)
    draft = update_of("demo-tree-register", "draft")
    walk.open(f"staff/updates/{draft}/preview/")
    walk.open(f"staff/updates/{draft}/discard/")
    walk.open(f"staff/updates/{draft}/edit/")
    StatusUpdate.objects.filter(pk=draft).update(version=99, summary_en="Test: another window")
    walk.press("save", "two versions")
    walk.press("merge", "two versions")
    walk.open("staff/commitments/demo-weather-balloons/updates/add/?corrects=1")


def on_ones_own(walk):
    """The account with a calendar address, and what a link in a mail mutes."""
    person = get_user_model().objects.get(email=REPORTER)
    walk.enter(REPORTER)
    walk.open("staff/account/")
    follow(walk.page, walk.page.locator("form[action$='/calendar/make/'] button"))
    open_all(walk, "an account with a calendar address")
    walk.page.context.clear_cookies()
    walk.page.goto(f"{walk.base}{urlsplit(mute_url(person.pk)).path}?lang={walk.language}")
    walk.look("what a mail can mute")
    walk.press("mute", "mail", name="deed")


def as_others(walk):
    walk.enter(APPROVER)
    walk.open("staff/")
    walk.open(TREES)
    waiting = update_of("demo-weather-balloons", "submitted")
    walk.open(f"staff/updates/{waiting}/")
    follow(walk.page, walk.page.locator(f"form[action$='/{waiting}/return/'] button"))
    walk.look("return without a comment")
    walk.enter(ELSEWHERE)
    walk.open("staff/")
    walk.open("staff/reporting/")  # 403
    walk.open(f"staff/updates/{waiting}/")  # 404


def as_officer(walk):
    walk.enter(OFFICER)
    complete = update_of("demo-rice-map", "published")
    for path in (
        "staff/",
        "staff/reporting/",
        "staff/reminders/",
        "staff/reminders/ledger/",
        "staff/reminders/dry-run/",
        "staff/programmes/demo/reminders/pause/",
        "staff/commitments/demo-glossary/",
        f"staff/updates/{update_of('demo-open-timetable', 'approved')}/",
        f"staff/updates/{complete}/",
    ):
        walk.open(path)
    walk.page.locator("details summary").first.click()
    follow(walk.page, walk.page.locator(f"form[action$='/{complete}/retract/'] button"))
    walk.look("retract without a reason")
    cited = Evidence.objects.filter(update=complete).latest("pk").source
    walk.open(f"staff/sources/{cited.pk}/faults/add/")
    follow(walk.page, walk.page.locator("main form.fields button"))
    walk.look("a fault without words")
    fault = factories.SourceFaultFactory(source=cited, note="Test: not found")
    walk.open(f"staff/updates/{complete}/")
    walk.open(f"staff/source-faults/{fault.pk}/resolve/")
    owed = Obligation.objects.owed(timezone.localdate())
    unmet = owed.filter(commitment__slug="demo-glossary")
    walk.open(f"staff/obligations/{unmet.latest('pk').pk}/waive/")


def ruling(walk):
    """The rules, a programme's own steps, and the free days, which are not the demonstration's."""
    walk.enter(OFFICER)
    walk.open("staff/reminders/rules/")
    walk.open("staff/reminders/holidays/")
    path = "staff/programmes/demo/rules/R3/edit/"
    walk.open(path)
    walk.press("add", path)
    walk.press("check", path)
    walk.press("remove-4", path)
    walk.press("check", path)
    walk.press("save", path)
    unit = factories.OrganisationFactory(slug="test-unit")
    factories.ProgrammeFactory(slug="test-real", code="TR", delivery_unit=unit)
    walk.enter(factories.MembershipFactory(organisation=unit, role="officer").user.email)
    path = "staff/reminders/holidays/add/"
    walk.open(path)
    walk.press("check", path)
    walk.page.fill("[name=on]", f"1/1/{timezone.localdate().year}")
    walk.page.check("[name=is_free][value=worked]")
    walk.press("check", path)
    walk.press("enter", path)
    walk.open(f"staff/reminders/holidays/{Holiday.objects.latest('pk').pk}/remove/")


def reviewing(walk):
    """The queue, every part of an update's page opened, a set time, and comments at their fields."""
    waiting = update_of("demo-weather-balloons", "submitted")
    approved = update_of("demo-open-timetable", "approved")
    walk.enter(OFFICER)
    walk.open("staff/review/")
    walk.open(f"staff/updates/{approved}/")
    open_all(walk, "an update and all that can be done with it")
    follow(walk.page, walk.page.locator(f"form[action$='/{approved}/schedule/'] button"))
    walk.look("a time that is missing")
    walk.page.fill("[name=release_on]", f"{timezone.localdate() + timedelta(days=3):%d/%m/%Y}")
    walk.page.fill("[name=release_time]", "8:00")
    follow(walk.page, walk.page.locator(f"form[action$='/{approved}/schedule/'] button"))
    walk.open(f"staff/updates/{approved}/")
    walk.open("staff/review/")
    walk.enter(APPROVER)
    walk.open("staff/review/")
    walk.open(f"staff/updates/{waiting}/")
    open_all(walk, "a return with comments on fields")
    follow(walk.page, walk.page.locator("form[action*='/notes/'] button"))
    walk.look("a note without text")
    walk.open(f"staff/updates/{waiting}/")
    walk.page.locator("summary[class*=details]").first.click()
    walk.page.fill("[name=on_stage]", "Test: is it so?")
    walk.page.fill("[name=on_evidence]", "Test: is there more?")
    follow(walk.page, walk.page.locator(f"form[action*='/{waiting}/return/'] button"))
    author = StatusUpdate.objects.get(pk=waiting).author.email
    walk.enter(author)
    for path in (f"staff/updates/{waiting}/", f"staff/updates/{waiting}/edit/"):
        walk.open(path)


def standing_in(walk):
    """Charges, absences and hand-overs of one body."""
    walk.enter(OFFICER)
    person = get_user_model().objects.get(email=REPORTER)
    body = person.memberships.get().organisation
    colleague = get_user_model().objects.create_user(
        "colleague.a@example.org", full_name="Test colleague"
    )
    body.memberships.create(user=colleague, role="reporter", started_on=timezone.localdate())
    away = f"staff/absences/add/?person={person.pk}"
    walk.open(away)
    follow(walk.page, walk.page.locator("main form.fields button"))
    walk.look("an absence without days")
    walk.page.fill("[name=starts_on]", f"{timezone.localdate():%d/%m/%Y}")
    walk.page.fill("[name=ends_on]", f"{timezone.localdate():%d/%m/%Y}")
    follow(walk.page, walk.page.locator("main form.fields button"))
    walk.look("absences of a body")
    newest = person.absences.latest("pk")
    walk.open(f"staff/absences/{newest.pk}/call-off/")
    walk.open(f"staff/organisations/{body.slug}/assignments/")
    walk.open(f"{TREES}assignments/add/")
    follow(walk.page, walk.page.locator("main form:has([name=person]) button"))
    walk.look("a charge without a person")
    owed = Obligation.objects.owed(timezone.localdate()).filter(
        commitment__assignments__person=person
    )
    walk.open(f"staff/obligations/{owed.earliest('pk').pk}/nudge/")
    path = f"staff/organisations/{body.slug}/people/{person.pk}/hand-over/"
    walk.open(path)
    walk.press("check", path)
    walk.page.select_option("[name=taker]", str(colleague.pk))
    walk.press("check", path)
    walk.press("hand_over", path)


def open_all(walk, name):
    for summary in walk.page.locator("main details > summary").all():
        summary.click()
    walk.look(name)


def opening(walk):
    """A programme in which something can still be asked."""
    Commitment.objects.filter(slug="demo-tree-register").update(
        reporting_opened_on=None, reporting_opened_by=None
    )
    walk.enter(OFFICER)
    path = "staff/programmes/demo/reporting/open/"
    walk.open(path)
    walk.press("check", path)
    walk.page.locator("input[name=commitments]").first.check()
    walk.press("check", path)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_staff_pages_have_no_fault(demo, live_server, page, language):
    walk = Walker(page, live_server.url, language, WIDTHS)

    for part in (
        as_anybody,
        as_reporter,
        on_ones_own,
        as_others,
        as_officer,
        ruling,
        opening,
        reviewing,
        standing_in,
    ):
        part(walk)

    assert walk.found == {}
