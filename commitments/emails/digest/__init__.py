"""The daily mail, and a single one: what a person owes or should know of, grouped by commitment."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from commitments.emails.digest.headers import headers_of
from commitments.emails.digest.lines import (
    AddressLine,
    ChangeLine,
    ChargeLine,
    DueLine,
    EvidenceLine,
    Line,
    Link,
    OwedLine,
    ReturnedLine,
    ReviewLine,
    Told,
    Urgency,
)
from commitments.emails.digest.mail import DigestMail, Helper, Item
from commitments.emails.digest.reasons import opening_of, reasons_of
from commitments.emails.digest.subject import headline, subject_of, summary

__all__ = [
    "AddressLine",
    "ChangeLine",
    "ChargeLine",
    "DigestMail",
    "DueLine",
    "EvidenceLine",
    "Helper",
    "Item",
    "Line",
    "Link",
    "OwedLine",
    "ReturnedLine",
    "ReviewLine",
    "Told",
    "Urgency",
    "build_digest",
]


def build_digest(digest: DigestMail) -> EmailMultiAlternatives:
    """The mail in the reader's language, as text and as HTML; the same each time it is built."""
    with translation.override(digest.language):
        said = _context(digest)
        text = render_to_string("mail/digest.txt", said).strip() + "\n"
        html = render_to_string("mail/digest.html", said)
    message = EmailMultiAlternatives(
        subject=said["subject"],
        body=text,
        to=[digest.to],
        reply_to=[helper.email for helper in digest.helpers] or None,
        headers=headers_of(digest),
    )
    message.attach_alternative(html, "text/html")
    return message


def _context(digest: DigestMail) -> dict[str, Any]:
    return {
        "digest": digest,
        "name": "" if digest.name == digest.to else " ".join(digest.name.split()),
        "subject": subject_of(digest),
        "headline": headline(digest),
        "summary": summary(digest),
        "opening": opening_of(digest),
        "reasons": reasons_of(digest),
        "account_url": f"{settings.SITE_URL}{reverse('staff:account')}",
        "home_url": f"{settings.SITE_URL}/{digest.language}/",
    }
