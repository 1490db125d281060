"""The daily mail, and a single one: what a person owes or should know of, grouped by commitment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from commitments.models import Commitment, Organisation, Role

LINKS: Mapping[str, str] = {
    Role.REPORTER: "staff:update-create",
    Role.APPROVER: "staff:commitment-detail",
    Role.OFFICER: "staff:commitment-detail",
    Role.SENIOR_OFFICIAL: "commitment-detail",
}
"""Where each role goes from the mail: pages that open after log-in and change nothing."""


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody else who is told: name, role, and the day of the last mail if it went out."""

    name: str
    role: Role | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One update that is owed: for which days, until when, and who else knows."""

    starts_on: date
    ends_on: date
    due_on: date
    days_late: int
    told: Sequence[Told] = ()
    also: Sequence[Told] = ()

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


@dataclass(frozen=True, slots=True)
class Item:
    """One commitment of the mail, with the role in which the reader is told of it.

    `stands_in` tells an approver that no reporter is there.
    """

    commitment: Commitment
    body: Organisation | None
    role: Role
    lines: Sequence[Line]
    stands_in: bool = False

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{reverse(LINKS[self.role], args=[self.commitment.slug])}"

    @property
    def is_to_report(self) -> bool:
        return self.role == Role.REPORTER


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody of the delivery unit whom the reader can write to."""

    name: str
    email: str
    unit: Organisation


@dataclass(frozen=True, slots=True)
class DigestMail:
    """All that one mail says; `asked_by` names who reminded by hand."""

    to: str
    name: str
    language: str
    message_id: str
    sent_at: datetime
    items: Sequence[Item]
    helpers: Sequence[Helper] = field(default=())
    is_single: bool = False
    asked_by: Sequence[str] = ()

    @property
    def stands_in(self) -> bool:
        return any(item.stands_in for item in self.items)

    @property
    def late(self) -> list[Line]:
        return [line for item in self.items for line in item.lines if line.is_late]

    @property
    def due(self) -> list[Line]:
        return [line for item in self.items for line in item.lines if not line.is_late]


def build_digest(digest: DigestMail) -> EmailMultiAlternatives:
    """The mail in the reader's language, as text and as HTML; the same each time it is built."""
    with translation.override(digest.language):
        said = _context(digest)
        subject = " ".join(render_to_string("mail/digest_subject.txt", said).split())
        text = render_to_string("mail/digest.txt", said).strip() + "\n"
        html = render_to_string("mail/digest.html", said)
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[digest.to],
        reply_to=[helper.email for helper in digest.helpers] or None,
        headers={
            "Message-ID": digest.message_id,
            "Date": format_datetime(digest.sent_at),
            "Content-Language": digest.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(html, "text/html")
    return message


def _context(digest: DigestMail) -> dict[str, Any]:
    due_days = {line.due_on for line in digest.due}
    return {
        "digest": digest,
        "late_count": len(digest.late),
        "due_count": len(digest.due),
        "first_late_on": min((line.due_on for line in digest.late), default=None),
        "first_due_on": min(due_days, default=None),
        "due_days": len(due_days),
        "reports": any(item.is_to_report for item in digest.items),
        "is_demo": any(item.commitment.programme.is_demo for item in digest.items),
        "site_url": settings.SITE_URL,
    }
