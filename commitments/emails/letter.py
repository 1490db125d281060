"""A single mail to one person: a few paragraphs, at most one link, as text and as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


@dataclass(frozen=True, slots=True)
class Letter:
    """What it says, in words of its own language."""

    to: str
    name: str
    language: str
    subject: str
    paragraphs: Sequence[str]
    message_name: str
    made_at: datetime
    url: str = ""
    link: str = ""
    after: Sequence[str] = ()
    reply_to: str = ""
    is_demo: bool = False


def build_letter(letter: Letter) -> EmailMultiAlternatives:
    """The same each time it is built, so that a second copy is known for what it is."""
    said = {"letter": letter, "site_url": settings.SITE_URL}
    with translation.override(letter.language):
        text = render_to_string("mail/letter.txt", said).strip() + "\n"
        html = render_to_string("mail/letter.html", said)
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=text,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Message-ID": f"<{letter.message_name}@{urlsplit(settings.SITE_URL).hostname}>",
            "Date": format_datetime(letter.made_at),
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(html, "text/html")
    return message
