"""A commitment of which updates are asked since Monday 1 June 2026: planned, then put into words."""

from commitments.emails.digest import build_digest
from commitments.models import Digest, Notice
from commitments.services import notices
from commitments.services.notices.content import content_of
from commitments.services.notices.planning import working_days
from commitments.services.notices.standing import facts_about
from tests.asked import asked, more, set_to
from tests.services.notices.conftest import local

__all__ = ["asked", "more", "set_to"]

SITE = "https://cam-ket.example.org/en/"


def plan(*day):
    notices.plan_notices(now=local(*day))


def mail_to(person, *day, **asked):
    """What the mail of a day says to a person of everything that is planned for them."""
    now = local(*day)
    own = list(Notice.objects.planned().filter(recipient=person, **asked).order_by("pk"))
    digest = Digest(recipient=person, language="en", message_id="<test@example.org>")
    calendar = working_days(now)
    return content_of(digest, own, facts_about(own, now), now=now, calendar=calendar)


def blocks(mail):
    """Each block of a mail as text: entries with what stands under them, and links."""
    body = build_digest(mail).body
    return [block.strip() for block in body.split("-" * 24)[1:-1]]
