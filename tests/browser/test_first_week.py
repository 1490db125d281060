"""The first week of a new officer: from the mail of an invitation to a published commitment.

And passkeys, by the virtual device that Chromium brings.
"""

import re
import time

import pytest
from django.core import mail
from playwright.sync_api import expect

from commitments import tasks
from commitments.models import Commitment, Invitation, User
from tests import factories
from tests.browser.steps import follow, swap
from tests.views.staff.factors import code, with_app
from tracker.celery import app

PASSWORD = "a password of the test"


@pytest.fixture
def required(settings):
    """Passkeys want a name, not a number, of the host; officers need a second factor."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def eager():
    """Jobs run where they are sent: no broker is needed to see what they do."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def site(live_server, settings):
    settings.SITE_URL = live_server.url.replace("127.0.0.1", "localhost")
    return settings.SITE_URL


@pytest.fixture
def unit(transactional_db):
    body = factories.OrganisationFactory(
        slug="test-unit", name_en="Test delivery unit", name_vi="Đơn vị thử", kind="ministry"
    )
    factories.ProgrammeFactory(slug="test", code="T", name_en="Test programme", delivery_unit=body)
    factories.OrganisationFactory(slug="test-lead", name_en="Test lead")
    return body


def member(name, unit, role):
    person = factories.UserFactory(email=f"{name}@example.org", full_name=name.capitalize())
    factories.MembershipFactory(user=person, organisation=unit, role=role)
    return person


def log_in(page, site, person):
    page.goto(f"{site}/en/staff/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Log in"))


def enter_code(page, secret=None):
    page.get_by_label(re.compile("^Code")).fill(code(secret) if secret else code())


def link_in(message):
    return re.search(r"http\S+/accept/\S+", message.body).group()


def set_up_app(page):
    """Scan the picture, that is read the secret; type the code; keep the recovery codes."""
    follow(page, page.get_by_role("link", name="Set up an app"))
    secret = page.locator("#secret").inner_text()
    enter_code(page, secret)
    follow(page, page.get_by_role("button", name="Set up the app"))
    follow(page, page.get_by_role("button", name="Show the codes"))
    assert page.locator("#codes li").count() == 10
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download").click()
    assert len(kept.value.path().read_text().split()) == 10
    return secret


def test_a_new_officer_comes_in(browser, site, unit, required, eager):
    """Invited by an administrator, through mail, password and app, to the first page of work."""
    carol = with_app(member("carol", unit, "administrator"))
    office, home = browser.new_context().new_page(), browser.new_context().new_page()
    log_in(office, site, carol)
    enter_code(office)
    follow(office, office.get_by_role("button", name="Log in"))
    office.goto(f"{site}/en/staff/people/")
    follow(office, office.get_by_role("link", name="Invite somebody"))
    office.get_by_label("E-mail address").fill("newcomer@example.org")
    office.get_by_label("Full name").fill("Test newcomer")
    office.get_by_label("Body").select_option(label="Test delivery unit")
    office.get_by_label("Delivery-unit officer").check()
    office.get_by_label("English").check()
    follow(office, office.get_by_role("button", name="Invite"))
    assert "Test newcomer is invited." in office.locator("[role=status]").first.inner_text()

    tasks.send_account_mails()
    (message,) = mail.outbox
    home.goto(link_in(message))
    home.get_by_label("Password", exact=True).fill(PASSWORD)
    home.get_by_label("The same password again").fill(PASSWORD)
    follow(home, home.get_by_role("button", name="Accept and log in"))
    assert home.url == f"{site}/en/staff/account/factors/"
    set_up_app(home)
    follow(home, home.get_by_role("link", name="I have kept them: go on"))

    assert home.url == f"{site}/en/staff/"
    assert home.locator("h1").inner_text() == "My work"
    newcomer = User.objects.get(email="newcomer@example.org")
    assert newcomer.roles == frozenset({(unit.pk, "officer")})
    assert Invitation.objects.get().accepted_by == newcomer

    write_plan(home, site)
    home.goto(f"{site}/en/staff/commitments/test-first/publish/")
    follow(home, home.locator("form.acts button.govuk-button").first)
    public = browser.new_context().new_page()
    public.goto(f"{site}/en/commitments/test-first/")
    shown = public.locator("main").inner_text()
    assert [text for text in PUBLIC if text not in shown] == []
    first = Commitment.objects.get(slug="test-first")
    assert (first.reference, first.lead.organisation.slug) == ("CPT-001", "test-lead")
    assert first.published_at is not None


PUBLIC = ("Test: first pledge", "Test: what was promised", "Test lead", "Test: a first step")


def write_plan(page, site):
    """A commitment with wording, target, milestone, lead and source, as its form asks for them."""
    page.goto(f"{site}/en/staff/programmes/test/commitments/add/")
    page.check("[name=kind][value=corporate_pledge]")
    page.check("[name=basis][value=quoted]")
    fill(page, "", title_en="Test: first pledge", title_vi="Thử: cam kết đầu tiên")
    fill(page, "", slug="test-first", due="2026", text_en="Test: what was promised")
    fill(page, "", text_vi="Thử: điều đã hứa")
    for kind in ("parts", "targets", "milestones", "sources"):
        add_row(page, kind)
    page.select_option("[name=parts-0-organisation]", label="Test lead")
    page.select_option("[name=parts-0-role]", "lead")
    fill(page, "parts-0-", since="2026")
    fill(page, "targets-0-", text_en="Test: twenty stations", metric="stations")
    fill(page, "targets-0-", unit="stations", value="20", due="2026")
    fill(page, "milestones-0-", title_en="Test: a first step", due="2026-09")
    fill(page, "sources-0-", title="Test page")
    follow(page, page.locator("button[name=deed][value=check]").last)


def add_row(page, kind):
    """One row more, and only then on: the new row takes the focus from whatever is typed in."""
    rows = page.locator(f"#{kind} .evidence-row")
    before = rows.count()
    swap(page, page.locator(f"button[name=deed][value={kind}-add]").last)
    rows.nth(before).locator(":focus").wait_for()


def fill(page, prefix, **fields):
    for name, value in fields.items():
        page.fill(f"[name={prefix}{name}]", value)


def test_the_way_in_needs_no_script(browser, site, unit, required):
    erin = member("erin", unit, "officer")
    erin.set_password(PASSWORD)
    erin.save()
    page = browser.new_context(java_script_enabled=False).new_page()

    log_in(page, site, erin)
    set_up_app(page)

    page.goto(f"{site}/en/staff/")
    assert page.locator("h1").inner_text() == "My work"


@pytest.fixture
def security_key(page):
    """A virtual security key that says yes."""
    chrome = page.context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    chrome.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "hasResidentKey": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return chrome


def test_a_passkey_is_added_and_opens_the_door(page, security_key, site, unit, required):
    erin = member("erin", unit, "officer")
    erin.set_password(PASSWORD)
    erin.save()
    log_in(page, site, erin)
    follow(page, page.get_by_role("link", name="Add a passkey"))
    assert page.get_by_label("Name of the passkey").input_value() == "Passkey 1"
    page.get_by_label("Name of the passkey").fill("Test key")
    follow(page, page.get_by_role("button", name="Add the passkey"))
    follow(page, page.get_by_role("button", name="Show the codes"))
    page.goto(f"{site}/en/staff/account/factors/")
    assert "Test key" in page.locator("#passkeys + *, section").all_inner_texts()[1]

    follow(page, page.get_by_role("button", name="Log out"))
    log_in(page, site, erin)
    assert page.url.startswith(f"{site}/en/staff/account/factors/log-in/")
    follow(page, page.get_by_role("button", name="Use a passkey"))
    page.wait_for_url(f"{site}/en/staff/")

    assert page.locator("h1").inner_text() == "My work"
    assert erin.authenticator_set.get(type="webauthn").last_used_at is not None


def test_a_passkey_confirms_who_it_is(page, security_key, site, unit, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 1
    erin = member("erin", unit, "officer")
    erin.set_password(PASSWORD)
    erin.save()
    log_in(page, site, erin)
    page.goto(f"{site}/en/staff/account/factors/passkeys/add/")
    follow(page, page.get_by_role("button", name="Add the passkey"))
    follow(page, page.get_by_role("button", name="Show the codes"))
    time.sleep(1.1)

    page.goto(f"{site}/en/staff/account/factors/app/add/")
    follow(page, page.get_by_role("link", name="Use a passkey instead"))
    follow(page, page.get_by_role("button", name="Use the passkey"))
    page.wait_for_url(f"{site}/en/staff/account/factors/app/add/")

    assert page.locator("h1").inner_text() == "Set up an app"


def test_a_device_that_does_not_answer_is_told_in_words(page, security_key, site, unit, required):
    erin = member("erin", unit, "officer")
    erin.set_password(PASSWORD)
    erin.save()
    log_in(page, site, erin)
    follow(page, page.get_by_role("link", name="Add a passkey"))
    page.evaluate(
        "() => { navigator.credentials.create = () =>"
        " Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )

    page.get_by_role("button", name="Add the passkey").click()

    expect(page.locator("[data-says]")).to_have_text(
        "The device did not answer, or the passkey was not chosen. Please try again."
    )
    assert erin.authenticator_set.count() == 0
