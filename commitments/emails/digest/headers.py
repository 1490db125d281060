"""The headers of a mail: recognisable, laid to the others of its commitment, and mutable."""

from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings

from commitments.emails.digest.mail import DigestMail

THREADS = 40
"""Of so many commitments a mail names the thread: servers refuse mail with endless headers."""


def headers_of(mail: DigestMail) -> dict[str, str]:
    """All but who it is to and from; the same each time.

    No mail has the id of a thread: the mails of a commitment answer to a beginning that was
    never sent, which is enough for a mail program to lay them together. One click on
    `List-Unsubscribe` posts to the reader's page and mutes what may be muted (RFC 8058).
    """
    host = urlsplit(settings.SITE_URL).hostname
    threads = [f"<{item.thread}@{host}>" for item in mail.ordered[:THREADS]]
    return {
        "Message-ID": mail.message_id,
        "Date": format_datetime(mail.sent_at),
        "In-Reply-To": threads[0],
        "References": " ".join(threads),
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
        "List-Id": f"<reminders.{host}>",
        "List-Unsubscribe": f"<{mail.mute_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
