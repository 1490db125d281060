"""Single mails: an invitation and what is said about an account, in the reader's language."""

import pytest

from commitments.emails.account import AccountNews, build_account_mail
from commitments.emails.invitation import build_invitation
from tests import factories
from tests.factories.clock import NOW

URL = "http://127.0.0.1:8000/en/staff/invitations/accept/test/"


@pytest.fixture
def invitation(erin, world):
    return factories.InvitationFactory(
        email="new@example.org", organisation=world.body, invited_by=erin, full_name="Test <new>"
    )


def built(invitation):
    return build_invitation(invitation, url=URL, message_name="invitation-1", made_at=NOW)


def test_invitation_says_who_invites_to_what_and_until_when(invitation):
    message = built(invitation)

    assert message.subject == "Invitation to Cam Kết: reporter, Test lead"
    assert message.body == (
        "Dear Test <new>,\n\n"
        "Erin invites you to work in Cam Kết as reporter of Test lead.\n\n"
        "Cam Kết is the public record of national missions and commitments: who promised what, "
        "what has happened since, and how we know.\n\n"
        f"Accept the invitation:\n{URL}\n\n"
        "The link is good until 8 June 2026 and is meant for you alone.\n"
        "If you do not know what this is about, do nothing; no account is made.\n\n"
        "------------------------\nCam Kết · http://127.0.0.1:8000/en/\n"
    )
    assert message.extra_headers == {
        "Message-ID": "<invitation-1@127.0.0.1>",
        "Date": "Mon, 01 Jun 2026 02:00:00 +0000",
        "Content-Language": "en",
        "Auto-Submitted": "auto-generated",
    }


def test_invitation_has_the_same_in_html_without_what_a_name_could_smuggle_in(invitation):
    ((html, kind),) = built(invitation).alternatives

    assert kind == "text/html"
    assert f'href="{URL}"' in html
    assert ("Dear Test &lt;new&gt;," in html, "<new>" in html) == (True, False)


def test_invitation_of_the_demonstration_says_so(invitation):
    said = "Demonstration: the bodies and commitments below are invented."
    assert said not in built(invitation).body

    invitation.organisation.is_demo = True

    assert said in built(invitation).body


def test_a_subject_stays_on_one_line(invitation):
    invitation.organisation.name_en = "Test\nBcc: other@example.org"

    assert "\n" not in built(invitation).subject


@pytest.mark.parametrize(
    ("kind", "subject", "has_link"),
    [
        ("password_link", "A new password for Cam Kết", True),
        ("password_changed", "Your password was changed", False),
        ("factor_reset", "Your second factor was taken away", False),
    ],
)
def test_account_mails(kind, subject, has_link):
    message = build_account_mail(
        AccountNews(
            kind=kind,
            to="alice@example.org",
            name="Alice",
            language="en",
            number=7,
            made_at=NOW,
            url=URL if has_link else "",
        )
    )

    assert (message.subject, URL in message.body) == (subject, has_link)
    assert message.extra_headers["Message-ID"] == "<account-7@127.0.0.1>"
    assert "The link is good for 2 hours and for one use." in message.body or not has_link
