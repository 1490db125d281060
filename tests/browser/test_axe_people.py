"""Every page of log-in, accounts, people and invitations: no fault that axe finds, none too wide."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from commitments.models import Organisation
from commitments.services import invitations
from tests import factories
from tests.browser.steps import follow
from tests.browser.test_axe_staff import OFFICER, WIDTHS, Walker, demo
from tests.views.staff.factors import PASSWORD, code, with_app

__all__ = ["demo"]

ADMINISTRATOR, REPORTER = "administrator@example.org", "reporter.a@example.org"
OPEN = ("account/forgotten/", "account/forgotten/sent/", "account/forgotten/done/",
        "account/forgotten/x-y/", "invitations/accept/x/")  # fmt: skip
OWN = ("account/", "account/password/", "account/factors/", "account/factors/codes/",
       "account/factors/codes/new/", "account/factors/app/remove/", "account/factors/passkeys/add/",
       "account/confirm/", "account/factors/confirm/")  # fmt: skip


def person(email):
    return get_user_model().objects.get(email=email)


def press(walk, name):
    follow(walk.page, walk.page.locator("main form button.govuk-button[type=submit]").last)
    walk.look(name)


def as_anybody(walk, invitation):
    walk.page.context.clear_cookies()
    for path in OPEN:
        walk.open(f"staff/{path}")
    walk.open("staff/account/forgotten/")
    press(walk, "forgotten, refused")
    walk.open(f"staff/invitations/accept/{invitations.token_of(invitation)}/")
    press(walk, "accept, refused")


def as_administrator(walk, administrator):
    with_app(administrator)
    walk.open("staff/log-in/")
    walk.page.fill("[name=username]", administrator.email)
    walk.page.fill("[name=password]", PASSWORD)
    press(walk, "the second factor")
    walk.page.fill("[name=code]", code())
    follow(walk.page, walk.page.locator("main form button").first)
    walk.page.wait_for_url("**/staff/")
    for path in OWN:
        walk.open(f"staff/{path}")
    someone = person(REPORTER)
    for path in ("people/", "people/?q=zzz", f"people/{someone.pk}/", "invitations/add/"):
        walk.open(f"staff/{path}")
    press(walk, "invite, refused")
    walk.open(f"staff/people/{someone.pk}/deactivate/")
    press(walk, "not closed: hand over first")
    walk.open(f"staff/people/{someone.pk}/factor-reset/")


def whom_no_mail_reaches(walk):
    """A person's page and their own, with three mails that came back."""
    someone = person(REPORTER)
    for said in ("", "Test: 550 5.1.1 no such user", "Test" * 60):
        factories.MailFaultFactory(
            person=someone, address=someone.email, code="5.1.1", said=said,
            happened_at=timezone.now(),
        )  # fmt: skip
    walk.enter(OFFICER)
    walk.open(f"staff/people/{someone.pk}/")
    walk.enter(REPORTER)
    walk.open("staff/account/")


def as_reporter(walk):
    walk.enter(REPORTER)
    for path in ("people/", "account/factors/", "account/factors/app/add/"):
        walk.open(f"staff/{path}")
    press(walk, "app, refused")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_people_have_no_fault(demo, live_server, page, language, settings):
    settings.DEMO = True
    walk = Walker(page, live_server.url, language, WIDTHS)
    administrator = person(ADMINISTRATOR)
    invitation = invitations.invite(
        email="invited@example.org", full_name="Test invited", role="reporter", language=language,
        organisation=Organisation.objects.filter(is_demo=True).first(), by=administrator,
        now=timezone.now(),
    )  # fmt: skip

    as_anybody(walk, invitation)
    as_administrator(walk, administrator)
    as_reporter(walk)
    whom_no_mail_reaches(walk)

    assert walk.found == {}
