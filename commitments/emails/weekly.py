"""The mail that tells a subscriber what changed in the record: as text and as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from commitments.emails.quoted import Quoted
from commitments.text.display import limited_date


@dataclass(frozen=True, slots=True)
class WeeklyDeed:
    """One change: its heading (empty where the group's says it) and what it says, line by line."""

    title: str
    lines: Sequence[Quoted]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class WeeklyGroup:
    """What changed of one thing, the newest first; `more` deeds are left out."""

    title: Quoted
    url: str
    deeds: Sequence[WeeklyDeed]
    kicker: str = ""
    more: int = 0
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class WeeklyMail:
    """All that one such mail says, in words of its own language; `more` groups are left out."""

    to: str
    language: str
    message_id: str
    made_at: datetime
    from_on: date
    until_on: date
    groups: Sequence[WeeklyGroup]
    follows: Sequence[Quoted]
    all_url: str
    manage_url: str
    more: int = 0

    @property
    def is_demo(self) -> bool:
        return any(group.is_demo for group in self.groups)


def build_weekly(mail: WeeklyMail) -> EmailMultiAlternatives:
    """The same each time it is built, so that a second copy is known for what it is.

    One click on `List-Unsubscribe` posts to the reader's own page and ends all of it (RFC 8058).
    """
    host = urlsplit(settings.SITE_URL).hostname
    with translation.override(mail.language):
        days = {"first": limited_date(mail.from_on), "last": limited_date(mail.until_on)}
        subject = _("What changed in the record, {first} to {last}").format(**days)
        said = {"mail": mail, "subject": subject, "site_url": settings.SITE_URL}
        text = render_to_string("mail/weekly.txt", said).strip() + "\n"
        html = render_to_string("mail/weekly.html", said)
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[mail.to],
        headers={
            "Message-ID": mail.message_id,
            "Date": format_datetime(mail.made_at),
            "Content-Language": mail.language,
            "Auto-Submitted": "auto-generated",
            "Precedence": "list",
            "List-Id": f"<weekly.{host}>",
            "List-Unsubscribe": f"<{mail.manage_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(html, "text/html")
    return message
